#pragma once

#include <optional>

#include "ui/affine/figure.h"
#include "ui/train/inside_content.h"
#include "ui/train/inside_painting.h"

namespace normscope {

/// The percentiles of one channel over the training of every model. The mouse and Left and Right
/// read a sampled mini-batch out, Home and End the first and the last, Escape ends that.
class InsideFigure : public Figure {
    Q_OBJECT

  public:
    explicit InsideFigure(QWidget* parent = nullptr);

    void setContent(InsideContent content);
    const InsideContent& content() const { return content_; }

    /// What stands where there is nothing to draw.
    void setEmptyText(const QString& text);

    /// The epoch that is read out; empty while the latest values are shown.
    const std::optional<double>& readout() const { return readout_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    InsideLayout layoutNow() const;
    void readOut(std::optional<double> epoch);
    void stepReadout(int direction);

    InsideContent content_;
    QString emptyText_;
    std::optional<double> readout_;
};

}  // namespace normscope
