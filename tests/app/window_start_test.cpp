#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

#include "app/main_window.h"
#include "core/trainer.h"
#include "tests/app/small_mnist.h"
#include "ui/affine/affine_page.h"
#include "ui/findings/findings_page.h"
#include "ui/misclassified/misclassified_page.h"
#include "ui/navigation_rail.h"
#include "ui/normalize/normalize_page.h"
#include "ui/status_line.h"
#include "ui/theme.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"

using namespace normscope;

namespace {

/// Calls `then` when a widget is about to be painted for the first time.
class PaintSpy : public QObject {
  public:
    PaintSpy(QWidget& widget, std::function<void()> then) : then_(std::move(then)) {
        widget.installEventFilter(this);
    }
    bool painted() const { return painted_; }

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint && !std::exchange(painted_, true)) {
            then_();
        }
        return false;
    }

  private:
    std::function<void()> then_;
    bool painted_ = false;
};

}  // namespace

/// The first moments of the window: its frame, then the page that is looked at, then the others,
/// and what somebody does meanwhile.
class WindowStartTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<MainWindow> window_;
    StoredState stored_;

    void make(Page page = Page::Train) {
        stored_ = {};
        stored_.training = withPreset({}, presets()[kDefaultPreset]);
        stored_.training.data = folder_->path() / "elsewhere";
        stored_.openedRuns = {folder_->path() / "run"};
        stored_.page = page;
        window_ = std::make_unique<MainWindow>(
            MainWindow::Environment{.folders = {.bundledData = folder_->path() / "data",
                                                .runs = folder_->path() / "runs"},
                                    .factory = &makeTrainer,
                                    .cores = 2},
            stored_);
    }

    template <typename Widget>
    bool has() const {
        return window_->findChild<Widget*>() != nullptr;
    }
    bool hasAllPages() const {
        return has<TrainPage>() && has<NormalizePage>() && has<AffinePage>() &&
               has<MisclassifiedPage>() && has<FindingsPage>();
    }
    /// Where the parts of the frame are, and what is written on them.
    QString frame() const {
        QStringList parts;
        const std::vector<QWidget*> widgets{window_->menuBar(),
                                            window_->findChild<NavigationRail*>(),
                                            &window_->status(), &window_->pageArea()};
        for (const QWidget* widget : widgets) {
            const QRect rect(widget->mapTo(window_.get(), QPoint()), widget->size());
            parts << QStringLiteral("%1,%2 %3x%4")
                         .arg(rect.x())
                         .arg(rect.y())
                         .arg(rect.width())
                         .arg(rect.height());
        }
        for (const QAction* menu : window_->menuBar()->actions()) {
            parts << menu->text() + (menu->isEnabled() ? "" : " -");
        }
        return parts.join('\n');
    }

  private slots:
    void initTestCase() { applyTheme(/*dark=*/false, /*textScale=*/100); }

    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(folder_->path() / "data");
    }

    void cleanup() {
        window_.reset();
        folder_.reset();
    }

    void theFrameIsPaintedBeforeThereArePages() {
        make();
        bool hadContent = true;
        const PaintSpy spy(*window_, [&] { hadContent = window_->hasContent(); });
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        window_->show();
        QTRY_VERIFY(spy.painted());
        QVERIFY(!hadContent);
        QVERIFY(shown.empty());
        QTRY_COMPARE(shown.size(), 1);
        QVERIFY(has<TrainPage>());
        QVERIFY(window_->trainPage().isVisible());
        QTRY_VERIFY(hasAllPages());
        QCOMPARE(window_->pageArea().count(), 5);
        QCOMPARE(window_->page(), Page::Train);
    }

    void thePageThatWasOpenLastComesFirst() {
        make(Page::Findings);
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        bool hadOthers = true;
        connect(window_.get(), &MainWindow::pageShown, this,
                [&] { hadOthers = has<NormalizePage>(); });
        window_->show();
        QTRY_COMPARE(shown.size(), 1);
        QVERIFY(!hadOthers);
        QCOMPARE(window_->page(), Page::Findings);
        QVERIFY(window_->findingsPage().isVisible());
        QTRY_VERIFY(hasAllPages());
        QVERIFY(window_->findingsPage().isVisible());
    }

    void nothingOfTheFrameMovesWhenThePagesCome_data() {
        QTest::addColumn<Page>("page");
        QTest::newRow("train") << Page::Train;
        QTest::newRow("normalize") << Page::Normalize;
    }
    void nothingOfTheFrameMovesWhenThePagesCome() {
        QFETCH(Page, page);
        make(page);
        QString first;
        const PaintSpy spy(*window_, [&] { first = frame(); });
        window_->show();
        QTRY_VERIFY(hasAllPages());
        window_->session().setData({});
        QTRY_VERIFY(window_->session().images().has_value());
        QTest::qWait(50);
        QCOMPARE(frame(), first);
    }

    void aPageMadeReadyBeforehandIsThereInTheFirstFrame() {
        make();
        window_->content();
        QVERIFY(has<TrainPage>());
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        window_->show();
        QTRY_COMPARE(shown.size(), 1);
        QTRY_VERIFY(hasAllPages());
    }

    void whatSomebodyAsksForEarlyIsBuiltThen() {
        make();
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        bool hadContent = true;
        // As soon as there is a window to press keys on.
        const auto press = [&] {
            hadContent = window_->hasContent();
            QTest::keyClick(window_.get(), Qt::Key_3, Qt::ControlModifier);
            QCOMPARE(window_->page(), Page::Affine);
            QVERIFY(window_->affinePage().isVisible());
        };
        const PaintSpy spy(*window_, [&] {
            QMetaObject::invokeMethod(window_.get(), press, Qt::QueuedConnection);
        });
        window_->show();
        QTRY_VERIFY(!hadContent);
        QTRY_COMPARE(shown.size(), 1);
        QTRY_VERIFY(hasAllPages());
        QCOMPARE(window_->page(), Page::Affine);
    }

    void aPageChosenBetweenTheFrameAndTheFirstPageIsShown() {
        make();
        window_->show();
        QTRY_VERIFY(window_->hasContent());
        window_->showPage(Page::Misclassified);
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        QTRY_VERIFY(hasAllPages());
        QVERIFY(window_->misclassifiedPage().isVisible());
    }

    void aMenuOpenedEarlyHasItsEntries() {
        make();
        window_->show();
        QMenu& menu = window_->menu(MainWindow::Menu::File);
        QVERIFY(menu.isEmpty());
        emit menu.aboutToShow();
        QVERIFY(menu.actions().size() > 5);
    }

    void closedAtOnceItKeepsWhatWasStored() {
        make(Page::Normalize);
        QSignalSpy closing(window_.get(), &MainWindow::aboutToClose);
        QSignalSpy shown(window_.get(), &MainWindow::pageShown);
        bool painted = false;
        // As soon as there is something to click on.
        const PaintSpy spy(*window_, [&] {
            painted = true;
            QMetaObject::invokeMethod(window_.get(), &QWidget::close, Qt::QueuedConnection);
        });
        window_->show();
        QTRY_VERIFY(painted && !window_->isVisible());
        QCOMPARE(closing.size(), 1);
        QTest::qWait(100);
        QVERIFY(!window_->hasContent());
        QVERIFY(shown.empty());
        stored_.windowGeometry = window_->saveGeometry();
        QVERIFY(window_->state() == stored_);
    }

    void closedBeforeTheImagesAreReadItKeepsTheirFolder() {
        make();
        window_->show();
        QTRY_VERIFY(has<TrainPage>());
        QCOMPARE(window_->state().training.data, stored_.training.data);
        QCOMPARE(window_->state().openedRuns, stored_.openedRuns);
        window_->session().setData({});
        QTRY_COMPARE(window_->state().training.data, std::filesystem::path());
        QVERIFY(window_->close());
    }

    void theKeyboardBeginsAtTheRail() {
        make();
        window_->show();
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        QTRY_VERIFY(hasAllPages());
        const auto* rail = window_->findChild<NavigationRail*>();
        QVERIFY(window_->focusWidget() != nullptr);
        QVERIFY(rail->isAncestorOf(window_->focusWidget()));
    }
};

QTEST_MAIN(WindowStartTest)
#include "window_start_test.moc"
