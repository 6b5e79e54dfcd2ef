#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "app/report/report_parts.h"
#include "core/normalization.h"
#include "core/sample_tensors.h"
#include "ui/norm_style.h"
#include "ui/normalize/sheet_picture.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

constexpr int kGroupsOfExample = 2;
/// Upright, so that the numbers are as large as the text around them.
constexpr QSize kPortraitPage(700, 900);

/// Which cells have one mean and one variance, in words.
QString setText(NormKind kind) {
    switch (kind) {
        case NormKind::Batch:
            return Texts::tr(
                "One set for each channel: its cells in all images of the mini-batch. So what "
                "comes out for an image depends on the images beside it. After training there "
                "need be none: then averages kept during training take the place of μ and σ².");
        case NormKind::Layer:
            return Texts::tr(
                "One set for each image: its cells in all channels. No image depends on another, "
                "and training and testing compute the same.");
        case NormKind::Group:
            return Texts::tr(
                "One set for each group of neighbouring channels in each image. One group is "
                "layer norm, a group for every channel is instance norm. No image depends on "
                "another.");
        case NormKind::Instance:
            return Texts::tr(
                "One set for each channel of each image. No image depends on another.");
        case NormKind::None:
            break;
    }
    return {};
}

/// The same as a formula: Group Normalization, equations 3 to 7.
QString setFormula(NormKind kind) {
    switch (kind) {
        case NormKind::Batch:
            return QStringLiteral("S = { cells with the same C }");
        case NormKind::Layer:
            return QStringLiteral("S = { cells with the same N }");
        case NormKind::Group:
            return QStringLiteral(
                "S = { cells with the same N and the same ⌊C / (channels / G)⌋ }");
        case NormKind::Instance:
            return QStringLiteral("S = { cells with the same N and the same C }");
        case NormKind::None:
            break;
    }
    return {};
}

ReportFigure exampleFigure(NormKind kind) {
    SheetState state;
    state.input = std::make_shared<const Tensor4>(classExample());
    state.spec = {.kind = kind, .groups = kGroupsOfExample};
    const int channels = state.input->shape.channels;
    state.affine = Affine::identity(channels);
    state.running = RunningStatistics::initial(channels);
    const auto sets = statisticsSets(state.input->shape, state.spec);
    const QLocale locale;
    const QString caption =
        Texts::tr(
            "%1: %2 sets of %3 cells each. Input, statistics of each set, and output with "
            "gamma 1 and beta 0.")
            .arg(displayName(kind), locale.toString(qlonglong(sets.size())),
                 locale.toString(qlonglong{sets.front().count}));
    const std::string_view name = nameOf(kind);
    return {QStringLiteral("sheet-") + QLatin1String(name.data(), static_cast<int>(name.size())),
            sheetPicture(state, kPortraitPage), caption};
}

/// Those of the assignment, and instance norm where a model uses it.
std::vector<NormKind> methodsOf(const Comparison& models) {
    std::vector<NormKind> kinds{NormKind::Batch, NormKind::Layer, NormKind::Group};
    if (std::ranges::any_of(models, [](const ComparedModel& model) {
            return model.config().network.kind == NormKind::Instance;
        })) {
        kinds.push_back(NormKind::Instance);
    }
    return kinds;
}

}  // namespace

ReportSection methodsSection(const Comparison& models) {
    ReportSection section{Texts::tr("How each normalization works"), {}};
    auto& blocks = section.blocks;
    blocks.emplace_back(ReportParagraph{
        Texts::tr("What enters a normalization is a tensor of N images with C channels of H x W "
                  "cells. Every cell x belongs to a set S of cells that have one mean μ and one "
                  "variance σ² (divided by their number m):")});
    blocks.emplace_back(ReportFormula{QStringLiteral("μ = Σx / m        σ² = Σ(x − μ)² / m")});
    blocks.emplace_back(
        ReportFormula{QStringLiteral("x̂ = (x − μ) / √(σ² + ε)        y = γ · x̂ + β")});
    blocks.emplace_back(ReportParagraph{
        Texts::tr("γ and β are learned, one pair for each channel; ε = 0.00001 keeps the division "
                  "finite. The normalizations differ in S alone. The example has 4 images of 4 "
                  "channels of 2 x 2 cells.")});
    for (const NormKind kind : methodsOf(models)) {
        blocks.emplace_back(ReportSubheading{displayName(kind)});
        blocks.emplace_back(ReportParagraph{setText(kind)});
        blocks.emplace_back(ReportFormula{setFormula(kind)});
        blocks.emplace_back(exampleFigure(kind));
    }
    return section;
}

}  // namespace normscope
