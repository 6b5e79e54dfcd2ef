#pragma once

#include <qcustomplot.h>

#include <optional>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"
#include "ui/chart/growing_thinning.h"
#include "ui/norm_style.h"

namespace normscope {

class CurvePlot;
class LineRaster;

/// The curves of a chart on the screen: the raw ones pale in the back where there are smoothed
/// ones. They are kept as a picture; while the chart only grows, no more is drawn anew than the
/// pixel columns that have changed. Pictures that are exported draw the curves as CurveLines.
class CurveCanvas : public QCPLayerable {
    Q_OBJECT

  public:
    CurveCanvas(CurvePlot* plot, const QString& layer);
    ~CurveCanvas() override;

    /// Shows this from the next replot on; `content` is looked at then and outlives the canvas.
    void present(const ChartContent& content, const ChartView& view);

    /// Pixel columns drawn anew by the last replot.
    int columnsDrawn() const { return columnsDrawn_; }

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

  private:
    /// Anything that the picture as a whole depends on.
    struct Scene {
        QSize size;  ///< in pixels of the screen
        double scale = 1.0;
        ChartView view;
        bool logarithmic = false;
        double smoothing = 0.0;
        QRgb ground = 0;
        bool dark = false;
        std::vector<std::uint64_t> curves;  ///< what they show; 0: they are not visible

        friend bool operator==(const Scene&, const Scene&) = default;
    };

    /// A curve, thinned, in pixels of the picture.
    struct Line {
        std::uint64_t revision = 0;  ///< of the values
        GrowingThinning thinning;
        std::vector<QPointF> pixels;
        std::vector<double> lengths;  ///< up to each of the pixels
        std::size_t kept = 0;
    };
    struct Lines {
        Line backdrop;
        Line line;
    };

    Scene sceneNow() const;
    void startOver(const Scene& scene);
    void updateLines();
    void update(Line& line, const std::vector<double>& xs, const ValuePyramid& values,
                std::uint64_t revision, int columns);
    QRect changedColumns() const;
    void drawLines(LineRaster& raster) const;

    CurvePlot* plot_;
    const ChartContent* content_ = nullptr;
    ChartView view_;
    std::optional<Scene> scene_;  ///< of the picture
    QImage picture_;
    std::unique_ptr<LineRaster> raster_;
    std::vector<Lines> lines_;  ///< one entry per curve
    int columnsDrawn_ = 0;
};

}  // namespace normscope
