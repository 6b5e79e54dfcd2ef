#pragma once

#include "ui/misclassified/history_painting.h"

namespace normscope {

/// The ups and downs of one model over its epochs, to choose an epoch from.
class HistoryFigure : public Figure {
    Q_OBJECT

  public:
    explicit HistoryFigure(QWidget* parent = nullptr);

    void setContent(HistoryContent content, const HistoryScale& scale);
    void setDigit(std::optional<DigitHistory> digit);
    void setEpoch(int epoch);
    const HistoryContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  signals:
    void epochChosen(int epoch);

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QString spokenEpoch(int epoch) const;
    void chooseAt(QPointF point);

    HistoryContent content_;
    HistoryScale scale_;
    int epoch_ = 1;
};

}  // namespace normscope
