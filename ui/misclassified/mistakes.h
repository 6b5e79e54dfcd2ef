#pragma once

#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/agreement.h"
#include "ui/compared_model.h"
#include "ui/misclassified/agreement_painting.h"
#include "ui/misclassified/confusion_painting.h"
#include "ui/misclassified/gallery_answers.h"
#include "ui/misclassified/history_painting.h"

namespace normscope {

/// What the compared models misread after an epoch, and all that is drawn from it.
struct Mistakes {
    Comparison models;
    std::vector<GalleryAnswers> answers;  ///< of each model
    std::vector<std::size_t> held;        ///< models that are held against each other
    Agreement agreement;                  ///< of those

    QStringList heldLabels() const;
    /// That the answers are of, where it is not the last of every model.
    std::optional<int> earlierEpoch() const;
    /// Of the models that have answers.
    std::vector<ConfusionContent> confusions(bool dark) const;
    AgreementContent agreementContent(bool dark) const;
    /// Of the models whose test images are known.
    std::vector<HistoryContent> histories(bool dark, std::optional<int> image) const;
    std::vector<std::optional<DigitHistory>> digitHistories(std::optional<int> image) const;

  private:
    std::vector<std::size_t> tested() const;
};

/// `epoch` as in answersAfter(). Models that were tested on other images than the first have no
/// answers.
Mistakes mistakesAfter(const Comparison& models, std::optional<int> epoch);

}  // namespace normscope
