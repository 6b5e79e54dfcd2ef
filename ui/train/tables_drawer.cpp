#include "ui/train/tables_drawer.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/theme.h"
#include "ui/widgets/elided_label.h"

namespace normscope {
TablesDrawer::TablesDrawer(QWidget* parent)
    : QWidget(parent),
      tabs_(new QTabBar(this)),
      remark_(new ElidedLabel(this)),
      toggle_(new QToolButton(this)),
      tables_(new QStackedWidget(this)) {
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    remark_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    remark_->setForegroundRole(QPalette::PlaceholderText);
    toggle_->setAutoRaise(true);
    toggle_->setFocusPolicy(Qt::StrongFocus);
    describe(tr("Tables"), tr("Show tables"),
             tr("Shows or hides the tables; hidden, the charts have their room."));
    toggle_->setCheckable(true);
    connect(toggle_, &QToolButton::toggled, this, &TablesDrawer::setOpen);
    connect(tabs_, &QTabBar::currentChanged, this, &TablesDrawer::showTable);
    connect(tabs_, &QTabBar::tabBarClicked, this, [this] { setOpen(true); });

    auto* top = new QHBoxLayout;
    top->setSpacing(kSpacing);
    top->addWidget(tabs_);
    top->addWidget(remark_, 1);
    top->addWidget(toggle_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(tables_, 1);
    setOpen(false);
}

void TablesDrawer::describe(const QString& tabs, const QString& toggle, const QString& toolTip) {
    tabs_->setAccessibleName(tabs);
    toggle_->setAccessibleName(toggle);
    toggle_->setToolTip(toolTip);
}

void TablesDrawer::addTable(const QString& title, QWidget* table) {
    tables_->addWidget(table);
    tabs_->addTab(title);
    tabs_->updateGeometry();  // a tab bar that is not shown yet forgets to
    fitWhenClosed();
}

void TablesDrawer::addTallTable(const QString& title, QWidget* table) {
    tall_ = table;
    addTable(title, table);
    tabs_->setTabToolTip(tabs_->count() - 1, table->accessibleName());
    showTable(tabs_->currentIndex());
}

void TablesDrawer::choose(int table) {
    tabs_->setCurrentIndex(table);
}

/// What a tall table asks for must not count while another is shown.
void TablesDrawer::showTable(int table) {
    tables_->setCurrentIndex(table);
    if (tall_ != nullptr) {
        const bool shown = tables_->currentWidget() == tall_;
        tall_->setSizePolicy(QSizePolicy::Preferred,
                             shown ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    }
    tellRoom();
}

bool TablesDrawer::needsAllRoom() const {
    return isOpen() && tall_ != nullptr && tables_->currentWidget() == tall_;
}

void TablesDrawer::tellRoom() {
    if (std::exchange(toldAllRoom_, needsAllRoom()) != toldAllRoom_) {
        emit needsAllRoomChanged(toldAllRoom_);
    }
}

void TablesDrawer::setRemark(const QString& text, const QString& toolTip) {
    remark_->setText(text);
    remark_->setToolTip(toolTip);
}

bool TablesDrawer::isOpen() const {
    return !tables_->isHidden();
}

void TablesDrawer::setOpen(bool open) {
    const bool changed = open != isOpen();
    tables_->setVisible(open);
    toggle_->setChecked(open);
    toggle_->setArrowType(open ? Qt::DownArrow : Qt::UpArrow);
    setSizePolicy(QSizePolicy::Preferred, open ? QSizePolicy::Preferred : QSizePolicy::Fixed);
    fitWhenClosed();
    if (changed) {
        emit openChanged(open);
    }
    tellRoom();
}

/// The tabs may take a new font or style after this widget did; hidden, they do not ask for room.
bool TablesDrawer::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize) {
        fitWhenClosed();
    }
    return QWidget::event(event);
}

void TablesDrawer::fitWhenClosed() {
    setMaximumHeight(isOpen() ? QWIDGETSIZE_MAX : layout()->sizeHint().height());
}

}  // namespace normscope
