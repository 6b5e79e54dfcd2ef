#pragma once

#include <QAbstractButton>
#include <QWidget>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/norm_style.h"

namespace normscope {

/// One curve's swatch and label, or the swatch alone; pressing it shows or hides the curve.
class LegendEntry : public QAbstractButton {
    Q_OBJECT

  public:
    LegendEntry(const CurveDescription& curve, QWidget* parent);

    QSize sizeHint() const override;
    QSize fullSize() const;
    QSize swatchSize() const;
    void setSwatchOnly(bool swatchOnly);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    CurveDescription curve_;
    bool swatchOnly_ = false;
};

/// The legend of a chart, a button for each curve. Where the labels do not fit into one line it
/// shows the swatches alone, and these in as many lines as they need.
class LegendBar : public QWidget {
    Q_OBJECT

  public:
    explicit LegendBar(QWidget* parent = nullptr);

    void setCurves(const std::vector<Curve>& curves);
    void setCurveVisible(std::size_t curve, bool visible);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

  signals:
    void toggled(std::size_t curve, bool visible);

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    bool hasRoomForLabels(int width) const;
    std::vector<QSize> entrySizes(int width) const;
    void place();

    std::vector<LegendEntry*> entries_;
};

}  // namespace normscope
