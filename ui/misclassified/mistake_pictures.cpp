#include "ui/misclassified/mistake_pictures.h"

#include <QCoreApplication>
#include <algorithm>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(MistakePictures)
};

}  // namespace

std::vector<MistakePicture> mistakePictures(const Mistakes& mistakes, std::optional<int> image) {
    std::vector<MistakePicture> pictures;
    if (const auto confusions = mistakes.confusions(/*dark=*/false); !confusions.empty()) {
        pictures.push_back(
            {QStringLiteral("confusion"), confusionPicture(confusions),
             Texts::tr("How often which digit was read as which: a row for each true digit.")});
    }
    if (mistakes.held.size() > 1) {
        pictures.push_back({QStringLiteral("between-models"),
                            agreementPicture(mistakes.agreementContent(/*dark=*/false)),
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
