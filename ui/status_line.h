#pragma once

#include <QLabel>
#include <QTimer>

namespace normscope {

/// One line that says what is going on: a lasting text, and now and then a passing one over it.
/// Text too long for the line is cut at its end; the whole of it is in the tool tip and read out.
class StatusLine : public QLabel {
    Q_OBJECT

  public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setLasting(const QString& text);

    /// Shows `text` for some seconds, then the lasting one again.
    void showPassing(const QString& text);

    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void refresh();

    QString lasting_;
    QString passing_;
    QTimer passingEnds_;
};

}  // namespace normscope
