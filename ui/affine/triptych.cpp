#include "ui/affine/triptych.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "ui/affine/value_colors.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kPanels = 3;
constexpr int kNumbers = 4;
constexpr double kLeastLimit = 1e-6;  ///< so that a plane of zeros still has a scale

struct PlaneNumbers {
    double lowest = 0.0;
    double highest = 0.0;
    double mean = 0.0;
    double deviation = 0.0;
};

PlaneNumbers numbersOf(const std::vector<double>& values) {
    PlaneNumbers numbers;
    if (values.empty()) {
        return numbers;
    }
    const auto [lowest, highest] = std::ranges::minmax(values);
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return {lowest, highest, mean, std::sqrt(squares / count)};
}

const std::vector<double>& valuesOf(const ThreePlanes& planes, int panel) {
    return panel == 0 ? planes.original : panel == 1 ? planes.normalized : planes.output;
}

std::pair<QString, QString> titleOf(int panel, const AffinePair& pair) {
    switch (panel) {
        case 0:
            return {Triptych::tr("Original"), QStringLiteral("x")};
        case 1:
            return {Triptych::tr("Normalized"), QStringLiteral("x̂")};
        default:
            return {Triptych::tr("Output"),
                    QStringLiteral("%1 x̂ %2 %3")
                        .arg(figureNumber(pair.gamma),
                             pair.beta < 0.0 ? QStringLiteral("−") : QStringLiteral("+"),
                             figureNumber(std::abs(pair.beta)))};
    }
}

double limitOf(const ValueRange& range) {
    return std::max({std::abs(range.low), std::abs(range.high), kLeastLimit});
}

void paintTitle(QPainter& painter, const QRectF& rect, int panel, const AffinePair& pair,
                const FigureLook& look) {
    const auto [name, formula] = titleOf(panel, pair);
    painter.setFont(look.bold());
    painter.setPen(look.text());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignTop, name);
    const double width = QFontMetricsF(look.bold()).horizontalAdvance(name);
    painter.setFont(look.font);
    painter.setPen(look.muted());
    const QRectF rest = rect.adjusted(width + gridUnit(look.font), 0, 0, 0);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignTop,
                     QFontMetricsF(look.font).elidedText(formula, Qt::ElideRight, rest.width()));
}

void paintNumber(QPainter& painter, const QRectF& rect, const QString& name, double value,
                 const FigureLook& look) {
    painter.setPen(look.muted());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setPen(look.text());
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, figureNumber(value));
}

/// In two columns, or in one where the room is narrow: layOutTriptych() has made it so high.
void paintNumbers(QPainter& painter, const QRectF& rect, const std::vector<double>& values,
                  const FigureLook& look) {
    const PlaneNumbers numbers = numbersOf(values);
    const std::array<std::pair<QString, double>, kNumbers> all{{
        {Triptych::tr("min"), numbers.lowest},
        {Triptych::tr("max"), numbers.highest},
        {Triptych::tr("mean"), numbers.mean},
        {Triptych::tr("SD"), numbers.deviation},
    }};
    const double line = QFontMetricsF(look.font).height();
    const int columns = rect.height() > (kNumbers - 1) * line ? 1 : 2;
    const double gap = 2.0 * gridUnit(look.font);
    const double width = (rect.width() - (columns - 1) * gap) / columns;
    painter.setFont(look.font);
    for (int i = 0; i < kNumbers; ++i) {
        const int row = i / columns;
        const QPointF corner = rect.topLeft() + QPointF((i % columns) * (width + gap), row * line);
        const auto& [name, value] = all[static_cast<std::size_t>(i)];
        paintNumber(painter, {corner, QSizeF(width, line)}, name, value, look);
    }
}

void paintPlane(QPainter& painter, const QRectF& rect, const QImage& image,
                const FigureLook& look) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(rect, image);
    painter.setPen(QPen(look.hairline(), 0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect);
}

/// Only the part of the colours that values may have; 0 is marked.
void paintBar(QPainter& painter, const TriptychLayout& layout, const ValueRange& range,
              const FigureLook& look) {
    const QRectF& bar = layout.bar;
    const double span = std::max(range.high - range.low, kLeastLimit);
    const ValueColors colors(limitOf(range), isDark(look.palette));
    const int steps = std::max(2, qRound(bar.height()));
    std::vector<double> values;
    for (int step = 0; step < steps; ++step) {
        values.push_back(range.high - span * (step + 0.5) / steps);
    }
    paintPlane(painter, bar, colors.imageOf(values, 1, steps), look);

    constexpr double kTick = 3.0;  // and as much again before the text, or it would be a minus
    const QFontMetricsF metrics(look.font);
    const auto label = [&](double value, const QString& text) {
        const double y = bar.top() + (range.high - value) / span * bar.height();
        const double top =
            std::clamp(y - metrics.height() / 2.0, bar.top(), bar.bottom() - metrics.height());
        painter.drawText(QRectF(layout.barTexts.left() + kTick, top,
                                layout.barTexts.width() - kTick, metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + kTick, y));
    };
    painter.setFont(look.font);
    painter.setPen(look.text());
    // The ends are moved inwards by half a line.
    const double room = metrics.height() * 1.6 / bar.height() * span;
    label(0.0, QLocale().toString(0));
    if (range.high > room) {
        label(range.high, scaleEndText(range.high, span));
    }
    if (-range.low > room) {
        label(range.low, scaleEndText(range.low, span));
    }
}

}  // namespace

TriptychLayout layOutTriptych(const QRectF& area, const ThreePlanes& planes, const QFont& font,
                              double pixel) {
    const QFontMetricsF metrics(font);
    const double unit = gridUnit(font);
    const double line = metrics.height();
    const double texts = metrics.horizontalAdvance(QStringLiteral("−00.0")) + unit;
    const double barRoom = 4.0 * unit + texts;
    const double gap = 3.0 * unit;
    const double panel = (area.width() - barRoom - (kPanels - 1) * gap) / kPanels;
    const double above = line + unit / 2.0;
    const double twoColumns = 22.0 * metrics.averageCharWidth();
    const double numbers = line * (panel < twoColumns ? kNumbers : kNumbers / 2);
    const double below = numbers + unit / 2.0;
    const double side = std::min(panel, area.height() - above - below);
    const int cells = std::max(planes.width, planes.height);
    const double cell = std::max(1.0, std::floor(side / pixel / cells)) * pixel;
    const QSizeF image(cell * planes.width, cell * planes.height);
    // The panels share the room that whole cells leave over.
    const double width = std::max(image.width(), std::min(panel, twoColumns));
    const auto onPixel = [pixel](double at) { return std::round(at / pixel) * pixel; };

    TriptychLayout layout;
    double left = area.left();
    for (TriptychLayout::Panel& place : layout.panels) {
        const double x = onPixel(left);
        const double y = onPixel(area.top() + above);
        place.title = {x, area.top(), std::max(width, panel), line};
        place.image = {QPointF(x, y), image};
        place.numbers = {x, y + image.height() + unit / 2.0, width, numbers};
        left += std::max(width, panel) + gap;
    }
    const QRectF& last = layout.panels.back().image;
    layout.bar = {onPixel(last.right() + 2.0 * unit), last.top(), 1.5 * unit, image.height()};
    layout.barTexts = {layout.bar.right() + unit / 2.0, last.top(), texts, image.height()};
    return layout;
}

QString scaleEndText(double value, double span) {
    constexpr int kMost = 3;  // there is no room for more
    const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(span))), 1, kMost);
    const bool nothing = std::abs(value) < 0.5 * std::pow(10.0, -decimals);
    return nothing ? QLocale().toString(0) : QLocale().toString(value, 'f', decimals);
}

void paintTriptych(QPainter& painter, const TriptychLayout& layout, const TriptychContent& content,
                   const FigureLook& look, const QRectF& exposed) {
    const ValueColors colors(limitOf(content.range), isDark(look.palette));
    for (int panel = 0; panel < kPanels; ++panel) {
        const TriptychLayout::Panel& place = layout.panels[static_cast<std::size_t>(panel)];
        if (!exposed.intersects(place.all())) {
            continue;
        }
        const std::vector<double>& values = valuesOf(content.planes, panel);
        paintTitle(painter, place.title, panel, content.pair, look);
        paintPlane(painter, place.image,
                   colors.imageOf(values, content.planes.width, content.planes.height), look);
        paintNumbers(painter, place.numbers, values, look);
    }
    if (exposed.intersects(layout.bar | layout.barTexts)) {
        paintBar(painter, layout, content.range, look);
    }
}

Triptych::Triptych(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Original, normalized and output"));
    content_.planes = {1, 1, {0.0}, {0.0}, {0.0}};
}

void Triptych::setContent(TriptychContent content) {
    const bool outputOnly = content.planes.original == content_.planes.original &&
                            content.planes.normalized == content_.planes.normalized &&
                            content.planes.width == content_.planes.width &&
                            content.range.low == content_.range.low &&
                            content.range.high == content_.range.high;
    content_ = std::move(content);
    outputOnly ? update(layOut().panels.back().all().toAlignedRect().adjusted(-1, -1, 1, 1))
               : update();
}

QString Triptych::spokenValues() const {
    QStringList sentences;
    for (int panel = 0; panel < kPanels; ++panel) {
        const PlaneNumbers numbers = numbersOf(valuesOf(content_.planes, panel));
        sentences << tr("%1: lowest %2, highest %3, mean %4, standard deviation %5.")
                         .arg(titleOf(panel, content_.pair).first, figureNumber(numbers.lowest),
                              figureNumber(numbers.highest), figureNumber(numbers.mean),
                              figureNumber(numbers.deviation));
    }
    return sentences.join(' ');
}

QSize Triptych::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    const int width = 14 * metrics.averageCharWidth();
    const int side = 18 * metrics.averageCharWidth();
    return {3 * width + 14 * gridUnit(this), side + 3 * metrics.height() + gridUnit(this)};
}

void Triptych::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    paintTriptych(painter, layOut(), content_, look(), event->rect());
}

TriptychLayout Triptych::layOut() const {
    return layOutTriptych(QRectF(rect()).adjusted(0, 0, -1, -1), content_.planes, font(),
                          1.0 / devicePixelRatioF());
}

}  // namespace normscope
