#include "ui/rail_button.h"

#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QStyleOption>
#include <algorithm>

#include "ui/flat_painting.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"

namespace normscope {
namespace {

constexpr int kNameFlags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
constexpr int kIconToName = 4;

/// Space above the icon and below the name. Like the icon it grows more slowly than the text, so
/// that all pages fit a laptop's screen at 200 % too.
int paddingOf(const QFont& font) {
    return 4 + gridUnit(font) / 4;
}

}  // namespace

RailButton::RailButton(const QString& iconName, const QString& name, QWidget* parent)
    : QAbstractButton(parent), iconName_(iconName) {
    setText(name);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

/// Room is kept for the heavier name of the current page, so that nothing moves between pages.
QSize RailButton::sizeHint() const {
    if (!hint_.isEmpty()) {
        return hint_;
    }
    const int unit = gridUnit(font());
    const QFontMetrics metrics(nameFont());
    int widest = iconSide();
    for (const QString& word : text().split(u' ')) {
        widest = std::max(widest, metrics.horizontalAdvance(word));
    }
    const int width = widest + 3 * unit;
    hint_ = {width, nameRect(width).bottom() + 1 + paddingOf(font())};
    return hint_;
}

void RailButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) {
        hint_ = {};
        updateGeometry();
    }
    QAbstractButton::changeEvent(event);
}

/// Up and Down are the rail's; a button alone would take them for Tab.
void RailButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        event->ignore();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void RailButton::paintEvent(QPaintEvent*) {
    const int unit = gridUnit(font());
    QStyleOption option;
    option.initFrom(this);
    option.state.setFlag(QStyle::State_Sunken, isDown());
    const QColor accent = palette().color(QPalette::Highlight);
    const QColor ground = palette().color(QPalette::AlternateBase);

    QPainter painter(this);
    FlatBox box{.rect = QRectF(rect()).adjusted(unit * 0.5, 0.0, -unit * 0.5, 0.0),
                .radius = unit * 1.0,
                .fill = isChecked() ? blend(ground, accent, 0.14) : shadedByMouse(ground, option)};
    if (hasKeyboardFocus(option)) {
        box.outline = accent;
        box.outlineWidth = 2.0;
    }
    paintBox(&painter, box);
    if (isChecked()) {
        const double width = unit * 0.5;
        paintBox(&painter, {.rect = {0.0, height() * 0.25, width, height() * 0.5},
                            .radius = width / 2.0,
                            .fill = accent});
    }

    const QRect iconRect((width() - iconSide()) / 2, paddingOf(font()), iconSide(), iconSide());
    themedIcon(iconName_, palette(), isChecked() ? QPalette::Highlight : QPalette::WindowText)
        .paint(&painter, iconRect);
    painter.setFont(isChecked() ? nameFont() : font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(nameRect(width()), kNameFlags, text());
}

QFont RailButton::nameFont() const {
    QFont current = font();
    current.setWeight(QFont::DemiBold);
    return current;
}

QRect RailButton::nameRect(int width) const {
    const int unit = gridUnit(font());
    const int top = paddingOf(font()) + iconSide() + kIconToName;
    const QRect available(unit, top, width - 2 * unit, 1000 * unit);
    const int height =
        QFontMetrics(nameFont()).boundingRect(available, kNameFlags, text()).height();
    return {available.topLeft(), QSize(available.width(), height)};
}

int RailButton::iconSide() const {
    return 12 + gridUnit(font()) * 3 / 2;
}

}  // namespace normscope
