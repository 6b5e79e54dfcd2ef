#include "ui/chart/curve_canvas.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/chart/curve_plot.h"
#include "ui/chart/drawable_range.h"
#include "ui/chart/line_pens.h"
#include "ui/chart/line_raster.h"

namespace normscope {
namespace {

/// From values to pixels of the picture, as the axes do it.
class PixelScale {
  public:
    PixelScale(const ChartContent& content, const ChartView& view, QSize size)
        : content_(content),
          drawable_(view.y, content.logarithmic),
          left_(view.x.lower),
          perEpoch_(size.width() / view.x.size()),
          bottom_(size.height()),
          base_(scaled(view.y.lower)),
          perUnit_(size.height() / (scaled(view.y.upper) - base_)) {}

    QPointF operator()(const CurvePoint& point) const {
        const double value = drawable_(content_.shown(point.y));
        return {(point.x - left_) * perEpoch_, bottom_ - (scaled(value) - base_) * perUnit_};
    }

  private:
    double scaled(double value) const { return content_.logarithmic ? std::log(value) : value; }

    const ChartContent& content_;
    DrawableRange drawable_;
    double left_;
    double perEpoch_;
    double bottom_;
    double base_;
    double perUnit_;
};

}  // namespace

CurveCanvas::CurveCanvas(CurvePlot* plot, const QString& layer)
    : QCPLayerable(plot, layer), plot_(plot) {}

CurveCanvas::~CurveCanvas() = default;

void CurveCanvas::present(const ChartContent& content, const ChartView& view) {
    content_ = &content;
    view_ = view;
}

void CurveCanvas::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(false);
}

void CurveCanvas::draw(QCPPainter* painter) {
    if (content_ == nullptr || painter->modes().testFlag(QCPPainter::pmNoCaching) ||
        plot_->plotRect().isEmpty()) {
        return;
    }
    const Scene scene = sceneNow();
    if (scene != scene_) {
        startOver(scene);
    }
    updateLines();
    raster_->setClip(changedColumns());
    columnsDrawn_ = raster_->clip().width();
    raster_->clear();
    drawLines(*raster_);
    painter->drawImage(plot_->plotRect(), picture_);
}

CurveCanvas::Scene CurveCanvas::sceneNow() const {
    const double scale = plot_->bufferDevicePixelRatio();
    Scene scene{.size = (QSizeF(plot_->plotRect().size()) * scale).toSize(),
                .scale = scale,
                .view = view_,
                .logarithmic = content_->logarithmic,
                .smoothing = content_->smoothing,
                .ground = plot_->ground().rgba(),
                .dark = plot_->isDarkLook(),
                .curves = {}};
    for (const Curve& curve : content_->curves) {
        scene.curves.push_back(curve.visible ? curve.data.smoothedRevision() : 0);
    }
    return scene;
}

void CurveCanvas::startOver(const Scene& scene) {
    if (!scene_ || scene_->size != scene.size) {
        picture_ = QImage(scene.size, QImage::Format_ARGB32_Premultiplied);
        raster_ = std::make_unique<LineRaster>(picture_);
    }
    picture_.fill(Qt::transparent);
    scene_ = scene;
    lines_.resize(content_->curves.size());
    for (Lines& lines : lines_) {
        for (Line* line : {&lines.backdrop, &lines.line}) {
            // What was thinned is still good if the values and the epochs shown are the same.
            line->pixels.clear();
            line->lengths.clear();
            line->kept = 0;
        }
    }
}

void CurveCanvas::updateLines() {
    const int width = picture_.width();
    for (std::size_t index = 0; index < lines_.size(); ++index) {
        const Curve& curve = content_->curves[index];
        if (!curve.visible) {
            continue;
        }
        if (content_->smoothing > 0.0) {
            update(lines_[index].backdrop, curve.data.xs(), curve.data.raw(),
                   curve.data.rawRevision(), width);
        }
        update(lines_[index].line, curve.data.xs(), curve.data.smoothed(),
               curve.data.smoothedRevision(),
               CurvePlot::lineColumns(*content_, plot_->plotRect().width()));
    }
}

void CurveCanvas::update(Line& line, const std::vector<double>& xs, const ValuePyramid& values,
                         std::uint64_t revision, int columns) {
    if (std::exchange(line.revision, revision) != revision) {
        line.thinning.reset();
    }
    line.thinning.update(xs, values, {view_.x.lower, view_.x.upper, columns});
    const std::vector<CurvePoint>& points = line.thinning.points();
    line.kept = std::min(line.thinning.kept(), line.pixels.size());
    line.pixels.resize(line.kept);
    line.lengths.resize(line.kept);
    const PixelScale scale(*content_, view_, scene_->size);
    for (std::size_t point = line.kept; point < points.size(); ++point) {
        const QPointF pixel = scale(points[point]);
        double length = 0.0;
        if (point > 0) {
            const QPointF step = pixel - line.pixels.back();
            length = line.lengths.back();
            length += std::isnan(step.y()) ? 0.0 : lengthOf(step);
        }
        line.pixels.push_back(pixel);
        line.lengths.push_back(length);
    }
}

/// A line changes from the last point on that it has kept, and ends where it ended before or
/// further to the right.
QRect CurveCanvas::changedColumns() const {
    double first = picture_.width();
    double last = 0.0;
    for (const Lines& lines : lines_) {
        for (const Line* line : {&lines.backdrop, &lines.line}) {
            if (line->kept < line->pixels.size()) {
                first = std::min(first, line->kept == 0 ? 0.0 : line->pixels[line->kept - 1].x());
                last = std::max(last, line->pixels.back().x());
            }
        }
    }
    const double reach = CurvePlot::kLineWidth * scene_->scale;  // of a wide pen, and to spare
    const int left = std::max(0, static_cast<int>(std::floor(first - reach)));
    const int right = std::min(picture_.width(), static_cast<int>(std::ceil(last + reach)));
    return {left, 0, std::max(0, right - left), picture_.height()};
}

void CurveCanvas::drawLines(LineRaster& raster) const {
    const int from = raster.clip().left();
    // All that reaches into the clip; a point more, for its line comes in from the left.
    const auto seen = [&](const Line& line) {
        const double reach = CurvePlot::kLineWidth * scene_->scale;
        const auto after = std::ranges::lower_bound(line.pixels, from - reach, {}, &QPointF::x);
        const auto first = after == line.pixels.begin() ? after : after - 1;
        return std::span(first, line.pixels.end());
    };
    const auto styleOf = [&](std::size_t index) {
        const CurveDescription& curve = content_->curves[index].description;
        return curveStyle(curve.kind, curve.variant, scene_->dark);
    };
    for (std::size_t index = 0; index < lines_.size(); ++index) {
        raster.drawThin(seen(lines_[index].backdrop), plot_->backdropColor(styleOf(index)));
    }
    for (std::size_t index = 0; index < lines_.size(); ++index) {
        const Line& line = lines_[index].line;
        const CurveStyle style = styleOf(index);
        const auto points = seen(line);
        if (points.empty()) {
            continue;
        }
        if (!CurvePlot::isWide(*content_)) {
            raster.drawThin(points, style.color);
            continue;
        }
        const double width = CurvePlot::kLineWidth * scene_->scale;
        QVector<qreal> dashes = style.dashes;
        for (qreal& dash : dashes) {
            dash *= width;
        }
        const auto first = static_cast<std::size_t>(points.data() - line.pixels.data());
        raster.drawWide(points, width, dashes, line.lengths[first], style.color);
    }
}

}  // namespace normscope
