#include "app/main_window.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QMenuBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

#include "app/first_frame.h"
#include "app/late_room.h"
#include "ui/navigation_rail.h"
#include "ui/status_line.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"

namespace normscope {

MainWindow::MainWindow(Environment environment, StoredState state)
    : environment_(std::move(environment)),
      stored_(std::move(state)),
      desktopDark_(environment_.desktopDark),
      rail_(new NavigationRail),
      pages_(new QStackedWidget),
      status_(new StatusLine) {
    setWindowTitle(QGuiApplication::applicationDisplayName());
    applySettings();
    layOut();
    addMenus();
    showPage(stored_.page);
    connect(rail_, &NavigationRail::pageSelected, pages_, &QStackedWidget::setCurrentIndex);
    connect(rail_, &NavigationRail::preferencesRequested, this,
            [this] { content().showPreferences(); });
    connect(rail_, &NavigationRail::helpRequested, this, [this] { content().showShortcuts(); });
    connect(pages_, &QStackedWidget::currentChanged, this, &MainWindow::takePage);
    constexpr QSize kFirstSize(1280, 800);
    if (!restoreGeometry(stored_.windowGeometry)) {
        resize(kFirstSize);
    }
    afterFirstFrame(*this, [this] { takeFirstFrame(); });
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut() {
    const std::array entries{
        std::pair{"train", tr("Train")}, std::pair{"normalize", tr("Normalize")},
        std::pair{"affine", tr("Gamma and beta")}, std::pair{"misclassified", tr("Misclassified")},
        std::pair{"findings", tr("Findings")}};
    for (const auto& [icon, name] : entries) {
        rail_->addPage(QString::fromLatin1(icon), name);
        pages_->addWidget(new QWidget);
    }
    auto* body = new QWidget;
    auto* columns = new QHBoxLayout;
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(rail_);
    columns->addWidget(pages_, 1);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addLayout(columns, 1);
    rows->addWidget(status_);
    constexpr int kMargin = 8;
    status_->setContentsMargins(2 * kMargin, kMargin / 2, 2 * kMargin, kMargin / 2);
    setCentralWidget(body);
}

void MainWindow::addMenus() {
    const std::array titles{tr("&File"), tr("&Edit"), tr("&Training"), tr("&View"), tr("&Help")};
    for (std::size_t i = 0; i < titles.size(); ++i) {
        menus_[i] = menuBar()->addMenu(titles[i]);
        connect(
            menus_[i], &QMenu::aboutToShow, this, [this] { content(); }, Qt::SingleShotConnection);
    }
    menu(Menu::Edit).setEnabled(stored_.page == Page::Normalize);
}

WindowContent& MainWindow::content() {
    if (!content_) {
        content_ = lateRoom().makeContent(*this, environment_, stored_);
        content_->turnTo(page());
    }
    return *content_;
}

/// In place of the empty one.
void MainWindow::setPage(Page page, QWidget* widget) {
    const auto index = static_cast<int>(page);
    const QSignalBlocker blocker(pages_);
    const bool isCurrent = pages_->currentIndex() == index;
    const std::unique_ptr<QWidget> former(pages_->widget(index));
    pages_->insertWidget(index, widget);
    if (isCurrent) {
        pages_->setCurrentWidget(widget);
    }
    pages_->removeWidget(former.get());
}

void MainWindow::putOnTop(QWidget* widget) {
    static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, widget);
}

void MainWindow::takeFirstFrame() {
    if (!isVisible()) {
        return;  // closed as soon as it was there
    }
    framed_ = true;
    setWindowIcon(applicationIcon());
    if (content_) {
        takePageFrame();
    } else {
        content();
        awaitPage();
    }
}

void MainWindow::takePage() {
    content().turnTo(page());
    if (framed_ && !pageShown_) {
        awaitPage();
    }
}

void MainWindow::awaitPage() {
    afterFirstFrame(*pages_->currentWidget(), [this] { takePageFrame(); });
}

void MainWindow::takePageFrame() {
    if (!std::exchange(pageShown_, true)) {
        emit pageShown();
        buildMore();
    }
}

/// In turns of the event loop of their own, so that nobody who does something by now has to wait
/// for all of them.
void MainWindow::buildMore() {
    if (isVisible() && content().buildMore()) {
        QTimer::singleShot(0, this, &MainWindow::buildMore);
    }
}

Page MainWindow::page() const {
    return kPages.at(static_cast<std::size_t>(pages_->currentIndex()));
}

void MainWindow::showPage(Page page) {
    rail_->setCurrentPage(static_cast<int>(page));
    pages_->setCurrentIndex(static_cast<int>(page));
}

void MainWindow::setSettings(const Settings& settings) {
    stored_.settings = settings;
    applySettings();
}

void MainWindow::setDesktopDark(bool dark) {
    desktopDark_ = dark;
    applySettings();
}

void MainWindow::applySettings() {
    applyTheme(settings().isDark(desktopDark_), settings().textScale);
    if (content_) {
        content_->take(settings());
    }
}

StoredState MainWindow::state() const {
    StoredState state = stored_;
    state.windowGeometry = saveGeometry();
    state.page = page();
    if (content_) {
        state.training = content_->training();
        state.openedRuns = content_->openedRuns();
    }
    return state;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!content_ || content_->mayClose()) {
        emit aboutToClose();
        event->accept();
    } else {
        event->ignore();
    }
}

bool MainWindow::event(QEvent* event) {
    // A key was pressed, and what it does is looked up next.
    if (event->type() == QEvent::ShortcutOverride) {
        content();
    }
    return QMainWindow::event(event);
}

}  // namespace normscope
