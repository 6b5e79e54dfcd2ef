#include "app/resume_offer.h"

#include <QLocale>
#include <algorithm>
#include <limits>

#include "app/run_library.h"

namespace normscope {
namespace {

/// That all its models that are still to go on have finished.
int epochsOf(const RunListing& listing) {
    int epochs = std::numeric_limits<int>::max();
    for (std::size_t model = 0; model < listing.run.models.size(); ++model) {
        if (listing.run.models[model].outcome == Outcome::Running) {
            epochs = std::min(epochs, listing.summaries[model].epochs);
        }
    }
    return epochs;
}

}  // namespace

ResumeOffer::ResumeOffer(const RunLibrary& library, QObject* parent)
    : QObject(parent), library_(library) {
    connect(&library_, &RunLibrary::listed, this, &ResumeOffer::look, Qt::SingleShotConnection);
}

void ResumeOffer::look() {
    const std::vector<ListedRun>& runs = library_.runs();
    const auto kept = std::ranges::find(runs, RunOrigin::Kept, &ListedRun::origin);
    if (kept == runs.end() || kept->state != RunState::Interrupted || !kept->problems.isEmpty()) {
        return;
    }
    const QLocale locale;
    const int epochs = epochsOf(*kept->listing);
    const QString total = locale.toString(kept->listing->run.config.epochs());
    emit offered(kept->folder,
                 epochs == 0
                     ? tr("The training %1 was interrupted in its first epoch of %2. It can begin "
                          "anew.")
                           .arg(kept->name, total)
                     : tr("The training %1 was interrupted after epoch %2 of %3. It can go on from "
                          "there as if nothing had happened.")
                           .arg(kept->name, locale.toString(epochs), total));
}

}  // namespace normscope
