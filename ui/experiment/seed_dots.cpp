#include "ui/experiment/seed_dots.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/chart/curve_plot.h"
#include "ui/experiment/experiment_texts.h"
#include "ui/experiment/plot_parts.h"

namespace normscope {
namespace {

constexpr double kDotSide = 7.0;
constexpr double kIntervalBelow = 0.28;  ///< of a row, under the dots
constexpr double kCap = 0.09;            ///< half the height of the ends of an interval
constexpr int kLabelCharacters = 18;

/// A line through points that need not go from left to right.
void addLine(CurvePlot& plot, const QPen& pen, QPointF from, QPointF to) {
    auto* line = new QCPCurve(plot.xAxis, plot.yAxis);
    line->setPen(pen);
    line->addData(0, from.x(), from.y());
    line->addData(1, to.x(), to.y());
}

}  // namespace

SeedDots::SeedDots(QWidget* parent) : ExperimentFigure(parent) {
    setTitle(tr("Wrong after the last epoch: seeds, mean, 95 % interval"));
}

void SeedDots::setResults(std::vector<FigureModel> models, SeedResults results) {
    results_ = std::move(results);
    setModels(std::move(models));
}

/// The first model is on top.
double SeedDots::rowOf(std::size_t model) const {
    return static_cast<double>(results_.models.size() - model);
}

void SeedDots::draw(CurvePlot& plot) const {
    plot.xAxis->setLabel(
        results_.testTotal == 0
            ? tr("Test images misread")
            : tr("Test images misread, of %1").arg(QLocale().toString(results_.testTotal)));
    fitAxes(plot);
    for (std::size_t model = 0; model < results_.models.size(); ++model) {
        drawMean(plot, model);
        drawDots(plot, model);
    }
}

void SeedDots::fitAxes(CurvePlot& plot) const {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    const QFontMetrics metrics(plot.yAxis->tickLabelFont());
    for (std::size_t model = 0; model < results_.models.size(); ++model) {
        const SeedModelResults& results = results_.models[model];
        for (const std::optional<int>& wrong : results.wrong) {
            if (wrong) {
                lowest = std::min(lowest, static_cast<double>(*wrong));
                highest = std::max(highest, static_cast<double>(*wrong));
            }
        }
        if (std::isfinite(results.mean.interval.low)) {
            lowest = std::min(lowest, std::max(0.0, results.mean.interval.low));
            highest = std::max(highest, results.mean.interval.high);
        }
        names->addTick(rowOf(model),
                       metrics.elidedText(models()[model].label, Qt::ElideRight,
                                          kLabelCharacters * metrics.averageCharWidth()));
    }
    fitAxis(*plot.xAxis, lowest, highest, /*floor=*/0.0);
    plot.xAxis->setTicker(wholeNumberTicker());
    plot.yAxis->setTicker(names);
    plot.yAxis->setRange(0.5, static_cast<double>(results_.models.size()) + 0.5);
    plot.yAxis->grid()->setVisible(false);
}

void SeedDots::drawDots(CurvePlot& plot, std::size_t model) const {
    auto* dots = plot.addGraph();
    const auto& wrong = results_.models[model].wrong;
    for (std::size_t seed = 0; seed < wrong.size(); ++seed) {
        if (wrong[seed]) {
            // Spread a little, by the seed, so that equal counts are seen beside each other.
            constexpr double kSpread = 0.22;
            const double place = wrong.size() < 2 ? 0.5
                                                  : static_cast<double>(seed) /
                                                        static_cast<double>(wrong.size() - 1);
            dots->addData(*wrong[seed], rowOf(model) + kSpread * (0.5 - place) + kSpread / 2.0);
        }
    }
    showAsMarks(*dots, models()[model].style(plot.isDarkLook()), kDotSide);
}

void SeedDots::drawMean(CurvePlot& plot, std::size_t model) const {
    const MeanEstimate& mean = results_.models[model].mean;
    if (mean.count == 0) {
        return;
    }
    const CurveStyle style = models()[model].style(plot.isDarkLook());
    const double row = rowOf(model) - kIntervalBelow;
    const QPen pen(style.color, kCurveWidth, Qt::SolidLine, Qt::FlatCap);
    if (std::isfinite(mean.interval.low)) {
        const double low = std::max(0.0, mean.interval.low);
        addLine(plot, pen, {low, row}, {mean.interval.high, row});
        for (const double end : {low, mean.interval.high}) {
            addLine(plot, pen, {end, row - kCap}, {end, row + kCap});
        }
    }
    const QPen wide(style.color, 2.0 * kCurveWidth, Qt::SolidLine, Qt::FlatCap);
    addLine(plot, wide, {mean.mean, row - kCap}, {mean.mean, row + kCap});
}

QString SeedDots::spokenValues() const {
    QStringList sentences;
    for (std::size_t model = 0; model < results_.models.size(); ++model) {
        sentences << tr("%1: %2.").arg(models()[model].label,
                                       seedSummary(results_.models[model], results_.testTotal));
    }
    return sentences.join(QLatin1Char(' '));
}

}  // namespace normscope
