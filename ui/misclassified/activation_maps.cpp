#include "ui/misclassified/activation_maps.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <span>

#include "ui/affine/triptych.h"
#include "ui/affine/value_colors.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kLeastLimit = 1e-6;  ///< so that maps of zeros still have a scale

}  // namespace

ActivationMaps::ActivationMaps(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Activation maps"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void ActivationMaps::setMaps(LayerMaps maps, int normLayer, bool normalizes) {
    const bool sameShape = !empty_ && maps.before.shape == shape();
    maps_ = std::move(maps);
    empty_ = maps_.before.values.empty();
    normLayer_ = normLayer;
    normalizes_ = normalizes;
    cell_ = sameShape ? cell_ : std::nullopt;
    low_ = 0.0;
    high_ = kLeastLimit;
    for (const Tensor4* tensor : {&maps_.before, &maps_.after}) {
        for (const double value : tensor->values) {
            low_ = std::min(low_, value);
            high_ = std::max(high_, value);
        }
    }
    update();
}

void ActivationMaps::clear() {
    setMaps({}, normLayer_, normalizes_);
}

QString ActivationMaps::spokenValues() const {
    if (empty_) {
        return tr("No maps yet.");
    }
    const QString all =
        tr("%1 channels of %2 by %3 cells, values from %4 to %5.")
            .arg(QLocale().toString(shape().channels), QLocale().toString(shape().height),
                 QLocale().toString(shape().width), figureNumber(low_), figureNumber(high_));
    return cell_ ? readout() + ' ' + all : all;
}

QSize ActivationMaps::minimumSizeHint() const {
    const int unit = gridUnit(this);
    const int lines = qRound(4.0 * QFontMetricsF(font()).height());
    return {36 * unit, 22 * unit + lines + 3 * unit};
}

void ActivationMaps::paintEvent(QPaintEvent*) {
    if (empty_) {
        return;
    }
    QPainter painter(this);
    const Layout layout = layOut();
    paintSide(painter, layout, Side::Before);
    paintSide(painter, layout, Side::After);
    paintScale(painter, layout);
    if (cell_) {
        paintCursor(painter, layout);
    }
    painter.setFont(look().font);
    painter.setPen(cell_ ? look().text() : look().muted());
    const QRectF below(0.0, layout.bar + 2.0 * gridUnit(this) + layout.line, width(),
                       2.0 * layout.line);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, readout());
}

void ActivationMaps::mouseMoveEvent(QMouseEvent* event) {
    moveTo(cellAt(event->position()));
}

void ActivationMaps::leaveEvent(QEvent*) {
    if (!hasFocus()) {
        moveTo(std::nullopt);
    }
}

void ActivationMaps::keyPressEvent(QKeyEvent* event) {
    CellIndex cell = cell_.value_or(CellIndex{});
    switch (event->key()) {
        case Qt::Key_Left:
            --cell.column;
            break;
        case Qt::Key_Right:
            ++cell.column;
            break;
        case Qt::Key_Up:
            --cell.row;
            break;
        case Qt::Key_Down:
            ++cell.row;
            break;
        case Qt::Key_PageUp:
            --cell.channel;
            break;
        case Qt::Key_PageDown:
            ++cell.channel;
            break;
        case Qt::Key_Home:
            cell = {};
            break;
        default:
            Figure::keyPressEvent(event);
            return;
    }
    if (!empty_ && (!cell_ || contains(shape(), cell))) {
        moveTo(cell_ ? cell : CellIndex{});
    }
}

void ActivationMaps::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    if (!empty_ && !cell_ && event->reason() != Qt::MouseFocusReason) {
        moveTo(CellIndex{});
    }
}

void ActivationMaps::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    moveTo(std::nullopt);
}

/// As many columns as make the maps largest.
ActivationMaps::Layout ActivationMaps::layOut() const {
    const double unit = gridUnit(this);
    const double pixel = 1.0 / devicePixelRatioF();
    const double gap = unit / 2.0;
    Layout layout;
    layout.line = std::ceil(QFontMetricsF(font()).height());
    layout.top = layout.line + unit / 2.0;
    const double room = height() - layout.top - 3.0 * layout.line - 3.0 * unit;
    const double side = (width() - 2.0 * unit) / 2.0;
    layout.cell = 0.0;
    for (int columns = 1; columns <= shape().channels; ++columns) {
        const int rows = (shape().channels + columns - 1) / columns;
        const double map = std::min((side + gap) / columns, (room + gap) / rows) - gap;
        const double cell =
            std::max(1.0, std::floor(map / std::max(shape().width, 1) / pixel)) * pixel;
        if (cell > layout.cell) {
            layout.cell = cell;
            layout.columns = columns;
        }
    }
    layout.step = layout.cell * shape().width + gap;
    const int rows = (shape().channels + layout.columns - 1) / layout.columns;
    layout.after = std::max(side + 2.0 * unit, layout.columns * layout.step + unit);
    layout.after = std::round(layout.after / pixel) * pixel;
    layout.bar = layout.top + rows * layout.step + unit / 2.0;
    return layout;
}

QRectF ActivationMaps::mapPlace(const Layout& layout, Side side, int channel) const {
    const double left = side == Side::Before ? 0.0 : layout.after;
    const int row = channel / layout.columns;
    return {left + (channel % layout.columns) * layout.step,
            std::round(layout.top) + row * layout.step, layout.cell * shape().width,
            layout.cell * shape().height};
}

void ActivationMaps::paintSide(QPainter& painter, const Layout& layout, Side side) const {
    const Tensor4& tensor = side == Side::Before ? maps_.before : maps_.after;
    const ValueColors colors(std::max(-low_, high_), isDark(palette()));
    const auto plane = static_cast<std::size_t>(shape().plane());
    const QString number = QLocale().toString(normLayer_ + 1);
    painter.setFont(look().font);
    painter.setPen(look().text());
    painter.drawText(
        QPointF(side == Side::Before ? 0.0 : layout.after, QFontMetricsF(font()).ascent()),
        side == Side::Before ? tr("Before norm %1").arg(number)
        : normalizes_        ? tr("After norm %1").arg(number)
                             : tr("After: the same"));
    for (int channel = 0; channel < shape().channels; ++channel) {
        const QRectF place = mapPlace(layout, side, channel);
        const auto values =
            std::span(tensor.values).subspan(static_cast<std::size_t>(channel) * plane, plane);
        painter.drawImage(place, colors.imageOf(values, shape().width, shape().height));
        painter.setPen(QPen(look().hairline(), 0));
        painter.drawRect(place);
    }
}

void ActivationMaps::paintCursor(QPainter& painter, const Layout& layout) const {
    for (const Side side : {Side::Before, Side::After}) {
        const QRectF map = mapPlace(layout, side, cell_->channel);
        painter.setPen(QPen(look().accent(), 1.0));
        painter.drawRect(map);
        const QRectF cell(map.left() + cell_->column * layout.cell,
                          map.top() + cell_->row * layout.cell, layout.cell, layout.cell);
        painter.setPen(QPen(look().accent(), 2.0));
        painter.drawRect(cell.adjusted(-1.0, -1.0, 1.0, 1.0));
    }
}

/// Lying below the maps, with its ends and 0.
void ActivationMaps::paintScale(QPainter& painter, const Layout& layout) const {
    const QFontMetricsF metrics(font());
    const double span = high_ - low_;
    const QRectF bar(0.0, layout.bar, width() - 1.0, std::round(1.2 * gridUnit(this)));
    const int steps = std::max(2, qRound(bar.width()));
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(steps));
    for (int step = 0; step < steps; ++step) {
        values.push_back(low_ + span * (step + 0.5) / steps);
    }
    const ValueColors colors(std::max(-low_, high_), isDark(palette()));
    painter.drawImage(bar, colors.imageOf(values, steps, 1));
    painter.setPen(QPen(look().hairline(), 0));
    painter.drawRect(bar);
    painter.setPen(look().muted());
    painter.setFont(look().font);
    const QRectF texts(bar.left(), bar.bottom() + 1.0, bar.width(), layout.line);
    const double zero = bar.left() - low_ / span * bar.width();
    const double room = 5.0 * metrics.averageCharWidth();
    painter.drawLine(QPointF(zero, bar.top()), QPointF(zero, bar.bottom() + 2.0));
    const double from = std::clamp(zero - room / 2.0, texts.left(), texts.right() - room);
    painter.drawText(QRectF(from, texts.top(), room, texts.height()),
                     low_ == 0.0 ? Qt::AlignLeft : Qt::AlignHCenter, QLocale().toString(0));
    if (zero - texts.left() > 1.5 * room) {
        painter.drawText(texts, Qt::AlignLeft, scaleEndText(low_, span));
    }
    if (texts.right() - zero > 1.5 * room) {
        painter.drawText(texts, Qt::AlignRight, scaleEndText(high_, span));
    }
}

std::optional<CellIndex> ActivationMaps::cellAt(QPointF at) const {
    if (empty_) {
        return std::nullopt;
    }
    const Layout layout = layOut();
    for (const Side side : {Side::Before, Side::After}) {
        for (int channel = 0; channel < shape().channels; ++channel) {
            const QRectF place = mapPlace(layout, side, channel);
            const QPointF inside = (at - place.topLeft()) / layout.cell;
            const CellIndex cell{0, channel, static_cast<int>(std::floor(inside.y())),
                                 static_cast<int>(std::floor(inside.x()))};
            if (contains(shape(), cell)) {
                return cell;
            }
        }
    }
    return std::nullopt;
}

void ActivationMaps::moveTo(std::optional<CellIndex> cell) {
    if (cell == cell_) {
        return;
    }
    cell_ = cell;
    update();
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

QString ActivationMaps::readout() const {
    if (!cell_) {
        return tr("Point at a cell, or move with the arrow keys, to read its values.");
    }
    const QLocale locale;
    return tr("Channel %1, row %2, column %3: %4 before, %5 after.")
        .arg(locale.toString(cell_->channel + 1), locale.toString(cell_->row + 1),
             locale.toString(cell_->column + 1), figureNumber(maps_.before.at(*cell_)),
             figureNumber(maps_.after.at(*cell_)));
}

}  // namespace normscope
