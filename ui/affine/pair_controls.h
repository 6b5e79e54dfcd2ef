#pragma once

#include <QWidget>
#include <optional>

#include "ui/affine/affine_bench.h"

class QCheckBox;
class QPushButton;
class QSlider;

namespace normscope {

class BetweenSlider;
class NumberField;
class ProblemLabel;

/// What the sliders of gamma and beta reach.
struct PairReach {
    ValueRange gamma;
    ValueRange beta;
};
/// Enough to bring back every image, to take up what was learned, and to cut everything off.
PairReach pairReach(const AffineBench& bench, const Affine* learned);

/// `Gamma`, `Beta` and `Between`, each as a slider and as a number.
class PairControls : public QWidget {
    Q_OBJECT

  public:
    explicit PairControls(QWidget* parent = nullptr);

    /// What the sliders reach from now on.
    void setReach(const PairReach& reach);
    /// Whether there are pairs of a model to be had.
    void setLearnedAvailable(bool available);
    /// Shows what is on the bench; a number that is being typed is left alone.
    void show(const AffineBench& bench);

    bool isLearnedShown() const;

  signals:
    void pairChosen(const normscope::AffinePair& pair);
    void betweenChosen(double place);
    void linkedChosen(bool linked);
    void learnedChosen();
    void learnedShownChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    /// One number with its slider.
    struct Number {
        QSlider* slider;
        NumberField* field;
        ValueRange reach{};
    };

    Number makeNumber(const QString& name, const QString& toolTip);
    NumberField* makeField(const QString& name);
    void fitFields();
    void layOut();
    void connectFields();
    void takeField(NumberField* field);
    static void showSlider(const Number& number, double value);
    void showField(NumberField* field);

    BetweenSlider* between_;
    NumberField* place_;
    Number gamma_;
    Number beta_;
    QCheckBox* linked_;
    QCheckBox* learnedShown_;
    QPushButton* useLearned_;
    ProblemLabel* problem_;
    // What is on the bench.
    AffinePair pair_;
    std::optional<double> onLine_;
    NumberField* edited_ = nullptr;  ///< whose text is the source of a change: it is left alone
};

}  // namespace normscope
