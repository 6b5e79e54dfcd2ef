#include "app/sample_feed.h"

#include <algorithm>
#include <utility>

#include "app/training_session.h"

namespace normscope {
namespace {

bool isOfTraining(const SampleRequest& request) {
    return request.kind == SampleRequest::Kind::Activations && request.run.isEmpty();
}

}  // namespace

SampleFeed::SampleFeed(SampleLoader& loader, TrainingSession& training,
                       const std::vector<RunChoice>& offered, QObject* parent)
    : QObject(parent), loader_(loader), training_(training), offered_(offered) {
    connect(&loader, &SampleLoader::sampleRead, this, &SampleFeed::takeSample);
    connect(&loader, &SampleLoader::failed, this, &SampleFeed::takeFailure);
    connect(&training, &TrainingSession::inspected, this, &SampleFeed::takeInspection);
}

void SampleFeed::request(const SampleRequest& request) {
    if (onItsWay_) {
        waiting_ = request;
    } else {
        ask(request);
    }
}

void SampleFeed::ask(const SampleRequest& request) {
    onItsWay_ = request;
    if (request.kind == SampleRequest::Kind::Digits) {
        loader_.readDigits(request, training_.dataFolder());
    } else if (isOfTraining(request)) {
        askTraining(request);
    } else {
        loader_.readActivations(request, std::filesystem::path(request.run.toStdString()),
                                labelOf(request));
    }
}

/// The files of a run know of models that are not on offer, so that places there are others.
QString SampleFeed::labelOf(const SampleRequest& request) const {
    const auto run = std::ranges::find(offered_, request.run, &RunChoice::folder);
    const auto model = static_cast<std::size_t>(request.model);
    return run != offered_.end() && model < run->models.size() ? run->models[model].label
                                                               : QString();
}

void SampleFeed::askTraining(const SampleRequest& request) {
    const auto& training = training_.underWay();
    const auto model = static_cast<std::size_t>(request.model);
    if (!training || model >= training->models.size() || !training_.inspect(model)) {
        askFolder(request);
        return;
    }
    const ModelConfig& config = training->models[model];
    inspected_ = {.model = {QString::fromStdString(config.label), config.network},
                  .run = tr("this training"),
                  .images = training_.trained()->dataset,
                  .content = nullptr};
}

void SampleFeed::askFolder(const SampleRequest& request) {
    if (training_.shownFolder().empty()) {
        takeFailure(request, tr("This training has ended, and nothing of it was saved."));
    } else {
        loader_.readActivations(request, training_.shownFolder());
    }
}

void SampleFeed::takeInspection(std::size_t model,
                                const std::shared_ptr<const std::string>& content) {
    if (!inspected_ || model != static_cast<std::size_t>(onItsWay_->model)) {
        return;
    }
    ModelInTraining told = *std::exchange(inspected_, std::nullopt);
    if (content) {
        told.content = content;
        loader_.readActivations(*onItsWay_, told);
    } else {
        askFolder(*onItsWay_);
    }
}

void SampleFeed::takeSample(const std::shared_ptr<const Sample>& sample) {
    if (onItsWay_ == sample->request && !inspected_ && !next()) {
        emit sampleReady(*sample);
    }
}

void SampleFeed::takeFailure(const SampleRequest& request, const QString& sentence) {
    if (onItsWay_ == request && !inspected_ && !next()) {
        emit failed(sentence);
    }
}

bool SampleFeed::next() {
    onItsWay_.reset();
    if (!waiting_) {
        return false;
    }
    ask(*std::exchange(waiting_, std::nullopt));
    return true;
}

}  // namespace normscope
