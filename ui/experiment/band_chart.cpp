#include "ui/experiment/band_chart.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/chart/curve_line.h"
#include "ui/chart/curve_plot.h"
#include "ui/experiment/plot_parts.h"

namespace normscope {
namespace {

constexpr float kBandStrength = 0.16F;

/// Of one seed there is no deviation, and the band is as thin as the curve.
double deviationOf(const MeanEstimate& estimate) {
    return std::isfinite(estimate.deviation) ? estimate.deviation : 0.0;
}

}  // namespace

QString displayName(BandMetric metric) {
    switch (metric) {
        case BandMetric::TestAccuracy:
            return BandChart::tr("Test accuracy");
        case BandMetric::TestLoss:
            return BandChart::tr("Test loss");
        case BandMetric::TrainAccuracy:
            return BandChart::tr("Training accuracy");
        case BandMetric::TrainLoss:
            break;
    }
    return BandChart::tr("Training loss");
}

BandChart::BandChart(QWidget* parent) : ExperimentFigure(parent) {
    setMetric(metric_);
}

void BandChart::setResults(std::vector<FigureModel> models, SeedResults results) {
    results_ = std::move(results);
    setModels(std::move(models));
}

void BandChart::setMetric(BandMetric metric) {
    metric_ = metric;
    setTitle(tr("%1: mean and standard deviation of the seeds").arg(displayName(metric)));
}

bool BandChart::isAccuracy() const {
    return metric_ == BandMetric::TestAccuracy || metric_ == BandMetric::TrainAccuracy;
}

const MeanEstimate& BandChart::measured(const EpochBand& band) const {
    switch (metric_) {
        case BandMetric::TestAccuracy:
            return band.testAccuracy;
        case BandMetric::TestLoss:
            return band.testLoss;
        case BandMetric::TrainAccuracy:
            return band.trainAccuracy;
        case BandMetric::TrainLoss:
            break;
    }
    return band.trainLoss;
}

void BandChart::draw(CurvePlot& plot) const {
    plot.xAxis->setLabel(tr("Epoch"));
    plot.yAxis->setLabel(isAccuracy() ? tr("Accuracy (%)") : tr("Loss (nats)"));
    fitAxes(plot);
    for (std::size_t model = 0; model < results_.models.size(); ++model) {
        drawModel(plot, model);
    }
}

/// The first quarter of the epochs is far off all that follows and may leave the plot: it would
/// flatten what the seeds differ in.
void BandChart::fitAxes(CurvePlot& plot) const {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    std::size_t epochs = 0;
    for (const SeedModelResults& model : results_.models) {
        epochs = std::max(epochs, model.epochs.size());
        for (std::size_t epoch = model.epochs.size() / 4; epoch < model.epochs.size(); ++epoch) {
            const MeanEstimate& estimate = measured(model.epochs[epoch]);
            lowest = std::min(lowest, shown(estimate.mean - deviationOf(estimate)));
            highest = std::max(highest, shown(estimate.mean + deviationOf(estimate)));
        }
    }
    plot.xAxis->setRange(0.5, static_cast<double>(std::max<std::size_t>(epochs, 2)) + 0.5);
    plot.xAxis->setTicker(wholeNumberTicker());
    fitAxis(*plot.yAxis, lowest, highest, /*floor=*/0.0);
    if (isAccuracy()) {
        plot.yAxis->setRangeUpper(std::min(plot.yAxis->range().upper, 100.2));
    }
}

void BandChart::drawModel(CurvePlot& plot, std::size_t model) const {
    const CurveStyle style = models()[model].style(plot.isDarkLook());
    const QCPRange range = plot.yAxis->range();
    auto* upper = plot.addGraph();
    auto* lower = plot.addGraph();
    auto* line = new CurveLine(plot.xAxis, plot.yAxis);
    auto* marks = plot.addGraph();
    for (const EpochBand& band : results_.models[model].epochs) {
        const MeanEstimate& estimate = measured(band);
        const double mean = shown(estimate.mean);
        const double reach = shown(deviationOf(estimate));
        // Pictures that know no clipping are drawn too: the band ends where the plot does.
        upper->addData(band.epoch, std::clamp(mean + reach, range.lower, range.upper));
        lower->addData(band.epoch, std::clamp(mean - reach, range.lower, range.upper));
        line->addData(band.epoch, mean);
        if (range.contains(mean)) {
            marks->addData(band.epoch, mean);
        }
    }
    QColor fill = style.color;
    fill.setAlphaF(kBandStrength);
    upper->setPen(Qt::NoPen);
    lower->setPen(Qt::NoPen);
    upper->setBrush(fill);
    upper->setChannelFillGraph(lower);
    line->setPen(style.pen(kCurveWidth));
    showAsMarks(*marks, style, kMarkerSide);
}

QString BandChart::spokenValues() const {
    const QLocale locale;
    const int decimals = isAccuracy() ? 2 : 4;
    QStringList sentences;
    for (std::size_t model = 0; model < results_.models.size(); ++model) {
        const std::vector<EpochBand>& epochs = results_.models[model].epochs;
        if (epochs.empty()) {
            sentences << (results_.models[model].diverged > 0 ? tr("%1: no seed got through.")
                                                              : tr("%1: not begun."))
                             .arg(models()[model].label);
            continue;
        }
        const MeanEstimate& last = measured(epochs.back());
        sentences << tr("%1: after epoch %2 mean %3, standard deviation %4, of %5 seeds.")
                         .arg(models()[model].label, locale.toString(epochs.back().epoch),
                              locale.toString(shown(last.mean), 'f', decimals),
                              locale.toString(shown(deviationOf(last)), 'f', decimals),
                              locale.toString(last.count));
    }
    return sentences.join(QLatin1Char(' '));
}

}  // namespace normscope
