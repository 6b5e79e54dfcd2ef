#include "ui/misclassified/confusion_painting.h"

#include <QCoreApplication>
#include <QFontInfo>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kFaintest = 0.10;     ///< share of the full colour for a single mistake
constexpr double kSmallestText = 0.6;  ///< share of its size that a number may be reduced to

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Confusion)
};

/// Lines of text above the matrix: the model, what the columns are, their digits.
constexpr int kLinesAbove = 3;

/// Grows with the square root, so that one mistake can be seen beside twenty.
QColor colourOf(int count, int most, const FigureLook& look) {
    const double share =
        kFaintest + (1.0 - kFaintest) * std::sqrt(static_cast<double>(count) / most);
    return blend(look.palette.color(QPalette::Base), look.accent(), share);
}

void paintCell(QPainter& painter, const QRectF& rect, const ConfusionCell& cell,
               const ConfusionContent& content, const FigureLook& look) {
    const int count = content.count(cell.label, cell.prediction);
    const QRectF inside = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    QColor ground = look.palette.color(QPalette::Base);
    QColor text = look.muted();
    if (!cell.isMistake()) {
        ground = look.hairline();
    } else if (count > 0) {
        ground = colourOf(count, content.most(), look);
        const QColor on = look.palette.color(QPalette::HighlightedText);
        text = contrastRatio(ground, look.text()) >= contrastRatio(ground, on) ? look.text() : on;
    }
    painter.fillRect(inside, ground);
    if (count == 0) {
        return;
    }
    // Without the separator of thousands, which few cells have room for.
    const QString number = QString::number(count);
    const QFontMetricsF metrics(painter.font());
    const double share = std::min({1.0, inside.width() / metrics.horizontalAdvance(number),
                                   inside.height() / metrics.capHeight()});
    if (share < kSmallestText) {
        return;
    }
    const QFont font = painter.font();
    QFont fitting = font;
    fitting.setPixelSize(std::max(1, static_cast<int>(share * QFontInfo(font).pixelSize())));
    painter.setFont(share < 1.0 ? fitting : font);
    painter.setPen(text);
    painter.drawText(inside, Qt::AlignCenter, number);
    painter.setFont(font);
}

void paintOutline(QPainter& painter, const QRectF& rect, const QColor& colour) {
    constexpr double kWidth = 2.0;
    painter.setPen(QPen(colour, kWidth));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(kWidth / 2, kWidth / 2, -kWidth / 2, -kWidth / 2));
}

void paintHead(QPainter& painter, const QRectF& matrix, const ConfusionContent& content,
               const FigureLook& look) {
    const double line = QFontMetricsF(look.font).height();
    const int unit = gridUnit(look.font);
    const QRectF title(matrix.left(), matrix.top() - kLinesAbove * line, matrix.width(), line);
    const QRect swatch(static_cast<int>(title.left()), static_cast<int>(title.top() + line / 4),
                       3 * unit, static_cast<int>(line / 2));
    paintSwatch(painter, swatch, content.style);
    painter.setFont(look.bold());
    painter.setPen(look.text());
    const QRectF name = title.adjusted(4 * unit, 0, 0, 0);
    painter.drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(look.bold()).elidedText(content.model, Qt::ElideMiddle, name.width()));
    painter.setFont(look.font);
    painter.setPen(look.muted());
    painter.drawText(title.translated(0, line), Qt::AlignCenter, Texts::tr("read as"));
}

}  // namespace

int ConfusionContent::most() const {
    int most = 0;
    for (int label = 0; label < kClassCount; ++label) {
        for (int prediction = 0; prediction < kClassCount; ++prediction) {
            most = label == prediction ? most : std::max(most, count(label, prediction));
        }
    }
    return most;
}

int ConfusionContent::count(int label, int prediction) const {
    return counts[static_cast<std::size_t>(label)][static_cast<std::size_t>(prediction)];
}

ConfusionContent confusionOf(const GalleryAnswers& answers, const QString& model,
                             const CurveStyle& style) {
    ConfusionContent content{.model = model, .style = style, .counts = {}};
    for (int image = 0; image < answers.size(); ++image) {
        ++content.counts[static_cast<std::size_t>(answers.label(image))]
                        [static_cast<std::size_t>(answers.prediction(image))];
    }
    return content;
}

ConfusionLayout::ConfusionLayout(const QRectF& rect, const QFont& font) {
    const double line = QFontMetricsF(font).height();
    const double left = 2.0 * line;
    const double above = kLinesAbove * line;
    side_ = std::max(1.0, std::floor(std::min((rect.width() - left) / kClassCount,
                                              (rect.height() - above) / kClassCount)));
    const double spare = std::max(0.0, rect.width() - left - kClassCount * side_);
    topLeft_ = QPointF(rect.left() + left + std::floor(spare / 2.0), rect.top() + std::ceil(above));
}

QRectF ConfusionLayout::cell(const ConfusionCell& cell) const {
    return {topLeft_ + side_ * QPointF(cell.prediction, cell.label), QSizeF(side_, side_)};
}

std::optional<ConfusionCell> ConfusionLayout::cellAt(QPointF point) const {
    if (!matrix().contains(point)) {
        return std::nullopt;
    }
    const QPointF place = (point - topLeft_) / side_;
    return ConfusionCell{std::min(static_cast<int>(place.y()), kClassCount - 1),
                         std::min(static_cast<int>(place.x()), kClassCount - 1)};
}

QRectF ConfusionLayout::matrix() const {
    return {topLeft_, QSizeF(kClassCount * side_, kClassCount * side_)};
}

QSize ConfusionLayout::minimumSize(const QFont& font) {
    const QFontMetrics metrics(font);
    const int cell = metrics.ascent() + 2;
    return {2 * metrics.height() + kClassCount * cell,
            kLinesAbove * metrics.height() + kClassCount * cell};
}

void paintConfusion(QPainter& painter, const QRectF& rect, const ConfusionContent& content,
                    const FigureLook& look, const ConfusionMarks& marks) {
    const ConfusionLayout layout(rect, look.font);
    const QRectF matrix = layout.matrix();
    const double line = QFontMetricsF(look.font).height();
    paintHead(painter, matrix, content, look);
    for (int digit = 0; digit < kClassCount; ++digit) {
        const QRectF onDiagonal = layout.cell({digit, digit});
        const QString text = QString::number(digit);
        painter.setPen(look.text());
        painter.drawText(QRectF(onDiagonal.left(), matrix.top() - line, onDiagonal.width(), line),
                         Qt::AlignCenter, text);
        painter.drawText(QRectF(matrix.left() - line, onDiagonal.top(), line, onDiagonal.height()),
                         Qt::AlignCenter, text);
        for (int prediction = 0; prediction < kClassCount; ++prediction) {
            const ConfusionCell cell{digit, prediction};
            paintCell(painter, layout.cell(cell), cell, content, look);
        }
    }
    painter.setPen(look.hairline());
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(matrix);
    painter.save();
    painter.translate(matrix.left() - 2.0 * line, matrix.center().y());
    painter.rotate(-90.0);
    painter.setPen(look.muted());
    painter.drawText(QRectF(-matrix.height() / 2.0, 0.0, matrix.height(), line), Qt::AlignCenter,
                     Texts::tr("true digit"));
    painter.restore();
    if (marks.chosen) {
        paintOutline(painter, layout.cell(*marks.chosen), look.text());
    }
    if (marks.current) {
        paintOutline(painter, layout.cell(*marks.current).adjusted(-2.0, -2.0, 2.0, 2.0),
                     look.accent());
    }
}

Picture confusionPicture(std::vector<ConfusionContent> models) {
    constexpr int kWidth = 480;
    constexpr int kHeight = 520;
    const auto count = static_cast<int>(models.size());
    Picture picture;
    picture.title = Texts::tr("Confusion matrices");
    picture.naturalSize = QSize(kWidth * std::max(1, count), kHeight);
    picture.paint = [models = std::move(models)](QPainter& painter, QSize size) {
        const FigureLook look{lightPalette(), painter.font()};
        const double width = static_cast<double>(size.width()) / static_cast<double>(models.size());
        double left = 0.0;
        for (const ConfusionContent& content : models) {
            paintConfusion(painter, QRectF(left, 0.0, width, size.height()), content, look);
            left += width;
        }
    };
    return picture;
}

}  // namespace normscope
