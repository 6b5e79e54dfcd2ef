#include "ui/findings/finding_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/findings.h"

namespace normscope {
namespace {

struct FindingWordsTexts {
    Q_DECLARE_TR_FUNCTIONS(FindingWords)
};
using Texts = FindingWordsTexts;

constexpr double kLeastShown = 0.001;

}  // namespace

QString quoted(const ComparedModel& model) {
    return Texts::tr("“%1”").arg(model.label);
}

QString count(int number) {
    return QLocale().toString(number);
}

QString percent(double share) {
    return QLocale().toString(100.0 * share, 'f', 2);
}

QString pValue(double p) {
    const QLocale locale;
    if (p < kLeastShown) {
        return Texts::tr("p < %1").arg(locale.toString(kLeastShown, 'f', 3));
    }
    // More decimals where three would put it on the other side of the level, or upon it.
    int decimals = 3;
    constexpr int kMostDecimals = 9;
    const auto crosses = [&] {
        const double rounded = QString::number(p, 'f', decimals).toDouble();
        return rounded == kSignificance || (rounded < kSignificance) != (p < kSignificance);
    };
    while (p != kSignificance && decimals < kMostDecimals && crosses()) {
        ++decimals;
    }
    return Texts::tr("p = %1").arg(locale.toString(p, 'f', decimals));
}

}  // namespace normscope
