#pragma once

#include <qcustomplot.h>

#include <array>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"

namespace normscope {

class CurveLine;

/// Draws a chart's curves and axes, on the screen and in exports: thins them to the pixels there
/// are and gives each its style. What to show is the caller's.
class CurvePlot : public QCustomPlot {
    Q_OBJECT

  public:
    explicit CurvePlot(QWidget* parent = nullptr);

    /// Colours and font of everything drawn from now on.
    void setLook(const QPalette& palette, const QFont& font);

    /// Takes over what is to be seen, for a plot `width` pixels wide; paints nothing yet.
    void present(const ChartContent& content, const ChartView& view, int width);

    /// The inside of the axes, in widget coordinates.
    QRect plotRect() const { return axisRect()->rect(); }
    QPointF toValues(QPointF pixel) const;
    QPointF toPixel(QPointF values) const;

    bool isDarkLook() const { return dark_; }

  signals:
    void left();

  protected:
    void leaveEvent(QEvent* event) override;

  private:
    /// What one curve is drawn with. The backdrop lies below every other curve's line.
    struct Graphs {
        CurveLine* backdrop;
        CurveLine* line;
        QCPGraph* marks;

        std::array<QCPGraph*, 3> all() const;
    };

    void matchGraphs(std::size_t count);
    void fitTicks();
    void presentAxes(const ChartContent& content, const ChartView& view);
    void presentCurve(const ChartContent& content, std::size_t index, const ChartView& view,
                      int width);

    std::vector<Graphs> graphs_;
    QColor ground_ = Qt::white;
    bool dark_ = false;
};

}  // namespace normscope
