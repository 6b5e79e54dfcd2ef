#pragma once

#include <QListView>
#include <optional>

#include "ui/misclassified/gallery_image.h"
#include "ui/misclassified/gallery_model.h"

namespace normscope {

class GalleryDelegate;

/// The digits of one model in rows, as many beside each other as there is room for.
class GalleryView : public QListView {
    Q_OBJECT

  public:
    explicit GalleryView(QWidget* parent = nullptr);

    GalleryModel& gallery() { return *gallery_; }
    const GalleryModel& gallery() const { return *gallery_; }

    /// Shows other digits where the reader is: neither scrolls nor tells of a choice.
    void show(const GalleryAnswers& answers, std::vector<int> images);
    /// Marks the digit, if it is shown, and brings it into view. Tells nobody.
    void choose(std::optional<int> image);
    /// Logical pixels for each pixel of a digit.
    void setMagnification(int magnification);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint(); }

  signals:
    void imageChosen(int image);
    /// Steps of the wheel while Ctrl is held: larger or smaller digits are wanted.
    void magnificationStepped(int steps);

  protected:
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    bool viewportEvent(QEvent* event) override;

  private:
    void fitCells();
    void mark(std::optional<int> image);

    GalleryModel* gallery_;
    GalleryDelegate* delegate_;
    int magnification_ = 2;
    DigitScale scale_;
    int wheel_ = 0;  ///< of the way to the next step
    std::optional<int> chosen_;
    bool marking_ = false;
};

}  // namespace normscope
