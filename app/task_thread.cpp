#include "app/task_thread.h"

#include <pthread.h>

#include <QCoreApplication>
#include <QEvent>
#include <exception>
#include <utility>

#include "core/failure_text.h"

namespace normscope {
namespace {

template <typename Item>
Item takeFirst(std::queue<Item>& queue) {
    Item first = std::move(queue.front());
    queue.pop();
    return first;
}

/// Whoever posts a task that may fail says what to do then; of any other this keeps the program.
TaskThread::Answer done(const TaskThread::Task& task, Pulse& pulse) {
    const Pulse::Beat busy(pulse);
    try {
        return task();
    } catch (const std::exception& error) {
        qCritical("A task failed: %s", error.what());
        return nullptr;
    }
}

thread_local TaskThread* current = nullptr;

std::vector<TaskThread*>& threads() {
    static std::vector<TaskThread*> all;
    return all;
}

}  // namespace

TaskThread::TaskThread(const QString& name) : name_(name), thread_([this] { run(); }) {
    ::pthread_setname_np(thread_.native_handle(), qUtf8Printable(name));
    threads().push_back(this);
}

TaskThread::~TaskThread() {
    std::erase(threads(), this);
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void TaskThread::post(Task task) {
    {
        const std::scoped_lock lock(mutex_);
        tasks_.push(std::move(task));
    }
    wake_.notify_one();
}

void TaskThread::post(Task task, Failure failed) {
    post([task = std::move(task), failed = std::move(failed)]() -> Answer {
        try {
            return task();
        } catch (const std::exception& error) {
            return [failed, why = QString::fromStdString(failureText(error))] { failed(why); };
        }
    });
}

void TaskThread::turnTo(const std::filesystem::path& place) {
    if (current != nullptr) {
        const std::scoped_lock lock(current->mutex_);
        current->place_ = place;
        current->pulse_.startAnew();
    }
}

bool TaskThread::isIdle() const {
    const std::scoped_lock lock(mutex_);
    return !busy_ && tasks_.empty();
}

std::filesystem::path TaskThread::place() const {
    const std::scoped_lock lock(mutex_);
    return place_;
}

const std::vector<TaskThread*>& TaskThread::all() {
    return threads();
}

void TaskThread::run() {
    current = this;
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty()) {
            return;
        }
        Task task = takeFirst(tasks_);
        busy_ = true;
        place_.clear();
        lock.unlock();
        Answer answer = done(task, pulse_);
        task = nullptr;  // nothing is held on this thread once the answer is given
        lock.lock();
        busy_ = false;
        if (answer) {
            answers_.push(std::move(answer));
            if (answers_.size() == 1) {
                wakeReceiver();
            }
        }
    }
}

/// One answer an event, the next of which is under way already: an answer may wait in a dialog,
/// where those behind it go on in their order, and may be the end of this object.
void TaskThread::customEvent(QEvent* /*event*/) {
    std::unique_lock lock(mutex_);
    const Answer answer = takeFirst(answers_);
    if (!answers_.empty()) {
        wakeReceiver();
    }
    lock.unlock();
    answer();
}

void TaskThread::wakeReceiver() {
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

}  // namespace normscope
