#include "app/task_watch.h"

#include <QDir>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <thread>
#include <utility>

namespace normscope {
namespace {

QString secondsOf(std::chrono::nanoseconds time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    return QLocale().toString(static_cast<qlonglong>(seconds.count()));
}

/// Those that a sentence can name, each once.
QString placesOf(const std::vector<const TaskThread*>& threads) {
    QStringList places;
    for (const TaskThread* thread : threads) {
        if (const std::filesystem::path place = thread->place(); !place.empty()) {
            places << QDir::toNativeSeparators(QString::fromStdString(place.string()));
        }
    }
    places.removeDuplicates();
    return places.join(QStringLiteral(", "));
}

}  // namespace

bool areTasksDone() {
    return std::ranges::all_of(TaskThread::all(), &TaskThread::isIdle);
}

TaskWatch::TaskWatch(std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent), patience_(patience) {
    constexpr int kLooks = 10;
    connect(&timer_, &QTimer::timeout, this, &TaskWatch::look);
    timer_.start(patience / kLooks);
}

bool TaskWatch::isStalled() const {
    return !stalled().empty();
}

bool TaskWatch::waitForAll() const {
    constexpr std::chrono::milliseconds kPause{5};
    while (!areTasksDone()) {
        if (isStalled()) {
            return false;
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

std::vector<const TaskThread*> TaskWatch::stalled() const {
    std::vector<const TaskThread*> found;
    std::ranges::copy_if(
        TaskThread::all(), std::back_inserter(found),
        [this](const TaskThread* thread) { return thread->busyFor() > patience_; });
    return found;
}

void TaskWatch::look() {
    const std::vector<const TaskThread*> found = stalled();
    if (found != told_) {
        told_ = found;
        emit changed();
    }
}

QString TaskWatch::places() const {
    return placesOf(stalled());
}

Message TaskWatch::message() const {
    const std::vector<const TaskThread*> threads = stalled();
    if (threads.empty()) {
        return {.text = tr("What did not answer does so again.")};
    }
    QStringList lines;
    for (const TaskThread* thread : threads) {
        const QString place = placesOf({thread});
        lines << tr("Thread “%1”: for %2 seconds at %3")
                     .arg(thread->name(), secondsOf(thread->busyFor()),
                          place.isEmpty() ? tr("no file or folder") : place);
    }
    const QString silent = placesOf(threads);
    return {.text = silent.isEmpty()
                        ? tr("Something in the background has not come to an end for %1 seconds: "
                             "the computer is busy with something else. The rest goes on.")
                              .arg(secondsOf(patience_))
                        : tr("%1 has not answered for %2 seconds: its disk or network folder is "
                             "away or very busy. Once it is there again, what waits for it goes "
                             "on; all else works meanwhile.")
                              .arg(silent, secondsOf(patience_)),
            .details = lines.join('\n') + '\n'};
}

}  // namespace normscope
