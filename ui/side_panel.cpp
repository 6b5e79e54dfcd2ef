#include "ui/side_panel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPropertyAnimation>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme.h"
#include "ui/themed_icon.h"

namespace normscope {

/// Keeps its content clear of the scroll bar.
class ContentArea : public QScrollArea {
  public:
    using QScrollArea::QScrollArea;
    using QScrollArea::setViewportMargins;
};

namespace {

constexpr int kSlideMilliseconds = 160;
constexpr double kTitleScale = 1.3;
constexpr int kWidthInUnits = 50;

/// Of radio buttons that belong together, Tab stops at the chosen one.
bool isTabStop(const QWidget* widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const bool isOtherChoice = button != nullptr && button->group() != nullptr &&
                               button->group()->exclusive() && !button->isChecked();
    return (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isEnabled() && !isOtherChoice;
}

}  // namespace

SidePanel::SidePanel(QWidget* host) : QFrame(host) {
    title_ = new QLabel(this);
    close_ = new QToolButton(this);
    close_->setAutoRaise(true);
    close_->setAccessibleName(tr("Close"));
    close_->setToolTip(tr("Close (Esc)"));
    connect(close_, &QToolButton::clicked, this, &SidePanel::dismiss);
    auto* escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &SidePanel::dismiss);

    scrollArea_ = new ContentArea(this);
    scrollArea_->setWidgetResizable(true);
    scrollArea_->setFrameShape(QFrame::NoFrame);
    scrollArea_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrollArea_->viewport()->setAutoFillBackground(false);

    auto* heading = new QHBoxLayout;
    heading->addWidget(title_, 1);
    heading->addWidget(close_);
    auto* column = new QVBoxLayout(this);
    column->addLayout(heading);
    column->addWidget(scrollArea_, 1);

    animation_ = new QPropertyAnimation(this, "pos", this);
    animation_->setDuration(kSlideMilliseconds);
    animation_->setEasingCurve(QEasingCurve::OutCubic);
    connect(animation_, &QPropertyAnimation::finished, this, [this] { setVisible(open_); });

    host->installEventFilter(this);
    applyFont();
    hide();
}

void SidePanel::present(const QString& title, QWidget* content) {
    if (!open_) {
        focusBefore_ = QApplication::focusWidget();
        preferredWidth_ = kWidthInUnits * gridUnit(font());
    }
    title_->setText(title);
    setAccessibleName(title);
    showContent(content);
    slide(/*open=*/true);
    focusContent();
}

void SidePanel::dismiss() {
    if (!open_) {
        return;
    }
    const QWidget* focused = QApplication::focusWidget();
    const bool heldFocus = focused != nullptr && isAncestorOf(focused);
    slide(/*open=*/false);
    if (heldFocus && focusBefore_ != nullptr) {
        focusBefore_->setFocus(Qt::OtherFocusReason);
    }
    emit dismissed();
}

QWidget* SidePanel::content() const {
    return open_ ? scrollArea_->widget() : nullptr;
}

bool SidePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

bool SidePanel::event(QEvent* event) {
    const bool handled = QFrame::event(event);
    switch (event->type()) {
        case QEvent::FontChange:
        case QEvent::PaletteChange:
            applyFont();
            break;
        case QEvent::LayoutRequest:
            place();
            break;
        default:
            break;
    }
    return handled;
}

/// A shadow on the page, then the panel itself.
void SidePanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QLinearGradient shadow(0.0, 0.0, shadowWidth(), 0.0);
    shadow.setColorAt(0.0, Qt::transparent);
    shadow.setColorAt(1.0, QColor(0, 0, 0, 32));
    painter.fillRect(0, 0, shadowWidth(), height(), shadow);
    painter.fillRect(rect().adjusted(shadowWidth(), 0, 0, 0), palette().color(QPalette::Base));
}

/// What was shown before stays the panel's child, to be presented again.
void SidePanel::showContent(QWidget* content) {
    if (content == scrollArea_->widget()) {
        return;
    }
    if (QWidget* before = scrollArea_->takeWidget()) {
        before->hide();
        before->setParent(this);
    }
    scrollArea_->setWidget(content);
    content->setAutoFillBackground(false);  // a scroll area fills its widget with the page's colour
    content->show();
    scrollArea_->verticalScrollBar()->setValue(0);
}

/// The first control of the content, or the whole of it where there is none, to scroll by keyboard.
void SidePanel::focusContent() {
    QWidget* content = scrollArea_->widget();
    if (isTabStop(content)) {
        content->setFocus(Qt::OtherFocusReason);
        return;
    }
    for (QWidget* next = scrollArea_->nextInFocusChain(); next != scrollArea_;
         next = next->nextInFocusChain()) {
        if (content->isAncestorOf(next) && next->isVisibleTo(content) && isTabStop(next)) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    scrollArea_->setFocus(Qt::OtherFocusReason);
}

void SidePanel::applyFont() {
    QFont titleFont;
    titleFont.setPointSizeF(font().pointSizeF() * kTitleScale);
    titleFont.setWeight(QFont::DemiBold);
    title_->setFont(titleFont);
    close_->setIcon(themedIcon(QStringLiteral("close"), palette()));
    const int unit = gridUnit(font());
    layout()->setContentsMargins(shadowWidth() + 3 * unit, 2 * unit, 2 * unit, 2 * unit);
    layout()->setSpacing(2 * unit);
    scrollArea_->setViewportMargins(0, 0, unit, 0);
    place();
}

void SidePanel::place() {
    resize(openWidth(), parentWidget()->height());
    if (animation_->state() == QAbstractAnimation::Running) {
        animation_->setEndValue(restingPlace());
    } else {
        move(restingPlace());
        setVisible(open_);
    }
}

QPoint SidePanel::restingPlace() const {
    return {parentWidget()->width() - (open_ ? width() : 0), 0};
}

/// The width it was opened with, even as the text grows: the text size slider must not run away
/// from the mouse that drags it.
int SidePanel::openWidth() const {
    const int page = parentWidget()->width();
    const QWidget* content = scrollArea_->widget();
    const int needed = content == nullptr
                           ? 0
                           : content->minimumSizeHint().width() + gridUnit(font()) +
                                 scrollArea_->verticalScrollBar()->sizeHint().width() +
                                 layout()->contentsMargins().left() +
                                 layout()->contentsMargins().right();
    return qMin(page, qMax(needed, qMin(preferredWidth_, page * 6 / 10)));
}

int SidePanel::shadowWidth() const {
    return gridUnit(font());
}

void SidePanel::slide(bool open) {
    animation_->stop();
    open_ = open;
    resize(openWidth(), parentWidget()->height());
    if (isHidden()) {
        move(parentWidget()->width(), 0);
    }
    raise();
    show();
    if (motion_ && pos() != restingPlace()) {
        animation_->setStartValue(pos());
        animation_->setEndValue(restingPlace());
        animation_->start();
    }
    place();
}

}  // namespace normscope
