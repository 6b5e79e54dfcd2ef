#include "app/run_library.h"

#include <fcntl.h>
#include <stdio.h>

#include <QDir>
#include <QFile>
#include <algorithm>
#include <cerrno>
#include <optional>
#include <tuple>
#include <utility>

#include "app/file_time.h"
#include "app/run_name.h"
#include "core/run_lock.h"
#include "core/run_notes.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

QString textOf(const fs::path& path) {
    return QDir::toNativeSeparators(QString::fromStdString(path.string()));
}

/// Keeps others from training the run meanwhile. Throws RunInUse where somebody does already; a
/// folder that holds no whole run, nobody trains.
std::optional<RunLock> lockOf(const fs::path& folder) {
    std::optional<Run> run;
    try {
        run = readComparison(folder);
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
    return RunLock::take(*run);
}

/// Never onto something that is there, not even an empty folder that was made just now.
bool renameOnto(const fs::path& from, const fs::path& to, std::error_code& error) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    error.assign(errno, std::generic_category());
    if (errno == EINVAL || errno == ENOSYS) {  // a file system that cannot
        fs::rename(from, to, error);
    }
    return !error;
}

ListedRun listedRun(const fs::path& folder, RunOrigin origin) {
    TaskThread::turnTo(folder);
    ListedRun run{.folder = folder,
                  .origin = origin,
                  .state = RunState::Ended,
                  .name = nameOfRun(folder),
                  .when = beginOfRun(folder),
                  .trained = {},
                  .listing = nullptr,
                  .problems = {}};
    try {
        run.listing = std::make_shared<const RunListing>(readListing(folder));
        run.state = stateOf(run.listing->run);
        for (const std::string& problem : run.listing->run.problems) {
            run.problems << QString::fromStdString(problem);
        }
        run.trained = timeOf(run.listing->trained);
        if (!run.when.isValid()) {
            run.when = run.trained;
        }
    } catch (const std::exception& error) {
        run.problems << QString::fromStdString(error.what());
    }
    return run;
}

/// When the files of a run were last written that a Run is read from.
std::vector<fs::file_time_type> stampOf(const Run& run) {
    std::vector<fs::file_time_type> stamp;
    const auto add = [&](const fs::path& file) {
        std::error_code error;
        const fs::file_time_type time = fs::last_write_time(file, error);
        stamp.push_back(error ? fs::file_time_type::min() : time);
    };
    add(run.folder / kComparisonFile);
    for (const ModelConfig& model : run.config.models) {
        for (const char* name :
             {kEpochsFile, kStepsFile, kPredictionsFile, kEpochPredictionsFile}) {
            add(run.folder / model.label / name);
        }
    }
    return stamp;
}

}  // namespace

RunLibrary::RunLibrary(Places places, QObject* parent)
    : QObject(parent), places_(std::move(places)), thread_(QStringLiteral("runs")) {}

void RunLibrary::post(const fs::path& folder, TaskThread::Task task) {
    ++pending_;
    thread_.post(
        [this, folder, task = std::move(task)]() -> Answer {
            TaskThread::turnTo(folder);
            return [this, answer = task()] {
                --pending_;
                answer();
            };
        },
        [this, folder](const QString& why) {
            --pending_;
            emit failed(folder, why);
        });
}

RunLibrary::Answer RunLibrary::failure(const fs::path& folder, const QString& sentence) {
    return [this, folder, sentence] { emit failed(folder, sentence); };
}

const ListedRun* RunLibrary::find(const fs::path& folder) const {
    const auto found = std::ranges::find(runs_, folder, &ListedRun::folder);
    return found == runs_.end() ? nullptr : &*found;
}

void RunLibrary::setOpened(const std::vector<fs::path>& folders) {
    opened_ = folders;
    refresh();
}

void RunLibrary::refresh() {
    post({}, [this, opened = opened_]() -> Answer {
        return [this, runs = list(places_, opened), changed = readChanged()] {
            take(runs);
            for (const std::shared_ptr<const Run>& run : changed) {
                emit loaded(run);
            }
        };
    });
}

void RunLibrary::take(const std::vector<ListedRun>& runs) {
    runs_ = runs;
    // What was closed while the disk was asked stays closed.
    std::erase_if(runs_, [this](const ListedRun& run) {
        return run.origin == RunOrigin::Opened &&
               std::ranges::find(opened_, run.folder) == opened_.end();
    });
    emit listed(runs_);
}

fs::path RunLibrary::open(const fs::path& folder) {
    std::error_code error;
    fs::path place = fs::absolute(folder, error).lexically_normal();
    if (!place.has_filename()) {
        place = place.parent_path();  // it ended in a slash
    }
    const bool known = place.parent_path() == places_.kept ||
                       std::ranges::find(places_.bundled, place) != places_.bundled.end();
    if (!known && (opened_.empty() || opened_.front() != place)) {
        std::erase(opened_, place);
        opened_.insert(opened_.begin(), place);
        emit openedChanged();
    }
    refresh();
    return place;
}

void RunLibrary::close(const fs::path& folder) {
    if (std::erase(opened_, folder) > 0) {
        emit openedChanged();
        std::erase_if(runs_, [&](const ListedRun& run) { return run.folder == folder; });
        emit removed(folder);
        emit listed(runs_);
    }
}

void RunLibrary::load(const fs::path& folder) {
    post(folder,
         [this, folder]() -> Answer { return [this, run = read(folder)] { emit loaded(run); }; });
}

QString RunLibrary::problemOfTouching(const fs::path& folder) const {
    if (isUnderWay(folder)) {
        return tr("The run is under way; stop it first.");
    }
    return folder.parent_path() == places_.kept
               ? QString()
               : tr("Only runs that this window keeps can be changed.");
}

void RunLibrary::rename(const fs::path& folder, const QString& name) {
    const fs::path to = folder.parent_path() / folderNameOf(name);
    if (to == folder) {
        return;
    }
    QString problem = problemOfTouching(folder);
    if (problem.isEmpty()) {
        problem = problemOfName(name);
    }
    if (!problem.isEmpty()) {
        emit failed(folder, problem);
        return;
    }
    post(folder, [this, folder, to] { return renameFolder(folder, to); });
    refresh();
}

RunLibrary::Answer RunLibrary::renameFolder(const fs::path& from, const fs::path& to) {
    const std::optional<RunLock> lock = lockOf(from);
    std::error_code error;
    if (!renameOnto(from, to, error)) {
        if (error == std::errc::file_exists || error == std::errc::directory_not_empty) {
            return failure(from, tr("There is a run %1 already.").arg(nameOfRun(to)));
        }
        return failure(
            from,
            tr("Cannot rename %1: %2.").arg(textOf(from), QString::fromStdString(error.message())));
    }
    held_.erase(from);
    return [this, from, to] { emit renamed(from, to); };
}

void RunLibrary::moveToTrash(const fs::path& folder) {
    if (const QString problem = problemOfTouching(folder); !problem.isEmpty()) {
        emit failed(folder, problem);
        return;
    }
    post(folder, [this, folder]() -> Answer {
        const std::optional<RunLock> lock = lockOf(folder);
        QFile thrown(QString::fromStdString(folder.string()));
        if (!thrown.moveToTrash()) {
            return failure(folder, tr("%1 cannot be moved to the trash and stays where it is: %2.")
                                       .arg(textOf(folder), thrown.errorString()));
        }
        held_.erase(folder);
        return [this, folder] { emit removed(folder); };
    });
    refresh();
}

void RunLibrary::tellMoved(const fs::path& from, const fs::path& to) {
    emit renamed(from, to);
    open(to);
}

void RunLibrary::writeNotes(const fs::path& folder, const QString& notes) {
    if (std::ranges::find(places_.bundled, folder) != places_.bundled.end()) {
        emit failed(folder, tr("The run came with the program and takes no notes."));
        return;
    }
    post(folder, [this, folder, notes = notes.toStdString()]() -> Answer {
        normscope::writeNotes(folder, notes);
        held_.erase(folder);  // whoever holds the run knows the notes, and need not be told
        return [] {};
    });
}

std::vector<ListedRun> RunLibrary::list(const Places& places, const std::vector<fs::path>& opened) {
    std::vector<ListedRun> runs;
    runs.reserve(opened.size());
    for (const fs::path& folder : opened) {
        runs.push_back(listedRun(folder, RunOrigin::Opened));
    }
    const auto firstKept = static_cast<std::ptrdiff_t>(runs.size());
    TaskThread::turnTo(places.kept);
    for (const fs::path& folder : foldersIn(places.kept)) {
        if (holdsRun(folder) && std::ranges::find(opened, folder) == opened.end()) {
            runs.push_back(listedRun(folder, RunOrigin::Kept));
        }
    }
    std::ranges::sort(
        runs.begin() + firstKept, runs.end(), std::greater(),
        [](const ListedRun& run) { return std::tuple(run.when.toMSecsSinceEpoch(), run.folder); });
    for (const fs::path& folder : places.bundled) {
        if (holdsRun(folder)) {
            runs.push_back(listedRun(folder, RunOrigin::Bundled));
        }
    }
    return runs;
}

std::shared_ptr<const Run> RunLibrary::read(const fs::path& folder) {
    TaskThread::turnTo(folder);
    Held& held = held_[folder];
    std::shared_ptr<const Run> run = held.run.lock();
    if (run && stampOf(*run) == held.stamp) {
        return run;
    }
    // What is written meanwhile makes another stamp than this one.
    const RunListing listing = readListing(folder);
    held.stamp = stampOf(listing.run);
    auto whole = std::make_shared<Run>(readRun(folder));
    const std::vector<std::string> missing = missingParts(*whole, listing.summaries);
    whole->problems.insert(whole->problems.end(), missing.begin(), missing.end());
    held.run = whole;
    return whole;
}

std::vector<std::shared_ptr<const Run>> RunLibrary::readChanged() {
    std::vector<std::shared_ptr<const Run>> changed;
    std::erase_if(held_, [](const auto& held) { return held.second.run.expired(); });
    for (const auto& [folder, held] : std::map(held_)) {
        TaskThread::turnTo(folder);
        const std::shared_ptr<const Run> run = held.run.lock();
        if (!run || stampOf(*run) == held.stamp) {
            continue;
        }
        try {
            changed.push_back(read(folder));
        } catch (const std::exception&) {
            held_.erase(folder);  // the list says what is wrong with it
        }
    }
    return changed;
}

}  // namespace normscope
