#include <QLocale>

#include "app/training_messages.h"
#include "app/training_session.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

namespace normscope {

namespace fs = std::filesystem;

void TrainingSession::connectPage() {
    connect(&page_, &TrainPage::startRequested, this, &TrainingSession::start);
    connect(&page_, &TrainPage::pauseRequested, &controller_, &TrainingController::pause);
    connect(&page_, &TrainPage::resumeRequested, &controller_, &TrainingController::resume);
    connect(&page_, &TrainPage::stepRequested, &controller_, &TrainingController::stepOnce);
    connect(&page_, &TrainPage::stopRequested, this, &TrainingSession::stop);
    connect(&page_, &TrainPage::moreEpochsRequested, this, &TrainingSession::continueRun);
    connect(&page_, &TrainPage::continueRequested, this, [this] { continueRun(0); });
}

void TrainingSession::connectLoader() {
    connect(&loader_, &RunLoader::dataRead, this, [this](const DatasetInfo& info) {
        images_ = info;
        const bool bundled = info.folder == folders_.bundledData;
        page_.setData(bundled ? std::filesystem::path() : std::filesystem::path(info.folder),
                      nameOfData(info.folder, folders_.bundledData));
        const QLocale locale;
        emit statusChanged(tr("%1: %2 training images, %3 test images")
                               .arg(nameOfData(info.folder, folders_.bundledData),
                                    locale.toString(info.trainTotal),
                                    locale.toString(info.testTotal)));
    });
    connect(&loader_, &RunLoader::prepared, this, &TrainingSession::onPrepared);
    connect(&loader_, &RunLoader::failed, this, &TrainingSession::takeFailure);
}

void TrainingSession::connectLibrary() {
    connect(&library_, &RunLibrary::loaded, this, &TrainingSession::takeOpened);
    connect(&library_, &RunLibrary::failed, this,
            [this](const fs::path& folder, const QString& sentence) {
                if (!folder.empty() && folder == opening_) {
                    opening_.clear();
                    library_.close(folder);
                    takeFailure(sentence);
                }
            });
    connect(&library_, &RunLibrary::renamed, this, &TrainingSession::takeMoved);
    connect(&library_, &RunLibrary::removed, this, [this](const fs::path& folder) {
        if (live_ && live_->folder() == folder) {
            live_.reset();
            trained_.reset();
        }
        if (shown_ == folder && !isUnderWay(phase_)) {
            shown_.clear();
            page_.setRunFolder({});
            setPhase(restingPhase());
        }
    });
}

void TrainingSession::connectKeeper() {
    connect(&keeper_, &RunKeeper::changed, this, [this] {
        if (keeper_.isUnsaved()) {
            emit statusChanged(tr("Not saved: see page Train"));
        } else if (!shown_.empty()) {
            emit statusChanged(tr("Saving to %1").arg(QString::fromStdString(shown_.string())));
        }
        emit changed();
    });
    connect(&keeper_, &RunKeeper::moved, this, [this](const fs::path& from, const fs::path& to) {
        if (isUnderWay(phase_)) {
            library_.setUnderWay(to);
        }
        library_.tellMoved(from, to);
        if (const std::string& notes = live_->run().notes; !notes.empty()) {
            library_.writeNotes(to,
                                QString::fromStdString(notes));  // also those lost with the disk
        }
        emit statusChanged(tr("Saved in %1").arg(QString::fromStdString(to.string())));
    });
    connect(
        &offer_, &ResumeOffer::offered, this, [this](const fs::path& run, const QString& sentence) {
            if (!isUnderWay(phase_)) {
                page_.showMessage({.text = sentence,
                                   .actions = {{tr("Resume"), [this, run] { resumeRun(run); }}}});
            }
        });
}

void TrainingSession::connectController() {
    connect(&controller_, &TrainingController::snapshotReady, this,
            [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                takeSnapshot(*snapshot);
            });
    connect(&controller_, &TrainingController::inspected, this, &TrainingSession::inspected);
    connect(&controller_, &TrainingController::stalled, this,
            [this](std::size_t model, bool stalled) {
                tell(stallMessage(live_->run(), model, stalled));
                emit changed();  // whoever waits for the end may not want to any more
            });
    connect(&controller_, &TrainingController::stateChanged, this,
            &TrainingSession::onStateChanged);
}

}  // namespace normscope
