#include "app/reading_loader.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/runs.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

std::vector<DigitImage> batchOf(const ReadingRequest& request, const Dataset* dataset) {
    std::vector<DigitImage> images{request.image};
    for (const int companion : request.companions) {
        if (dataset == nullptr || companion < 0 || companion >= dataset->test.size()) {
            throw std::runtime_error("There is no test image " + std::to_string(companion + 1) +
                                     ".");
        }
        std::ranges::copy(dataset->test.image(companion), images.emplace_back().begin());
    }
    return images;
}

}  // namespace

std::vector<NetworkSource> savedNetworks(const Comparison& models) {
    std::vector<NetworkSource> sources;
    for (const ComparedModel& model : models) {
        // What is incomplete otherwise has a file to be named.
        const bool hasBegun =
            model.history().outcome != Outcome::Running || !model.history().epochs.empty();
        sources.push_back({model.label, model.config().network,
                           hasBegun ? model.run->folder / model.config().label / kModelFile
                                    : std::filesystem::path(),
                           nullptr});
    }
    return sources;
}

ReadingLoader::ReadingLoader(QObject* parent)
    : QObject(parent),
      sources_(std::make_shared<const std::vector<NetworkSource>>()),
      thread_(QStringLiteral("readings")) {}

void ReadingLoader::setModels(std::vector<NetworkSource> models) {
    sources_ = std::make_shared<const std::vector<NetworkSource>>(std::move(models));
}

void ReadingLoader::read(const ReadingRequest& request, std::shared_ptr<const Dataset> dataset) {
    std::atomic<std::uint64_t>& latest = latest_[request.index >= 0 ? 0 : 1];
    const std::uint64_t number = ++latest;
    thread_.post(
        [this, request, dataset = std::move(dataset), sources = sources_, number, &latest] {
            return latest == number ? answer(request, *sources, dataset.get()) : nullptr;
        });
}

TaskThread::Answer ReadingLoader::answer(const ReadingRequest& request,
                                         const std::vector<NetworkSource>& sources,
                                         const Dataset* dataset) {
    auto answer = std::make_shared<ReadingAnswer>();
    answer->request = request;
    std::vector<Kept> used;
    for (const NetworkSource& source : sources) {
        answer->models.push_back(readingOf(request, source, dataset, used));
    }
    // What is compared no more is not kept.
    kept_ = std::move(used);
    return [this, answer = std::move(answer)] { emit answered(answer); };
}

/// No exception leaves the thread.
ModelReading ReadingLoader::readingOf(const ReadingRequest& request, const NetworkSource& source,
                                      const Dataset* dataset, std::vector<Kept>& used) {
    ModelReading answer;
    if (source.file.empty() && source.content == nullptr) {
        answer.problem = tr("%1 has finished no epoch yet.").arg(source.label);
        return answer;
    }
    try {
        used.push_back(take(source));
        DigitReader& reader = *used.back().reader;
        answer.reading = reader.read(request.image);
        if (!request.companions.empty()) {
            answer.amongCompanions = reader.readTogether(batchOf(request, dataset)).front();
        }
    } catch (const std::exception& error) {
        answer.problem = QString::fromStdString(error.what());
    }
    return answer;
}

/// The network that is kept, or as it is in its file by now.
ReadingLoader::Kept ReadingLoader::take(const NetworkSource& source) {
    TaskThread::turnTo(source.file);
    std::error_code missing;  // readModelFile() says so
    const bool inFile = source.content == nullptr;
    const auto written = inFile ? fs::last_write_time(source.file, missing) : fs::file_time_type{};
    const std::uintmax_t size = inFile ? fs::file_size(source.file, missing) : 0;
    const auto kept = std::ranges::find_if(kept_, [&](const Kept& each) {
        return each.source.network == source.network && each.source.content == source.content &&
               each.source.file == source.file && each.written == written && each.size == size;
    });
    if (!missing && kept != kept_.end()) {
        Kept taken = std::move(*kept);
        kept_.erase(kept);
        return taken;
    }
    const std::string name = inFile ? source.file.string() : source.label.toStdString();
    return {source, written, size,
            makeDigitReader(inFile ? readModelFile(source.file) : *source.content, name,
                            source.network)};
}

}  // namespace normscope
