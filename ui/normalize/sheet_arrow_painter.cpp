#include "ui/normalize/sheet_arrow_painter.h"

#include <QPolygonF>
#include <algorithm>

#include "ui/norm_style.h"
#include "ui/normalize/sheet_numbers.h"
#include "ui/normalize/sheet_statistics.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr qreal kBand = 0.22;
/// Opacity of a line that crosses pictures, whose strokes stay visible.
constexpr float kOverPictures = 0.6F;

/// How much larger the head of an arrow over pictures is, for it to be seen: back over them from
/// its tip, no wider than the body.
qreal enlargement(const SheetArrow& arrow, qreal zoom) {
    constexpr qreal kLeastHead = 10.0;  // pixels
    const qreal length = QLineF(arrow.head[0], (arrow.head[1] + arrow.head[2]) / 2).length();
    const qreal base = QLineF(arrow.head[1], arrow.head[2]).length();
    const qreal room = std::min(arrow.body.width(), arrow.body.height());
    return std::max(1.0, std::min({kLeastHead / (zoom * length), 0.8 * room / base,
                                   0.4 * arrow.shaft.length() / length}));
}

template <typename Visit>
void forEachArrow(const SheetScene& scene, const QRectF& exposed, Visit visit) {
    int set = 0;
    for (const StatisticsSet& cells : scene.trace.sets) {
        const SheetArrow arrow = sheetArrow(scene.layout, cells, set++, scene.arrowFlow());
        if (arrow.body.intersects(exposed)) {
            visit(arrow);
        }
    }
}

/// Line, head and label of arrows, with what is the same for each of them: there may be a thousand.
class ShaftPainter {
  public:
    ShaftPainter(QPainter& painter, const SheetScene& scene, qreal zoom)
        : painter_(painter),
          colour_(curveStyle(scene.state.spec.kind, 0, isDark(scene.palette)).color),
          line_(colour_),
          zoom_(zoom),
          overNumbers_(showsNumbers(scene, zoom)),
          labels_(painter, scene, zoom) {
        line_.setAlphaF(overNumbers_ ? 1.0F : kOverPictures);
    }

    void paint(const SheetArrow& arrow) {
        const qreal larger = overNumbers_ ? 1.0 : enlargement(arrow, zoom_);
        const QPointF tip = arrow.head[0];
        const QPolygonF head{tip, tip + larger * (arrow.head[1] - tip),
                             tip + larger * (arrow.head[2] - tip)};
        const qreal width = std::max(larger * arrow.thickness, 1.5 / zoom_);
        painter_.setPen(QPen(line_, width, Qt::SolidLine, Qt::FlatCap));
        painter_.drawLine(arrow.shaft.p1(), (head[1] + head[2]) / 2);
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(colour_);
        painter_.drawPolygon(head);
        labels_.paint(arrow.set, arrow.label);
    }

  private:
    QPainter& painter_;
    QColor colour_;
    QColor line_;
    qreal zoom_;
    bool overNumbers_;
    SetLabels labels_;
};

}  // namespace

void paintArrowBody(QPainter& painter, const SheetScene& scene, const SheetArrow& arrow,
                    double strength) {
    // Opaque, for nothing lies below, and large translucent shapes are slow to fill.
    const QColor band = blend(scene.palette.color(QPalette::Base),
                              setColours(arrow.set, scene.palette).line, strength);
    painter.setPen(Qt::NoPen);
    painter.setBrush(band);
    const qreal radius = 0.75 * scene.layout.metrics().blockGap;
    painter.drawRoundedRect(arrow.body, radius, radius);
}

void paintArrowBodies(QPainter& painter, const SheetScene& scene, const QRectF& exposed) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    forEachArrow(scene, exposed,
                 [&](const SheetArrow& arrow) { paintArrowBody(painter, scene, arrow, kBand); });
    painter.restore();
}

void paintArrowShafts(QPainter& painter, const SheetScene& scene, const QRectF& exposed,
                      qreal zoom) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    ShaftPainter shafts(painter, scene, zoom);
    forEachArrow(scene, exposed, [&](const SheetArrow& arrow) { shafts.paint(arrow); });
    painter.restore();
}

}  // namespace normscope
