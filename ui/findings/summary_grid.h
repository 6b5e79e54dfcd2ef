#pragma once

#include <QWidget>
#include <vector>

#include "ui/findings/summary_content.h"
#include "ui/picture/picture.h"

class QGridLayout;

namespace normscope {

class SummaryChart;

/// The summary charts of a comparison, in one row where there is room for it.
class SummaryGrid : public QWidget {
    Q_OBJECT

  public:
    explicit SummaryGrid(QWidget* parent = nullptr);

    void setComparison(const Comparison& models);

    /// All of them as one sheet, then each alone; as they are now.
    std::vector<Picture> pictures() const;

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void arrange();

    SummaryChart* wrong_;
    SummaryChart* lastEpochs_;
    SummaryChart* digits_;
    QGridLayout* grid_;
    int columns_ = 0;
};

}  // namespace normscope
