#pragma once

#include "ui/misclassified/confusion_painting.h"

namespace normscope {

/// The confusion matrix of one model, to choose a kind of mistake from.
class ConfusionFigure : public Figure {
    Q_OBJECT

  public:
    explicit ConfusionFigure(QWidget* parent = nullptr);

    void setContent(ConfusionContent content);
    void setChosen(std::optional<ConfusionCell> cell);
    const ConfusionContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// Clicked, or Enter or Space pressed.
    void cellChosen(const normscope::ConfusionCell& cell);

  protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QString spokenCell(const ConfusionCell& cell) const;
    void moveTo(ConfusionCell cell);

    ConfusionContent content_;
    std::optional<ConfusionCell> chosen_;
    ConfusionCell current_;
};

}  // namespace normscope
