#include "ui/normalize/sheet_heads.h"

#include <QCoreApplication>
#include <QLinearGradient>
#include <algorithm>

#include "ui/normalize/sheet_colours.h"
#include "ui/normalize/sheet_text.h"

namespace normscope {
namespace {

/// The second and larger of the two sizes.
constexpr qreal kTitleScale = 1.35;

QString tr(const char* text) {
    return QCoreApplication::translate("Sheet", text);
}

struct Title {
    QString name;
    QString formula;
};

Title titleOf(const SheetScene& scene, SheetPart part) {
    switch (part) {
        case SheetPart::Input:
            if (scene.gradientOf) {
                return {tr("\u2202y / \u2202x"), tr("of the selected output cell")};
            }
            return {tr("Input x"), scene.state.source};
        case SheetPart::Normalized:
            return {tr("Normalized x\u0302"),
                    QStringLiteral("(x \u2212 \u03bc) / \u221a(\u03c3\u00b2 + \u03b5)")};
        case SheetPart::Output:
            return {tr("Output y"), QStringLiteral("\u03b3 x\u0302 + \u03b2")};
    }
    Q_UNREACHABLE();
}

/// Blue to orange, with the numbers at its ends. Returns the width that it takes from the right.
qreal paintLegend(QPainter& painter, const SheetScene& scene, const SheetText& text, qreal scale,
                  const QRectF& line) {
    const OutputGradient gradient(scene.trace, scene.state.spec, !scene.state.usesRunning(),
                                  *scene.gradientOf);
    const QString end = cellText(gradient.largest());
    const qreal side = (text.width(u'-' + end) + 6) * scale;
    const qreal bar = 7 * text.line() * scale;
    if (2 * side + bar > 0.6 * line.width()) {
        return 0.0;
    }
    const QRectF rect(line.right() - side - bar, line.center().y() - 0.32 * text.line() * scale,
                      bar, 0.64 * text.line() * scale);
    QLinearGradient colours(rect.topLeft(), rect.topRight());
    const ColourRamp& ramp = derivativeRamp(scene.palette);
    constexpr int kStops = 32;
    for (int stop = 0; stop <= kStops; ++stop) {
        const double share = static_cast<double>(stop) / kStops;
        const int step = derivativeStep(2.0 * share - 1.0, 1.0);
        colours.setColorAt(share, QColor(ramp[static_cast<std::size_t>(step)]));
    }
    painter.fillRect(rect, colours);
    const QColor colour = scene.palette.color(QPalette::Text);
    text.draw(QRectF(rect.left() - side, line.top(), side - 4 * scale, line.height()),
              Qt::AlignRight | Qt::AlignVCenter, u'-' + end, scale, colour);
    text.draw(QRectF(rect.right() + 4 * scale, line.top(), side, line.height()),
              Qt::AlignLeft | Qt::AlignVCenter, end, scale, colour);
    return 2 * side + bar;
}

void paintTitle(QPainter& painter, const SheetScene& scene, SheetPart part, qreal zoom) {
    const SheetText heading(painter, bold(scene.font), zoom);
    const SheetText text(painter, scene.font, zoom);
    const qreal largest = scene.layout.metrics().headScale;
    const qreal scale = heading.scale(largest);
    const auto [name, formula] = titleOf(scene, part);
    QRectF line = scene.layout.title(part);
    const bool twoLines = line.height() > scene.layout.metrics().title;
    line.setHeight(scene.layout.metrics().title);
    const QColor ink = scene.palette.color(QPalette::Text);
    heading.draw(line, Qt::AlignLeft | Qt::AlignVCenter, name, kTitleScale * scale, ink);

    if (part == SheetPart::Input && scene.gradientOf) {
        line.setWidth(line.width() - paintLegend(painter, scene, text, scale, line));
    }
    const qreal start = (kTitleScale * heading.width(name) + text.line()) * scale;
    const QColor muted = scene.palette.color(QPalette::PlaceholderText);
    if (start + text.width(formula) * scale <= line.width()) {
        // On the base line of the title, which is larger.
        text.draw(line.adjusted(start, 0.2 * text.line() * scale, 0, 0),
                  Qt::AlignLeft | Qt::AlignVCenter, formula, scale, muted);
    } else if (twoLines) {
        const QRectF below(line.left(), line.bottom(), scene.layout.title(part).width(),
                           1.2 * text.line() * scale);
        text.drawFitting(below, Qt::AlignLeft | Qt::AlignVCenter, formula, scale, muted);
    }
}

/// How the heads of columns or rows are written in this room: the longest pattern that fits, and
/// where not even bare numbers do, only every few of them.
struct HeadText {
    HeadText(const QStringList& patterns, int count, const SheetText& text, qreal room) {
        for (const QString& candidate : patterns) {
            pattern = candidate;
            if (kSpaced * text.width(candidate.arg(count)) <= room) {
                return;
            }
        }
        const qreal needed = kSpaced * text.width(pattern.arg(count));
        for (const int candidate : {1, 2, 4, 8, 16, 32}) {
            step = candidate;
            if (needed <= candidate * room) {
                return;
            }
        }
    }

    QString of(int place) const { return place % step == 0 ? pattern.arg(place + 1) : QString(); }

    static constexpr qreal kSpaced = 1.15;  ///< neighbours must not run together
    QString pattern;
    int step = 1;
};

void paintColumnHeads(QPainter& painter, const SheetScene& scene, SheetPart part,
                      const QRectF& exposed, qreal zoom) {
    const SheetText text(painter, scene.font, zoom);
    const SheetLayout& layout = scene.layout;
    const qreal scale = text.scale(layout.metrics().headScale);
    if (scale <= 0.0) {
        return;
    }
    const QStringList patterns{tr("Channel %1"), tr("Ch. %1"), QStringLiteral("%1")};
    const qreal room = layout.columnHead(part, 0).width() + layout.metrics().blockGap / 2;
    const HeadText heads(patterns, layout.shape().channels, text, room / scale);
    const auto range = layout.channelsIn(part, exposed.left(), exposed.right());
    for (int channel = range.first; channel < range.last; ++channel) {
        const QRectF rect = layout.columnHead(part, channel);
        // Close above the blocks, also where the room is that of a fitted sheet.
        const qreal height = std::min(rect.height(), 1.2 * text.line() * scale);
        text.draw({rect.left(), rect.bottom() - height, rect.width(), height}, Qt::AlignCenter,
                  heads.of(channel), scale, scene.palette.color(QPalette::PlaceholderText));
    }
}

/// The image that a poke has changed is framed, and says so where there is room.
void paintPoked(QPainter& painter, const SheetScene& scene, const QRectF& head,
                const SheetText& text, qreal scale, qreal zoom) {
    const SheetLayout& layout = scene.layout;
    const int image = scene.poke->image;
    const QColor colour = scene.palette.color(QPalette::Highlight);
    if (head.height() > 2.4 * text.line() * scale) {
        text.draw(head.translated(0, 1.1 * text.line() * scale), Qt::AlignRight | Qt::AlignVCenter,
                  tr("poked"), scale, colour);
    }
    const QRectF row = layout.block(SheetPart::Input, image, 0) |
                       layout.block(SheetPart::Input, image, layout.shape().channels - 1);
    const qreal width = std::max(2.0, 2.0 / zoom);
    painter.setPen(QPen(colour, width, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(row.adjusted(-width, -width, width, width));
}

void paintRowHeads(QPainter& painter, const SheetScene& scene, SheetPart part,
                   const QRectF& exposed, qreal zoom) {
    const SheetLayout& layout = scene.layout;
    const SheetText text(painter, scene.font, zoom);
    const SheetText strong(painter, bold(scene.font), zoom);
    const qreal scale = text.scale(layout.metrics().headScale);
    const qreal gap = layout.metrics().blockGap / 2;
    const QRectF first = layout.rowHead(part, 0);
    HeadText heads({tr("Image %1"), QStringLiteral("%1")}, layout.shape().images, text,
                   scale > 0.0 ? (first.width() - gap) / scale : 0.0);
    while (scale > 0.0 && 0.8 * text.line() * scale > heads.step * (first.height() + gap)) {
        heads.step *= 2;
    }
    const auto range = layout.imagesIn(part, exposed.top(), exposed.bottom());
    for (int image = range.first; image < range.last; ++image) {
        const QRectF rect = layout.rowHead(part, image).adjusted(0, 0, -gap, 0);
        const bool poked = scene.poke && scene.poke->image == image;
        (poked ? strong : text)
            .draw(rect, Qt::AlignRight | Qt::AlignVCenter, heads.of(image), scale,
                  scene.palette.color(poked ? QPalette::Highlight : QPalette::PlaceholderText));
        if (poked && part == SheetPart::Input) {
            paintPoked(painter, scene, rect, strong, scale, zoom);
        }
    }
}

}  // namespace

void paintHeads(QPainter& painter, const SheetScene& scene, SheetPart part, const QRectF& exposed,
                qreal zoom) {
    if (scene.layout.title(part).intersects(exposed)) {
        paintTitle(painter, scene, part, zoom);
    }
    paintColumnHeads(painter, scene, part, exposed, zoom);
    paintRowHeads(painter, scene, part, exposed, zoom);
}

}  // namespace normscope
