#include "app/sample_loader.h"

#include <QLocale>
#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "app/run_name.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

/// `count` of `available` from `first`, or as many of the last as there are.
struct Stretch {
    Stretch(int wantedFirst, int wantedCount, int available)
        : count(std::clamp(wantedCount, 1, available)),
          first(std::clamp(wantedFirst, 0, available - count)) {}

    std::vector<int> indices() const {
        std::vector<int> all(static_cast<std::size_t>(count));
        std::iota(all.begin(), all.end(), first);
        return all;
    }

    int count;
    int first;
};

QString imagesText(const Stretch& images) {
    return images.count == 1 ? SampleLoader::tr("test image %L1").arg(images.first + 1)
                             : SampleLoader::tr("test images %L1 to %L2")
                                   .arg(images.first + 1)
                                   .arg(images.first + images.count);
}

QString capitalized(QString text) {
    return text.isEmpty() ? text : text.replace(0, 1, text.front().toUpper());
}

std::vector<int> labelsOf(const DigitSet& set, const std::vector<int>& images) {
    std::vector<int> labels;
    labels.reserve(images.size());
    for (const int image : images) {
        labels.push_back(set.labels[static_cast<std::size_t>(image)]);
    }
    return labels;
}

/// Appends the image with `side` pixels a side, each the mean ink 0..1 of those that it covers.
void appendInk(std::vector<double>& ink, std::span<const std::uint8_t, kImagePixels> image,
               int side) {
    const int covered = kImageSide / side;
    const double full = 255.0 * covered * covered;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            int sum = 0;
            for (int y = row * covered; y < (row + 1) * covered; ++y) {
                for (int x = column * covered; x < (column + 1) * covered; ++x) {
                    const int place = y * kImageSide + x;
                    sum += image[static_cast<std::size_t>(place)];
                }
            }
            ink.push_back(sum / full);
        }
    }
}

/// With this label, or at this place where the label is empty.
const ModelConfig& modelOf(const Run& run, const std::string& label, int place) {
    const std::vector<ModelConfig>& models = run.config.models;
    if (!label.empty()) {
        const auto found = std::ranges::find(models, label, &ModelConfig::label);
        if (found == models.end()) {
            throw std::runtime_error(run.folder.string() + " has no model " + label + ".");
        }
        return *found;
    }
    if (place < 0 || place >= static_cast<int>(models.size())) {
        throw std::runtime_error(run.folder.string() + " has no model " +
                                 std::to_string(place + 1) + ".");
    }
    return models[static_cast<std::size_t>(place)];
}

}  // namespace

SampleLoader::SampleLoader(std::shared_ptr<DatasetCache> datasets, QObject* parent)
    : QObject(parent), datasets_(std::move(datasets)), thread_(QStringLiteral("samples")) {}

void SampleLoader::post(const SampleRequest& request, std::function<Sample()> read) {
    thread_.post(
        [this, request, read = std::move(read)]() -> TaskThread::Answer {
            auto sample = std::make_shared<Sample>(read());
            sample->request = request;
            return [this, sample = std::move(sample)] { emit sampleRead(sample); };
        },
        [this, request](const QString& why) { emit failed(request, why); });
}

void SampleLoader::readDigits(const SampleRequest& request, const fs::path& data) {
    post(request, [this, request, data] { return digits(request, data); });
}

void SampleLoader::readActivations(const SampleRequest& request, const fs::path& run,
                                   const QString& label) {
    post(request, [this, request, run, label = label.toStdString()] {
        return savedActivations(request, run, label);
    });
}

void SampleLoader::readActivations(const SampleRequest& request, const ModelInTraining& model) {
    post(request, [this, request, model] {
        return activations(request, model, model.model.label.toStdString());
    });
}

Sample SampleLoader::digits(const SampleRequest& request, const fs::path& data) {
    dataset_ = datasets_->read(data);
    const DigitSet& set = dataset_->test;
    const Stretch stretch(request.firstImage, request.images, set.size());
    const std::vector<int> images = stretch.indices();
    const int side = request.side == 7 || request.side == 14 ? request.side : kImageSide;
    Tensor4 input{{stretch.count, 1, side, side}, {}};
    for (const int image : images) {
        appendInk(input.values, set.image(image), side);
    }
    QString source =
        tr("%1 of %2")
            .arg(capitalized(imagesText(stretch)), nameOfData(data, datasets_->bundled()));
    if (side != kImageSide) {
        source = tr("%1, averaged down to %2 x %2").arg(source).arg(side);
    }
    return {.request = {},
            .activations = {.input = std::move(input),
                            .spec = {.kind = NormKind::None},
                            .affine = Affine::identity(1),
                            .running = RunningStatistics::initial(1)},
            .labels = labelsOf(set, images),
            .available = set.size(),
            .source = source};
}

Sample SampleLoader::savedActivations(const SampleRequest& request, const fs::path& folder,
                                      const std::string& label) {
    TaskThread::turnTo(folder);
    const Run run = readComparison(folder);
    const ModelConfig& model = modelOf(run, label, request.model);
    const fs::path file = folder / model.label / kModelFile;
    const ModelInTraining read{.model = {QString::fromStdString(model.label), model.network},
                               .run = nameOfRun(folder),
                               .images = run.dataset,
                               .content = std::make_shared<const std::string>(readModelFile(file))};
    return activations(request, read, file.string());
}

Sample SampleLoader::activations(const SampleRequest& request, const ModelInTraining& model,
                                 const std::string& nameOfFile) {
    dataset_ = datasets_->readImages(model.images);
    const DigitSet& set = dataset_->test;
    const Stretch stretch(request.firstImage, request.images, set.size());
    const std::vector<int> images = stretch.indices();
    const Activations all = normscope::readActivations(
        *model.content, nameOfFile, model.model.network, set, images, request.normLayer);
    const Stretch channels(request.firstChannel, request.channels, all.input.shape.channels);
    QString source = tr("Before norm %1 of %2, %3")
                         .arg(request.normLayer + 1)
                         .arg(model.model.label, imagesText(stretch));
    if (!model.run.isEmpty()) {
        source = tr("%1 (%2)").arg(source, model.run);
    }
    return {.request = {},
            .activations = selectChannels(all, channels.first, channels.count),
            .labels = labelsOf(set, images),
            .available = set.size(),
            .source = source};
}

}  // namespace normscope
