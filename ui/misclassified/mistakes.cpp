#include "ui/misclassified/mistakes.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Gallery)
};

bool readTheSame(const GalleryAnswers& a, const GalleryAnswers& b) {
    return std::ranges::equal(a.labels, b.labels);
}

}  // namespace

QStringList Mistakes::heldLabels() const {
    QStringList labels;
    for (const std::size_t model : held) {
        labels << models[model].label;
    }
    return labels;
}

std::optional<int> Mistakes::earlierEpoch() const {
    for (std::size_t model = 0; model < models.size(); ++model) {
        const int epochs = static_cast<int>(models[model].history().epochs.size());
        if (!answers[model].isEmpty() && answers[model].epoch < epochs) {
            return answers[model].epoch;
        }
    }
    return std::nullopt;
}

std::vector<ConfusionContent> Mistakes::confusions(bool dark) const {
    std::vector<ConfusionContent> contents;
    for (std::size_t model = 0; model < models.size(); ++model) {
        if (!answers[model].isEmpty()) {
            contents.push_back(
                confusionOf(answers[model], models[model].label, models[model].style(dark)));
        }
    }
    return contents;
}

AgreementContent Mistakes::agreementContent(bool dark) const {
    AgreementContent content;
    content.labels = heldLabels();
    content.sets = agreement.sets;
    for (std::size_t place = 0; place < held.size(); ++place) {
        content.styles.push_back(models[held[place]].style(dark));
        content.wrong.push_back(agreement.wrongIn(place));
    }
    return content;
}

std::vector<HistoryContent> Mistakes::histories(bool dark, std::optional<int> image) const {
    std::vector<HistoryContent> contents;
    const auto digits = digitHistories(image);
    for (const std::size_t model : tested()) {
        contents.push_back(
            {.label = models[model].label,
             .style = models[model].style(dark),
             .changes = learningHistory(answers[model].labels, models[model].history()),
             .digit = digits[contents.size()]});
    }
    return contents;
}

std::vector<std::optional<DigitHistory>> Mistakes::digitHistories(std::optional<int> image) const {
    std::vector<std::optional<DigitHistory>> digits;
    for (const std::size_t model : tested()) {
        const bool known = image && static_cast<std::size_t>(*image) < answers[model].labels.size();
        digits.push_back(known ? std::optional(digitHistory(models[model].history(), *image,
                                                            answers[model].label(*image)))
                               : std::nullopt);
    }
    return digits;
}

std::vector<std::size_t> Mistakes::tested() const {
    std::vector<std::size_t> indices;
    for (std::size_t model = 0; model < models.size(); ++model) {
        if (!answers[model].labels.empty()) {
            indices.push_back(model);
        }
    }
    return indices;
}

Mistakes mistakesAfter(const Comparison& models, std::optional<int> epoch) {
    Mistakes mistakes;
    mistakes.models = models;
    std::vector<std::span<const std::uint8_t>> predictions;
    for (std::size_t model = 0; model < models.size(); ++model) {
        GalleryAnswers answers = answersAfter(models[model], epoch);
        if (!sharesTestImages({models.front(), models[model]})) {
            answers = {};
            answers.problem = Texts::tr(
                                  "Tested on other images than %1, so its digits cannot be shown "
                                  "beside them.")
                                  .arg(models.front().label);
        }
        const bool comparable =
            !answers.isEmpty() && (mistakes.held.empty() ||
                                   readTheSame(answers, mistakes.answers[mistakes.held.front()]));
        if (comparable) {
            mistakes.held.push_back(model);
            predictions.push_back(answers.predictions);
        }
        mistakes.answers.push_back(std::move(answers));
    }
    if (!mistakes.held.empty() && mistakes.held.size() <= kMaxAgreementModels) {
        mistakes.agreement =
            agreementOf(mistakes.answers[mistakes.held.front()].labels, predictions);
    } else {
        mistakes.held.clear();
    }
    return mistakes;
}

}  // namespace normscope
