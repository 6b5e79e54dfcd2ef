#include "ui/normalize/cube_picture.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPolygonF>
#include <algorithm>

#include "ui/normalize/sheet_colours.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// Parallel projection of the unit cube: channels to the right, images to the back, height and
/// width down.
class Projection {
  public:
    Projection(const QRectF& room) {
        side_ = std::min(room.width() / (1.0 + kBack.x()), room.height() / (1.0 - kBack.y()));
        const QSizeF size(side_ * (1.0 + kBack.x()), side_ * (1.0 - kBack.y()));
        corner_ = room.center() - QPointF(size.width(), size.height()) / 2 -
                  QPointF(0.0, side_ * kBack.y());
    }

    QPointF at(qreal channel, qreal image, qreal down) const {
        return corner_ + side_ * (QPointF(channel, down) + image * kBack);
    }
    qreal side() const { return side_; }

  private:
    static constexpr QPointF kBack{0.55, -0.42};
    qreal side_ = 0.0;
    QPointF corner_;
};

/// Part of the cube over its whole height; all from 0 to 1.
struct Prism {
    qreal channelFrom, channelTo, imageFrom, imageTo;
};

enum class Face { Top, Front, Right };

QPolygonF faceOf(const Projection& p, const Prism& prism, Face face) {
    const auto& [c0, c1, n0, n1] = prism;
    switch (face) {
        case Face::Top:
            return {{p.at(c0, n0, 0), p.at(c1, n0, 0), p.at(c1, n1, 0), p.at(c0, n1, 0)}};
        case Face::Front:
            return {{p.at(c0, n0, 0), p.at(c1, n0, 0), p.at(c1, n0, 1), p.at(c0, n0, 1)}};
        case Face::Right:
            return {{p.at(c1, n0, 0), p.at(c1, n1, 0), p.at(c1, n1, 1), p.at(c1, n0, 1)}};
    }
    Q_UNREACHABLE();
}

/// Light from above: the right face lies in the shade.
QColor shaded(const QColor& colour, Face face) {
    switch (face) {
        case Face::Top:
            return blend(colour, Qt::white, 0.18);
        case Face::Front:
            return colour;
        case Face::Right:
            return blend(colour, Qt::black, 0.18);
    }
    Q_UNREACHABLE();
}

class CubePainter {
  public:
    CubePainter(QPainter& painter, const Projection& projection, const Shape4& shape,
                const NormSpec& spec, const QPalette& palette)
        : painter_(painter),
          projection_(projection),
          shape_(shape),
          spec_(spec),
          palette_(palette),
          line_(palette.color(QPalette::Mid)) {}

    /// Every channel of every image, on the three sides that are seen.
    void paintFaint() {
        for (int image = 0; image < shape_.images; ++image) {
            for (int channel = 0; channel < shape_.channels; ++channel) {
                paintFaintFace(Face::Top, image, channel);
            }
            paintFaintFace(Face::Right, image, shape_.channels - 1);
        }
        for (int channel = 0; channel < shape_.channels; ++channel) {
            paintFaintFace(Face::Front, 0, channel);
        }
    }

    /// The set stands out, and shines through where others lie before it.
    void paintSet(int set, const StatisticsSet& cells) {
        const int firstImage = cells.image.value_or(0);
        const int images = cells.image ? 1 : shape_.images;
        const Prism prism = prismOf(firstImage, images, cells.firstChannel, cells.channels);
        const QColor colour = setColours(set, palette_).line;
        const bool behind = firstImage > 0;
        const bool inside = cells.firstChannel + cells.channels < shape_.channels;
        paintFace(Face::Right, prism, colour, inside);
        paintFace(Face::Front, prism, colour, behind);
        paintFace(Face::Top, prism, colour, /*covered=*/false);
    }

    void paintOutline() {
        painter_.setPen(QPen(palette_.color(QPalette::Text), 1.2));
        painter_.setBrush(Qt::NoBrush);
        for (const Face face : {Face::Top, Face::Front, Face::Right}) {
            painter_.drawPolygon(faceOf(projection_, {0, 1, 0, 1}, face));
        }
    }

  private:
    Prism prismOf(int image, int images, int channel, int channels) const {
        const auto share = [](int part, int whole) { return static_cast<qreal>(part) / whole; };
        return {share(channel, shape_.channels), share(channel + channels, shape_.channels),
                share(image, shape_.images), share(image + images, shape_.images)};
    }

    void paintFaintFace(Face face, int image, int channel) {
        const QColor tint =
            setColours(statisticsSetOf(shape_, spec_, image, channel), palette_).tint;
        // Many thin slabs would be nothing but lines.
        const bool lines = std::max(shape_.images, shape_.channels) * 5 < projection_.side();
        const QColor ground = shaded(tint, face == Face::Right ? face : Face::Front);
        painter_.setPen(QPen(lines ? blend(tint, line_, 0.5) : ground, 0.7));
        painter_.setBrush(ground);
        painter_.drawPolygon(faceOf(projection_, prismOf(image, 1, channel, 1), face));
    }

    void paintFace(Face face, const Prism& prism, const QColor& colour, bool covered) {
        QColor fill = shaded(colour, face);
        fill.setAlphaF(covered ? 0.45F : 1.0F);
        painter_.setPen(QPen(blend(colour, palette_.color(QPalette::Text), 0.5), 1.0));
        painter_.setBrush(fill);
        painter_.drawPolygon(faceOf(projection_, prism, face));
    }

    QPainter& painter_;
    const Projection& projection_;
    const Shape4& shape_;
    const NormSpec& spec_;
    const QPalette& palette_;
    QColor line_;
};

/// The names of the axes beside the middle of their edges.
void paintAxes(QPainter& painter, const Projection& projection, const QPalette& palette,
               const QFont& font) {
    const QFontMetricsF metrics(font);
    const qreal gap = metrics.height() / 4;
    painter.setFont(font);
    painter.setPen(palette.color(QPalette::Text));
    const auto draw = [&](const QString& name, QPointF corner) {
        painter.drawText(QRectF(corner, QSizeF(metrics.horizontalAdvance(name), metrics.height())),
                         Qt::AlignCenter | Qt::TextDontClip, name);
    };
    const QString channels = QStringLiteral("C");
    const QString images = QStringLiteral("N");
    const QString pixels = QStringLiteral("H, W");
    draw(channels,
         projection.at(0.5, 0, 1) + QPointF(-metrics.horizontalAdvance(channels) / 2, gap));
    draw(images, projection.at(1, 0.5, 1) + QPointF(gap, gap / 2));
    draw(pixels, projection.at(0, 0, 0.5) -
                     QPointF(metrics.horizontalAdvance(pixels) + gap, metrics.height() / 2));
}

QString tr(const char* text) {
    return QCoreApplication::translate("CubeView", text);
}

QString channelsInWords(const Shape4& shape, const StatisticsSet& cells) {
    if (cells.channels == shape.channels && cells.channels > 1) {
        return tr("all %1 channels").arg(cells.channels);
    }
    const int first = cells.firstChannel + 1;
    if (cells.channels == 1) {
        return tr("channel %1").arg(first);
    }
    return (cells.channels == 2 ? tr("channels %1 and %2") : tr("channels %1 to %2"))
        .arg(first)
        .arg(first + cells.channels - 1);
}

}  // namespace

void paintCube(QPainter& painter, const QRectF& rect, const Shape4& shape, const NormSpec& spec,
               int set, const QPalette& palette, const QFont& font) {
    const std::vector<StatisticsSet> sets = statisticsSets(shape, spec);
    const QFontMetricsF metrics(font);
    const QRectF room = rect.adjusted(1.4 * metrics.horizontalAdvance(QStringLiteral("H, W")), 2.0,
                                      -4.0, -1.4 * metrics.height());
    if (sets.empty() || room.width() <= 0.0 || room.height() <= 0.0) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    const Projection projection(room);
    CubePainter cube(painter, projection, shape, spec, palette);
    cube.paintFaint();
    cube.paintOutline();
    const int filled = std::clamp(set, 0, static_cast<int>(sets.size()) - 1);
    cube.paintSet(filled, sets[static_cast<std::size_t>(filled)]);
    paintAxes(painter, projection, palette, font);
    painter.restore();
}

QString setInWords(const Shape4& shape, const NormSpec& spec, int set) {
    const std::vector<StatisticsSet> sets = statisticsSets(shape, spec);
    if (sets.empty()) {
        return {};
    }
    const int place = std::clamp(set, 0, static_cast<int>(sets.size()) - 1);
    const StatisticsSet& cells = sets[static_cast<std::size_t>(place)];
    const QString images = cells.image        ? tr("image %1").arg(*cells.image + 1)
                           : shape.images > 1 ? tr("all %1 images").arg(shape.images)
                                              : tr("the only image");
    return tr("Set %1: %2 of %3. These %4 cells share one mean and one variance.")
        .arg(setLabel(place), channelsInWords(shape, cells), images)
        .arg(cells.count);
}

CubeView::CubeView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Cube"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    display({4, 4, 2, 2}, {}, 0);
}

void CubeView::display(const Shape4& shape, const NormSpec& spec, int set) {
    shape_ = shape;
    spec_ = spec;
    set_ = set;
    const QString words = setInWords(shape, spec, set);
    setAccessibleDescription(words);
    setToolTip(words);
    update();
}

QSize CubeView::sizeHint() const {
    const int unit = gridUnit(this);
    return {26 * unit, 22 * unit};
}

QSize CubeView::minimumSizeHint() const {
    const int unit = gridUnit(this);
    return {16 * unit, 14 * unit};
}

void CubeView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintCube(painter, rect(), shape_, spec_, set_, palette(), font());
}

}  // namespace normscope
