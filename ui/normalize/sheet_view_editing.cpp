// Changing the numbers of the input: typing, clipboard, clearing.

#include <QApplication>
#include <QClipboard>
#include <QFontInfo>
#include <QLocale>
#include <QUndoStack>
#include <algorithm>
#include <utility>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_editor.h"
#include "ui/normalize/sheet_view.h"
#include "ui/normalize/sheet_words.h"

namespace normscope {
namespace {

/// What is typed grows with the sheet, but no further than this.
constexpr qreal kLargestText = 2.0;

/// In full, as the reader would type it.
QString editingText(double value) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'g', QLocale::FloatingPointShortest);
}

/// Zeros in place of the selected cells.
QString zeroBlock(const Shape4& shape, const SheetSelection& selection) {
    QString row = QStringLiteral("0\t").repeated(selection.columns(shape));
    row.back() = QLatin1Char('\n');
    return row.repeated(selection.rows(shape));
}

bool allZero(const Tensor4& input, const SheetSelection& selection) {
    const GridPosition first = gridPosition(input.shape, selection.first(input.shape));
    const GridPosition last = gridPosition(input.shape, selection.last(input.shape));
    for (int row = first.row; row <= last.row; ++row) {
        for (int column = first.column; column <= last.column; ++column) {
            if (input.at(cellAtPosition(input.shape, {row, column})) != 0.0) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

void SheetView::copy() {
    if (selection_) {
        const Shape4& shape = document_.shape();
        QApplication::clipboard()->setText(document_.copyCells(
            selection_->part, selection_->first(shape), selection_->last(shape)));
    }
}

void SheetView::paste() {
    if (current_ && !refuseComputed()) {
        setProblem(document_.pasteCells(selection_->first(document_.shape()),
                                        QApplication::clipboard()->text()));
    }
}

void SheetView::clearCells() {
    if (!current_ || refuseComputed()) {
        return;
    }
    const Shape4 shape = document_.shape();
    const SheetSelection selection = *selection_;
    setProblem({});
    if (allZero(*document_.state().input, selection)) {
        return;
    }
    document_.undoStack().beginMacro(tr("Clear"));
    document_.pasteCells(selection.first(shape), zeroBlock(shape, selection));
    document_.undoStack().endMacro();
}

void SheetView::edit() {
    if (current_ && !refuseComputed()) {
        openEditor(editingText(document_.value(*current_)), /*selected=*/true);
    }
}

void SheetView::openEditor(const QString& text, bool selected) {
    closeEditor();
    ensureVisible(*current_);
    editor_ = new SheetEditor(text, selected, viewport());
    editor_->setAccessibleName(cellPosition(*current_));
    placeEditor();
    connect(editor_, &SheetEditor::committed, this, [this](SheetMove step) {
        if (commit()) {
            move(step, false);
        }
    });
    connect(editor_, &SheetEditor::cancelled, this, [this] {
        closeEditor();
        setProblem({});
    });
    connect(editor_, &SheetEditor::left, this, &SheetView::commit);
    connect(editor_, &SheetEditor::accepted, this, [this] { setProblem({}); });
    editor_->show();
    editor_->setFocus(Qt::OtherFocusReason);
}

void SheetView::placeEditor() {
    if (editor_ != nullptr) {
        QFont large = font();
        large.setPointSizeF(QFontInfo(large).pointSizeF() * std::clamp(zoom_, 1.0, kLargestText));
        editor_->setFont(large);
        editor_->placeOver(viewportRect(*current_));
    }
}

bool SheetView::commit() {
    const auto number = editor_->number();
    const QString refusal =
        number ? document_.setCell(current_->cell, *number) : editor_->problem();
    if (!refusal.isEmpty()) {
        editor_->refuse(refusal);
        setProblem(refusal);
        return false;
    }
    closeEditor();
    setProblem({});
    return true;
}

void SheetView::closeEditor() {
    if (SheetEditor* editor = std::exchange(editor_, nullptr)) {
        editor->disconnect(this);
        if (editor->hasFocus()) {
            setFocus(Qt::OtherFocusReason);
        }
        editor->hide();
        editor->deleteLater();
    }
}

bool SheetView::refuseComputed() {
    if (current_->part == SheetPart::Input) {
        return false;
    }
    setProblem(current_->part == SheetPart::Normalized
                   ? tr("The normalized values are computed from the input; change the input.")
                   : tr("The output is computed from the input, gamma and beta; change those."));
    return true;
}

void SheetView::setProblem(const QString& sentence) {
    if (sentence != problem_) {
        problem_ = sentence;
        emit problem(sentence);
    }
}

}  // namespace normscope
