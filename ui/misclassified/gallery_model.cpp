#include "ui/misclassified/gallery_model.h"

#include "ui/misclassified/gallery_words.h"

namespace normscope {

void GalleryModel::show(const GalleryAnswers& answers, std::vector<int> images) {
    // A training that goes on changes few digits: where none went or came, the view stays as it is.
    const bool same = images == images_;
    if (!same) {
        beginResetModel();
    }
    answers_ = answers;
    images_ = std::move(images);
    if (same) {
        if (!images_.empty()) {
            emit dataChanged(index(0), index(rowCount() - 1));
        }
        return;
    }
    rows_.assign(static_cast<std::size_t>(answers_.size()), -1);
    for (std::size_t row = 0; row < images_.size(); ++row) {
        rows_[static_cast<std::size_t>(images_[row])] = static_cast<int>(row);
    }
    endResetModel();
}

void GalleryModel::setDataset(std::shared_ptr<const Dataset> dataset) {
    if (dataset == dataset_) {
        return;
    }
    dataset_ = std::move(dataset);
    if (!images_.empty()) {
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
    }
}

int GalleryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(images_.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const int image = imageAt(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return answerText(answers_, image);
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return spokenAnswer(answers_, image);
        default:
            return {};
    }
}

std::optional<int> GalleryModel::rowOf(int image) const {
    const auto index = static_cast<std::size_t>(image);
    return image >= 0 && index < rows_.size() && rows_[index] >= 0 ? std::optional(rows_[index])
                                                                   : std::nullopt;
}

std::optional<std::span<const std::uint8_t, kImagePixels>> GalleryModel::ink(int image) const {
    return dataset_ && image >= 0 && image < dataset_->test.size()
               ? std::optional(dataset_->test.image(image))
               : std::nullopt;
}

}  // namespace normscope
