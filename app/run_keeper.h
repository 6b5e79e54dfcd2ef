#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>

#include "core/run_preparation.h"

namespace normscope {

class RunLoader;
class TrainPage;

/// Sees to it that what was trained gets onto a disk: says on page Train when it is not, keeps it
/// in memory for as long, and saves it where it belongs or elsewhere when asked to.
class RunKeeper : public QObject {
    Q_OBJECT

  public:
    RunKeeper(TrainPage& page, RunLoader& loader, QObject* parent = nullptr);

    /// A training begins.
    void begin(const PreparedRun& prepared);
    /// Something was written, or could not be.
    void look();
    /// The training has ended. Its folder is free for others, if all is written.
    void end();

    /// Whether something would be lost if the program ended now, or another training began.
    bool isUnsaved() const { return writer_ != nullptr && !problem_.isEmpty(); }

    void askWhereToSave();
    /// Into a folder of its own in this one. Answer: moved, or a message on the page.
    void saveElsewhere(const std::filesystem::path& parent);
    /// What was trained last is no longer wanted.
    void discard();

  signals:
    /// Whether there is something unsaved has changed.
    void changed();
    /// The run is in another folder by now; `from` is empty if it was in none.
    void moved(const std::filesystem::path& from, const std::filesystem::path& to);

  private:
    void takeSaved(const std::filesystem::path& folder, const QString& problem);
    void setProblem(const QString& problem);
    void tell();

    TrainPage& page_;
    RunLoader& loader_;
    std::shared_ptr<RunWriter> writer_;  ///< null: nothing is kept
    std::filesystem::path folder_;
    QString problem_;
    QString told_;
    bool underWay_ = false;
};

}  // namespace normscope
