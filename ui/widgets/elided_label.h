#pragma once

#include <QLabel>

namespace normscope {

/// One line of plain text that gives way: its middle is left out where the room is too narrow.
class ElidedLabel : public QLabel {
    Q_OBJECT

  public:
    using QLabel::QLabel;

    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace normscope
