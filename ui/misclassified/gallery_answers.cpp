#include "ui/misclassified/gallery_answers.h"

#include <QCoreApplication>
#include <QLocale>

#include "core/learning_history.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

std::optional<double> at(std::span<const float> values, int image) {
    return values.empty() ? std::nullopt
                          : std::optional<double>(values[static_cast<std::size_t>(image)]);
}

QString problemOf(const ComparedModel& model) {
    const ModelHistory& history = model.history();
    // Every epoch ends with a test.
    if (!history.epochs.empty() || history.outcome == Outcome::Finished) {
        return Texts::tr("What it read in each test image is missing or damaged in this run.");
    }
    if (history.outcome == Outcome::Failed && !history.error.empty()) {
        return QString::fromStdString(history.error);
    }
    return history.outcome == Outcome::Running
               ? Texts::tr("No epoch is finished yet. Mistakes come with the first.")
               : Texts::tr("No epoch was finished, so nothing was tested.");
}

}  // namespace

std::optional<double> GalleryAnswers::confidence(int image) const {
    return at(probabilityOfPrediction, image);
}

std::optional<double> GalleryAnswers::labelProbability(int image) const {
    return at(probabilityOfLabel, image);
}

int GalleryAnswers::wrong() const {
    int count = 0;
    for (int image = 0; image < size(); ++image) {
        count += isWrong(image) ? 1 : 0;
    }
    return count;
}

GalleryAnswers answersAfter(const ComparedModel& model, std::optional<int> epoch) {
    const ModelHistory& history = model.history();
    GalleryAnswers answers;
    answers.run = model.run;
    if (!history.evaluation) {
        answers.problem = problemOf(model);
        return answers;
    }
    const Evaluation& last = *history.evaluation;
    const int epochs = static_cast<int>(history.epochs.size());
    answers.labels = last.labels;
    if (!epoch || *epoch >= epochs) {
        answers.epoch = epochs;
        answers.predictions = last.predictions;
        answers.probabilityOfPrediction = last.probabilityOfPrediction;
        answers.probabilityOfLabel = last.probabilityOfLabel;
        return answers;
    }
    const std::span<const std::uint8_t> kept = predictionsAfter(history, *epoch);
    if (kept.size() != answers.labels.size()) {
        answers.problem = Texts::tr("What was read after epoch %1 was not kept in this run.")
                              .arg(QLocale().toString(*epoch));
        return answers;
    }
    answers.epoch = *epoch;
    answers.predictions = kept;
    return answers;
}

}  // namespace normscope
