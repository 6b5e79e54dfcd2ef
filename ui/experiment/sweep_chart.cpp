#include "ui/experiment/sweep_chart.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/chart/curve_line.h"
#include "ui/chart/curve_plot.h"
#include "ui/experiment/experiment_texts.h"
#include "ui/experiment/plot_parts.h"

namespace normscope {
namespace {

constexpr double kEndRoom = 0.35;  ///< of a doubling, at either end of the axis

double placeOf(int size) {
    return std::log2(static_cast<double>(size));
}

}  // namespace

SweepChart::SweepChart(const QString& title, const QString& sizeTitle, const QString& errorTitle,
                       QWidget* parent)
    : ExperimentFigure(parent), sizeTitle_(sizeTitle), errorTitle_(errorTitle) {
    setTitle(title);
}

void SweepChart::setCurves(std::vector<SweepCurve> curves, std::vector<int> sizes) {
    curves_ = std::move(curves);
    sizes_ = std::move(sizes);
    std::vector<FigureModel> models;
    for (const SweepCurve& curve : curves_) {
        models.push_back(curve.model);
    }
    setModels(std::move(models));
}

void SweepChart::draw(CurvePlot& plot) const {
    plot.xAxis->setLabel(sizeTitle_);
    plot.yAxis->setLabel(errorTitle_);
    fitAxes(plot);
    for (const SweepCurve& curve : curves_) {
        const CurveStyle style = curve.model.style(plot.isDarkLook());
        auto* line = new CurveLine(plot.xAxis, plot.yAxis);
        auto* marks = plot.addGraph();
        for (const auto& [size, error] : curve.points) {
            line->addData(placeOf(size), error);
            marks->addData(placeOf(size), error);
        }
        line->setPen(style.pen(kCurveWidth));
        showAsMarks(*marks, style, kMarkerSide);
    }
}

void SweepChart::fitAxes(CurvePlot& plot) const {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const SweepCurve& curve : curves_) {
        for (const auto& [size, error] : curve.points) {
            lowest = std::min(lowest, error);
            highest = std::max(highest, error);
        }
    }
    fitAxis(*plot.yAxis, lowest, highest, /*floor=*/0.0);
    const QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
    for (const int size : sizes_) {
        ticks->addTick(placeOf(size), QLocale().toString(size));
    }
    plot.xAxis->setTicker(ticks);
    if (!sizes_.empty()) {
        const auto [smallest, largest] = std::ranges::minmax(sizes_);
        plot.xAxis->setRange(placeOf(smallest) - kEndRoom, placeOf(largest) + kEndRoom);
    }
    plot.xAxis->setRangeReversed(true);
}

QString SweepChart::spokenValues() const {
    const QLocale locale;
    QStringList sentences;
    for (const SweepCurve& curve : curves_) {
        QStringList values;
        for (const auto& [size, error] : curve.points) {
            values << tr("%1 % with %2").arg(errorText(error, locale), locale.toString(size));
        }
        sentences << (values.isEmpty() ? tr("%1: nothing measured yet.").arg(curve.model.label)
                                       : tr("%1: %2.").arg(curve.model.label, values.join(", ")));
    }
    return sentences.join(QLatin1Char(' '));
}

std::vector<SweepCurve> sweepCurves(const std::vector<FigureModel>& models,
                                    const SweepResults& results) {
    std::vector<SweepCurve> curves;
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        SweepCurve& curve = curves.emplace_back(SweepCurve{models[model], {}});
        for (std::size_t place = 0; place < results.sizes.size(); ++place) {
            if (const auto error = results.models[model][place].error) {
                curve.points.emplace_back(results.sizes[place], *error);
            }
        }
        std::ranges::sort(curve.points, std::greater{});
    }
    return curves;
}

std::vector<SweepCurve> paperCurves() {
    std::vector<SweepCurve> curves;
    for (const NormKind kind : kNormKinds) {
        SweepCurve curve{{displayName(kind), kind, 0}, {}};
        for (const PaperPoint& point : kPaperPoints) {
            if (point.kind == kind) {
                curve.points.emplace_back(point.size, point.error);
            }
        }
        if (!curve.points.empty()) {
            curves.push_back(std::move(curve));
        }
    }
    return curves;
}

std::vector<int> paperSizes() {
    std::vector<int> sizes;
    for (const PaperPoint& point : kPaperPoints) {
        if (std::ranges::find(sizes, point.size) == sizes.end()) {
            sizes.push_back(point.size);
        }
    }
    return sizes;
}

}  // namespace normscope
