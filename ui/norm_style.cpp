#include "ui/norm_style.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <array>

namespace normscope {
namespace {

/// What one normalization looks like before any variant.
struct BaseLook {
    QRgb onLight;
    QRgb onDark;
    std::array<Marker, 4> markers;
};

BaseLook baseLook(NormKind kind) {
    using enum Marker;
    switch (kind) {
        case NormKind::None:
            return {0xff767676, 0xffa6a6a6, {Cross, Plus, Star, OpenDiamond}};
        case NormKind::Batch:
            return {0xffd55e00, 0xffe8731a, {Circle, OpenCircle, Star, Plus}};
        case NormKind::Layer:
            return {0xff000000, 0xffffffff, {Square, OpenSquare, Star, Plus}};
        case NormKind::Group:
            return {0xff0072b2, 0xff3f9fe0, {Triangle, OpenTriangle, Star, Plus}};
        case NormKind::Instance:
            return {0xff009e73, 0xff12b98a, {Diamond, OpenDiamond, Star, Plus}};
    }
    Q_UNREACHABLE();
}

/// A further dot for each variant keeps the norm's own rhythm and still tells the two apart.
QVector<qreal> dashesOf(NormKind kind, int variant) {
    QVector<qreal> dashes;
    switch (kind) {
        case NormKind::None:
            return {1.0, 1.5 + 2.0 * variant};
        case NormKind::Batch:
            if (variant > 0) {
                dashes = {14.0, 2.0};
            }
            break;
        case NormKind::Layer:
            dashes = {4.0, 2.5};
            break;
        case NormKind::Group:
            dashes = {6.0, 2.0, 1.0, 2.0};
            break;
        case NormKind::Instance:
            dashes = {10.0, 3.0};
            break;
    }
    for (int dot = 0; dot < variant; ++dot) {
        dashes << 1.0 << 2.0;
    }
    return dashes;
}

/// Same hue, by turns further from the ground and a little nearer to it.
QColor shifted(const QColor& color, int variant, bool dark) {
    constexpr std::array kAwayFromGround{0.0F, 0.13F, -0.06F, 0.22F};
    const float shift = kAwayFromGround[static_cast<std::size_t>(variant) % kAwayFromGround.size()];
    if (shift == 0.0F) {
        return color;
    }
    const float lightness = color.lightnessF() + (dark ? shift : -shift);
    // Black and white are as far from the ground as can be, so they turn back, well inwards.
    const float inside = lightness < 0.0F   ? 0.2F - lightness
                         : lightness > 1.0F ? 1.8F - lightness
                                            : lightness;
    return QColor::fromHslF(std::max(color.hslHueF(), 0.0F), color.hslSaturationF(),
                            std::clamp(inside, 0.12F, 0.88F));
}

bool isOutline(Marker marker) {
    using enum Marker;
    return marker != Circle && marker != Square && marker != Triangle && marker != Diamond;
}

void addStroke(QPainterPath& path, QPointF from, QPointF to) {
    path.moveTo(from);
    path.lineTo(to);
}

void addPlus(QPainterPath& path, qreal half) {
    addStroke(path, {-half, 0.0}, {half, 0.0});
    addStroke(path, {0.0, -half}, {0.0, half});
}

void addCross(QPainterPath& path, qreal half) {
    addStroke(path, {-half, -half}, {half, half});
    addStroke(path, {-half, half}, {half, -half});
}

}  // namespace

QPen CurveStyle::pen(qreal width) const {
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!dashes.isEmpty()) {
        pen.setDashPattern(dashes);
    }
    return pen;
}

QPen CurveStyle::markerPen() const {
    return isOutline(marker) ? QPen(color, 1.6) : QPen(Qt::NoPen);
}

QBrush CurveStyle::markerBrush() const {
    return isOutline(marker) ? QBrush(Qt::NoBrush) : QBrush(color);
}

CurveStyle curveStyle(NormKind kind, int variant, bool dark) {
    const BaseLook look = baseLook(kind);
    const auto marker = static_cast<std::size_t>(variant) % look.markers.size();
    return {shifted(QColor::fromRgb(dark ? look.onDark : look.onLight), variant, dark),
            dashesOf(kind, variant), look.markers[marker]};
}

std::vector<int> styleVariants(std::span<const NormKind> kinds) {
    std::vector<int> variants;
    variants.reserve(kinds.size());
    for (std::size_t model = 0; model < kinds.size(); ++model) {
        const auto earlier = kinds.first(model);
        variants.push_back(
            static_cast<int>(std::count(earlier.begin(), earlier.end(), kinds[model])));
    }
    return variants;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness();
}

QString displayName(NormKind kind) {
    switch (kind) {
        case NormKind::None:
            return QCoreApplication::translate("NormStyle", "No normalization");
        case NormKind::Batch:
            return QCoreApplication::translate("NormStyle", "Batch norm");
        case NormKind::Layer:
            return QCoreApplication::translate("NormStyle", "Layer norm");
        case NormKind::Group:
            return QCoreApplication::translate("NormStyle", "Group norm");
        case NormKind::Instance:
            return QCoreApplication::translate("NormStyle", "Instance norm");
    }
    Q_UNREACHABLE();
}

QPainterPath markerPath(Marker marker, qreal side) {
    const qreal half = side / 2.0;
    QPainterPath path;
    switch (marker) {
        case Marker::None:
            break;
        case Marker::Circle:
        case Marker::OpenCircle:
            path.addEllipse(QPointF(), half, half);
            break;
        case Marker::Square:
        case Marker::OpenSquare:
            path.addRect(-0.9 * half, -0.9 * half, 1.8 * half, 1.8 * half);
            break;
        case Marker::Triangle:
        case Marker::OpenTriangle:
            path.addPolygon(QPolygonF{{-half, 0.8 * half}, {half, 0.8 * half}, {0.0, -half}});
            path.closeSubpath();
            break;
        case Marker::Diamond:
        case Marker::OpenDiamond:
            path.addPolygon(QPolygonF{
                {-1.1 * half, 0.0}, {0.0, 1.1 * half}, {1.1 * half, 0.0}, {0.0, -1.1 * half}});
            path.closeSubpath();
            break;
        case Marker::Cross:
            addCross(path, 0.8 * half);
            break;
        case Marker::Plus:
            addPlus(path, half);
            break;
        case Marker::Star:
            addPlus(path, half);
            addCross(path, 0.7 * half);
            break;
    }
    return path;
}

void paintMarker(QPainter& painter, const CurveStyle& style, QPointF centre, qreal side) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(style.markerPen());
    painter.setBrush(style.markerBrush());
    painter.translate(centre);
    painter.drawPath(markerPath(style.marker, side));
    painter.restore();
}

void paintSwatch(QPainter& painter, const QRect& rect, const CurveStyle& style, bool enabled) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(painter.opacity() * (enabled ? 1.0 : 0.3));
    const QPointF centre = QRectF(rect).center();
    painter.setPen(style.pen(2.0));
    painter.drawLine(QPointF(rect.left(), centre.y()), QPointF(rect.right() + 1, centre.y()));
    paintMarker(painter, style, centre, std::min(rect.height(), rect.width() / 3));
    painter.restore();
}

QPixmap swatchPixmap(const CurveStyle& style, QSize size, qreal devicePixelRatio) {
    QPixmap pixmap(size * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintSwatch(painter, QRect(QPoint(), size), style);
    return pixmap;
}

QIcon swatchIcon(const CurveStyle& style, QSize size) {
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0, 3.0}) {
        icon.addPixmap(swatchPixmap(style, size, ratio));
    }
    return icon;
}

}  // namespace normscope
