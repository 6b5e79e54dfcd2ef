#include "ui/normalize/sheet_feeder.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "ui/normalize/sheet_document.h"

namespace normscope {
namespace {

QString labelsText(const std::vector<int>& labels) {
    QStringList texts;
    for (const int label : labels) {
        texts << QString::number(label);
    }
    return SheetFeeder::tr("Digits %1").arg(texts.join(QStringLiteral(", ")));
}

bool isSameLayer(const SampleRequest& a, const SampleRequest& b) {
    return a.run == b.run && a.model == b.model && a.normLayer == b.normLayer;
}

/// The pairs that both numbers of channels have.
Affine fitted(Affine affine, int channels) {
    affine.gamma.resize(static_cast<std::size_t>(channels), 1.0);
    affine.beta.resize(static_cast<std::size_t>(channels), 0.0);
    return affine;
}

RunningStatistics fitted(RunningStatistics running, int channels) {
    running.mean.resize(static_cast<std::size_t>(channels), 0.0);
    running.variance.resize(static_cast<std::size_t>(channels), 1.0);
    return running;
}

/// As many images, and channels from the first one on, as the sheet has.
void takeSize(SheetInput& input, const Shape4& shape) {
    input.digits.images = shape.images;
    SampleRequest& activations = input.activations;
    activations.images = shape.images;
    const int all = kNormLayerChannels[static_cast<std::size_t>(activations.normLayer)];
    activations.channels = std::clamp(shape.channels, 1, all - activations.firstChannel);
}

}  // namespace

SheetFeeder::SheetFeeder(SheetDocument& document, QObject* parent)
    : QObject(parent), document_(document) {
    known_.insert(document.state().source, {});  // the class example that a sheet begins with
}

std::optional<SheetInput> SheetFeeder::input() const {
    const auto known = known_.constFind(document_.state().source);
    return known == known_.cend() ? std::nullopt : std::optional(known->input);
}

QString SheetFeeder::remark() const {
    const QString& source = document_.state().source;
    const QString labels = known_.value(source).labels;
    return labels.isEmpty() ? source : source + '\n' + labels;
}

bool SheetFeeder::showsCutSets() const {
    const SheetState& state = document_.state();
    const std::optional<NormSpec> cut = known_.value(state.source).cut;
    return cut && cut->kind == state.spec.kind &&
           groupCount(*cut, document_.shape().channels) ==
               groupCount(state.spec, document_.shape().channels);
}

void SheetFeeder::choose(SheetInput input) {
    if (input.isSample()) {
        Shape4 size = document_.shape();
        const std::optional<SheetInput> shown = this->input();
        const int layer = input.activations.normLayer;
        const bool isShown = shown && shown->kind == SheetInput::Kind::Activations &&
                             shown->activations.normLayer == layer;
        if (!isShown) {  // all of them: the statistics of a part are not those of the model
            size.channels = kNormLayerChannels[static_cast<std::size_t>(layer)];
        }
        takeSize(input, size);
        ask(input, /*feeds=*/false);
    } else {
        make(input, document_.shape());
    }
}

void SheetFeeder::choose(const Shape4& shape) {
    const Shape4& present = document_.shape();
    std::optional<SheetInput> shown = input();
    const bool activations = shown && shown->kind == SheetInput::Kind::Activations;
    const bool isOtherSample =
        shown && shown->isSample() &&
        (shape.images != present.images || (activations && shape.channels != present.channels));
    if (isOtherSample) {
        takeSize(*shown, shape);
        ask(*shown, /*feeds=*/false);
    } else if (shown && shown->isGenerated() && isAsMade()) {
        make(*shown, shape);
    } else {
        document_.setShape(shape);
    }
}

void SheetFeeder::feedAnotherBatch() {
    const std::optional<SheetInput> shown = input();
    if (!shown) {
        feed(*document_.state().input, document_.state().source);
        return;
    }
    const SheetInput next = nextBatch(*shown, availableImages_);
    if (next.isSample()) {
        ask(next, /*feeds=*/true);
    } else if (next == *shown) {
        feed(*document_.state().input, document_.state().source);
    } else {
        known_.insert(inputText(next), {next, {}, {}});
        feed(makeInput(next, document_.shape()), inputText(next));
    }
}

bool SheetFeeder::take(const Sample& sample) {
    if (!pending_ || sample.request != pending_->input.request()) {
        return false;
    }
    const Pending pending = *std::exchange(pending_, std::nullopt);
    availableImages_ = sample.available;
    const bool activations = pending.input.kind == SheetInput::Kind::Activations;
    const std::optional<SheetInput> before = input();
    known_.insert(
        sample.source,
        {pending.input, activations ? QString() : labelsText(sample.labels),
         sample.activations.hasCutSets ? std::optional(sample.activations.spec) : std::nullopt});
    if (pending.feeds) {
        feed(sample.activations.input, sample.source);
        return true;
    }
    SheetState next = document_.state();
    const int channels = sample.activations.input.shape.channels;
    next.input = std::make_shared<const Tensor4>(sample.activations.input);
    next.source = sample.source;
    next.affine = sample.activations.affine;
    next.running = sample.activations.running;
    // The method is the model's own, until the reader tries another one on the same layer.
    const bool keepsMethod =
        !activations || (before && before->kind == pending.input.kind &&
                         isSameLayer(before->activations, pending.input.activations));
    if (!keepsMethod && sample.activations.spec.kind != NormKind::None) {
        next.spec = sample.activations.spec;
    }
    if (next.spec.kind == NormKind::Group && channels % next.spec.groups != 0) {
        next.spec.groups = 1;  // a part of the model's channels
    }
    document_.setState(next, tr("Choose another input"));
    return true;
}

void SheetFeeder::ask(const SheetInput& input, bool feeds) {
    pending_ = {input, feeds};
    emit sampleRequested(input.request());
}

/// gamma, beta and the running statistics stay, unless it is numbers of another kind.
void SheetFeeder::make(const SheetInput& input, const Shape4& shape) {
    pending_.reset();
    const std::optional<SheetInput> before = this->input();
    const SheetState& state = document_.state();
    Tensor4 tensor = makeInput(input, shape);
    const int channels = tensor.shape.channels;
    const QString source = inputText(input);
    known_.insert(source, {input, {}, {}});
    if (before && before->kind == input.kind) {
        document_.setInput(std::move(tensor), source, fitted(state.affine, channels),
                           fitted(state.running, channels));
    } else {
        document_.setInput(std::move(tensor), source);
    }
}

/// The batch moves the running statistics by its own, also where the sheet shows evaluation.
void SheetFeeder::feed(const Tensor4& batch, const QString& source) {
    SheetState next = document_.state();
    const int channels = batch.shape.channels;
    next.input = std::make_shared<const Tensor4>(batch);
    next.source = source;
    next.affine = fitted(next.affine, channels);
    next.running = fitted(next.running, channels);
    const NormTrace trace = normalize(batch, next.spec, next.affine);
    feedBatch(next.running, trace, next.spec.momentum);
    document_.setState(next, tr("Feed another batch"));
}

/// Whether nobody has edited the numbers since.
bool SheetFeeder::isAsMade() const {
    return *document_.state().input == makeInput(*input(), document_.shape());
}

}  // namespace normscope
