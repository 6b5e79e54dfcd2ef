#pragma once

#include <QStyledItemDelegate>

#include "ui/misclassified/gallery_image.h"

namespace normscope {

/// One digit of a gallery: the image, what it is and what it was read as, how probable both were,
/// and its number.
class GalleryDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// `cell`: what each digit has, at least cellSize().
    void setScale(const DigitScale& scale, QSize cell) {
        scale_ = scale;
        cell_ = cell;
    }

    /// What a digit needs at the least: the image and both lines of text, with room around them.
    static QSize cellSize(const QFont& font, const DigitScale& scale);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    DigitScale scale_;
    QSize cell_;
};

}  // namespace normscope
