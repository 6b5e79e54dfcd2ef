#include <QMenu>

#include "app/chart_actions.h"
#include "app/pages.h"
#include "ui/normalize/normalize_page.h"
#include "ui/normalize/sheet_view.h"
#include "ui/shortcuts_panel.h"
#include "ui/side_panel.h"
#include "ui/train/train_page.h"

namespace normscope {

using Menu = MainWindow::Menu;

QAction* Pages::addEntry(QMenu& menu, const QString& text, const QKeySequence& keys,
                         std::function<void()> run) {
    QAction* action = menu.addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    if (!keys.isEmpty()) {
        shortcuts_.push_back({keys.toString(QKeySequence::NativeText),
                              QString(text).remove('&').remove(QStringLiteral("..."))});
    }
    return action;
}

QAction* Pages::addSheetEntry(QMenu& menu, const QString& text, const QKeySequence& keys,
                              std::function<void()> run) {
    QAction* action = menu.addAction(text);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    action->setEnabled(window_.page() == Page::Normalize);
    ofSheet_.push_back(action);
    return action;
}

void Pages::addFileMenu() {
    QMenu& menu = window_.menu(Menu::File);
    addEntry(menu, tr("Open &run..."), QKeySequence::Open, [this] { openRun(); });
    addEntry(menu, tr("Runs"), tr("Ctrl+R"), [this] { showRuns(); });
    addEntry(menu, tr("Open &data folder..."), tr("Ctrl+D"), [this] { openData(); });
    addEntry(menu, tr("Use bundled &MNIST"), {}, [this] { session_->setData({}); });
    save_ = addEntry(menu, tr("Save run else&where..."), {},
                     [this] { session_->keeper().askWhereToSave(); });
    menu.addSeparator();
    addEntry(menu, tr("&Open sheet..."), tr("Ctrl+Shift+O"), [this] { openSheet(); });
    ofSheet_.push_back(addEntry(menu, tr("&Save sheet..."), QKeySequence::Save,
                                [this] { sheets().askWhereToSave(); }));
    menu.addSeparator();
    addEntry(menu, tr("&Export picture..."), tr("Ctrl+E"),
             [this] { pictures_->showExport(picturesOfPage()); });
    addEntry(menu, tr("Save rep&ort..."), tr("Ctrl+Shift+R"),
             [this] { findings().askWhereToSaveReport(); });
    addEntry(menu, tr("&Print page..."), QKeySequence::Print, [this] { printPage(); });
    menu.addSeparator();
    addEntry(menu, tr("&Quit"), QKeySequence(tr("Ctrl+Q")), [this] { window_.close(); });
}

void Pages::addEditMenu() {
    QMenu& menu = window_.menu(Menu::Edit);
    menu.addActions({normalizePage().undoAction(), normalizePage().redoAction()});
    menu.addSeparator();
    SheetView& sheet = normalizePage().view();
    addSheetEntry(menu, tr("&Copy"), QKeySequence::Copy, [&sheet] { sheet.copy(); });
    addSheetEntry(menu, tr("&Paste"), QKeySequence::Paste, [&sheet] { sheet.paste(); });
    addSheetEntry(menu, tr("C&lear"), QKeySequence::Delete, [&sheet] { sheet.clearCells(); });
    menu.addSeparator();
    addSheetEntry(menu, tr("Copy p&icture"), {}, [this] { copySheet(); });
    ofSheet_.push_back(menu.menuAction());
}

void Pages::addTrainingMenu() {
    QMenu& menu = window_.menu(Menu::Training);
    start_ =
        addEntry(menu, tr("&Start training"), tr("F5"), [this] { trainPage_->requestStart(); });
    pause_ =
        addEntry(menu, tr("&Pause or resume"), tr("F6"), [this] { session_->pauseOrResume(); });
    step_ = addEntry(menu, tr("Step: one &mini-batch"), tr("F7"), [this] { session_->stepOnce(); });
    stop_ = addEntry(menu, tr("S&top"), tr("F8"), [this] { session_->stop(); });
    menu.addSeparator();
    continue_ = addEntry(menu, tr("&Continue the stopped run"), tr("Shift+F5"),
                         [this] { session_->continueRun(/*moreEpochs=*/0); });
}

void Pages::addViewMenu() {
    QMenu& menu = window_.menu(Menu::View);
    const std::array names{tr("Page &Train"), tr("Page &Normalize"), tr("Page &Gamma and beta"),
                           tr("Page &Misclassified"), tr("Page Fin&dings")};
    for (std::size_t i = 0; i < kPages.size(); ++i) {
        addEntry(menu, names[i], tr("Ctrl+%1").arg(i + 1),
                 [this, i] { window_.showPage(kPages[i]); });
    }
    menu.addSeparator();
    ofSheet_.push_back(addEntry(menu, tr("&Fit the sheet"), tr("Ctrl+0"),
                                [this] { normalizePage().view().fit(); }));
    ofSheet_.push_back(addEntry(menu, tr("Zoom &in"), QKeySequence::ZoomIn,
                                [this] { normalizePage().view().zoomIn(); }));
    ofSheet_.push_back(addEntry(menu, tr("Zoom &out"), QKeySequence::ZoomOut,
                                [this] { normalizePage().view().zoomOut(); }));
    menu.addSeparator();
    setup_ = addEntry(menu, tr("Show or hide set&up"), tr("F9"), [this] { toggleSetup(); });
    addEntry(menu, tr("Full &screen"), tr("F11"),
             [this] { window_.setWindowState(window_.windowState() ^ Qt::WindowFullScreen); });
    menu.addSeparator();
    addEntry(menu, tr("&Preferences"), tr("Ctrl+,"), [this] { showPreferences(); });
}

void Pages::addHelpMenu() {
    QMenu& menu = window_.menu(Menu::Help);
    addEntry(menu, tr("&Shortcuts"), tr("F1"), [this] { showShortcuts(); });
    addEntry(menu, tr("Copy &diagnostics"), {}, [this] { copyDiagnostics(); });
    addEntry(menu, tr("&About Normscope"), {}, [this] { showAbout(); });
}

void Pages::showShortcuts() {
    std::vector<ShortcutText> shortcuts = shortcuts_;
    const auto told = [&](QKeySequence::StandardKey key, const QString& what) {
        shortcuts.push_back({QKeySequence(key).toString(QKeySequence::NativeText), what});
    };
    shortcuts.push_back({tr("Left, Right"), tr("In a chart: read out point by point")});
    shortcuts.push_back({tr("Up, Down"), tr("In a chart: zoom in and out")});
    shortcuts.push_back({tr("Home"), tr("In a chart: show everything")});
    shortcuts.push_back({tr("Arrows, Tab, Enter"), tr("In the sheet: move to another cell")});
    shortcuts.push_back({tr("Shift with arrows"), tr("In the sheet: select a block")});
    shortcuts.push_back({tr("F2, or a number"), tr("In the sheet: edit the cell")});
    shortcuts.push_back({tr("Delete"), tr("In the sheet: set the selected cells to 0")});
    told(QKeySequence::Copy, tr("In the sheet: copy the selected cells"));
    told(QKeySequence::Paste, tr("In the sheet: paste numbers"));
    told(QKeySequence::SelectAll, tr("In the sheet: select everything"));
    shortcuts.push_back({tr("Escape"), tr("In the sheet: let go of the cell")});
    shortcuts.push_back({tr("Space, N"), tr("Next step of the arithmetic")});
    shortcuts.push_back({tr("Shift+Space, B"), tr("One step of the arithmetic back")});
    const auto history = {normalizePage().undoAction(), normalizePage().redoAction()};
    for (const QAction* action : history) {
        shortcuts.push_back({action->shortcut().toString(QKeySequence::NativeText),
                             QString(action->text()).remove('&')});
    }
    panel_->present(tr("Shortcuts"), new ShortcutsPanel(shortcuts));
}

}  // namespace normscope
