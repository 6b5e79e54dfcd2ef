#pragma once

#include <QFrame>

class QLabel;

namespace normscope {

/// A sentence across the page that stays until it is read and closed. It interrupts nothing.
class MessageStrip : public QFrame {
    Q_OBJECT

  public:
    explicit MessageStrip(QWidget* parent = nullptr);

    /// Empty hides the strip.
    void setMessage(const QString& sentence);

  private:
    QLabel* text_;
};

}  // namespace normscope
