#include "ui/misclassified/digit_image_view.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/affine/value_colors.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kLevels = 256;
constexpr int kMostInARow = 8;

QList<QRgb> inkColours(bool dark) {
    QList<QRgb> colours;
    for (int level = 0; level < kLevels; ++level) {
        colours << blend(ValueColors::paper(dark), ValueColors::ink(dark), level / 255.0).rgb();
    }
    return colours;
}

QImage pictureOf(const std::uint8_t* values, int width, int height, bool dark) {
    QImage picture(width, height, QImage::Format_Indexed8);
    picture.setColorTable(inkColours(dark));
    for (int row = 0; row < height; ++row) {
        std::copy_n(values + static_cast<std::ptrdiff_t>(row) * width, width,
                    picture.scanLine(row));
    }
    return picture;
}

/// Of whole device pixels for each pixel of the digit.
double crispSide(double side, double ratio) {
    return std::max(1.0, std::floor(side * ratio / kImageSide)) * kImageSide / ratio;
}

}  // namespace

QImage digitPicture(const GreyImage& ink, bool dark) {
    return pictureOf(ink.values.data(), ink.width, ink.height, dark);
}

QImage digitPicture(const DigitImage& ink, bool dark) {
    return pictureOf(ink.data(), kImageSide, kImageSide, dark);
}

DigitImageView::DigitImageView(QWidget* parent) : Figure(parent) {}

void DigitImageView::setImage(const DigitImage& image, const QString& spoken) {
    image_ = image;
    prepared_.reset();
    spoken_ = spoken;
    update();
}

void DigitImageView::setPrepared(const PreparedDigit& digit, const QString& spoken) {
    image_ = digit.image;
    prepared_ = digit;
    spoken_ = spoken;
    update();
}

void DigitImageView::clear(const QString& spoken) {
    image_.reset();
    prepared_.reset();
    spoken_ = spoken;
    update();
}

QSize DigitImageView::minimumSizeHint() const {
    const int side = 16 * gridUnit(this);
    return {side, side};
}

void DigitImageView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool dark = isDark(palette());
    const double side = crispSide(std::min(width(), height()) - 2.0, devicePixelRatioF());
    const QRectF place(1.0, 1.0, side, side);
    if (image_) {
        painter.drawImage(place, digitPicture(*image_, dark));
    } else {
        painter.fillRect(place, ValueColors::paper(dark));
    }
    painter.setPen(QPen(look().hairline(), 1.0));
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5));
    if (prepared_) {
        paintMarks(painter, place);
    }
}

void DigitImageView::paintMarks(QPainter& painter, const QRectF& place) const {
    const double cell = place.width() / kImageSide;
    const InkBox& box = prepared_->box;
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(look().accent(), 1.5);
    painter.setPen(pen);
    painter.drawRect(QRectF(place.left() + box.left * cell, place.top() + box.top * cell,
                            box.width * cell, box.height * cell));
    const QPointF centre(place.left() + prepared_->centreX * cell,
                         place.top() + prepared_->centreY * cell);
    const double arm = 1.5 * cell;
    painter.drawLine(centre - QPointF(arm, 0.0), centre + QPointF(arm, 0.0));
    painter.drawLine(centre - QPointF(0.0, arm), centre + QPointF(0.0, arm));
}

DigitImageRow::DigitImageRow(QWidget* parent) : Figure(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DigitImageRow::setImages(std::vector<DigitImage> images, std::vector<int> labels) {
    images_ = std::move(images);
    labels_ = std::move(labels);
    update();
}

QString DigitImageRow::spokenValues() const {
    QStringList digits;
    for (const int label : labels_) {
        digits << QLocale().toString(label);
    }
    return digits.isEmpty() ? QString()
                            : tr("The digit on show is a %1; its companions are %2.")
                                  .arg(digits.takeFirst(), digits.join(QStringLiteral(", ")));
}

QSize DigitImageRow::minimumSizeHint() const {
    return {8 * kMostInARow + 4 * gridUnit(this), 4 * gridUnit(this)};
}

void DigitImageRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int count = std::max(kMostInARow, static_cast<int>(images_.size()));
    const double gap = gridUnit(this) / 2.0;
    // The gap behind the first is twice as wide as the others.
    const double side = std::min<double>(height() - 4.0, (width() - 4.0 - gap * count) / count);
    double left = 2.0;
    for (std::size_t i = 0; i < images_.size(); ++i) {
        const QRectF place(left, 2.0, side, side);
        painter.drawImage(place, digitPicture(images_[i], isDark(palette())));
        painter.setPen(i == 0 ? QPen(look().accent(), 2.0) : QPen(look().hairline(), 1.0));
        painter.drawRect(place);
        left += side + (i == 0 ? 2.0 * gap : gap);
    }
}

}  // namespace normscope
