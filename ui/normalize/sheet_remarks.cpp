#include "ui/normalize/sheet_remarks.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

#include "ui/norm_style.h"
#include "ui/normalize/sheet_painter.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SheetRemarks)
};

QString countText(std::int64_t count) {
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString sharedCells(const SheetState& state) {
    switch (state.spec.kind) {
        case NormKind::Batch:
            return Texts::tr("each channel shares a mean and a variance across all images");
        case NormKind::Layer:
            return Texts::tr("each image shares a mean and a variance across all its channels");
        case NormKind::Group:
            return Texts::tr("each group of channels of an image shares a mean and a variance");
        case NormKind::Instance:
            return Texts::tr("each channel of each image has a mean and a variance of its own");
        case NormKind::None:
            break;
    }
    return {};
}

}  // namespace

QString normRemark(const SheetState& state) {
    const QString name = displayName(state.spec.kind);
    if (state.usesRunning()) {
        return Texts::tr(
                   "%1 at evaluation: every channel uses its running mean and variance, "
                   "whatever the batch is.")
            .arg(name);
    }
    const auto sets = statisticsSets(state.input->shape, state.spec);
    const std::int64_t count = sets.front().count;
    const QString cells =
        count == 1 ? Texts::tr("1 cell") : Texts::tr("%1 cells").arg(countText(count));
    return sets.size() == 1
               ? Texts::tr("%1: %2. One set, S1, of %3.").arg(name, sharedCells(state), cells)
               : Texts::tr("%1: %2. %3 sets, %4 to %5, of %6 each.")
                     .arg(name, sharedCells(state),
                          countText(static_cast<std::int64_t>(sets.size())), setLabel(0),
                          setLabel(static_cast<int>(sets.size()) - 1), cells);
}

QString zeroVarianceRemark(const NormTrace& trace) {
    const auto first = std::find(trace.variance.begin(), trace.variance.end(), 0.0);
    if (first == trace.variance.end()) {
        return {};
    }
    const QString label = setLabel(static_cast<int>(first - trace.variance.begin()));
    const auto others = std::count(first + 1, trace.variance.end(), 0.0);
    if (others == 0) {
        return Texts::tr("The variance of %1 is 0: only ε keeps the division finite, and x̂ is 0.")
            .arg(label);
    }
    return others == 1 ? Texts::tr(
                             "The variance of %1 and of 1 other set is 0: only ε keeps the "
                             "division finite, and x̂ is 0.")
                             .arg(label)
                       : Texts::tr(
                             "The variance of %1 and of %2 other sets is 0: only ε keeps the "
                             "division finite, and x̂ is 0.")
                             .arg(label, countText(others));
}

QString partOfLayerRemark(int channels) {
    return Texts::tr("Statistics over the shown channels only; the model’s layer has %1.")
        .arg(channels);
}

QString pokeRemark(const SheetState& state, const PokeResult& result) {
    const Shape4& shape = state.input->shape;
    const QString image = QLocale().toString(result.image + 1);
    const std::int64_t others = shape.count() / shape.images * (shape.images - 1);
    if (others == 0) {
        return Texts::tr("Image %1 was poked. There is no other image that could move.").arg(image);
    }
    if (result.movedElsewhere > 0) {
        return Texts::tr(
                   "Image %1 was poked: %2 of the %3 outputs of the other images moved, by up "
                   "to %4. In training, batch norm takes its mean and variance across all "
                   "images.")
            .arg(image, countText(result.movedElsewhere), countText(others),
                 cellText(result.largestElsewhere));
    }
    if (state.usesRunning()) {
        return Texts::tr(
                   "Image %1 was poked: no output of the other images moved. At evaluation, "
                   "batch norm uses the running mean and variance.")
            .arg(image);
    }
    if (state.spec.kind == NormKind::Batch) {
        return Texts::tr("Image %1 was poked: no output of the other images moved.").arg(image);
    }
    return Texts::tr(
               "Image %1 was poked: no output of the other images moved. %2 takes each mean "
               "and variance from a single image.")
        .arg(image, displayName(state.spec.kind));
}

QString backwardsRemark(const SheetState& state, const std::optional<SheetCell>& cell) {
    if (!cell || cell->part != SheetPart::Output) {
        return Texts::tr(
            "Backwards: choose a cell of the output y. The input then shows how much y "
            "moves with each of its cells.");
    }
    if (state.usesRunning()) {
        return Texts::tr(
            "Backwards: the input shows ∂y/∂x. At evaluation the statistics are fixed, "
            "so that only the cell itself moves y.");
    }
    const CellIndex& output = cell->cell;
    const int set = statisticsSetOf(state.input->shape, state.spec, output.image, output.channel);
    return Texts::tr(
               "Backwards: the input shows ∂y/∂x. The chosen y depends on every cell of %1, "
               "through its mean and variance, and on no other.")
        .arg(setLabel(set));
}

}  // namespace normscope
