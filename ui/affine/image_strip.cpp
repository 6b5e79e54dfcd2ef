#include "ui/affine/image_strip.h"

#include <QEvent>
#include <QScrollBar>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>
#include <span>

#include "core/histogram.h"
#include "ui/affine/value_colors.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kRows = 2;     ///< always to be seen
constexpr int kColumns = 8;  ///< preferred

}  // namespace

ImageStrip::ImageStrip(QWidget* parent) : QListWidget(parent) {
    setAccessibleName(tr("Images of the batch"));
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setSpacing(0);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            emit imageChosen(row);
        }
    });
}

void ImageStrip::setImages(const Tensor4& images, int channel, const QStringList& names) {
    const auto plane = static_cast<std::size_t>(images.shape.plane());
    images_.shape = images.shape;
    images_.shape.channels = 1;
    images_.values.clear();
    for (int image = 0; image < images.shape.images; ++image) {
        const auto values =
            std::span(images.values).subspan(offsetOf(images.shape, {image, channel, 0, 0}), plane);
        images_.values.insert(images_.values.end(), values.begin(), values.end());
    }
    names_ = names;
    fill();
}

void ImageStrip::choose(int image) {
    const QSignalBlocker blocker(this);
    setCurrentRow(image);
}

QSize ImageStrip::sizeHint() const {
    const int cell = gridSize().width();
    return {kColumns * cell, 4 * cell};
}

QSize ImageStrip::minimumSizeHint() const {
    const int cell = gridSize().width();
    return {2 * cell, kRows * cell};
}

void ImageStrip::changeEvent(QEvent* event) {
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        fill();
        updateGeometry();
    }
}

void ImageStrip::fill() {
    const QSignalBlocker blocker(this);
    const int chosen = std::max(currentRow(), 0);
    const int side = iconSide();
    setIconSize({side, side});
    setGridSize({side + gridUnit(this), side + gridUnit(this)});
    clear();
    const ValueRange range = rangeOf(images_.values);
    const ValueColors colors(std::max({std::abs(range.low), std::abs(range.high), 1e-6}),
                             isDark(palette()));
    const auto plane = static_cast<std::size_t>(images_.shape.plane());
    for (int image = 0; image < names_.size(); ++image) {
        const QImage small = colors.imageOf(
            std::span(images_.values).subspan(static_cast<std::size_t>(image) * plane, plane),
            images_.shape.width, images_.shape.height);
        // Enlarged for dense screens too, where the icon would otherwise stay blurred.
        constexpr int kDense = 3;
        QPixmap pixmap = QPixmap::fromImage(small.scaled(side * kDense, side * kDense));
        pixmap.setDevicePixelRatio(kDense);
        auto* item = new QListWidgetItem(QIcon(pixmap), QString(), this);
        item->setToolTip(names_[image]);
        item->setData(Qt::AccessibleTextRole, names_[image]);
    }
    setCurrentRow(std::min(chosen, count() - 1));
}

int ImageStrip::iconSide() const {
    return 4 * gridUnit(this);
}

}  // namespace normscope
