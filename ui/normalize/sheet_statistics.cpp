#include "ui/normalize/sheet_statistics.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_colours.h"

namespace normscope {
namespace {

const QStringList& statisticsNames() {
    static const QStringList names{QStringLiteral("\u03bc"), QStringLiteral("\u03c3\u00b2"),
                                   QStringLiteral("\u221a(\u03c3\u00b2+\u03b5)")};
    return names;
}

QStringList statisticsOf(const SheetScene& scene, int set) {
    const auto place = static_cast<std::size_t>(set);
    const double variance = scene.trace.variance[place];
    return {cellText(scene.trace.mean[place]), cellText(variance),
            cellText(std::sqrt(variance + scene.state.spec.eps))};
}

/// Pieces of a statistics box: the label and three numbers, beside or below each other.
struct StatisticsCells {
    StatisticsCells(const SheetLayout& layout, const QRectF& box, bool down) {
        const SheetMetrics& metrics = layout.metrics();
        if (down) {
            scale = box.height() / metrics.statisticsBelow.height();
            for (int i = 0; i < 4; ++i) {
                cells[static_cast<std::size_t>(i)] = QRectF(
                    box.left(), box.top() + i * box.height() / 4, box.width(), box.height() / 4);
            }
        } else {
            scale = box.height() / metrics.statistics.height();
            const qreal labelWidth = metrics.label.width() * scale;
            const qreal number = (box.width() - labelWidth) / 3;
            cells[0] = QRectF(box.left(), box.top(), labelWidth, box.height());
            for (int i = 0; i < 3; ++i) {
                cells[static_cast<std::size_t>(i) + 1] =
                    QRectF(box.left() + labelWidth + i * number, box.top(), number, box.height());
            }
        }
        const QSizeF chip = metrics.label * scale;
        label = QRectF(cells[0].center() - QPointF(chip.width(), chip.height()) / 2, chip);
    }

    std::array<QRectF, 4> cells;
    QRectF label;
    qreal scale;
};

/// The decimal points of a column stand below each other, with room for three digits behind them:
/// most means and deviations lie between 1 and 10.
class NumberColumns {
  public:
    NumberColumns(QPainter& painter, const SheetScene& scene, const SheetText& text)
        : painter_(painter),
          text_(text),
          ink_(scene.palette.color(QPalette::Text)),
          metrics_(scene.font),
          glyphs_(painter, scene.font),
          behind_(glyphs_.width(point_ + QStringLiteral("000"))),
          usual_(glyphs_.width(QStringLiteral("0")) + behind_) {}

    void draw(const QRectF& cell, const QString& number, qreal scale) {
        const Place place = placeOf(cell, number, scale);
        if (place.scale <= 0.0) {
            return;
        }
        painter_.save();
        painter_.translate(place.right, cell.center().y());
        painter_.scale(place.scale, place.scale);
        painter_.setPen(ink_);
        glyphs_.add({-place.width, metrics_.ascent() - metrics_.height() / 2}, number);
        glyphs_.flush();
        painter_.restore();
    }

    /// Whether it would be drawn at all.
    bool hasRoom(const QRectF& cell, const QString& number, qreal scale) {
        return placeOf(cell, number, scale).scale > 0.0;
    }

  private:
    struct Place {
        qreal right;
        qreal width;  ///< at scale 1
        qreal scale;  ///< 0 where it could not be read
    };
    Place placeOf(const QRectF& cell, const QString& number, qreal scale) {
        const qsizetype whole = number.indexOf(point_);
        const qreal behind = whole < 0 ? 0.0 : glyphs_.width(QStringView(number).sliced(whole));
        const qreal centred = std::max(0.0, cell.width() - usual_ * scale);
        const qreal right = cell.right() - centred / 2 - (behind_ - behind) * scale;
        const qreal width = glyphs_.width(number);
        return {right, width, text_.fittingScale(width, right - cell.left(), scale)};
    }

    QPainter& painter_;
    const SheetText& text_;
    QColor ink_;
    QFontMetricsF metrics_;
    NumberGlyphs glyphs_;
    QString point_ = QLocale().decimalPoint();
    qreal behind_;
    qreal usual_;
};

void paintStatisticsNames(const SheetScene& scene, const SheetText& text,
                          const StatisticsCells& first, bool down) {
    const QColor muted = scene.palette.color(QPalette::PlaceholderText);
    const qreal scale = text.scale(first.scale);
    const QRectF head = scene.layout.rowHead(SheetPart::Input, 0);
    for (int i = 0; i < 3; ++i) {
        const QRectF& cell = first.cells[static_cast<std::size_t>(i) + 1];
        const qreal gap = scene.layout.metrics().blockGap / 2;
        const QRectF rect =
            down ? QRectF(head.left(), cell.top(), head.width() - gap, cell.height())
                 : QRectF(cell.left(), cell.top() - cell.height(), cell.width(), cell.height());
        text.drawFitting(rect, Qt::AlignVCenter | (down ? Qt::AlignRight : Qt::AlignHCenter),
                         statisticsNames()[i], scale, muted);
    }
    if (scene.state.usesRunning()) {
        const QRectF& cell = first.cells[0];
        text.drawFitting(QRectF(head.left(), cell.top(), head.width(), cell.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         QCoreApplication::translate("Sheet", "running"), scale,
                         scene.palette.color(QPalette::Text));
    }
}

}  // namespace

SetLabels::SetLabels(QPainter& painter, const SheetScene& scene, qreal zoom)
    : painter_(painter),
      scene_(scene),
      text_(painter, bold(scene.font), zoom),
      widths_(painter, bold(scene.font)) {}

void SetLabels::paint(int set, const QRectF& rect) {
    const qreal scale = text_.scale(rect.height() / scene_.layout.metrics().label.height());
    if (scale <= 0.0) {
        return;
    }
    const QColor ground = setColours(set, scene_.palette).line;
    const QSizeF size = scene_.layout.metrics().label * scale;
    const QRectF chip(rect.center() - QPointF(size.width(), size.height()) / 2, size);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(ground);
    painter_.drawRoundedRect(chip, 0.25 * size.height(), 0.25 * size.height());
    const QString label = setLabel(set);
    text_.draw(chip, Qt::AlignCenter, label,
               text_.fittingScale(widths_.width(label), chip.width(), scale), textOn(ground));
}

void paintStatistics(QPainter& painter, const SheetScene& scene, const QRectF& exposed,
                     qreal zoom) {
    const SheetText text(painter, scene.font, zoom);
    const bool down = scene.state.spec.kind == NormKind::Batch;
    const int sets = static_cast<int>(scene.trace.sets.size());
    if (sets == 0) {
        return;
    }
    const StatisticsCells first(scene.layout, scene.layout.statistics(0), down);
    const qreal scale = text.scale(first.scale);
    if (scale <= 0.0) {
        return;
    }
    paintStatisticsNames(scene, text, first, down);
    NumberColumns columns(painter, scene, text);
    SetLabels labels(painter, scene, zoom);
    for (int set = 0; set < sets; ++set) {
        const QRectF box = scene.layout.statistics(set);
        if (!box.intersects(exposed)) {
            continue;
        }
        const StatisticsCells cells(scene.layout, box, down);
        labels.paint(set, cells.label);
        const QStringList numbers = statisticsOf(scene, set);
        for (int i = 0; i < 3; ++i) {
            columns.draw(cells.cells[static_cast<std::size_t>(i) + 1], numbers[i], scale);
        }
    }
}

bool showsStatistics(QPainter& painter, const SheetScene& scene, int set, qreal zoom) {
    const SheetText text(painter, scene.font, zoom);
    const bool down = scene.state.spec.kind == NormKind::Batch;
    const StatisticsCells cells(scene.layout, scene.layout.statistics(set), down);
    const qreal scale = text.scale(cells.scale);
    NumberColumns columns(painter, scene, text);
    const QStringList numbers = statisticsOf(scene, set);
    for (int i = 0; i < 3; ++i) {
        const QRectF& cell = cells.cells[static_cast<std::size_t>(i) + 1];
        if (scale > 0.0 && columns.hasRoom(cell, numbers[i], scale)) {
            return true;
        }
    }
    return false;
}

void paintAffine(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom) {
    const SheetText text(painter, scene.font, zoom);
    const SheetLayout& layout = scene.layout;
    const qreal lineHeight = layout.metrics().affine / 2;
    const qreal scale = text.scale(lineHeight / (1.3 * text.line()));
    if (scale <= 0.0) {
        return;
    }
    const QRectF head = layout.rowHead(SheetPart::Output, 0);
    const QStringList names{QStringLiteral("\u03b3"), QStringLiteral("\u03b2")};
    const auto range = layout.channelsIn(SheetPart::Output, exposed.left(), exposed.right());
    for (int line = 0; line < 2; ++line) {
        const qreal top = layout.affine(0).top() + line * lineHeight;
        text.draw({head.left(), top, head.width() - layout.metrics().blockGap / 2, lineHeight},
                  Qt::AlignRight | Qt::AlignVCenter, names[line], scale,
                  scene.palette.color(QPalette::PlaceholderText));
        for (int channel = range.first; channel < range.last; ++channel) {
            const auto place = static_cast<std::size_t>(channel);
            const QRectF box = layout.affine(channel);
            text.drawFitting(
                {box.left(), top, box.width(), lineHeight}, Qt::AlignCenter,
                cellText(line == 0 ? scene.trace.gamma[place] : scene.trace.beta[place]), scale,
                scene.palette.color(QPalette::Text));
        }
    }
}

}  // namespace normscope
