#pragma once

#include "ui/widgets/copyable_table.h"

namespace normscope {

/// As high as its rows: it never scrolls by itself.
class RecoveryTable : public CopyableTable {
    Q_OBJECT

  public:
    explicit RecoveryTable(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

}  // namespace normscope
