#include "ui/widgets/whole_table.h"

#include <QHeaderView>
#include <QScrollBar>

namespace normscope {

WholeTable::WholeTable(QWidget* parent) : CopyableTable(parent) {
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &QWidget::updateGeometry);
}

QSize WholeTable::sizeHint() const {
    return minimumSizeHint();
}

QSize WholeTable::minimumSizeHint() const {
    const int rows = model() == nullptr ? 0 : model()->rowCount();
    const QScrollBar* scroll = horizontalScrollBar();
    const int below = scroll->maximum() > scroll->minimum() ? scroll->sizeHint().height() : 0;
    return {0, horizontalHeader()->sizeHint().height() +
                   rows * verticalHeader()->defaultSectionSize() + below};
}

}  // namespace normscope
