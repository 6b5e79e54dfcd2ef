#include "ui/findings/findings_caption.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/findings.h"
#include "ui/findings/setting_differences.h"
#include "ui/train/model_texts.h"

namespace normscope {
namespace {

struct FindingsCaptionTexts {
    Q_DECLARE_TR_FUNCTIONS(FindingsCaption)
};
using Texts = FindingsCaptionTexts;

QString dataName(const DatasetInfo& dataset) {
    return isMnist(dataset) ? QStringLiteral("MNIST")
                            : QString::fromStdString(dataset.folder)
                                  .section('/', -1, -1, QString::SectionSkipEmpty);
}

/// As if the models, under their names here, had been trained in the first one's run.
TrainingConfig asOneRun(const Comparison& models) {
    TrainingConfig config = models.front().run->config;
    config.models.clear();
    for (const ComparedModel& model : models) {
        config.models.push_back(model.config());
        config.models.back().label = model.label.toStdString();
    }
    return config;
}

}  // namespace

QString comparisonCaption(const Comparison& models) {
    if (models.empty()) {
        return {};
    }
    const QString caption =
        configurationText(asOneRun(models), dataName(models.front().run->dataset));
    const bool oneRun = std::ranges::all_of(models, [&](const ComparedModel& model) {
        return model.run->config == models.front().run->config &&
               model.run->dataset == models.front().run->dataset;
    });
    if (oneRun) {
        return caption;
    }
    QStringList differences;
    for (const SettingDifference& difference : settingDifferences(models)) {
        differences << Texts::tr("%1 %2").arg(difference.name,
                                              difference.values.join(QStringLiteral(" / ")));
    }
    const QString common = caption.section('\n', 1);
    return caption.section('\n', 0, 0) + '\n' +
           (differences.isEmpty() ? common
                                  : Texts::tr("Trained differently: %1")
                                        .arg(differences.join(QStringLiteral(" · "))));
}

}  // namespace normscope
