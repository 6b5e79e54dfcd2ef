#include "ui/normalize/sheet_actions.h"

#include <QAction>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QUndoStack>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/themed_icon.h"
#include "ui/widgets/flow_layout.h"

namespace normscope {
namespace {

constexpr int kGapBetweenGroups = 16;

QString withKeys(const QString& text, const QAction& action) {
    return QStringLiteral("%1 (%2)").arg(text,
                                         action.shortcut().toString(QKeySequence::NativeText));
}

}  // namespace

SheetActions::SheetActions(SheetDocument& document, SheetView& view, QWidget* parent)
    : QWidget(parent), document_(document), view_(view) {
    makeHistory();
    makeControls();
    layOut();
    connectControls();
    setPokedImage(0);
    enableHistory();
    takeIcons();
}

void SheetActions::setSetupShown(bool shown) {
    setup_->setChecked(shown);
    setup_->setArrowType(shown ? Qt::LeftArrow : Qt::RightArrow);
}

void SheetActions::setDetailsShown(bool shown) {
    const QSignalBlocker blocker(details_);
    details_->setChecked(shown);
}

void SheetActions::setPokedImage(int image) {
    poke_->setText(tr("Poke image %1").arg(image + 1));
}

void SheetActions::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        takeIcons();
    }
}

QPushButton* SheetActions::makeButton(const QString& name, const QString& toolTip) {
    auto* button = new QPushButton(name, this);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    return button;
}

QToolButton* SheetActions::makeTool(const QString& name, const QString& toolTip) {
    auto* button = new QToolButton(this);
    button->setAccessibleName(name);
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void SheetActions::makeHistory() {
    const auto makeAction = [this](const QString& text, const QKeySequence& keys) {
        auto* action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        return action;
    };
    undo_ = makeAction(tr("&Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z));
    redo_ = makeAction(tr("&Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    QUndoStack* stack = &document_.undoStack();
    connect(undo_, &QAction::triggered, stack, &QUndoStack::undo);
    connect(redo_, &QAction::triggered, stack, &QUndoStack::redo);
    connect(stack, &QUndoStack::indexChanged, this, &SheetActions::enableHistory);
    connect(stack, &QUndoStack::canUndoChanged, this, &SheetActions::enableHistory);
    connect(stack, &QUndoStack::canRedoChanged, this, &SheetActions::enableHistory);
}

/// In the order of the Tab key, from the left to the right.
void SheetActions::makeControls() {
    setup_ = makeTool(tr("Setup"), tr("Shows or hides the settings on the left."));
    setup_->setCheckable(true);
    setSetupShown(true);
    undoButton_ = makeTool(tr("Undo"), {});
    redoButton_ = makeTool(tr("Redo"), {});
    poke_ = makeButton({}, tr("Adds %1 to the first cell of each channel of one image, and marks "
                              "which outputs of the other images move.")
                               .arg(SheetDocument::kPoke));
    poke_->setAccessibleName(tr("Poke an image"));
    backwards_ = new QCheckBox(tr("Backwards"), this);
    backwards_->setAccessibleName(tr("Backwards"));
    backwards_->setToolTip(
        tr("Shows on the input how much the chosen cell of the output moves with each cell."));
    zoomOut_ = makeTool(tr("Zoom out"), tr("Smaller cells (Ctrl+−)"));
    zoomOut_->setText(QStringLiteral("−"));
    fit_ = makeTool(tr("Fit"), tr("The whole sheet (Ctrl+0)"));
    fit_->setText(tr("Fit"));
    zoomIn_ = makeTool(tr("Zoom in"), tr("Larger cells (Ctrl++)"));
    zoomIn_->setText(QStringLiteral("+"));
    details_ = makeTool(tr("Details"), tr("Shows or hides the cube, the histograms and the table "
                                          "of the statistics."));
    details_->setText(tr("Details"));
    details_->setCheckable(true);
    open_ = makeButton(tr("Open sheet..."), tr("Opens numbers from a CSV or JSON file."));
    save_ = makeButton(tr("Save sheet..."),
                       tr("Saves the numbers as CSV or JSON, or the lesson as a workbook."));
    copy_ = makeButton(tr("Copy picture"), tr("Copies the sheet with its arrows as a picture."));
    export_ = makeButton({}, tr("Export: saves the sheet as a picture or a workbook."));
    export_->setAccessibleName(tr("Export..."));
}

void SheetActions::layOut() {
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, this);
    flow->setContentsMargins({});
    flow->setSpacing(kGapBetweenGroups);
    flow->addWidget(keptTogether(this, {setup_, undoButton_, redoButton_}));
    flow->addWidget(keptTogether(this, {poke_, backwards_}));
    flow->addWidget(keptTogether(this, {zoomOut_, fit_, zoomIn_, details_}));
    flow->addWidget(keptTogether(this, {open_, save_, copy_, export_}));
}

void SheetActions::connectControls() {
    connect(setup_, &QToolButton::toggled, this, &SheetActions::setupToggled);
    connect(undoButton_, &QToolButton::clicked, undo_, &QAction::trigger);
    connect(redoButton_, &QToolButton::clicked, redo_, &QAction::trigger);
    connect(open_, &QPushButton::clicked, this, &SheetActions::openSheetRequested);
    connect(save_, &QPushButton::clicked, this, &SheetActions::saveSheetRequested);
    connect(copy_, &QPushButton::clicked, this, &SheetActions::copyPictureRequested);
    connect(export_, &QPushButton::clicked, this, &SheetActions::exportRequested);
    connect(poke_, &QPushButton::clicked, this, &SheetActions::pokeRequested);
    connect(backwards_, &QCheckBox::toggled, this, &SheetActions::backwardsToggled);
    connect(zoomOut_, &QToolButton::clicked, &view_, &SheetView::zoomOut);
    connect(fit_, &QToolButton::clicked, &view_, &SheetView::fit);
    connect(zoomIn_, &QToolButton::clicked, &view_, &SheetView::zoomIn);
    connect(details_, &QToolButton::toggled, this, &SheetActions::detailsToggled);
}

void SheetActions::enableHistory() {
    const QUndoStack& stack = document_.undoStack();
    undo_->setEnabled(stack.canUndo());
    redo_->setEnabled(stack.canRedo());
    undoButton_->setEnabled(stack.canUndo());
    redoButton_->setEnabled(stack.canRedo());
    const auto describe = [](QToolButton* button, const QString& what, const QString& bare,
                             const QAction& action) {
        button->setToolTip(
            withKeys(what.isEmpty() ? bare : bare + QStringLiteral(": ") + what, action));
        button->setAccessibleDescription(what);
    };
    describe(undoButton_, stack.undoText(), tr("Undo"), *undo_);
    describe(redoButton_, stack.redoText(), tr("Redo"), *redo_);
}

void SheetActions::takeIcons() {
    undoButton_->setIcon(themedIcon("undo", palette()));
    redoButton_->setIcon(themedIcon("redo", palette()));
    export_->setIcon(themedIcon("export", palette()));
    const int side = fontMetrics().height();
    undoButton_->setIconSize({side, side});
    redoButton_->setIconSize({side, side});
}

}  // namespace normscope
