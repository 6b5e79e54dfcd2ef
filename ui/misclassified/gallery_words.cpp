#include "ui/misclassified/gallery_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/misclassified/probability_bars.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

}  // namespace

QString wholePercents(double probability) {
    const double percent = 100.0 * probability;
    if (percent > 0.0 && percent < 1.0) {
        return QStringLiteral("<1");
    }
    if (percent > 99.0 && percent < 100.0) {
        return QStringLiteral(">99");
    }
    return QString::number(percent, 'f', 0);
}

QString imageNumber(int image) {
    return QString::number(image + 1);
}

QString answerText(const GalleryAnswers& answers, int image) {
    const QString label = QString::number(answers.label(image));
    return answers.isWrong(image)
               ? QStringLiteral("%1 → %2").arg(label, QString::number(answers.prediction(image)))
               : label;
}

QString probabilitiesText(const GalleryAnswers& answers, int image) {
    if (!answers.hasProbabilities()) {
        return {};
    }
    const QString label = wholePercents(*answers.labelProbability(image));
    return Texts::tr("%1 %").arg(
        answers.isWrong(image)
            ? QStringLiteral("%1 → %2").arg(label, wholePercents(*answers.confidence(image)))
            : label);
}

QString spokenAnswer(const GalleryAnswers& answers, int image) {
    const QString number = imageNumber(image);
    const QString label = QString::number(answers.label(image));
    const QString prediction = QString::number(answers.prediction(image));
    const bool wrong = answers.isWrong(image);
    if (!answers.hasProbabilities()) {
        return wrong ? Texts::tr("Test image %1, a %2 read as %3").arg(number, label, prediction)
                     : Texts::tr("Test image %1, a %2 read rightly").arg(number, label);
    }
    const QString confidence = probabilityText(*answers.confidence(image));
    return wrong ? Texts::tr("Test image %1, a %2 read as %3 with %4, probability of %2: %5")
                       .arg(number, label, prediction, confidence,
                            probabilityText(*answers.labelProbability(image)))
                 : Texts::tr("Test image %1, a %2 read rightly with %3")
                       .arg(number, label, confidence);
}

QString headerAnswer(const GalleryAnswers& answers, int image) {
    const QString number = imageNumber(image);
    const QString label = QString::number(answers.label(image));
    const QString prediction = QString::number(answers.prediction(image));
    const bool wrong = answers.isWrong(image);
    if (!answers.hasProbabilities()) {
        return wrong ? Texts::tr("Image %1: reads %2 for %3").arg(number, prediction, label)
                     : Texts::tr("Image %1: reads %2, rightly").arg(number, label);
    }
    const QString confidence = probabilityText(*answers.confidence(image));
    return wrong ? Texts::tr("Image %1: reads %2 (%3) for %4 (%5)")
                       .arg(number, prediction, confidence, label,
                            probabilityText(*answers.labelProbability(image)))
                 : Texts::tr("Image %1: reads %2 (%3), rightly").arg(number, label, confidence);
}

QString shortAnswer(const GalleryAnswers& answers, int image) {
    return Texts::tr("%1: %2").arg(imageNumber(image), answerText(answers, image));
}

}  // namespace normscope
