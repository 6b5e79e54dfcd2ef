#pragma once

#include <QPixmap>

#include "ui/affine/figure.h"
#include "ui/findings/summary_content.h"
#include "ui/picture/picture.h"

namespace normscope {

/// Draws a summary chart with Qt Charts, which nothing outside this file's source knows of.
void paintSummary(QPainter& painter, const QRectF& area, const SummaryContent& content,
                  const FigureLook& look);

/// The chart as it is now, to be saved.
Picture summaryPicture(const SummaryContent& content);

class SummaryChart : public Figure {
    Q_OBJECT

  public:
    explicit SummaryChart(QWidget* parent = nullptr);

    void setContent(SummaryContent content);
    const SummaryContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    SummaryContent content_;
    QPixmap drawn_;  ///< kept, since scrolling repaints; null: to be drawn anew
};

}  // namespace normscope
