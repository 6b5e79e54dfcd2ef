// The keyboard: moving about the sheet, selecting, zooming.

#include <QKeyEvent>
#include <QLocale>

#include "ui/normalize/sheet_accessible.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"

namespace normscope {
namespace {

std::optional<SheetMove> moveOf(const QKeyEvent& event) {
    const bool control = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
        case Qt::Key_Left:
            return control ? SheetMove::BlockLeft : SheetMove::Left;
        case Qt::Key_Right:
            return control ? SheetMove::BlockRight : SheetMove::Right;
        case Qt::Key_Up:
            return control ? SheetMove::BlockUp : SheetMove::Up;
        case Qt::Key_Down:
            return control ? SheetMove::BlockDown : SheetMove::Down;
        case Qt::Key_Home:
            return control ? SheetMove::First : SheetMove::RowStart;
        case Qt::Key_End:
            return control ? SheetMove::Last : SheetMove::RowEnd;
        case Qt::Key_PageUp:
            return control ? std::nullopt : std::optional(SheetMove::ImageUp);
        case Qt::Key_PageDown:
            return control ? std::nullopt : std::optional(SheetMove::ImageDown);
        default:
            return std::nullopt;
    }
}

/// Whether the key is one that a number begins with.
bool beginsNumber(const QKeyEvent& event) {
    const QString text = event.text();
    if (text.isEmpty() || event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) {
        return false;
    }
    return text.front().isDigit() || text == QLatin1String("-") || text == QLatin1String("+") ||
           text == QLatin1String(".") || text == QLatin1String(",") ||
           text == QLocale().negativeSign();
}

/// The keys that replay the steps of the arithmetic are the page's.
bool replaysSteps(const QKeyEvent& event) {
    const bool letter = event.key() == Qt::Key_N || event.key() == Qt::Key_B;
    return event.key() == Qt::Key_Space || (letter && event.modifiers() == Qt::NoModifier);
}

/// Whether the key opens the field, which then says what is wrong with text that is no number.
bool types(const QKeyEvent& event) {
    const QString text = event.text();
    return !text.isEmpty() && text.front().isPrint() && !replaysSteps(event) &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

bool isTab(const QKeyEvent& event) {
    return event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab;
}

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

bool isDelete(const QKeyEvent& event) {
    return event.key() == Qt::Key_Delete || event.key() == Qt::Key_Backspace;
}

}  // namespace

bool SheetView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // Before a shortcut of the window takes them.
        const auto& key = *static_cast<QKeyEvent*>(event);
        const bool leavesCells = key.key() == Qt::Key_Escape && current_;
        if (leavesCells || beginsNumber(key) || isDelete(key) || key.matches(QKeySequence::Copy) ||
            key.matches(QKeySequence::Paste) || key.matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void SheetView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Escape && current_) {
        setCurrent(std::nullopt);
    } else if (!zoomByKey(*event) && !moveByKey(*event) && !editByKey(*event)) {
        event->ignore();
    }
}

bool SheetView::zoomByKey(const QKeyEvent& event) {
    if (!(event.modifiers() & Qt::ControlModifier)) {
        return false;
    }
    switch (event.key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:  // the same key without Shift
            zoomIn();
            return true;
        case Qt::Key_Minus:
            zoomOut();
            return true;
        case Qt::Key_0:
            fit();
            return true;
        default:
            return false;
    }
}

bool SheetView::moveByKey(const QKeyEvent& event) {
    if (isTab(event) && current_ && !(event.modifiers() & Qt::ControlModifier)) {
        move(event.key() == Qt::Key_Tab ? SheetMove::Next : SheetMove::Previous, false);
        return true;
    }
    if (event.modifiers() & Qt::AltModifier) {
        if (current_ && event.key() == Qt::Key_Left) {
            goToPart(-1);
            return true;
        }
        if (current_ && event.key() == Qt::Key_Right) {
            goToPart(+1);
            return true;
        }
        return false;
    }
    const auto to = moveOf(event);
    if (to) {
        move(*to, event.modifiers() & Qt::ShiftModifier);
    }
    return to.has_value();
}

bool SheetView::editByKey(const QKeyEvent& event) {
    if (!current_) {
        return false;
    }
    if (isEnter(event) || event.key() == Qt::Key_F2) {
        edit();
    } else if (isDelete(event)) {
        clearCells();
    } else if (types(event)) {
        if (!refuseComputed()) {
            openEditor(event.text(), /*selected=*/false);
        }
    } else {
        return false;
    }
    return true;
}

bool SheetView::focusNextPrevChild(bool next) {
    // Tab moves within the cells while there is a current one, and leaves at their end.
    if (current_) {
        const SheetMove step = next ? SheetMove::Next : SheetMove::Previous;
        if (moved(document_.shape(), current_->cell, step) != current_->cell) {
            return false;
        }
    }
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void SheetView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    announceCurrentCell(*this);
    viewport()->update();
}

void SheetView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void SheetView::move(SheetMove move, bool extending) {
    const SheetCell start = hovered_.value_or(SheetCell{});
    forgetMouse();  // what lights up is where the keys are
    if (!current_) {
        setCurrent(start);
    } else if (extending) {
        extendTo(moved(document_.shape(), selection_->reach, move));
    } else {
        setCurrent(SheetCell{current_->part, moved(document_.shape(), current_->cell, move)});
    }
}

void SheetView::extendTo(const CellIndex& reach) {
    if (selection_->reach == reach) {
        return;
    }
    selection_->reach = reach;
    ensureVisible({selection_->part, reach});
    viewport()->update();
    announceSelection(*this);
}

void SheetView::goToPart(int direction) {
    forgetMouse();
    setCurrent(SheetCell{neighbouringPart(current_->part, direction), current_->cell});
}

void SheetView::selectAll() {
    const SheetPart part = current_ ? current_->part : SheetPart::Input;
    if (!current_) {
        setCurrent(SheetCell{part, {}});
    }
    selection_ = SheetSelection::everything(document_.shape(), part);
    viewport()->update();
    announceSelection(*this);
}

}  // namespace normscope
