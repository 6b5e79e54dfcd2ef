#include "ui/chart/readout.h"

#include <algorithm>
#include <cmath>

#include "ui/chart/curve_plot.h"
#include "ui/norm_style.h"

namespace normscope {
namespace {

/// The box as text: a title line, then a row for each curve.
struct Cells {
    struct Row {
        CurveStyle style;
        QString label;
        QStringList values;
    };
    QString title;
    QStringList headings;  ///< of the columns of values, where there is more than one
    std::vector<Row> rows;
};

Cells cellsOf(const ChartContent& content, const ReadoutValues& values, const QLocale& locale,
              bool dark) {
    Cells cells{formatEpoch(content.description, values.x, locale), {}, {}};
    const bool smoothing = content.smoothing > 0.0;
    if (smoothing) {
        cells.headings = {Readout::tr("smoothed"), Readout::tr("raw")};
    }
    for (const ReadoutRow& row : values.rows) {
        const CurveDescription& curve = content.curves[row.curve].description;
        Cells::Row cell{curveStyle(curve.kind, curve.variant, dark),
                        curve.label,
                        {formatValue(content.description, row.smoothed, locale)}};
        if (smoothing) {
            cell.values << formatValue(content.description, row.raw, locale);
        }
        cells.rows.push_back(cell);
    }
    return cells;
}

/// Widths of the box's columns, from its texts.
struct Columns {
    Columns(const Cells& cells, const QFontMetrics& metrics)
        : line(metrics.height()), swatch(2 * line), gap(line / 2) {
        const auto widest = [&](int width, const QString& text) {
            return std::max(width, metrics.horizontalAdvance(text));
        };
        for (const Cells::Row& row : cells.rows) {
            label = widest(label, row.label);
            for (const QString& text : row.values) {
                value = widest(value, text);
            }
        }
        for (const QString& text : cells.headings) {
            value = widest(value, text);
        }
        const int values = static_cast<int>(std::max<qsizetype>(1, cells.headings.size()));
        const int inner = std::max(
            widest(0, cells.title) + values * (value + gap) * (cells.headings.isEmpty() ? 0 : 1),
            swatch + gap + label + values * (value + gap));
        const int lines = 1 + static_cast<int>(cells.rows.size());
        box = QSize(inner + 2 * gap, lines * line + gap);
    }

    int line;
    int swatch;
    int gap;
    int label = 0;
    int value = 0;
    QSize box;
};

}  // namespace

Readout::Readout(CurvePlot* plot, const ChartContent& content)
    : QCPLayerable(plot, QStringLiteral("overlay")), plot_(plot), content_(content) {}

void Readout::setValues(std::optional<ReadoutValues> values) {
    values_ = std::move(values);
}

void Readout::replotNow() {
    layer()->replot();
}

void Readout::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(false);
}

void Readout::draw(QCPPainter* painter) {
    if (values_ && content_.curves.size() > values_->rows.back().curve) {
        drawLineAndDots(painter);
        drawBox(painter);
    }
}

void Readout::drawLineAndDots(QCPPainter* painter) const {
    const QRect plot = plot_->plotRect();
    const qreal x = plot_->toPixel({values_->x, 1.0}).x();
    QColor line = plot_->xAxis->labelColor();
    line.setAlphaF(0.6F);
    painter->setPen(QPen(line, 1));
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    for (const ReadoutRow& row : values_->rows) {
        const Curve& curve = content_.curves[row.curve];
        const QPointF dot = plot_->toPixel({curve.data.xs()[row.point], row.smoothed});
        if (std::isfinite(row.smoothed) && plot.contains(dot.toPoint())) {
            const CurveStyle style =
                curveStyle(curve.description.kind, curve.description.variant, plot_->isDarkLook());
            paintMarker(*painter, style, dot, 10.0);
        }
    }
}

QRect Readout::boxAt(qreal x, QSize size) const {
    constexpr int kDistance = 12;
    const QRect plot = plot_->plotRect();
    QRect box(QPoint(static_cast<int>(x) + kDistance, plot.top() + 4), size);
    if (box.right() > plot_->width() - 2) {
        box.moveRight(static_cast<int>(x) - kDistance);
    }
    box.moveLeft(std::max(box.left(), 2));
    return box;
}

void Readout::drawBox(QCPPainter* painter) const {
    const Cells cells = cellsOf(content_, *values_, plot_->locale(), plot_->isDarkLook());
    painter->setFont(plot_->font());
    const Columns columns(cells, painter->fontMetrics());
    const QRect box = boxAt(plot_->toPixel({values_->x, 1.0}).x(), columns.box);

    QColor ground = plot_->palette().color(QPalette::Base);
    ground.setAlphaF(0.93F);
    QColor border = plot_->xAxis->labelColor();
    border.setAlphaF(0.3F);
    painter->setPen(QPen(border, 1));
    painter->setBrush(ground);
    painter->drawRoundedRect(box, 4, 4);

    painter->setPen(plot_->xAxis->labelColor());
    QRect line(box.left() + columns.gap, box.top() + columns.gap / 2, box.width() - 2 * columns.gap,
               columns.line);
    const auto drawValues = [&](const QStringList& texts) {
        QRect cell = line;
        for (auto text = texts.crbegin(); text != texts.crend(); ++text) {
            painter->drawText(cell, Qt::AlignRight | Qt::AlignVCenter, *text);
            cell.setRight(cell.right() - columns.value - columns.gap);
        }
    };
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, cells.title);
    drawValues(cells.headings);
    for (const Cells::Row& row : cells.rows) {
        line.translate(0, columns.line);
        paintSwatch(*painter,
                    {line.left(), line.top() + columns.line / 4, columns.swatch, columns.line / 2},
                    row.style);
        painter->drawText(line.adjusted(columns.swatch + columns.gap, 0, 0, 0),
                          Qt::AlignLeft | Qt::AlignVCenter, row.label);
        drawValues(row.values);
    }
}

}  // namespace normscope
