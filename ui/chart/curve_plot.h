#pragma once

#include <qcustomplot.h>

#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"

namespace normscope {

class CurveCanvas;
class CurveLine;
struct CurveStyle;

/// Draws a chart's curves and axes, on the screen and in exports: thins them to the pixels there
/// are and gives each its style. What to show is the caller's.
class CurvePlot : public QCustomPlot {
    Q_OBJECT

  public:
    static constexpr double kLineWidth = 2.0;

    explicit CurvePlot(QWidget* parent = nullptr);

    /// Colours and font of everything drawn from now on.
    void setLook(const QPalette& palette, const QFont& font);

    /// Takes over what is to be seen, for a picture `width` pixels wide; paints nothing yet.
    void present(const ChartContent& content, const ChartView& view, int width);
    /// Takes over what is to be seen on the screen, where the curves are drawn at the next replot,
    /// as they are then. `content` outlives the plot.
    void presentLive(const ChartContent& content, const ChartView& view);

    /// Whether curves are as wide as kLineWidth, or a hair: what is raw is so noisy that anything
    /// wider would hide everything else.
    static bool isWide(const ChartContent& content);
    /// The columns a curve is thinned to: dashes need room to be seen.
    static int lineColumns(const ChartContent& content, int width);

    /// The inside of the axes, in widget coordinates.
    QRect plotRect() const { return axisRect()->rect(); }
    QPointF toValues(QPointF pixel) const;
    QPointF toPixel(QPointF values) const;

    bool isDarkLook() const { return dark_; }
    const QColor& ground() const { return ground_; }
    /// Of a raw curve that stays visible behind its smoothed one.
    QColor backdropColor(const CurveStyle& style) const;

    const CurveCanvas& canvas() const { return *canvas_; }

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
    };

    void matchGraphs(std::size_t count);
    void fitTicks();
    void presentAxes(const ChartContent& content, const ChartView& view);
    void presentLines(const ChartContent& content, std::size_t index, const ChartView& view,
                      int width);
    void presentMarks(const ChartContent& content, std::size_t index, const ChartView& view,
                      int width);

    CurveCanvas* canvas_;
    std::vector<Graphs> graphs_;
    QColor ground_ = Qt::white;
    bool dark_ = false;
};

}  // namespace normscope
