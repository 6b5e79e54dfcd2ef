#include "ui/misclassified/mistake_pictures.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(MistakePictures)
};

/// With the epoch in the names of the models: what leaves the page has no slider beside it.
Mistakes epochsNamed(Mistakes mistakes) {
    if (!mistakes.earlierEpoch()) {
        return mistakes;
    }
    for (std::size_t model = 0; model < mistakes.models.size(); ++model) {
        QString& label = mistakes.models[model].label;
        label = Texts::tr("%1, after epoch %2")
                    .arg(label, QLocale().toString(mistakes.answers[model].epoch));
    }
    return mistakes;
}

/// A picture of what was read after this epoch; empty: the last.
Picture titled(Picture picture, std::optional<int> epoch) {
    if (epoch) {
        picture.title =
            Texts::tr("%1 after epoch %2").arg(picture.title, QLocale().toString(*epoch));
    }
    return picture;
}

}  // namespace

std::vector<MistakePicture> mistakePictures(const Mistakes& mistakes, std::optional<int> image) {
    const std::optional<int> epoch = mistakes.earlierEpoch();
    const Mistakes named = epochsNamed(mistakes);
    std::vector<MistakePicture> pictures;
    if (const auto confusions = named.confusions(/*dark=*/false); !confusions.empty()) {
        pictures.push_back(
            {QStringLiteral("confusion"), titled(confusionPicture(confusions), epoch),
             Texts::tr("How often which digit was read as which: a row for each true digit.")});
    }
    if (mistakes.held.size() > 1) {
        pictures.push_back({QStringLiteral("between-models"),
                            titled(agreementPicture(named.agreementContent(/*dark=*/false)), epoch),
                            Texts::tr("How many test images exactly those models misread that are "
                                      "marked below the column.")});
    }
    const auto histories = mistakes.histories(/*dark=*/false, image);
    if (std::ranges::any_of(histories, &HistoryContent::isKept)) {
        pictures.push_back({QStringLiteral("training-history"), historyPicture(histories),
                            Texts::tr("Test images misread after each epoch, and how many of them "
                                      "were lost and learned since the epoch before.")});
    }
    return pictures;
}

}  // namespace normscope
