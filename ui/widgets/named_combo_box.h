#pragma once

#include <QComboBox>

namespace normscope {

/// A combo box whose accessible name is read out. Qt 6.4 on Linux gives the chosen text as the name
/// instead, so that nobody could tell one box from another or find it.
class NamedComboBox : public QComboBox {
    Q_OBJECT

  public:
    explicit NamedComboBox(QWidget* parent = nullptr);
};

}  // namespace normscope
