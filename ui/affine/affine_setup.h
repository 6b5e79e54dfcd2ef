#pragma once

#include <vector>

#include "ui/affine/affine_bench.h"
#include "ui/sample_source.h"
#include "ui/widgets/settings_column.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace normscope {

class ActivationChoice;
class ImageStrip;
class NumberField;
class ProblemLabel;

/// Where the images come from, how they are normalized, and which one is looked at.
class AffineSetup : public SettingsColumn {
    Q_OBJECT

  public:
    explicit AffineSetup(QWidget* parent = nullptr);

    void setRuns(const std::vector<RunChoice>& runs);
    /// The same run in another folder: whoever chose it stays with it.
    void moveRun(const QString& from, const QString& to);
    /// Fills the fields.
    void setRequest(const SampleRequest& request);
    /// What the fields ask for.
    SampleRequest request() const;

    /// Fits the fields to a sample that is on the bench now.
    void showSample(const Sample& sample, const AffineBench& bench);
    /// The statistics and the choice of image and channel.
    void showBench(const AffineBench& bench);

  signals:
    void requestChanged(const normscope::SampleRequest& request);
    void openRunRequested();
    void specChosen(const normscope::NormSpec& spec);
    void cellChosen(int image, int channel);

  private:
    void makeFields();
    void describeFields();
    void layOut();
    void connectFields();

    bool isOfActivations() const;
    void showSource();
    void takeRequest();
    void takeSpec();
    void takeCell();
    void fillGroups(int channels, int groups);
    void showStatistics(const AffineBench& bench);

    Sample sample_;  ///< without its numbers

    QFormLayout* source_;
    QComboBox* kindOfSource_;
    QSpinBox* firstImage_;
    QSpinBox* images_;
    ActivationChoice* activations_;
    QComboBox* norm_;
    QComboBox* groups_;
    NumberField* epsilon_;
    ProblemLabel* problem_;
    QLabel* statistics_;
    ImageStrip* strip_;
    QSpinBox* image_;
    QSpinBox* channel_;
    QLabel* digit_;

    bool filling_ = false;
    int shownChannel_ = -1;  ///< in the strip
};

}  // namespace normscope
