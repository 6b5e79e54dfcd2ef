#include "ui/normalize/sheet_numbers.h"

#include <QFontInfo>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_colours.h"
#include "ui/normalize/sheet_heat.h"
#include "ui/normalize/sheet_text.h"

namespace normscope {
namespace {

/// What arithmetic leaves of 0 is no number to read.
double withoutRounding(double value) {
    return std::abs(value) < PokeResult::kMoved ? 0.0 : value;
}

constexpr double kSmallestFixed = 0.0005;
constexpr double kLargestFixed = 1000.0;

QString numberText(double value, int significantDigits) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    constexpr double kLongestInteger = 1e6;
    if (value == std::floor(value) && std::abs(value) < kLongestInteger) {
        return locale.toString(static_cast<qlonglong>(value));
    }
    const double size = std::abs(value);
    if (size >= kLargestFixed || size < kSmallestFixed) {
        return locale.toString(value, 'g', size < kSmallestFixed ? 2 : significantDigits);
    }
    // As many digits as stand below each other, 1.342 above 0.067; none of them is a trailing 0.
    const int whole = std::max(0, static_cast<int>(std::floor(std::log10(size))));
    QString text = locale.toString(value, 'f', std::max(0, significantDigits - 1 - whole));
    const QString point = locale.decimalPoint();
    if (text.contains(point)) {
        const QString zero = locale.zeroDigit();
        while (text.endsWith(zero)) {
            text.chop(zero.size());
        }
        if (text.endsWith(point)) {
            text.chop(point.size());
        }
    }
    return text;
}

}  // namespace

QString cellText(double value) {
    return numberText(value, 4);
}

qreal numberScale(const SheetMetrics& metrics, const QFontMetricsF& font) {
    const qreal widest = font.horizontalAdvance(QStringLiteral("-0.000")) + 0.2 * font.height();
    return std::min({1.0, metrics.cell.width() / widest, metrics.cell.height() / font.height()});
}

bool showsNumbers(const SheetScene& scene, qreal zoom) {
    const qreal scale = numberScale(scene.layout.metrics(), QFontMetricsF(scene.font));
    return QFontInfo(scene.font).pixelSize() * scale * zoom >= SheetText::kReadablePixels;
}

NumberPainter::NumberPainter(QPainter& painter, const SheetScene& scene,
                             const OutputGradient* gradient, double largestDerivative)
    : painter_(painter),
      scene_(scene),
      gradient_(gradient),
      largestDerivative_(largestDerivative),
      metrics_(unkerned(scene.font)),
      scale_(numberScale(scene.layout.metrics(), metrics_)),
      glyphs_(painter, scene.font) {}

double NumberPainter::value(const SheetCell& cell) const {
    if (cell.part == SheetPart::Input) {
        return gradient_ != nullptr ? withoutRounding(gradient_->at(cell.cell))
                                    : scene_.state.input->at(cell.cell);
    }
    return withoutRounding(valuesOf(scene_, cell.part).at(cell.cell));
}

void NumberPainter::paintBlock(SheetPart part, int image, int channel, const QRectF& exposed) {
    const QSizeF cell = scene_.layout.metrics().cell;
    const QRectF block = scene_.layout.block(part, image, channel);
    const int width = scene_.layout.shape().width;
    painter_.save();
    painter_.scale(scale_, scale_);
    for (int column = 0; column < width; ++column) {
        const QRectF place(block.left() + column * cell.width(), block.top(), cell.width(),
                           block.height());
        if (place.right() >= exposed.left() && place.left() <= exposed.right()) {
            paintColumn({part, {image, channel, 0, column}}, place, exposed);
        }
    }
    painter_.restore();
}

/// With fewer digits where four would not fit the cell, as in -12.34.
QString NumberPainter::fittingText(double value, qreal room) {
    QString text = cellText(value);
    for (int digits = 3; digits >= 2 && glyphs_.width(text) + 2 * padding() > room; --digits) {
        text = numberText(value, digits);
    }
    return text;
}

QColor NumberPainter::ink(const SheetCell& cell) const {
    if (gradient_ == nullptr || cell.part != SheetPart::Input) {
        return scene_.palette.color(QPalette::Text);
    }
    const int step = derivativeStep(gradient_->at(cell.cell), largestDerivative_);
    return textOn(QColor(derivativeRamp(scene_.palette)[static_cast<std::size_t>(step)]));
}

void NumberPainter::paintColumn(const SheetCell& top, const QRectF& column, const QRectF& exposed) {
    const QString point = QLocale().decimalPoint();
    const int height = scene_.layout.shape().height;
    numbers_.clear();
    qreal left = 0.0;
    qreal right = 0.0;
    SheetCell cell = top;
    for (cell.cell.row = 0; cell.cell.row < height; ++cell.cell.row) {
        const QString text = fittingText(value(cell), column.width() / scale_);
        qsizetype whole = text.indexOf(point);
        whole = whole < 0 ? text.size() : whole;
        const QStringView view(text);
        const Number number{text, glyphs_.width(view.first(whole)),
                            glyphs_.width(view.sliced(whole))};
        left = std::max(left, number.left);
        right = std::max(right, number.right);
        numbers_.push_back(number);
    }
    // In sheet coordinates over the scale of the numbers, as the painter is.
    const QSizeF size(column.width() / scale_, column.height() / scale_ / height);
    const qreal fit = std::min(1.0, (size.width() - 2 * padding()) / (left + right));
    // A column of short numbers stands in the middle of its cells.
    const qreal space = (size.width() - fit * (left + right)) / 2;
    const qreal pointX = column.left() / scale_ + space + fit * left;
    const qreal rise = (metrics_.ascent() - metrics_.descent()) / 2;
    painter_.save();
    painter_.scale(fit, fit);
    for (int row = 0; row < height; ++row) {
        const qreal y = column.top() / scale_ + (row + 0.5) * size.height();
        if ((y + size.height()) * scale_ < exposed.top() ||
            (y - size.height()) * scale_ > exposed.bottom()) {
            continue;
        }
        cell.cell.row = row;
        const QColor colour = ink(cell);
        if (painter_.pen().color() != colour) {
            glyphs_.flush();
            painter_.setPen(colour);
        }
        const Number& number = numbers_[static_cast<std::size_t>(row)];
        glyphs_.add({pointX / fit - number.left, y / fit + rise}, number.text);
    }
    glyphs_.flush();
    painter_.restore();
}

}  // namespace normscope
