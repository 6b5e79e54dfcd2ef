#include "ui/normalize/sheet_editor.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionFrame>
#include <algorithm>

#include "ui/flat_painting.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

// A contrast of at least 3:1 on the base of either palette, as outlines need.
constexpr QRgb kRefusedOnLight = 0xffb3261e;
constexpr QRgb kRefusedOnDark = 0xffffb4ab;

constexpr qreal kOutlineWidth = 2.0;

}  // namespace

SheetEditor::SheetEditor(const QString& text, bool selected, QWidget* parent)
    : NumberField(parent) {
    setAlignment(Qt::AlignRight);
    setText(text);
    if (selected) {
        selectAll();
    }
    connect(this, &QLineEdit::textChanged, this, [this] {
        placeOver(cell_);
        if (refused_ && number()) {
            refused_ = false;
            setAccessibleDescription({});
            emit accepted();
        }
    });
}

void SheetEditor::placeOver(const QRectF& cell) {
    cell_ = cell;
    QRect place = cell.toAlignedRect();
    place.setSize(place.size().expandedTo(sizeForText()));
    if (const QRect room = parentWidget()->rect(); room.contains(cell.toAlignedRect())) {
        place.moveRight(std::min(place.right(), room.right()));
        place.moveBottom(std::min(place.bottom(), room.bottom()));
    }
    setGeometry(place);
}

QSize SheetEditor::sizeForText() const {
    QStyleOptionFrame option;
    initStyleOption(&option);
    const QRect contents = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    const int digit = fontMetrics().averageCharWidth();  // one more has room
    const int advance = std::max(fontMetrics().horizontalAdvance(text()) + digit, 4 * digit);
    return {advance + option.rect.width() - contents.width() + 2 * digit,
            fontMetrics().height() + 2 * static_cast<int>(kOutlineWidth)};
}

void SheetEditor::refuse(const QString& why) {
    refused_ = true;
    setAccessibleDescription(why);
    selectAll();
    update();
}

bool SheetEditor::focusNextPrevChild(bool) {
    return false;  // Tab commits
}

void SheetEditor::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return emit committed(event->modifiers() & Qt::ShiftModifier ? SheetMove::Up
                                                                         : SheetMove::Down);
        case Qt::Key_Down:
            return emit committed(SheetMove::Down);
        case Qt::Key_Up:
            return emit committed(SheetMove::Up);
        case Qt::Key_Tab:
            return emit committed(SheetMove::Next);
        case Qt::Key_Backtab:
            return emit committed(SheetMove::Previous);
        case Qt::Key_Escape:
            return emit cancelled();
        default:
            NumberField::keyPressEvent(event);
    }
}

void SheetEditor::focusOutEvent(QFocusEvent* event) {
    NumberField::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
        emit left();
    }
}

void SheetEditor::paintEvent(QPaintEvent* event) {
    NumberField::paintEvent(event);
    if (refused_) {
        QPainter painter(this);
        paintBox(&painter, {.rect = rect(),
                            .radius = gridUnit(this) * 0.5,
                            .outline = QColor(isDark(palette()) ? kRefusedOnDark : kRefusedOnLight),
                            .outlineWidth = kOutlineWidth});
    }
}

}  // namespace normscope
