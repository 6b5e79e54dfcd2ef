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

bool canGoOn(const ListedRun& run) {
    return run.origin != RunOrigin::Bundled && run.state == RunState::Interrupted &&
           run.problems.isEmpty();
}

/// Whether it was left on purpose: another was begun after its last epoch, or it was saved
/// elsewhere, where it has the same name, and went on there.
bool isLeft(const ListedRun& run, const std::vector<ListedRun>& runs) {
    return std::ranges::any_of(runs, [&](const ListedRun& other) {
        const bool isSame = other.folder.filename() == run.folder.filename();
        return other.origin != RunOrigin::Bundled && other.folder != run.folder &&
               (isSame ? other.trained : other.when) > run.trained;
    });
}

/// Null if none is.
const ListedRun* interruptedLast(const std::vector<ListedRun>& runs) {
    const ListedRun* last = nullptr;
    for (const ListedRun& run : runs) {
        if (canGoOn(run) && (last == nullptr || run.trained > last->trained) &&
            !isLeft(run, runs)) {
            last = &run;
        }
    }
    return last;
}

}  // namespace

ResumeOffer::ResumeOffer(const RunLibrary& library, QObject* parent)
    : QObject(parent), library_(library) {
    connect(&library_, &RunLibrary::listed, this, &ResumeOffer::look, Qt::SingleShotConnection);
}

void ResumeOffer::look() {
    const ListedRun* run = interruptedLast(library_.runs());
    if (run == nullptr) {
        return;
    }
    const QLocale locale;
    const int epochs = epochsOf(*run->listing);
    const QString total = locale.toString(run->listing->run.config.epochs());
    emit offered(run->folder,
                 epochs == 0
                     ? tr("The training %1 was interrupted in its first epoch of %2. It can begin "
                          "anew.")
                           .arg(run->name, total)
                     : tr("The training %1 was interrupted after epoch %2 of %3. It can go on from "
                          "there as if nothing had happened.")
                           .arg(run->name, locale.toString(epochs), total));
}

}  // namespace normscope
