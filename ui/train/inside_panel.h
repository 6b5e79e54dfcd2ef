#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/training_records.h"
#include "ui/chart/chart_content.h"
#include "ui/picture/picture.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace normscope {

class InsideFigure;
struct InsideContent;

/// What happens inside the networks: the percentiles of what enters and leaves a norm layer in one
/// channel over the training, and their histogram in the mini-batch sampled last.
class InsidePanel : public QWidget {
    Q_OBJECT

  public:
    explicit InsidePanel(QWidget* parent = nullptr);

    /// Starts anew with these models.
    void setModels(const std::vector<CurveDescription>& models, int plannedEpochs);
    void setPlannedEpochs(int epochs);
    /// Takes in what was recorded; painted at the next refresh(). `stepsPerEpoch` turns
    /// mini-batches into epochs.
    void append(std::size_t model, const TrainingSnapshot& snapshot, double stepsPerEpoch);
    void setModelVisible(std::size_t model, bool visible);
    /// Shows what has changed; does nothing if nothing has, or while the panel is not seen.
    void refresh();

    /// Of a norm layer 0..5 and a channel from 0.
    void choose(int normLayer, int channel);

    bool hasRecords() const;
    const InsideContent& content() const;
    /// What is shown whenever the picture is drawn.
    Picture picture() const;

  signals:
    void pictureRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    struct Recorded {
        CurveDescription description;
        std::vector<PercentileRecord> records;
        std::shared_ptr<const LayerSample> sample;  ///< null if there is none of this session
        double stepsPerEpoch = 1.0;
        bool hasTrained = false;
        bool visible = true;
    };

    void makeControls();
    void layOut();
    void takeLayer();
    void change();
    InsideContent contentNow() const;
    void takeIcon();
    void takeTexts();
    QString emptyText() const;

    std::vector<Recorded> models_;
    int plannedEpochs_ = 0;
    bool changed_ = false;

    QComboBox* layer_;
    QSpinBox* channel_;
    QToolButton* export_;
    InsideFigure* figure_;
    QLabel* remark_;
};

}  // namespace normscope
