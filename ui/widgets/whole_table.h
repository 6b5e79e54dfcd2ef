#pragma once

#include "ui/widgets/copyable_table.h"

namespace normscope {

/// As high as its rows: it never scrolls up or down by itself.
class WholeTable : public CopyableTable {
    Q_OBJECT

  public:
    explicit WholeTable(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

}  // namespace normscope
