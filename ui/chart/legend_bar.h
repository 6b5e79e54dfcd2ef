#pragma once

#include <QAbstractButton>
#include <QWidget>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/norm_style.h"

namespace normscope {

/// One curve's swatch and label; pressing it shows or hides the curve.
class LegendEntry : public QAbstractButton {
    Q_OBJECT

  public:
    LegendEntry(const CurveDescription& curve, QWidget* parent);

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    CurveDescription curve_;
};

/// The legend of a chart, a button for each curve, in as many lines as the width asks for.
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
    std::vector<QSize> entrySizes() const;
    void place();

    std::vector<LegendEntry*> entries_;
};

}  // namespace normscope
