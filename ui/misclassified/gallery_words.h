#pragma once

#include <QString>

#include "ui/misclassified/gallery_answers.h"

namespace normscope {

/// "445", counted from 1.
QString imageNumber(int image);

/// "87", "<1", ">99": whole percents, never 0 or 100 for what is not quite that.
QString wholePercents(double probability);

/// "6 → 0", or "6" where it is read rightly.
QString answerText(const GalleryAnswers& answers, int image);

/// "12 → 87 %", to whole percents: of the label and of the prediction; empty where they are not
/// known.
QString probabilitiesText(const GalleryAnswers& answers, int image);

/// "Test image 445, a 6 read as 0 with 87 %, probability of 6: 12 %"
QString spokenAnswer(const GalleryAnswers& answers, int image);

/// "Image 445: reads 0 (87 %) for 6 (12 %)", "Image 445: reads 6 (99 %), rightly"
QString headerAnswer(const GalleryAnswers& answers, int image);

/// The same in few words: "445: 6 → 0"
QString shortAnswer(const GalleryAnswers& answers, int image);

}  // namespace normscope
