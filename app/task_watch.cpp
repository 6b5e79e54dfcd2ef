#include "app/task_watch.h"

#include <QDir>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <iterator>
#include <thread>

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

Message messageOf(const std::vector<const TaskThread*>& threads,
                  std::chrono::milliseconds patience) {
    if (threads.empty()) {
        return {.text = TaskWatch::tr("What did not answer does so again.")};
    }
    QStringList lines;
    for (const TaskThread* thread : threads) {
        const QString place = placesOf({thread});
        lines << TaskWatch::tr("Thread “%1”: for %2 seconds at %3")
                     .arg(thread->name(), secondsOf(thread->busyFor()),
                          place.isEmpty() ? TaskWatch::tr("no file or folder") : place);
    }
    const QString places = placesOf(threads);
    return {
        .text =
            places.isEmpty()
                ? TaskWatch::tr("Something in the background has not come to an end for %1 "
                                "seconds: the computer is busy with something else. What does not "
                                "need it works meanwhile.")
                      .arg(secondsOf(patience))
                : TaskWatch::tr("%1 has not answered for %2 seconds: its disk or network folder "
                                "is away or very busy. Once it is there again, what waits for it, "
                                "or behind it, goes on; the rest works meanwhile.")
                      .arg(places, secondsOf(patience)),
        .details = lines.join('\n') + '\n'};
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

bool TaskWatch::waitForAll(std::chrono::milliseconds stalled) const {
    constexpr std::chrono::milliseconds kPause{5};
    const auto earliest = std::chrono::steady_clock::now() + stalled;
    while (!areTasksDone()) {
        if (isStalled() && std::chrono::steady_clock::now() >= earliest) {
            return false;
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

std::vector<const TaskThread*> TaskWatch::stalled() const {
    std::vector<const TaskThread*> found;
    std::ranges::copy_if(TaskThread::all(), std::back_inserter(found),
                         [this](const TaskThread* thread) { return isStalled(*thread); });
    return found;
}

void TaskWatch::look() {
    const std::vector<const TaskThread*> found = stalled();
    if (found != told_) {
        told_ = found;
        message_ = messageOf(found, patience_);
        emit changed();
    }
}

QString TaskWatch::places() const {
    const QString places = placesOf(stalled());
    return places.isEmpty() ? tr("something in the background") : places;
}

}  // namespace normscope
