#include "ui/misclassified/gallery_view.h"

#include <QEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTimer>
#include <QWheelEvent>

#include "ui/misclassified/gallery_delegate.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kWheelStep = 120;

}  // namespace

GalleryView::GalleryView(QWidget* parent)
    : QListView(parent), gallery_(new GalleryModel(this)), delegate_(new GalleryDelegate(this)) {
    setModel(gallery_);
    setItemDelegate(delegate_);
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The width of the cells must not depend on how many there are.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    fitCells();
}

void GalleryView::show(const GalleryAnswers& answers, std::vector<int> images) {
    const int place = verticalScrollBar()->value();
    const QScopedValueRollback rollback(marking_, true);
    setAutoScroll(false);
    gallery_->show(answers, std::move(images));
    mark(chosen_);
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(place);
    setAutoScroll(true);
}

void GalleryView::choose(std::optional<int> image) {
    if (image == chosen_) {
        return;
    }
    chosen_ = image;
    mark(image);
    if (currentIndex().isValid()) {
        scrollTo(currentIndex());
    }
}

void GalleryView::setMagnification(int magnification) {
    magnification_ = magnification;
    fitCells();
    if (currentIndex().isValid()) {
        executeDelayedItemsLayout();
        scrollTo(currentIndex());
    }
}

QSize GalleryView::minimumSizeHint() const {
    const QSize cell = GalleryDelegate::cellSize(font(), scale_);
    return {cell.width() + verticalScrollBar()->sizeHint().width(), cell.height()};
}

void GalleryView::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitCells();
        updateGeometry();
    }
}

/// Qt makes the first digit the current one, which must not change what the reader looks at in the
/// other galleries.
void GalleryView::focusInEvent(QFocusEvent* event) {
    const QScopedValueRollback rollback(marking_, true);
    QListView::focusInEvent(event);
}

void GalleryView::resizeEvent(QResizeEvent* event) {
    const QRect before(QPoint(), event->oldSize());
    const bool wasInView = before.contains(visualRect(currentIndex()));
    fitCells();
    QListView::resizeEvent(event);
    if (wasInView) {
        executeDelayedItemsLayout();
        scrollTo(currentIndex());
    }
}

void GalleryView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QListView::wheelEvent(event);
        return;
    }
    wheel_ += event->angleDelta().y();
    if (const int steps = wheel_ / kWheelStep; steps != 0) {
        wheel_ -= steps * kWheelStep;
        emit magnificationStepped(steps);
    }
    event->accept();
}

void GalleryView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (!marking_ && current.isValid()) {
        chosen_ = gallery_->imageAt(current.row());
        emit imageChosen(*chosen_);
    }
}

/// Another screen may have other device pixels; nothing but the painting tells in Qt 6.4.
bool GalleryView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Paint && scale_.devicePixelRatio != devicePixelRatioF()) {
        QTimer::singleShot(0, this, &GalleryView::fitCells);
    }
    return QListView::viewportEvent(event);
}

/// The cells of a row share its width.
void GalleryView::fitCells() {
    scale_ = digitScale(magnification_, devicePixelRatioF());
    const QSize cell = GalleryDelegate::cellSize(font(), scale_);
    // One pixel less: QListView goes on in a new line when a row is filled to the last.
    const int width = viewport()->width() - 1;
    const int columns = std::max(1, width / cell.width());
    const QSize grid(std::max(cell.width(), width / columns), cell.height());
    delegate_->setScale(scale_, grid);
    if (grid != gridSize()) {
        setGridSize(grid);
        verticalScrollBar()->setSingleStep(std::max(1, grid.height() / 3));
    }
    viewport()->update();
}

void GalleryView::mark(std::optional<int> image) {
    const QScopedValueRollback rollback(marking_, true);
    const std::optional<int> row = image ? gallery_->rowOf(*image) : std::nullopt;
    if (row) {
        const QModelIndex index = gallery_->index(*row);
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    } else {
        selectionModel()->clear();
    }
}

}  // namespace normscope
