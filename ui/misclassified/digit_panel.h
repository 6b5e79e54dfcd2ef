#pragma once

#include <QRandomGenerator>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/dataset.h"
#include "ui/compared_model.h"
#include "ui/misclassified/companions_chart.h"
#include "ui/misclassified/reading_questions.h"
#include "ui/reading_source.h"
#include "ui/sample_source.h"

class QLabel;
class QPushButton;

namespace normscope {

class DigitImageRow;
class DigitImageView;
class MapsView;
class ProbabilityBars;
class ProblemLabel;

/// One test digit, large, and what every compared model makes of it: ten probabilities as bars, the
/// activation maps before and after any norm layer, and how companions in the mini-batch change
/// what batch norm reads.
class DigitPanel : public QWidget {
    Q_OBJECT

  public:
    explicit DigitPanel(QWidget* parent = nullptr);

    void setModels(const Comparison& models);

    /// Of these test images; -1 for none, and then it says how to choose one.
    void showDigit(std::shared_ptr<const Dataset> dataset, int index);
    void showAnswer(const ReadingAnswer& answer);
    /// Whether the galleries beside it show an earlier epoch than the last, which is read here.
    void setBesideEarlierEpoch(bool earlier);

    QSize sizeHint() const override;

  signals:
    void readingRequested(const normscope::ReadingRequest& request);
    /// The activations on show are wanted on page Normalize.
    void sheetRequested(const normscope::SampleRequest& request);

  private:
    void makeParts();
    void layOut();
    bool hasDigit() const;
    void startAnew();
    void chooseCompanions();
    void ask();
    void addTrials(const std::vector<ModelReading>& readings);
    void showWhatIsThere();
    void showHead();
    void showCompanions();
    void requestSheet();
    DigitImage imageAt(int index) const;

    Comparison models_;
    std::shared_ptr<const Dataset> dataset_;
    int index_ = -1;
    bool besideEarlierEpoch_ = false;
    /// Seeded with the digit, so that its picture is the same another day.
    QRandomGenerator random_;
    std::vector<int> companions_;
    ReadingQuestions questions_;
    std::vector<ModelReading> readings_;  ///< empty before the first answer
    std::vector<std::optional<CompanionTrials>> trials_;

    QWidget* content_;
    QLabel* empty_;
    DigitImageView* image_;
    QLabel* title_;
    QLabel* verdict_;
    ProbabilityBars* bars_;
    ProblemLabel* problem_;
    MapsView* maps_;
    QPushButton* sheet_;
    DigitImageRow* row_;
    CompanionsChart* chart_;
    QLabel* sentence_;
    QPushButton* reshuffle_;
};

}  // namespace normscope
