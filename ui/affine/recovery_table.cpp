#include "ui/affine/recovery_table.h"

#include <QHeaderView>

namespace normscope {

RecoveryTable::RecoveryTable(QWidget* parent) : CopyableTable(parent) {
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RecoveryTable::sizeHint() const {
    return minimumSizeHint();
}

QSize RecoveryTable::minimumSizeHint() const {
    const int rows = model() == nullptr ? 0 : model()->rowCount();
    return {
        0, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize()};
}

}  // namespace normscope
