#include "ui/normalize/sheet_heat.h"

#include <QImage>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/normalize/sheet_colours.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// More pixels than any screen has: a printer's are taken together.
constexpr int kMostPixels = 6000;

/// What of one axis the pixels show.
struct Axis {
    /// Pixels [first, last) whose middle lies in this block.
    struct Run {
        int block;  ///< channel or image
        int first;
        int last;
    };
    std::vector<Run> runs;
    std::vector<int> cells;  ///< `samples` for each pixel, inside of its block
    int samples = 1;
};

/// `pixels` of them; pixel = scale * sheet coordinate + shift.
struct PixelRange {
    int pixels;
    qreal scale;
    qreal shift;
};

template <typename StartOf>
Axis axisOf(const PixelRange& range, SheetLayout::Range blocks, int cells, qreal cellSize,
            StartOf startOf) {
    Axis axis;
    const qreal size = cellSize * range.scale;
    // Two samples a pixel are enough to keep thin strokes of a small image.
    axis.samples = size < 1.0 ? 2 : 1;
    axis.cells.resize(static_cast<std::size_t>(range.pixels * axis.samples));
    for (int block = blocks.first; block < blocks.last; ++block) {
        const qreal start = startOf(block) * range.scale + range.shift;
        const int first = std::clamp(static_cast<int>(std::ceil(start - 0.5)), 0, range.pixels);
        const int last = std::clamp(static_cast<int>(std::ceil(start + cells * size - 0.5)), first,
                                    range.pixels);
        axis.runs.push_back({block, first, last});
        for (int i = first * axis.samples; i < last * axis.samples; ++i) {
            const qreal at = ((i + 0.5) / axis.samples - start) / size;
            axis.cells[static_cast<std::size_t>(i)] =
                std::clamp(static_cast<int>(std::floor(at)), 0, cells - 1);
        }
    }
    return axis;
}

struct ValueRange {
    double least = 0.0;
    double scale = 0.0;  ///< steps of the ramp per unit

    int step(double value) const {
        return static_cast<int>(std::clamp((value - least) * scale, 0.0, 255.0));
    }
};

/// Of cells spread evenly over the tensor, so that a large one costs no more than a small one.
ValueRange rangeOf(const std::vector<double>& values) {
    constexpr std::size_t kLooked = 8192;
    std::size_t stride = std::max<std::size_t>(1, values.size() / kLooked);
    stride += stride > 1 && stride % 2 == 0 ? 1 : 0;  // no period of the tensor's sides
    double least = values.front();
    double most = values.front();
    for (std::size_t i = 0; i < values.size(); i += stride) {
        least = std::min(least, values[i]);
        most = std::max(most, values[i]);
    }
    // Where all are the same there is no light and dark: the middle.
    return most > least ? ValueRange{least, 255.999 / (most - least)}
                        : ValueRange{least - 1.0, 127.0};
}

/// One part of the sheet, turned into colours block by block, as its values lie in memory.
class HeatSource {
  public:
    HeatSource(const SheetScene& scene, const HeatContent& content, Axis columns, Axis rows)
        : scene_(scene),
          content_(content),
          values_(valuesOf(scene, content.part)),
          range_(rangeOf(values_.values)),
          columns_(std::move(columns)),
          rows_(std::move(rows)) {}

    void fill(QImage& image) const {
        for (const Axis::Run& rows : rows_.runs) {
            for (const Axis::Run& columns : columns_.runs) {
                fillBlock(image, rows, columns);
            }
        }
    }

    /// Cells that a poke has moved get a pattern, for colour alone would not be seen by all.
    void markMoved(QImage& image, const Tensor4& before, QRgb mark) const {
        constexpr int kPeriod = 6;
        for (const Axis::Run& rows : rows_.runs) {
            for (const Axis::Run& columns : columns_.runs) {
                for (int y = rows.first; y < rows.last; ++y) {
                    auto* const pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
                    const int start =
                        columns.first + (kPeriod - (columns.first + y) % kPeriod) % kPeriod;
                    for (int x = start; x < columns.last; x += kPeriod) {
                        const std::size_t cell = offsetOf(
                            values_.shape,
                            {rows.block, columns.block, cellOf(rows_, y), cellOf(columns_, x)});
                        if (std::abs(values_.values[cell] - before.values[cell]) >
                            PokeResult::kMoved) {
                            pixels[x] = mark;
                        }
                    }
                }
            }
        }
    }

  private:
    static int cellOf(const Axis& axis, int pixel, int sample = 0) {
        return axis.cells[static_cast<std::size_t>(pixel * axis.samples + sample)];
    }

    void fillBlock(QImage& image, const Axis::Run& rows, const Axis::Run& columns) const {
        const int set =
            statisticsSetOf(values_.shape, scene_.state.spec, rows.block, columns.block);
        const CellIndex first{rows.block, columns.block, 0, 0};
        if (content_.gradient == nullptr) {
            const double* const block = values_.values.data() + offsetOf(values_.shape, first);
            fillPixels(image, rows, columns, valueRamp(set, scene_.palette),
                       [&](int row, int column) {
                           return range_.step(block[row * values_.shape.width + column]);
                       });
        } else if (set != content_.gradient->set()) {
            const int none = derivativeStep(0.0, content_.largestDerivative);
            fillPixels(image, rows, columns, derivativeRamp(scene_.palette),
                       [none](int, int) { return none; });
        } else {
            fillPixels(image, rows, columns, derivativeRamp(scene_.palette),
                       [&](int row, int column) {
                           return derivativeStep(
                               content_.gradient->at({first.image, first.channel, row, column}),
                               content_.largestDerivative);
                       });
        }
    }

    /// Each pixel is the mean of its samples.
    template <typename StepAt>
    void fillPixels(QImage& image, const Axis::Run& rows, const Axis::Run& columns,
                    const ColourRamp& ramp, StepAt stepAt) const {
        const int samples = rows_.samples * columns_.samples;
        for (int y = rows.first; y < rows.last; ++y) {
            auto* const pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
            for (int x = columns.first; x < columns.last; ++x) {
                int sum = 0;
                for (int v = 0; v < rows_.samples; ++v) {
                    for (int u = 0; u < columns_.samples; ++u) {
                        sum += stepAt(cellOf(rows_, y, v), cellOf(columns_, x, u));
                    }
                }
                pixels[x] = ramp[static_cast<std::size_t>(sum / samples)];
            }
        }
    }

    const SheetScene& scene_;
    const HeatContent& content_;
    const Tensor4& values_;
    ValueRange range_;
    Axis columns_;
    Axis rows_;
};

}  // namespace

const Tensor4& valuesOf(const SheetScene& scene, SheetPart part) {
    switch (part) {
        case SheetPart::Input:
            return *scene.state.input;
        case SheetPart::Normalized:
            return scene.trace.normalized;
        case SheetPart::Output:
            return scene.trace.output;
    }
    Q_UNREACHABLE();
}

void paintHeat(QPainter& painter, const SheetScene& scene, const HeatContent& content,
               const QRectF& exposed) {
    const QRectF wanted = scene.layout.part(content.part) & exposed;
    if (wanted.isEmpty()) {
        return;
    }
    // Pixels of the device; coarser ones where a printer has too many of them.
    const QTransform device = painter.deviceTransform();
    const QRectF onDevice = device.mapRect(wanted);
    const qreal coarse = std::min(1.0, kMostPixels / std::max(onDevice.width(), onDevice.height()));
    const QTransform toPixels = device * QTransform::fromScale(coarse, coarse);
    const QRect pixels = toPixels.mapRect(wanted).toAlignedRect();

    const SheetLayout& layout = scene.layout;
    const Shape4& shape = layout.shape();
    const QSizeF cell = layout.metrics().cell;
    Axis columns = axisOf(
        {pixels.width(), toPixels.m11(), toPixels.dx() - pixels.left()},
        layout.channelsIn(content.part, wanted.left(), wanted.right()), shape.width, cell.width(),
        [&](int channel) { return layout.block(content.part, 0, channel).left(); });
    Axis rows = axisOf({pixels.height(), toPixels.m22(), toPixels.dy() - pixels.top()},
                       layout.imagesIn(content.part, wanted.top(), wanted.bottom()), shape.height,
                       cell.height(),
                       [&](int image) { return layout.block(content.part, image, 0).top(); });

    const HeatSource source(scene, content, std::move(columns), std::move(rows));
    QImage image(pixels.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    source.fill(image);
    if (content.part == SheetPart::Output && scene.poke && scene.poke->before &&
        scene.poke->before->shape == shape) {
        source.markMoved(image, *scene.poke->before,
                         scene.palette.color(QPalette::Highlight).rgb());
    }

    // The image's pixels onto the device's, one to one where they are not coarse.
    painter.save();
    painter.setWorldTransform(QTransform::fromTranslate(pixels.left(), pixels.top()) *
                              toPixels.inverted() * painter.worldTransform());
    painter.drawImage(QPointF(), image);
    painter.restore();
}

}  // namespace normscope
