#pragma once

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "app/run_state.h"
#include "app/task_thread.h"
#include "core/run_listing.h"

namespace normscope {

/// Where a run comes from, and so what may be done to it: a kept one is ours to rename and to throw
/// away, one opened from elsewhere only leaves the list, and a bundled one stays as it is.
enum class RunOrigin { Kept, Opened, Bundled };

/// A run folder as it is listed.
struct ListedRun {
    std::filesystem::path folder;
    RunOrigin origin = RunOrigin::Kept;
    RunState state = RunState::Ended;
    QString name;
    QDateTime when;                             ///< it began, or an epoch was last written
    QDateTime trained;                          ///< an epoch was last written
    std::shared_ptr<const RunListing> listing;  ///< null where comparison.json cannot be read
    QStringList problems;                       ///< what is missing or damaged, a sentence each
};

/// The one place that knows which runs there are, and all that is done to their folders but the
/// training itself. Lives on the thread of the window; the disk is asked on another one, in the
/// order of the requests.
class RunLibrary : public QObject {
    Q_OBJECT

  public:
    struct Places {
        std::filesystem::path kept;                  ///< every folder in it may be a run
        std::vector<std::filesystem::path> bundled;  ///< runs that come with the program
    };

    explicit RunLibrary(Places places, QObject* parent = nullptr);

    const std::filesystem::path& keptFolder() const { return places_.kept; }

    /// As they were at the last refresh: those opened, the latest first, then those kept, the
    /// newest first, then the bundled ones.
    const std::vector<ListedRun>& runs() const { return runs_; }
    /// Null where there is none in this folder.
    const ListedRun* find(const std::filesystem::path& folder) const;

    /// Folders opened from elsewhere, the latest first.
    const std::vector<std::filesystem::path>& opened() const { return opened_; }
    void setOpened(const std::vector<std::filesystem::path>& folders);

    /// Looks what there is, and reads those runs again that somebody holds and that have changed.
    /// Answer: listed.
    void refresh();
    /// Whether an answer is still to come.
    bool isBusy() const { return pending_ > 0; }

    /// Puts a run from elsewhere on the list. Answer: listed. Returns the folder as it is listed.
    std::filesystem::path open(const std::filesystem::path& folder);
    /// Takes it off the list. Answer: removed, listed.
    void close(const std::filesystem::path& folder);

    /// Answer: loaded or failed. A run that somebody holds is not read twice unless it has changed.
    void load(const std::filesystem::path& folder);

    // Answer: renamed or removed, then listed; or failed. Only kept runs that are not under way.
    void rename(const std::filesystem::path& folder, const QString& name);
    void moveToTrash(const std::filesystem::path& folder);

    /// A run has been saved in another place by whoever trains it; `from` is empty if it was in
    /// none before. Answer: renamed at once, then listed.
    void tellMoved(const std::filesystem::path& from, const std::filesystem::path& to);

    /// Answer: failed, if it does.
    void writeNotes(const std::filesystem::path& folder, const QString& notes);

    /// The run in training, which is neither renamed nor thrown away; empty if there is none.
    void setUnderWay(const std::filesystem::path& folder) { underWay_ = folder; }
    bool isUnderWay(const std::filesystem::path& folder) const {
        return !folder.empty() && folder == underWay_;
    }

  signals:
    void listed(const std::vector<normscope::ListedRun>& runs);
    void openedChanged();
    void loaded(std::shared_ptr<const normscope::Run> run);
    void renamed(const std::filesystem::path& from, const std::filesystem::path& to);
    void removed(const std::filesystem::path& folder);
    void failed(const std::filesystem::path& folder, const QString& sentence);

  private:
    /// A run as somebody holds it, and what told its files then.
    struct Held {
        std::vector<std::filesystem::file_time_type> stamp;
        std::weak_ptr<const Run> run;
    };

    using Answer = TaskThread::Answer;

    /// Does the task on the other thread and then what it returns on this one.
    void post(const std::filesystem::path& folder, TaskThread::Task task);
    void take(const std::vector<ListedRun>& runs);
    /// Why the run may not be touched, as a sentence; empty if it may.
    QString problemOfTouching(const std::filesystem::path& folder) const;

    // On the other thread.
    static std::vector<ListedRun> list(const Places& places,
                                       const std::vector<std::filesystem::path>& opened);
    std::shared_ptr<const Run> read(const std::filesystem::path& folder);
    std::vector<std::shared_ptr<const Run>> readChanged();
    Answer renameFolder(const std::filesystem::path& from, const std::filesystem::path& to);
    Answer failure(const std::filesystem::path& folder, const QString& sentence);

    const Places places_;
    std::vector<std::filesystem::path> opened_;
    std::filesystem::path underWay_;
    std::vector<ListedRun> runs_;
    int pending_ = 0;
    std::map<std::filesystem::path, Held> held_;  ///< touched by the other thread alone
    TaskThread thread_;                           ///< dies first: its tasks refer to the above
};

}  // namespace normscope
