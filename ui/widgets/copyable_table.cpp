#include "ui/widgets/copyable_table.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>

#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kRows = 3;  ///< always to be seen: the usual comparison

}  // namespace

CopyableTable::CopyableTable(QWidget* parent) : QTableView(parent) {
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setResizeContentsPrecision(0);  // no more rows than are seen
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &CopyableTable::fitColumns);
    fitToFont();
}

QString CopyableTable::tabSeparated() const {
    QStringList titles;
    for (int column = 0; column < model()->columnCount(); ++column) {
        // The title in full, where the one on screen is short.
        const QVariant full = model()->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole);
        titles << (full.isValid() ? full : model()->headerData(column, Qt::Horizontal)).toString();
    }
    QStringList lines{titles.join('\t')};
    const bool all = !selectionModel()->hasSelection();
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (!all && !selectionModel()->isRowSelected(row)) {
            continue;
        }
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            cells << model()->index(row, column).data().toString();
        }
        lines << cells.join('\t');
    }
    return lines.join('\n') + '\n';
}

void CopyableTable::setModel(QAbstractItemModel* model) {
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &CopyableTable::fitColumns);
    connect(model, &QAbstractItemModel::dataChanged, this, [this] {
        if (isVisible()) {
            fitColumns();
        }
    });
    fitColumns();
}

void CopyableTable::setWideColumn(int column) {
    wideColumn_ = column;
    fitColumns();
}

void CopyableTable::keepWideColumnWhole() {
    wideColumnWhole_ = true;
    fitColumns();
}

int CopyableTable::wholeWidth() const {
    int width = 2 * frameWidth();
    for (int column = 0; model() != nullptr && column < model()->columnCount(); ++column) {
        width += wholeWidthOf(column);
    }
    return width;
}

QSize CopyableTable::sizeHint() const {
    return {horizontalHeader()->length(), minimumSizeHint().height()};
}

QSize CopyableTable::minimumSizeHint() const {
    const int rows = verticalHeader()->defaultSectionSize() * kRows;
    return {0, horizontalHeader()->sizeHint().height() + rows};
}

void CopyableTable::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToFont();
        fitColumns();
    }
}

void CopyableTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void CopyableTable::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    fitColumns();  // to what has changed meanwhile
}

void CopyableTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(tabSeparated());
        return;
    }
    QTableView::keyPressEvent(event);
}

void CopyableTable::fitToFont() {
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 4 / 3);
}

/// The space between columns is what keeps them apart: there are no lines.
int CopyableTable::wholeWidthOf(int column) const {
    return std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column)) +
           gridUnit(font());
}

/// The wide column takes what room is left and gives up its end where there is none.
void CopyableTable::fitColumns() {
    if (model() == nullptr) {
        return;
    }
    int room = viewport()->width();
    for (int column = 0; column < model()->columnCount(); ++column) {
        setColumnWidth(column, wholeWidthOf(column));
        room -= columnWidth(column);
    }
    const int least = wideColumnWhole_
                          ? columnWidth(wideColumn_)
                          : horizontalHeader()->sectionSizeHint(wideColumn_) + gridUnit(font());
    setColumnWidth(wideColumn_, std::max(least, columnWidth(wideColumn_) + room));
}

}  // namespace normscope
