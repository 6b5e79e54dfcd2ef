#include "ui/affine/pair_plane.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/affine/axis_ticks.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

ValueRange widened(const ValueRange& range, double least) {
    constexpr double kMargin = 0.12;
    const double span = std::max(range.high - range.low, least);
    const double middle = (range.low + range.high) / 2.0;
    return {middle - span * (0.5 + kMargin), middle + span * (0.5 + kMargin)};
}

double markerSide(const QFont& font) {
    return gridUnit(font);
}

void paintAxes(QPainter& painter, const PairScale& scale, const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const QRectF& plot = scale.plot;
    const QLocale locale;
    const double wide = metrics.horizontalAdvance(QStringLiteral("−0.00")) * 1.6;
    const AxisTicks gammas =
        ticksFor(scale.gamma, std::max(2, static_cast<int>(plot.width() / wide)));
    const AxisTicks betas =
        ticksFor(scale.beta, std::max(2, static_cast<int>(plot.height() / metrics.height() / 1.6)));
    for (const double gamma : gammas.values) {
        const double x = scale.toPixel({gamma, scale.beta.low}).x();
        painter.fillRect(QRectF(x, plot.top(), 1.0, plot.height()), look.hairline());
        painter.setPen(look.muted());
        painter.drawText(QRectF(x - wide, plot.bottom(), 2.0 * wide, metrics.height()),
                         Qt::AlignCenter, locale.toString(gamma, 'f', gammas.decimals));
    }
    for (const double beta : betas.values) {
        const double y = scale.toPixel({scale.gamma.low, beta}).y();
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1.0), look.hairline());
        painter.setPen(look.muted());
        painter.drawText(QRectF(plot.left() - 2.0 * wide, y - metrics.height() / 2.0,
                                2.0 * wide - gridUnit(look.font) / 2.0, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         locale.toString(beta, 'f', betas.decimals));
    }
}

void paintOutline(QPainter& painter, QPointF centre, Marker marker, double side,
                  const QColor& colour, double width = 1.5) {
    painter.save();
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.translate(centre);
    painter.drawPath(markerPath(marker, side));
    painter.restore();
}

/// On a ground of its own, above or below `at`, so that points under it do not cross it out.
void paintLabel(QPainter& painter, const PairScale& scale, QPointF at, bool above,
                const QString& text, const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const double gap = markerSide(look.font);
    QRectF room(0.0, 0.0, metrics.horizontalAdvance(text) + 4.0, metrics.height());
    room.moveCenter(at + QPointF(0.0, (above ? -1.0 : 1.0) * (gap + metrics.height() / 2.0)));
    room.moveLeft(std::clamp(room.left(), scale.plot.left(),
                             std::max(scale.plot.left(), scale.plot.right() - room.width())));
    QColor ground = look.palette.color(QPalette::Window);
    ground.setAlphaF(0.8F);
    painter.fillRect(room, ground);
    painter.setPen(look.text());
    painter.drawText(room, Qt::AlignCenter, text);
}

/// The one that `Between` follows, faint beyond the original.
void paintLine(QPainter& painter, const PairScale& scale, const PairPlaneContent& content,
               const FigureLook& look) {
    const QPointF start = scale.toPixel(AffinePair());
    const QPointF original = scale.toPixel(content.restoring);
    painter.setPen(QPen(look.muted(), 2.0));
    painter.drawLine(start, original);
    painter.setPen(QPen(look.muted(), 2.0, Qt::DotLine));
    painter.drawLine(
        original, scale.toPixel(AffineBench::onTheLine(content.restoring, AffineBench::kBeyond)));
}

void paintLearned(QPainter& painter, const PairScale& scale, const PairPlaneContent& content,
                  const FigureLook& look) {
    const CurveStyle style = curveStyle(content.learnedKind, 0, isDark(look.palette));
    const double side = markerSide(look.font);
    for (std::size_t channel = 0; channel < content.learned.size(); ++channel) {
        const QPointF at = scale.toPixel(content.learned[channel]);
        paintOutline(painter, scale.toPixel(content.channels[channel]), Marker::Plus, 0.7 * side,
                     look.muted());
        paintMarker(painter, style, at, side);
        if (static_cast<int>(channel) == content.channel) {
            paintOutline(painter, at, Marker::Circle, 1.8 * side, style.color);
        }
    }
}

void paintPairs(QPainter& painter, const PairScale& scale, const PairPlaneContent& content,
                const FigureLook& look) {
    const CurveStyle style = curveStyle(content.kind, 0, isDark(look.palette));
    const double side = markerSide(look.font);
    for (const AffinePair& pair : content.images) {
        paintOutline(painter, scale.toPixel(pair), Marker::OpenCircle, 0.8 * side, style.color);
    }
    paintLearned(painter, scale, content, look);
    const QPointF start = scale.toPixel(AffinePair());
    paintOutline(painter, start, Marker::OpenSquare, side, look.text());
    // Away from the line between the two.
    const bool rising = content.restoring.beta >= 0.0;
    paintLabel(painter, scale, start, !rising, QStringLiteral("(1, 0)"), look);
    const QPointF original = scale.toPixel(content.restoring);
    paintOutline(painter, original, Marker::OpenCircle, 1.3 * side, look.text(), 2.0);
    paintLabel(painter, scale, original, rising, PairPlane::tr("original"), look);
}

/// Held at the edge where the pair lies outside.
void paintPresent(QPainter& painter, const PairScale& scale, const AffinePair& pair,
                  const FigureLook& look) {
    const double side = markerSide(look.font);
    QPointF at = scale.toPixel(pair);
    at.setX(std::clamp(at.x(), scale.plot.left(), scale.plot.right()));
    at.setY(std::clamp(at.y(), scale.plot.top(), scale.plot.bottom()));
    painter.setPen(QPen(look.palette.color(QPalette::Base), 2.0));
    painter.setBrush(look.accent());
    painter.drawEllipse(at, 0.8 * side, 0.8 * side);
}

struct LegendEntry {
    Marker marker;
    bool filled;
    bool ofNorm;
    QString text;
};

std::vector<LegendEntry> legendOf(const PairPlaneContent& content) {
    std::vector<LegendEntry> entries;
    const QString images = QLocale().toString(static_cast<int>(content.images.size()));
    if (content.images.size() > 1) {
        entries.push_back({Marker::OpenCircle, false, true,
                           content.kind == NormKind::Batch
                               ? PairPlane::tr("would restore all %1 images").arg(images)
                               : PairPlane::tr("would restore one of the %1 images").arg(images)});
    }
    if (!content.learned.empty()) {
        entries.push_back(
            {Marker::Circle, true, true, PairPlane::tr("learned by the model, one a channel")});
        entries.push_back(
            {Marker::Plus, false, false, PairPlane::tr("would restore that channel")});
    }
    return entries;
}

int legendLines(const PairPlaneContent& content) {
    return static_cast<int>(legendOf(content).size());
}

void paintLegend(QPainter& painter, const QRectF& area, const PairPlaneContent& content,
                 const FigureLook& look) {
    const double line = QFontMetricsF(look.font).height();
    const double side = markerSide(look.font);
    const bool dark = isDark(look.palette);
    double top = area.bottom() - line * legendLines(content);
    for (const LegendEntry& entry : legendOf(content)) {
        const QPointF at(area.left() + side, top + line / 2.0);
        if (entry.filled) {
            paintMarker(painter, curveStyle(content.learnedKind, 0, dark), at, side);
        } else {
            paintOutline(painter, at, entry.marker, 0.8 * side,
                         entry.ofNorm ? curveStyle(content.kind, 0, dark).color : look.muted());
        }
        painter.setPen(look.muted());
        painter.drawText(QRectF(area.left() + 2.0 * side, top, area.width() - 2.0 * side, line),
                         Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        top += line;
    }
}

}  // namespace

QPointF PairScale::toPixel(const AffinePair& pair) const {
    return {plot.left() + (pair.gamma - gamma.low) / (gamma.high - gamma.low) * plot.width(),
            plot.bottom() - (pair.beta - beta.low) / (beta.high - beta.low) * plot.height()};
}

AffinePair PairScale::toPair(QPointF pixel) const {
    return {gamma.low + (pixel.x() - plot.left()) / plot.width() * (gamma.high - gamma.low),
            beta.low + (plot.bottom() - pixel.y()) / plot.height() * (beta.high - beta.low)};
}

PairScale pairScale(const QRectF& area, const PairPlaneContent& content, const QFont& font) {
    std::vector<AffinePair> pairs{AffinePair(), content.restoring,
                                  AffineBench::onTheLine(content.restoring, AffineBench::kBeyond)};
    pairs.insert(pairs.end(), content.images.begin(), content.images.end());
    if (!content.learned.empty()) {
        pairs.insert(pairs.end(), content.learned.begin(), content.learned.end());
        pairs.insert(pairs.end(), content.channels.begin(), content.channels.end());
    }
    const auto [leastGamma, mostGamma] = std::ranges::minmax(pairs, {}, &AffinePair::gamma);
    const auto [leastBeta, mostBeta] = std::ranges::minmax(pairs, {}, &AffinePair::beta);
    const QFontMetricsF metrics(font);
    const double line = metrics.height();
    const double left = metrics.horizontalAdvance(QStringLiteral("−0.00")) + gridUnit(font);
    const double below = (1 + legendLines(content)) * line + gridUnit(font);
    constexpr double kLeastSpan = 0.2;
    return {area.adjusted(left, line + gridUnit(font), -1.0, -below),
            widened({leastGamma.gamma, mostGamma.gamma}, kLeastSpan),
            widened({leastBeta.beta, mostBeta.beta}, kLeastSpan)};
}

void paintPairPlane(QPainter& painter, const QRectF& area, const PairPlaneContent& content,
                    const FigureLook& look) {
    const PairScale scale = pairScale(area, content, look.font);
    const QFontMetricsF metrics(look.font);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(look.bold());
    painter.setPen(look.text());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, PairPlane::tr("Gamma → and beta ↑"));
    painter.setFont(look.font);
    paintAxes(painter, scale, look);
    paintLine(painter, scale, content, look);
    paintPairs(painter, scale, content, look);
    paintPresent(painter, scale, content.present, look);
    paintLegend(painter, area, content, look);
    painter.restore();
}

PairPlane::PairPlane(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Plane of gamma and beta"));
    setToolTip(tr("Drag to change gamma and beta together."));
    setCursor(Qt::CrossCursor);
}

void PairPlane::setContent(PairPlaneContent content) {
    content_ = std::move(content);
    update();
}

QString PairPlane::spokenValues() const {
    const auto spoken = [](const AffinePair& pair) {
        return tr("gamma %1, beta %2").arg(figureNumber(pair.gamma), figureNumber(pair.beta));
    };
    QStringList sentences{tr("Present: %1.").arg(spoken(content_.present)),
                          tr("Original: %1.").arg(spoken(content_.restoring))};
    for (std::size_t channel = 0; channel < content_.learned.size(); ++channel) {
        sentences << tr("Learned in channel %1: %2.")
                         .arg(QLocale().toString(static_cast<int>(channel) + 1),
                              spoken(content_.learned[channel]));
    }
    return sentences.join(' ');
}

QSize PairPlane::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    return {26 * metrics.averageCharWidth(), 8 * metrics.height()};
}

void PairPlane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPairPlane(painter, rect(), content_, look());
}

void PairPlane::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        dragTo(event->position());
    }
}

void PairPlane::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        dragTo(event->position());
    }
}

void PairPlane::dragTo(QPointF pixel) {
    emit pairDragged(pairScale(rect(), content_, font()).toPair(pixel));
}

}  // namespace normscope
