#pragma once

#include <QScrollArea>
#include <memory>
#include <optional>
#include <vector>

#include "core/dataset.h"
#include "ui/misclassified/gallery_filter.h"
#include "ui/misclassified/mistakes.h"

class QHBoxLayout;

namespace normscope {

class GalleryColumn;

/// The galleries of all models side by side. The same digit is chosen in all of them.
class GalleryBoard : public QScrollArea {
    Q_OBJECT

  public:
    explicit GalleryBoard(QWidget* parent = nullptr);

    /// What is chosen and where each gallery is scrolled to stays.
    void show(const Mistakes& mistakes, const GalleryFilter& filter, GalleryOrder order);
    void setDataset(std::shared_ptr<const Dataset> dataset);
    void setMagnification(int magnification);

    std::optional<int> chosen() const { return chosen_; }
    /// Tells nobody.
    void choose(std::optional<int> image);
    /// The first digit of the first gallery that shows one; the others stay at their beginning.
    void chooseFirst();

    const std::vector<GalleryColumn*>& columns() const { return columns_; }

  signals:
    void imageChosen(int image);
    void magnificationStepped(int steps);

  private:
    std::optional<int> firstShown() const;
    void setCount(std::size_t count);
    GalleryColumn* makeColumn();

    std::vector<GalleryColumn*> columns_;
    QHBoxLayout* row_;
    std::shared_ptr<const Dataset> dataset_;
    std::optional<int> chosen_;
    int magnification_ = 1;
};

}  // namespace normscope
