#pragma once

#include <vector>

#include "ui/misclassified/gallery_filter.h"
#include "ui/misclassified/mistakes.h"
#include "ui/train/tables_drawer.h"

class QHBoxLayout;
class QLabel;

namespace normscope {

class AgreementFigure;
class ConfusionFigure;
class HistoryPanel;

/// What the mistakes have in common, in a drawer below the galleries: the confusion matrices, who
/// misreads what, and how training went.
class MistakeFigures : public TablesDrawer {
    Q_OBJECT

  public:
    explicit MistakeFigures(QWidget* parent = nullptr);

    void show(const Mistakes& mistakes, std::optional<int> image);
    /// The same models after another epoch: the history stays.
    void showMoment(const Mistakes& mistakes);
    void setFilter(const GalleryFilter& filter);
    /// The chosen digit is another.
    void setImage(const Mistakes& mistakes, std::optional<int> image);
    /// The height at which all of them can be seen whole.
    int roomWanted() const;
    /// That the galleries are wanted of; empty: the last.
    std::optional<int> epoch() const;

  signals:
    void cellChosen(const normscope::ConfusionCell& cell);
    void setChosen(normscope::ModelSet models);
    void epochChanged();

  private:
    QWidget* makeConfusions();
    QWidget* makeAgreement();
    void showConfusions(const std::vector<ConfusionContent>& contents);

    GalleryFilter filter_;
    QHBoxLayout* confusionRow_ = nullptr;
    std::vector<ConfusionFigure*> confusions_;
    AgreementFigure* agreement_ = nullptr;
    QLabel* agreementRemark_ = nullptr;
    HistoryPanel* history_;
};

}  // namespace normscope
