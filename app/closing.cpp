#include "app/closing.h"

#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <chrono>

#include "app/experiment_session.h"
#include "app/main_window.h"
#include "app/task_watch.h"

namespace normscope {
namespace {

constexpr std::chrono::milliseconds kPause{50};  // between two looks

}  // namespace

Closing::Closing(MainWindow& window, TrainingSession& training, const TaskWatch& tasks)
    : window_(window), training_(training), tasks_(tasks) {
    looks_.setInterval(kPause);
    connect(&looks_, &QTimer::timeout, this, &Closing::goOn);
}

bool Closing::mayClose() {
    if (isAtWork()) {
        if (!looks_.isActive()) {
            askBeforeClosing();
        }
        return false;
    }
    looks_.stop();
    if (isUnsaved()) {
        askBeforeLosing();
        return false;
    }
    return true;
}

void Closing::goOn() {
    const bool stuck = isAtWork() && !comesToAnEnd();
    if (!stuck) {
        delete waiting_;
    }
    if (!isAtWork()) {
        window_.close();
    } else if (stuck && !waiting_) {
        if (isUnsaved()) {
            looks_.stop();  // the others of what is stuck are in memory alone
            askBeforeLosing();
        } else if (tasks_.isStalled()) {
            askWhetherToWait();
        } else {
            leaveWhatIsStuck();
        }
    }
}

void Closing::leaveWhatIsStuck() {
    looks_.stop();
    emit window_.aboutToClose();
    emit window_.stuckWhileClosing();
}

bool Closing::isAtWork() const {
    return isUnderWay(training_.phase()) || (experiments_ != nullptr && experiments_->isRunning());
}

bool Closing::isUnsaved() const {
    return training_.keeper().isUnsaved() || (experiments_ != nullptr && experiments_->isUnsaved());
}

/// Whether something is left of what is trained, read and written that still answers.
bool Closing::comesToAnEnd() const {
    const auto answers = [this](const TaskThread* reads) {
        return reads == nullptr || !tasks_.isStalled(*reads);
    };
    const bool trainingAnswers =
        isUnderWay(training_.phase()) && !training_.isStuck() && answers(training_.preparing());
    const bool experimentAnswers = experiments_ != nullptr && experiments_->isRunning() &&
                                   !experiments_->isStuck() && answers(experiments_->preparing());
    return trainingAnswers || experimentAnswers ||
           std::ranges::any_of(TaskThread::all(), [&](const TaskThread* thread) {
               return !thread->isIdle() && answers(thread);
           });
}

void Closing::askBeforeClosing() {
    auto* question = new QMessageBox(
        QMessageBox::Question, window_.windowTitle(),
        tr("Stop what is being trained and quit?\nWhat was finished is kept; it can be continued "
           "from the last finished epoch."),
        QMessageBox::Cancel, &window_);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Stop and quit"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this] {
        training_.stop();
        if (experiments_ != nullptr) {
            experiments_->stop();
        }
        looks_.start();
    });
    question->open();
}

/// The disk took no more of what was trained.
void Closing::askBeforeLosing() {
    auto* question =
        new QMessageBox(QMessageBox::Warning, window_.windowTitle(),
                        tr("What was trained is not saved.\nSave it elsewhere, or lose it."),
                        QMessageBox::Cancel, &window_);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton* save = question->addButton(tr("Save elsewhere..."), QMessageBox::AcceptRole);
    const QPushButton* lose =
        question->addButton(tr("Quit without saving"), QMessageBox::DestructiveRole);
    connect(save, &QPushButton::clicked, this, [this] {
        if (training_.keeper().isUnsaved()) {
            training_.keeper().askWhereToSave();
        } else {
            experiments_->askWhereToSave();
        }
    });
    connect(lose, &QPushButton::clicked, this, [this] {
        training_.keeper().discard();
        if (experiments_ != nullptr) {
            experiments_->discard();
        }
        window_.close();
    });
    question->open();
}

void Closing::askWhetherToWait() {
    waiting_ = new QMessageBox(QMessageBox::Warning, window_.windowTitle(),
                               tr("What was stopped waits for %1, which does not answer.\n"
                                  "If you quit, what is not written there yet is lost.")
                                   .arg(tasks_.places()),
                               QMessageBox::Cancel, &window_);
    waiting_->setAttribute(Qt::WA_DeleteOnClose);
    waiting_->setTextFormat(Qt::PlainText);
    const QPushButton* quit =
        waiting_->addButton(tr("Quit without waiting"), QMessageBox::DestructiveRole);
    connect(quit, &QPushButton::clicked, this, &Closing::leaveWhatIsStuck);
    connect(waiting_, &QMessageBox::rejected, &looks_, &QTimer::stop);
    waiting_->open();
}

bool Closing::finishTasks() const {
    for (bool done = tasks_.waitForAll(); !done; done = tasks_.waitForAll(tasks_.patience())) {
        QMessageBox question(
            QMessageBox::Warning, QGuiApplication::applicationDisplayName(),
            tr("Normscope is about to end but waits for %1, which does not answer.\n"
               "If you do not wait, what is not written yet is lost.")
                .arg(tasks_.places()));
        question.setTextFormat(Qt::PlainText);
        QPushButton* wait = question.addButton(tr("Wait"), QMessageBox::RejectRole);
        const QAbstractButton* quit =
            question.addButton(tr("Quit without waiting"), QMessageBox::DestructiveRole);
        question.setDefaultButton(wait);
        question.setEscapeButton(wait);
        QTimer looks;
        connect(&looks, &QTimer::timeout, &question, [&] {
            if (areTasksDone()) {
                question.accept();
            }
        });
        looks.start(kPause);
        question.exec();
        if (question.clickedButton() == quit) {
            return false;
        }
    }
    return true;
}

}  // namespace normscope
