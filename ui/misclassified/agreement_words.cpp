#include "ui/misclassified/agreement_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Agreement)
};

QStringList labelsOf(ModelSet models, const QStringList& labels, bool members) {
    QStringList chosen;
    for (int model = 0; model < labels.size(); ++model) {
        if (((models & modelSetOf(static_cast<std::size_t>(model))) != 0) == members) {
            chosen << labels[model];
        }
    }
    return chosen;
}

}  // namespace

QString misreadersText(ModelSet models, const QStringList& labels) {
    const QStringList members = labelsOf(models, labels, /*members=*/true);
    if (members.size() == labels.size()) {
        return Texts::tr("all");
    }
    return members.size() == 1 ? Texts::tr("only %1").arg(members.first())
                               : QLocale().createSeparatedList(members);
}

QString spokenMistakes(const SharedMistakes& set, const QStringList& labels) {
    const QLocale locale;
    const QString images = locale.toString(set.images);
    const QString members = locale.createSeparatedList(labelsOf(set.models, labels, true));
    const QStringList others = labelsOf(set.models, labels, false);
    return others.isEmpty() ? Texts::tr("Misread by all, %1: %2 images.").arg(members, images)
                            : Texts::tr("Misread by %1, not by %2: %3 images.")
                                  .arg(members, locale.createSeparatedList(others), images);
}

}  // namespace normscope
