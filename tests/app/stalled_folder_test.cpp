#include <QAbstractButton>
#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>

#include "app/main_window.h"
#include "app/task_watch.h"
#include "core/run_writer.h"
#include "core/trainer.h"
#include "tests/app/held_file.h"
#include "tests/app/small_mnist.h"
#include "tests/named_widget.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

using namespace normscope;
using namespace std::chrono_literals;

/// The whole window beside a folder that does not answer, and is not waited for.
class StalledFolderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<MainWindow> window_;
    std::optional<testing::HeldFile> held_;

    std::filesystem::path far() const { return folder_->path() / "far"; }

    QString said() const {
        const auto strips = window_->centralWidget()->findChildren<MessageStrip*>(
            QString(), Qt::FindDirectChildrenOnly);
        return strips.empty() || !strips[0]->isVisible() ? QString()
                                                         : strips[0]->accessibleDescription();
    }

    void waitUntilTold() {
        const QString told = QString::fromStdString(far().string()) + " has not answered";
        QTRY_VERIFY_WITH_TIMEOUT(said().startsWith(told), 30'000);
    }

    /// As soon as there is a question with such a button.
    template <typename Done>
    void whenAsked(QMessageBox::ButtonRole role, const Done& done) {
        auto* look = new QTimer(window_.get());
        connect(look, &QTimer::timeout, this, [role, done, look] {
            const auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (question == nullptr) {
                return;
            }
            for (QAbstractButton* choice : question->buttons()) {
                if (question->buttonRole(choice) == role) {
                    look->deleteLater();
                    done(choice);
                    return;
                }
            }
        });
        look->start(20ms);
    }

    void closeWhileLoading() {
        TrainingConfig config = window_->trainPage().configuration();
        config.data = far();
        window_->session().start(config);
        QCOMPARE(window_->session().phase(), RunPhase::Loading);
        whenAsked(QMessageBox::AcceptRole, [](QAbstractButton* choice) { choice->click(); });
        QVERIFY(!window_->close());
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    }

  private slots:
    void init() {
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(folder_->path() / "data");
        testing::writeSmallMnist(far());
        try {
            held_.emplace(far() / kIdxFiles[3]);
        } catch (const std::runtime_error& error) {
            QSKIP(error.what());
        }
        StoredState state;
        state.training = withPreset({}, presets()[kDefaultPreset]);
        window_ = std::make_unique<MainWindow>(
            MainWindow::Environment{.folders = {.bundledData = folder_->path() / "data",
                                                .runs = folder_->path() / "runs"},
                                    .factory = &makeTrainer,
                                    .cores = 2,
                                    .patience = 1s},
            state);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        window_->content();
        // What is read first is none of what stalls.
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isReading() && areTasksDone(), 30'000);
    }
    void cleanup() {
        held_.reset();
        window_.reset();
        folder_.reset();
    }

    void itIsNamedAndTheRestGoesOn() {
        window_->session().setData(far());
        waitUntilTold();
        QVERIFY(testing::namedWidget<QAbstractButton>(*window_, "Copy") != nullptr);
        QSignalSpy listed(&window_->session().library(), &RunLibrary::listed);
        window_->session().library().refresh();
        QTRY_VERIFY(!listed.isEmpty());
        held_.reset();
        QTRY_COMPARE(window_->state().training.data, far());
        QTRY_COMPARE(said(), QString("What did not answer does so again."));
    }

    void theEndDoesNotWaitForIt() {
        window_->session().setData(far());
        QVERIFY(window_->close());
        QString asked;
        whenAsked(QMessageBox::DestructiveRole, [&](QAbstractButton* choice) {
            asked = static_cast<QMessageBox*>(choice->window())->text();
            choice->click();
        });
        QVERIFY(!window_->content().finishTasks());
        QVERIFY2(asked.contains(QString::fromStdString(far().string())), qPrintable(asked));
    }

    void theQuestionEndsWhenItAnswers() {
        window_->session().setData(far());
        QVERIFY(window_->close());
        whenAsked(QMessageBox::DestructiveRole, [this](QAbstractButton*) { held_.reset(); });
        QVERIFY(window_->content().finishTasks());
        QVERIFY(!held_);
    }

    void whoeverWaitsIsAskedAgain() {
        window_->session().setData(far());
        QVERIFY(window_->close());
        bool again = false;
        whenAsked(QMessageBox::RejectRole, [&](QAbstractButton* wait) {
            QVERIFY(static_cast<QPushButton*>(wait)->isDefault());
            whenAsked(QMessageBox::DestructiveRole, [&](QAbstractButton* quit) {
                again = true;
                quit->click();
            });
            QTest::keyClick(wait->window(), Qt::Key_Escape);
        });
        QVERIFY(!window_->content().finishTasks());
        QVERIFY(again);
    }

    void aTrainingThatWaitsForItDoesNotKeepTheWindowOpen() {
        QSignalSpy stuck(window_.get(), &MainWindow::stuckWhileClosing);
        closeWhileLoading();
        whenAsked(QMessageBox::DestructiveRole, [](QAbstractButton* choice) { choice->click(); });
        QTRY_COMPARE_WITH_TIMEOUT(stuck.count(), 1, 30'000);
    }

    void aTrainingThatGetsItsImagesAfterAllIsStopped() {
        QSignalSpy stuck(window_.get(), &MainWindow::stuckWhileClosing);
        closeWhileLoading();
        whenAsked(QMessageBox::DestructiveRole, [this](QAbstractButton*) { held_.reset(); });
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), 30'000);
        QVERIFY(!held_);
        QCOMPARE(stuck.count(), 0);
        const std::filesystem::path run =
            std::filesystem::directory_iterator(folder_->path() / "runs")->path();
        QCOMPARE(readRun(run).models[0].outcome, Outcome::Stopped);
    }
};

QTEST_MAIN(StalledFolderTest)
#include "stalled_folder_test.moc"
