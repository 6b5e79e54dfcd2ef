#pragma once

#include <QColor>
#include <QIcon>
#include <QPainterPath>
#include <QPalette>
#include <QPen>
#include <QPixmap>
#include <QString>
#include <QVector>
#include <span>
#include <vector>

#include "core/norm_spec.h"

class QPainter;

namespace normscope {

enum class Marker {
    None,
    Circle,
    Square,
    Triangle,
    Diamond,
    OpenCircle,
    OpenSquare,
    OpenTriangle,
    OpenDiamond,
    Cross,
    Plus,
    Star
};

/// How one model looks in every chart, legend, table and export.
struct CurveStyle {
    QColor color;
    QVector<qreal> dashes;  ///< in pen widths, as QPen::setDashPattern takes them; empty = solid
    Marker marker = Marker::None;

    /// The pen of a curve `width` logical pixels wide, dashes included.
    QPen pen(qreal width) const;
    /// The pen and brush to paint markerPath() with.
    QPen markerPen() const;
    QBrush markerBrush() const;
};

/// The one definition of each normalization's look (Okabe and Ito's colours, which colour-blind
/// readers can tell apart; dash and marker work without any colour). `variant` counts the models of
/// the same normalization before this one: same hue, another lightness, dash and marker.
CurveStyle curveStyle(NormKind kind, int variant, bool dark);

/// For each model, how many before it have the same normalization.
std::vector<int> styleVariants(std::span<const NormKind> kinds);

/// Whether this palette shows light text on a dark ground.
bool isDark(const QPalette& palette);

/// "Batch norm", "No normalization", ... in the reader's language.
QString displayName(NormKind kind);

/// The outline of a marker about the origin, `side` wide and high.
QPainterPath markerPath(Marker marker, qreal side);

/// Paints the marker centred on `centre`; `side` is its width and height.
void paintMarker(QPainter& painter, const CurveStyle& style, QPointF centre, qreal side);

/// Paints a short piece of the curve with its marker, as legends show it. A swatch that is not
/// `enabled` is greyed: its curve is hidden.
void paintSwatch(QPainter& painter, const QRect& rect, const CurveStyle& style,
                 bool enabled = true);

/// The swatch as a picture on a transparent ground.
QPixmap swatchPixmap(const CurveStyle& style, QSize size, qreal devicePixelRatio = 1.0);
QIcon swatchIcon(const CurveStyle& style, QSize size);

}  // namespace normscope
