#pragma once

#include <QAbstractListModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/dataset.h"
#include "ui/misclassified/gallery_answers.h"

namespace normscope {

/// The test digits of one gallery, in the order they are shown.
class GalleryModel : public QAbstractListModel {
    Q_OBJECT

  public:
    using QAbstractListModel::QAbstractListModel;

    /// `images` by index of the test images.
    void show(const GalleryAnswers& answers, std::vector<int> images);
    /// Null while it is being read, and where these are not the images that the model was tested
    /// on.
    void setDataset(std::shared_ptr<const Dataset> dataset);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    const GalleryAnswers& answers() const { return answers_; }
    int imageAt(int row) const { return images_[static_cast<std::size_t>(row)]; }
    /// Where the image is shown, if it is.
    std::optional<int> rowOf(int image) const;
    /// Ink of the image; empty where there is none.
    std::optional<std::span<const std::uint8_t, kImagePixels>> ink(int image) const;

  private:
    GalleryAnswers answers_;
    std::vector<int> images_;
    std::vector<int> rows_;  ///< of each image; -1: not shown
    std::shared_ptr<const Dataset> dataset_;
};

}  // namespace normscope
