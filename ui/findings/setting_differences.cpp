#include "ui/findings/setting_differences.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "ui/setting_texts.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

struct SettingDifferencesTexts {
    Q_DECLARE_TR_FUNCTIONS(SettingDifferences)
};
using Texts = SettingDifferencesTexts;

/// "20", or "10 + 10" for a second cycle; "7 of 20" while not all are done.
QString epochsText(const ComparedModel& model) {
    const QLocale locale;
    const auto finished = static_cast<int>(model.history().epochs.size());
    const TrainingConfig& config = model.run->config;
    QStringList cycles;
    for (const int cycle : config.cycles) {
        cycles << locale.toString(cycle);
    }
    const QString planned = cycles.join(QStringLiteral(" + "));
    return finished == config.epochs()
               ? planned
               : Texts::tr("%1 of %2").arg(locale.toString(finished), planned);
}

QString imagesText(const ComparedModel& model) {
    const auto& limit = model.run->config.trainLimit;
    return limit ? QLocale().toString(*limit) : Texts::tr("all");
}

/// Two data sets may bear the same name.
QString dataText(const ComparedModel& model) {
    const DatasetInfo& data = model.run->dataset;
    const QString folder =
        QString::fromStdString(data.folder).section('/', -1, -1, QString::SectionSkipEmpty);
    const QString mark = QString::fromStdString(data.checksum).left(6);
    return folder.isEmpty() ? mark : QStringLiteral("%1 (%2)").arg(folder, mark);
}

}  // namespace

std::vector<SettingDifference> settingDifferences(const Comparison& models) {
    std::vector<SettingDifference> differences;
    const auto look = [&](const QString& name, const auto& textOf) {
        QStringList values;
        for (const ComparedModel& model : models) {
            values << textOf(model);
        }
        if (std::ranges::any_of(values, [&](const QString& v) { return v != values.front(); })) {
            differences.push_back({name, values});
        }
    };
    look(Texts::tr("L1"), [](const ComparedModel& m) { return shortNumber(m.config().l1); });
    look(Texts::tr("epochs"), epochsText);
    look(Texts::tr("batch size"),
         [](const ComparedModel& m) { return QLocale().toString(m.run->config.batchSize); });
    look(Texts::tr("learning rate"),
         [](const ComparedModel& m) { return shortNumber(m.run->config.learningRate); });
    look(Texts::tr("seed"),
         [](const ComparedModel& m) { return QString::number(m.run->config.seed); });
    look(Texts::tr("augmentation"),
         [](const ComparedModel& m) { return augmentationText(m.run->config.augmentation); });
    look(Texts::tr("training images"), imagesText);
    look(Texts::tr("data"), dataText);
    return differences;
}

}  // namespace normscope
