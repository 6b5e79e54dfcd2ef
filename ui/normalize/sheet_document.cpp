#include "ui/normalize/sheet_document.h"

#include <QUndoCommand>
#include <QUndoStack>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/sample_tensors.h"
#include "ui/normalize/sheet_clipboard.h"

namespace normscope {
namespace {

/// Changes that merge when they follow each other. gamma and beta have one each for all channels,
/// and then one for every channel.
enum MergeId : int {
    kGroupsSeries,
    kEpsSeries,
    kMomentumSeries,
    kImagesSeries,
    kChannelsSeries,
    kHeightSeries,
    kWidthSeries,
    kGammaSeries,
    kBetaSeries = kGammaSeries + 1 + kLargestChannels,
};

/// What the undo stack may keep of a sheet of the largest size, each step a tensor of its own.
constexpr std::size_t kUndoBytes = std::size_t{256} << 20;
constexpr std::size_t kLargestTensorBytes =
    sizeof(double) * kLargestImages * kLargestChannels * kLargestSide * kLargestSide;

void work(const SheetState& state, NormTrace& trace) {
    if (state.usesRunning()) {
        normalizeWithRunning(*state.input, state.spec, state.affine, state.running, trace);
    } else {
        normalize(*state.input, state.spec, state.affine, trace);
    }
}

/// Whether x_hat is the same, so that other pairs of gamma and beta are all that changes.
bool differInAffineAlone(const SheetState& a, const SheetState& b) {
    return a.input == b.input && a.spec == b.spec && a.training == b.training &&
           a.running == b.running;
}

/// Of two that are equally near the larger: a single group would be layer norm.
int nearestDivisor(int channels, int groups) {
    int nearest = 1;
    for (int divisor = 2; divisor <= channels; ++divisor) {
        if (channels % divisor == 0 && std::abs(divisor - groups) <= std::abs(nearest - groups)) {
            nearest = divisor;
        }
    }
    return nearest;
}

/// Above 1, where there is one.
int smallestDivisor(int channels) {
    int divisor = std::min(2, channels);
    while (channels % divisor != 0) {
        ++divisor;
    }
    return divisor;
}

void fitGroups(SheetState& state) {
    if (state.spec.kind == NormKind::Group) {
        state.spec.groups = nearestDivisor(state.input->shape.channels, state.spec.groups);
    }
}

/// The cells that both shapes have, zeros elsewhere.
Tensor4 reshaped(const Tensor4& input, const Shape4& shape) {
    Tensor4 result{shape, std::vector<double>(static_cast<std::size_t>(shape.count()))};
    const int images = std::min(input.shape.images, shape.images);
    const int channels = std::min(input.shape.channels, shape.channels);
    const int height = std::min(input.shape.height, shape.height);
    const int width = std::min(input.shape.width, shape.width);
    for (int image = 0; image < images; ++image) {
        for (int channel = 0; channel < channels; ++channel) {
            for (int row = 0; row < height; ++row) {
                const CellIndex start{image, channel, row, 0};
                std::copy_n(&input.values[offsetOf(input.shape, start)], width,
                            &result.values[offsetOf(shape, start)]);
            }
        }
    }
    return result;
}

void fitChannels(SheetState& state, int channels) {
    const auto count = static_cast<std::size_t>(channels);
    state.affine.gamma.resize(count, 1.0);
    state.affine.beta.resize(count, 0.0);
    state.running.mean.resize(count, 0.0);
    state.running.variance.resize(count, 1.0);
}

/// The series of the one size that differs; none when several do.
int seriesOf(const Shape4& from, const Shape4& to) {
    const std::array<std::pair<bool, int>, 4> sizes{
        {{from.images != to.images, kImagesSeries},
         {from.channels != to.channels, kChannelsSeries},
         {from.height != to.height, kHeightSeries},
         {from.width != to.width, kWidthSeries}}};
    int series = -1;
    for (const auto& [differs, id] : sizes) {
        if (differs && series != -1) {
            return -1;
        }
        series = differs ? id : series;
    }
    return series;
}

int seriesOf(MergeId first, std::optional<int> channel) {
    return channel ? first + 1 + *channel : first;
}

bool isAllowed(const Shape4& shape) {
    const auto within = [](int size, int largest) { return size >= 1 && size <= largest; };
    return within(shape.images, kLargestImages) && within(shape.channels, kLargestChannels) &&
           within(shape.height, kLargestSide) && within(shape.width, kLargestSide);
}

/// NaN is none.
bool isAllowed(double number) {
    return std::abs(number) <= kLargestNumber;
}

PokeResult movedBy(int image, Tensor4 before, const Tensor4& after) {
    PokeResult result;
    result.image = image;
    const auto perImage = static_cast<std::size_t>(after.shape.count() / after.shape.images);
    for (std::size_t cell = 0; cell < after.values.size(); ++cell) {
        const double change = std::abs(after.values[cell] - before.values[cell]);
        if (cell / perImage != static_cast<std::size_t>(image) && change > PokeResult::kMoved) {
            ++result.movedElsewhere;
            result.largestElsewhere = std::max(result.largestElsewhere, change);
        }
    }
    result.before = std::make_shared<const Tensor4>(std::move(before));
    return result;
}

}  // namespace

/// From one state to another. States share their inputs, so a step costs one tensor at most.
class SheetDocument::Command : public QUndoCommand {
  public:
    Command(SheetDocument& document, SheetState after, const Step& step)
        : QUndoCommand(step.text),
          document_(document),
          before_(document.state_),
          after_(std::move(after)),
          mergeId_(step.mergeId),
          poked_(step.poked) {}

    const SheetState& before() const { return before_; }

    void undo() override { document_.show(before_, std::nullopt); }
    void redo() override { document_.show(after_, poked_); }
    int id() const override { return mergeId_; }

    bool mergeWith(const QUndoCommand* other) override {
        after_ = static_cast<const Command*>(other)->after_;
        setObsolete(after_ == before_);
        return true;
    }

  private:
    SheetDocument& document_;
    SheetState before_;
    SheetState after_;
    int mergeId_;
    std::optional<int> poked_;
};

SheetDocument::SheetDocument(QObject* parent) : QObject(parent), undo_(new QUndoStack(this)) {
    undo_->setUndoLimit(static_cast<int>(kUndoBytes / kLargestTensorBytes));
    state_.input = std::make_shared<const Tensor4>(classExample());
    state_.spec.groups = 2;
    state_.affine = Affine::identity(shape().channels);
    state_.running = RunningStatistics::initial(shape().channels);
    state_.source = tr("Four images of a class");
    work(state_, trace_);
}

/// The stack still speaks while it is cleared, and nobody may ask a document that is half gone.
SheetDocument::~SheetDocument() {
    undo_->disconnect();
}

double SheetDocument::value(const SheetCell& cell) const {
    switch (cell.part) {
        case SheetPart::Input:
            return state_.input->at(cell.cell);
        case SheetPart::Normalized:
            return trace_.normalized.at(cell.cell);
        case SheetPart::Output:
            return trace_.output.at(cell.cell);
    }
    return 0.0;
}

QString SheetDocument::setCell(const CellIndex& cell, double value) {
    Q_ASSERT(contains(shape(), cell));
    if (!isAllowed(value)) {
        return std::isfinite(value) ? tr("This number is too large for a cell.")
                                    : tr("A cell holds a finite number.");
    }
    if (value == state_.input->at(cell)) {
        return {};
    }
    Tensor4 input = *state_.input;
    input.at(cell) = value;
    SheetState next = state_;
    next.input = std::make_shared<const Tensor4>(std::move(input));
    push(std::move(next), {tr("Change a cell")});
    return {};
}

void SheetDocument::setShape(const Shape4& shape) {
    Q_ASSERT(isAllowed(shape));
    if (shape == this->shape()) {
        return;
    }
    // Cells that were lost on the way come back: a field passes through 1 while 12 is typed.
    const int series = seriesOf(this->shape(), shape);
    SheetState next = beforeSeries(series);
    if (shape != next.input->shape) {
        next.input = std::make_shared<const Tensor4>(reshaped(*next.input, shape));
        fitChannels(next, shape.channels);
        fitGroups(next);
    }
    push(std::move(next), {tr("Change the size"), series});
}

void SheetDocument::setKind(NormKind kind) {
    Q_ASSERT(kind != NormKind::None);
    SheetState next = state_;
    next.spec.kind = kind;
    // A single group may be the reader's choice, or all that a single channel allowed.
    const auto hasChosenOneGroup = [this] {
        for (int step = undo_->index() - 1; step >= 0; --step) {
            const QUndoCommand* command = undo_->command(step);
            if (static_cast<const Command*>(command)->before().spec.groups != 1) {
                return command->id() == kGroupsSeries;
            }
        }
        return false;
    };
    if (kind == NormKind::Group && state_.spec.kind != kind && next.spec.groups == 1 &&
        !hasChosenOneGroup()) {
        next.spec.groups = smallestDivisor(shape().channels);
    }
    fitGroups(next);
    push(std::move(next), {tr("Choose another normalization")});
}

void SheetDocument::setGroups(int groups) {
    Q_ASSERT(groups > 0 && shape().channels % groups == 0);
    SheetState next = state_;
    next.spec.groups = groups;
    push(std::move(next), {tr("Regroup"), kGroupsSeries});
}

QString SheetDocument::setEps(double eps) {
    if (!(eps > 0.0) || !isAllowed(eps)) {
        return tr("Epsilon is a number greater than 0.");
    }
    SheetState next = state_;
    next.spec.eps = eps;
    push(std::move(next), {tr("Change epsilon"), kEpsSeries});
    return {};
}

QString SheetDocument::setMomentum(double momentum) {
    if (!(momentum >= 0.0 && momentum <= 1.0)) {
        return tr("The momentum is a number from 0 to 1.");
    }
    SheetState next = state_;
    next.spec.momentum = momentum;
    push(std::move(next), {tr("Change the momentum"), kMomentumSeries});
    return {};
}

void SheetDocument::setTraining(bool training) {
    SheetState next = state_;
    next.training = training;
    push(std::move(next), {training ? tr("Switch to training") : tr("Switch to evaluation")});
}

QString SheetDocument::setGamma(std::optional<int> channel, double gamma) {
    return setPairs(&Affine::gamma, channel, gamma,
                    {tr("Change gamma"), seriesOf(kGammaSeries, channel)});
}

QString SheetDocument::setBeta(std::optional<int> channel, double beta) {
    return setPairs(&Affine::beta, channel, beta,
                    {tr("Change beta"), seriesOf(kBetaSeries, channel)});
}

QString SheetDocument::setPairs(std::vector<double> Affine::*numbers, std::optional<int> channel,
                                double value, const Step& step) {
    if (!isAllowed(value)) {
        return tr("Gamma and beta are finite numbers, and not too large.");
    }
    SheetState next = state_;
    std::vector<double>& changed = next.affine.*numbers;
    if (channel) {
        Q_ASSERT(*channel >= 0 && *channel < shape().channels);
        changed[static_cast<std::size_t>(*channel)] = value;
    } else {
        std::fill(changed.begin(), changed.end(), value);
    }
    push(std::move(next), step);
    return {};
}

void SheetDocument::setInput(Tensor4 input, const QString& source, std::optional<Affine> affine,
                             std::optional<RunningStatistics> running) {
    Q_ASSERT(isAllowed(input.shape));
    const int channels = input.shape.channels;
    SheetState next = state_;
    if (input != *state_.input) {
        next.input = std::make_shared<const Tensor4>(std::move(input));
    }
    next.affine = affine ? std::move(*affine) : Affine::identity(channels);
    next.running = running ? std::move(*running) : RunningStatistics::initial(channels);
    next.source = source;
    fitGroups(next);
    push(std::move(next), {tr("Choose another input")});
}

void SheetDocument::setState(const SheetState& state, const QString& undoText) {
    Q_ASSERT(state.input && isAllowed(state.input->shape));
    SheetState next = state;
    if (*next.input == *state_.input) {
        next.input = state_.input;
    }
    push(std::move(next), {undoText});
}

void SheetDocument::feedBatch() {
    if (state_.spec.kind != NormKind::Batch || !state_.training) {
        return;
    }
    SheetState next = state_;
    normscope::feedBatch(next.running, trace_, state_.spec.momentum);
    push(std::move(next), {tr("Feed a batch")});
}

void SheetDocument::resetRunning() {
    SheetState next = state_;
    next.running = RunningStatistics::initial(shape().channels);
    push(std::move(next), {tr("Reset the running statistics")});
}

void SheetDocument::poke(int image) {
    Q_ASSERT(image >= 0 && image < shape().images);
    Tensor4 input = *state_.input;
    for (int channel = 0; channel < shape().channels; ++channel) {
        input.at({image, channel, 0, 0}) += kPoke;
    }
    SheetState next = state_;
    next.input = std::make_shared<const Tensor4>(std::move(input));
    push(std::move(next), {tr("Poke image %1").arg(image + 1), -1, image});
}

QString SheetDocument::copyCells(SheetPart part, const CellIndex& first,
                                 const CellIndex& last) const {
    switch (part) {
        case SheetPart::Input:
            return writeBlock(*state_.input, first, last);
        case SheetPart::Normalized:
            return writeBlock(trace_.normalized, first, last);
        case SheetPart::Output:
            return writeBlock(trace_.output, first, last);
    }
    return {};
}

QString SheetDocument::pasteCells(const CellIndex& first, const QString& text) {
    Q_ASSERT(contains(shape(), first));
    const NumberBlock block = readBlock(text);
    if (!block.problem.isEmpty()) {
        return block.problem;
    }
    if (const QString problem = problemOfPlace(block, shape(), first); !problem.isEmpty()) {
        return problem;
    }
    Tensor4 input = *state_.input;
    writeInto(input, first, block);
    if (input != *state_.input) {
        SheetState next = state_;
        next.input = std::make_shared<const Tensor4>(std::move(input));
        push(std::move(next), {tr("Paste")});
    }
    return {};
}

void SheetDocument::push(SheetState next, const Step& step) {
    if (next != state_) {
        undo_->push(new Command(*this, std::move(next), step));
    }
}

void SheetDocument::show(const SheetState& state, std::optional<int> poked) {
    const bool affineAlone = differInAffineAlone(state_, state);
    state_ = state;
    // In its memory, unless the output as it was is needed once more.
    Tensor4 before = poked ? std::move(trace_.output) : Tensor4{};
    if (affineAlone) {
        applyAffine(trace_, state_.affine);
    } else {
        work(state_, trace_);
    }
    poke_.reset();
    if (poked) {
        poke_ = movedBy(*poked, std::move(before), trace_.output);
    }
    emit changed();
}

const SheetState& SheetDocument::beforeSeries(int mergeId) const {
    const int index = undo_->index();
    if (mergeId == -1 || index == 0 || index == undo_->cleanIndex()) {
        return state_;
    }
    const QUndoCommand* last = undo_->command(index - 1);
    return last->id() == mergeId ? static_cast<const Command*>(last)->before() : state_;
}

}  // namespace normscope
