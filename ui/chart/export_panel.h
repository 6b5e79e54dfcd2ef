#pragma once

#include <QWidget>
#include <vector>

#include "ui/chart/chart_export.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLayout;
class QSpinBox;
class QTimer;

namespace normscope {

class MetricChart;

/// Saves one chart, or all as one sheet, as a picture of a chosen size.
class ExportPanel : public QWidget {
    Q_OBJECT

  public:
    explicit ExportPanel(QWidget* parent = nullptr);

    /// The charts on offer. One that is destroyed must be taken out with another call.
    void setCharts(const std::vector<MetricChart*>& charts);
    /// What stands below the picture: the settings of the run.
    void setCaption(const QString& caption);

    static constexpr int kAllCharts = -1;
    /// Chooses a chart by its place in setCharts(), or kAllCharts as one sheet.
    void choose(int chart);

    PictureOptions options() const;
    PictureFormat format() const;

    /// Writes the picture as chosen and says how it went. True if it was written.
    bool save(const QString& path);
    void copyToClipboard();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QLayout* makeForm();
    QLayout* makeButtons();
    std::vector<PictureChart> chosenCharts() const;
    QString suggestedName() const;
    void askForFile();
    void schedulePreview();
    void updatePreview();
    void say(const QString& sentence);

    std::vector<MetricChart*> charts_;
    QString caption_;
    QString folder_;  ///< where the last picture went

    QComboBox* chart_ = nullptr;
    QComboBox* format_ = nullptr;
    QSpinBox* width_ = nullptr;
    QSpinBox* height_ = nullptr;
    QDoubleSpinBox* scale_ = nullptr;
    QLabel* pixels_ = nullptr;
    QLabel* preview_ = nullptr;
    QLabel* result_ = nullptr;
    QTimer* previewTimer_ = nullptr;
};

}  // namespace normscope
