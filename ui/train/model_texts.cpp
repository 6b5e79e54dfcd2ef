#include "ui/train/model_texts.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/norm_style.h"
#include "ui/setting_texts.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ModelTexts)
};

QString nameText(NormKind kind) {
    const auto name = nameOf(kind);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// "Batch norm with L1 0.0001"; a label that says no more than the norm is not repeated.
QString modelText(const ModelConfig& model) {
    const QString label = QString::fromStdString(model.label);
    QString text = networkTitle(model.network);
    if (label != nameText(model.network.kind)) {
        text = Texts::tr("%1 (%2)").arg(label, text);
    }
    if (model.l1 > 0.0) {
        text = Texts::tr("%1 with L1 %2").arg(text, shortNumber(model.l1));
    }
    return text;
}

}  // namespace

QString normTitle(NormKind kind) {
    switch (kind) {
        case NormKind::None:
            return Texts::tr("None");
        case NormKind::Batch:
            return Texts::tr("Batch");
        case NormKind::Layer:
            return Texts::tr("Layer");
        case NormKind::Group:
            return Texts::tr("Group");
        case NormKind::Instance:
            return Texts::tr("Instance");
    }
    return {};
}

QString networkTitle(const NetworkSpec& network) {
    const QString title = displayName(network.kind);
    return network.kind == NormKind::Group ? title + ' ' + groupsText(network.groups) : title;
}

QString groupsText(const GroupCounts& groups) {
    return QString::fromStdString(formatGroups(groups)).replace(',', ", ");
}

QString freeLabel(NormKind kind, const QStringList& taken) {
    const QString base = nameText(kind);
    QString label = base;
    for (int number = 2; taken.contains(label, Qt::CaseInsensitive); ++number) {
        label = QStringLiteral("%1 %2").arg(base).arg(number);
    }
    return label;
}

QString configurationText(const TrainingConfig& config, const QString& dataName) {
    const QLocale locale;
    QStringList models;
    for (const ModelConfig& model : config.models) {
        models << modelText(model);
    }
    const QString images =
        config.trainLimit
            ? Texts::tr("first %1 training images").arg(locale.toString(*config.trainLimit))
            : Texts::tr("all training images");
    QStringList shared{
        dataName,
        images,
        config.epochs() == 1 ? Texts::tr("1 epoch")
                             : Texts::tr("%1 epochs").arg(locale.toString(config.epochs())),
        Texts::tr("batch size %1").arg(locale.toString(config.batchSize)),
        Texts::tr("peak learning rate %1").arg(shortNumber(config.learningRate)),
        config.augmentation == Augmentation::None ? Texts::tr("no augmentation")
                                                  : augmentationText(config.augmentation),
        Texts::tr("seed %1").arg(config.seed),
    };
    shared.removeAll(QString());
    return models.join(QStringLiteral("; ")) + '\n' + shared.join(QStringLiteral(" · "));
}

}  // namespace normscope
