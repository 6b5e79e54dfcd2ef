#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/dataset.h"
#include "ui/misclassified/mistakes.h"
#include "ui/picture/picture.h"

class QLabel;
class QSplitter;

namespace normscope {

class DigitPanel;
class GalleryBar;
class GalleryBoard;
class MistakeFigures;

/// The galleries with what chooses and explains their digits: filters above, figures below, the
/// chosen digit in detail beside.
class MistakesView : public QWidget {
    Q_OBJECT

  public:
    explicit MistakesView(QWidget* parent = nullptr);

    /// What the reader has chosen, filtered and scrolled to stays where it makes sense.
    void setComparison(const Comparison& models, std::shared_ptr<const Dataset> dataset);

    DigitPanel& digitPanel() const { return *digit_; }
    const Mistakes& mistakes() const { return mistakes_; }
    /// The annotated sheets of each model, then what sums the mistakes up: confusion matrices, who
    /// misreads what, training history. As far as there are any.
    std::vector<Picture> pictures() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    std::vector<Picture> sheets() const;
    void layOut();
    void connectParts();
    void giveFiguresRoom(bool open);
    void takeEpoch();
    void showGalleries();
    void showNotice();
    void showDigit();
    void filterToCell(const ConfusionCell& cell);
    void filterToSet(ModelSet models);

    Mistakes mistakes_;
    std::shared_ptr<const Dataset> dataset_;
    GalleryBar* bar_;
    QLabel* notice_;
    QSplitter* rows_;  ///< galleries above figures
    GalleryBoard* board_;
    MistakeFigures* figures_;
    DigitPanel* digit_;
};

}  // namespace normscope
