#include "ui/train/training_charts.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/trainer.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TrainingCharts)
};

/// Places in trainingChartDescriptions(); test accuracy is the last.
enum Figure : std::size_t { TrainingLoss, TestLoss, TrainingAccuracy };

CurveDescription describe(const ComparedModel& model) {
    return {model.label, model.config().network.kind, model.variant};
}

/// Training figures have a point for each mini-batch, test figures one for each epoch.
CurveData dataOf(std::size_t chart, const ComparedModel& model) {
    CurveData data;
    const ModelHistory& history = model.history();
    if (chart == TrainingLoss || chart == TrainingAccuracy) {
        const auto perEpoch =
            static_cast<double>(stepsPerEpoch(model.run->config, model.run->dataset.trainTotal));
        for (const StepRecord& step : history.steps) {
            data.append(static_cast<double>(step.step) / perEpoch,
                        chart == TrainingLoss ? step.loss : step.accuracy);
        }
    } else {
        for (const EpochRecord& epoch : history.epochs) {
            data.append(epoch.epoch, chart == TestLoss ? epoch.testLoss : epoch.testAccuracy);
        }
    }
    return data;
}

}  // namespace

std::array<ChartDescription, 4> trainingChartDescriptions() {
    const QString epochs = Texts::tr("Epochs");
    const QString loss = Texts::tr("Loss (nats)");
    const QString accuracy = Texts::tr("Accuracy (%)");
    return {{
        {.title = Texts::tr("Training loss"),
         .yTitle = loss,
         .xTitle = epochs,
         .canBeLogarithmic = true},
        {.title = Texts::tr("Test loss"),
         .yTitle = loss,
         .xTitle = epochs,
         .onePointAnEpoch = true,
         .canBeLogarithmic = true},
        {.title = Texts::tr("Training accuracy"),
         .yTitle = accuracy,
         .xTitle = epochs,
         .percent = true},
        {.title = Texts::tr("Test accuracy"),
         .yTitle = accuracy,
         .xTitle = epochs,
         .percent = true,
         .onePointAnEpoch = true},
    }};
}

std::vector<ChartContent> trainingCharts(const Comparison& models) {
    std::vector<ChartContent> charts;
    for (const ChartDescription& description : trainingChartDescriptions()) {
        ChartContent chart;
        chart.description = description;
        for (const ComparedModel& model : models) {
            Curve curve{describe(model), dataOf(charts.size(), model), /*visible=*/true};
            if (!description.onePointAnEpoch) {
                chart.smoothing = kDefaultSmoothing;
                curve.data.setSmoothing(kDefaultSmoothing);
            }
            chart.curves.push_back(std::move(curve));
            chart.plannedEpochs = std::max(chart.plannedEpochs, model.run->config.epochs());
        }
        charts.push_back(std::move(chart));
    }
    return charts;
}

}  // namespace normscope
