#include "ui/misclassified/history_painting.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(History)
};

// Heights in lines of text.
constexpr double kTitle = 1.25;
constexpr double kGap = 0.4;
constexpr double kStrip = 1.3;
constexpr double kLeastWrong = 2.5;
constexpr double kLeastChanged = 2.5;

double leftMargin(const QFontMetricsF& metrics) {
    return metrics.horizontalAdvance(QStringLiteral("10.000")) + metrics.averageCharWidth();
}

void paintTitle(QPainter& painter, const QRectF& rect, const HistoryContent& content,
                const FigureLook& look) {
    const int unit = gridUnit(look.font);
    paintSwatch(painter,
                QRectF(rect.left(), rect.center().y() - unit, 3.0 * unit, 2.0 * unit).toRect(),
                content.style);
    painter.setFont(look.bold());
    painter.setPen(look.text());
    const QRectF name = rect.adjusted(4.0 * unit, 0.0, 0.0, 0.0);
    painter.drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(look.bold()).elidedText(content.label, Qt::ElideMiddle, name.width()));
    painter.setFont(look.font);
}

/// What the largest value of a lane is, left of it.
void paintLimit(QPainter& painter, const QRectF& lane, int limit, const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    painter.setPen(look.muted());
    painter.drawText(QRectF(lane.left() - leftMargin(metrics), lane.top(),
                            leftMargin(metrics) - metrics.averageCharWidth(), metrics.height()),
                     Qt::AlignRight | Qt::AlignTop, QLocale().toString(limit));
}

/// Upright, in the corner where the lane has room.
void paintLaneName(QPainter& painter, const QRectF& lane, const QString& name,
                   const FigureLook& look) {
    painter.setPen(look.muted());
    painter.drawText(lane, Qt::AlignRight | Qt::AlignTop, name);
}

void paintWrong(QPainter& painter, const HistoryLayout& layout, const HistoryContent& content,
                const HistoryScale& scale, const FigureLook& look) {
    const QRectF lane = layout.wrong();
    paintLimit(painter, lane, scale.wrong, look);
    paintLaneName(painter, lane, Texts::tr("wrong"), look);
    painter.setPen(look.hairline());
    painter.drawLine(lane.bottomLeft(), lane.bottomRight());
    std::optional<QPointF> before;
    std::vector<QPointF> points;
    for (const EpochChange& change : content.changes) {
        if (!change.wrong) {
            before.reset();
            continue;
        }
        const QPointF point(layout.column(change.epoch).center().x(),
                            lane.bottom() - lane.height() * *change.wrong / scale.wrong);
        if (before) {
            painter.setPen(content.style.pen(2.0));
            painter.drawLine(*before, point);
        }
        points.push_back(point);
        before = point;
    }
    const double side = gridUnit(look.font);
    if (layout.column(1).width() >= side) {
        for (const QPointF& point : points) {
            paintMarker(painter, content.style, point, side);
        }
    }
}

void paintChanged(QPainter& painter, const HistoryLayout& layout, const HistoryContent& content,
                  const HistoryScale& scale, const FigureLook& look) {
    const QRectF lane = layout.changed();
    const double middle = lane.center().y();
    paintLimit(painter, lane, scale.changed, look);
    const QColor lost = content.style.color;
    const QColor learned = blend(look.palette.color(QPalette::Window), lost, 0.4);
    for (const EpochChange& change : content.changes) {
        const QRectF column = layout.column(change.epoch);
        const double width = std::max(1.0, 0.6 * column.width());
        const double perDigit = lane.height() / 2.0 / scale.changed;
        const double left = column.center().x() - width / 2.0;
        if (change.lost) {
            const double height = *change.lost * perDigit;
            painter.fillRect(QRectF(left, middle - height, width, height), lost);
        }
        if (change.learned) {
            painter.fillRect(QRectF(left, middle, width, *change.learned * perDigit), learned);
        }
    }
    painter.setPen(look.muted());
    painter.drawLine(QPointF(lane.left(), middle), QPointF(lane.right(), middle));
    paintLaneName(painter, lane, Texts::tr("lost"), look);
    painter.drawText(lane, Qt::AlignRight | Qt::AlignBottom, Texts::tr("learned"));
}

/// As many numbers as do not touch each other.
void paintEpochs(QPainter& painter, const HistoryLayout& layout, int epochs,
                 const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const double room = metrics.horizontalAdvance(QString::number(epochs) + QStringLiteral("  "));
    int step = 1;
    for (const int larger : {2, 5, 10, 20, 50, 100, 200, 500, 1000}) {
        if (layout.column(1).width() * step >= room) {
            break;
        }
        step = larger;
    }
    painter.setPen(look.muted());
    for (int epoch = step; epoch <= epochs; epoch += step) {
        const double centre = layout.column(epoch).center().x();
        painter.drawText(
            QRectF(centre - room, layout.axis().top(), 2.0 * room, layout.axis().height()),
            Qt::AlignCenter, QString::number(epoch));
    }
    painter.drawText(
        QRectF(layout.title().left(), layout.axis().top(),
               layout.axis().left() - layout.title().left() - metrics.averageCharWidth() / 2.0,
               layout.axis().height()),
        Qt::AlignRight | Qt::AlignVCenter, Texts::tr("epoch"));
}

/// In as many words as there is room for.
QString stripTitle(const DigitHistory& digit, const QFontMetricsF& metrics, double width) {
    const QString whole =
        Texts::tr("Image %1, a %2, was read as").arg(digit.image + 1).arg(digit.label);
    return metrics.horizontalAdvance(whole) <= width
               ? whole
               : Texts::tr("Image %1, a %2:").arg(digit.image + 1).arg(digit.label);
}

/// A box for each epoch: wrong ones filled, with the digit where it fits.
void paintStrip(QPainter& painter, const HistoryLayout& layout, const HistoryContent& content,
                const FigureLook& look) {
    const DigitHistory& digit = *content.digit;
    painter.setPen(look.muted());
    const QRectF caption = layout.caption();
    painter.drawText(caption, Qt::AlignLeft | Qt::AlignVCenter,
                     stripTitle(digit, QFontMetricsF(look.font), caption.width()));
    const QRectF strip = layout.strip();
    const double needed = QFontMetricsF(look.font).horizontalAdvance(u'0');
    for (std::size_t i = 0; i < digit.read.size(); ++i) {
        if (!digit.read[i]) {
            continue;
        }
        const QRectF column = layout.column(static_cast<int>(i) + 1);
        const double gap = column.width() > 4.0 ? 0.5 : 0.0;
        const QRectF box(column.left() + gap, strip.top(), column.width() - 2.0 * gap,
                         strip.height());
        const bool wrong = *digit.read[i] != digit.label;
        const QColor ground = wrong ? content.style.color : look.hairline();
        painter.fillRect(box, ground);
        if (box.width() < needed) {
            continue;
        }
        const QColor page = look.palette.color(QPalette::Window);
        painter.setPen(
            contrastRatio(look.text(), ground) > contrastRatio(page, ground) ? look.text() : page);
        painter.drawText(box, Qt::AlignCenter, QString::number(*digit.read[i]));
    }
}

}  // namespace

bool HistoryContent::isKept() const {
    return std::ranges::any_of(changes, [this](const EpochChange& change) {
        return change.wrong && change.epoch < static_cast<int>(changes.size());
    });
}

DigitHistory digitHistory(const ModelHistory& history, int image, int label) {
    DigitHistory digit{.image = image, .label = label, .read = {}};
    for (int epoch = 1; epoch <= static_cast<int>(history.epochs.size()); ++epoch) {
        const auto read = predictionsAfter(history, epoch);
        const auto index = static_cast<std::size_t>(image);
        digit.read.push_back(index < read.size() ? std::optional<int>(read[index]) : std::nullopt);
    }
    return digit;
}

HistoryScale commonScale(const std::vector<HistoryContent>& models) {
    HistoryScale scale;
    for (const HistoryContent& model : models) {
        scale.epochs = std::max(scale.epochs, static_cast<int>(model.changes.size()));
        for (const EpochChange& change : model.changes) {
            scale.wrong = std::max(scale.wrong, change.wrong.value_or(0));
            scale.changed =
                std::max({scale.changed, change.learned.value_or(0), change.lost.value_or(0)});
        }
    }
    return scale;
}

HistoryLayout::HistoryLayout(const QRectF& rect, const QFont& font, const HistoryScale& scale)
    : epochs_(std::max(1, scale.epochs)) {
    const QFontMetricsF metrics(font);
    const double line = metrics.height();
    const double left = rect.left() + leftMargin(metrics);
    // Half of the last number may stand out.
    const double right = rect.right() - metrics.averageCharWidth() / 2.0;
    const double width = std::max(1.0, right - left);
    const double fixed = line * (kTitle + 2.0 * kGap + 2.0 + kStrip);
    const double lanes = std::max(2.0 * line, rect.height() - fixed);
    title_ = QRectF(rect.left(), rect.top(), rect.width(), kTitle * line);
    wrong_ = QRectF(left, title_.bottom() + kGap * line, width, lanes / 2.0);
    changed_ = QRectF(left, wrong_.bottom() + kGap * line, width, lanes / 2.0);
    axis_ = QRectF(left, changed_.bottom(), width, line);
    caption_ = QRectF(left, axis_.bottom(), width, line);
    strip_ = QRectF(left, caption_.bottom(), width, kStrip * line);
}

QRectF HistoryLayout::column(int epoch) const {
    const double width = wrong_.width() / epochs_;
    return {wrong_.left() + width * (epoch - 1), wrong_.top(), width,
            strip_.bottom() - wrong_.top()};
}

std::optional<int> HistoryLayout::epochAt(QPointF point) const {
    const QRectF all(wrong_.topLeft(), strip_.bottomRight());
    if (!all.contains(point)) {
        return std::nullopt;
    }
    const double place = (point.x() - all.left()) / all.width() * epochs_;
    return std::min(static_cast<int>(place) + 1, epochs_);
}

QSize HistoryLayout::minimumSize(const QFont& font) {
    const QFontMetricsF metrics(font);
    const double lines = kTitle + 2.0 * kGap + 2.0 + kStrip + kLeastWrong + kLeastChanged;
    return QSizeF(leftMargin(metrics) + 12.0 * metrics.averageCharWidth(), lines * metrics.height())
        .toSize();
}

void paintHistory(QPainter& painter, const QRectF& rect, const HistoryContent& content,
                  const HistoryScale& scale, const FigureLook& look, std::optional<int> epoch) {
    const HistoryLayout layout(rect, look.font, scale);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(look.font);
    paintTitle(painter, layout.title(), content, look);
    if (epoch && *epoch <= scale.epochs) {
        QColor ground = look.accent();
        ground.setAlphaF(0.22F);
        painter.fillRect(layout.column(*epoch), ground);
    }
    paintWrong(painter, layout, content, scale, look);
    paintChanged(painter, layout, content, scale, look);
    paintEpochs(painter, layout, scale.epochs, look);
    if (content.digit) {
        paintStrip(painter, layout, content, look);
    } else if (!content.isKept()) {
        painter.setPen(look.muted());
        painter.drawText(layout.caption(), Qt::AlignLeft | Qt::AlignVCenter,
                         Texts::tr("Earlier epochs were not kept."));
    }
    painter.restore();
}

Picture historyPicture(std::vector<HistoryContent> models) {
    constexpr int kWidth = 520;
    constexpr int kHeight = 420;
    constexpr double kGapBetween = 24.0;
    const auto count = static_cast<int>(models.size());
    Picture picture;
    picture.title = Texts::tr("Training history");
    picture.naturalSize = QSize(kWidth * std::max(1, count), kHeight);
    picture.paint = [models = std::move(models)](QPainter& painter, QSize size) {
        const FigureLook look{lightPalette(), painter.font()};
        const HistoryScale scale = commonScale(models);
        const double width = static_cast<double>(size.width()) / static_cast<double>(models.size());
        double left = 0.0;
        for (const HistoryContent& content : models) {
            paintHistory(painter, QRectF(left, 0.0, width - kGapBetween, size.height()), content,
                         scale, look);
            left += width;
        }
    };
    return picture;
}

}  // namespace normscope
