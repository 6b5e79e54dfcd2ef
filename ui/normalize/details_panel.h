#pragma once

#include <QWidget>
#include <optional>

class QBoxLayout;
class QStackedWidget;
class QTabBar;

namespace normscope {

class CopyableTable;
class CubeView;
class HistogramPanel;
class SheetDocument;
class StatisticsModel;

/// What stands beside or below the sheet: the cube with its statistics sets, and the histograms or
/// the table of the statistics.
class DetailsPanel : public QWidget {
    Q_OBJECT

  public:
    explicit DetailsPanel(SheetDocument& document, QWidget* parent = nullptr);

    /// A strip below the sheet (Horizontal), or a column beside it.
    void setOrientation(Qt::Orientation orientation);

    /// The set that is looked at.
    void setSet(std::optional<int> set);

    HistogramPanel& histograms() { return *histograms_; }
    const HistogramPanel& histograms() const { return *histograms_; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void display();

    SheetDocument& document_;
    std::optional<int> set_;
    CubeView* cube_;
    QTabBar* tabs_;
    QStackedWidget* stack_;
    HistogramPanel* histograms_;
    StatisticsModel* statistics_;
    CopyableTable* table_;
    QBoxLayout* layout_;
};

}  // namespace normscope
