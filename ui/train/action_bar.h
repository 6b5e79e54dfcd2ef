#pragma once

#include <QWidget>

#include "ui/train/run_phase.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace normscope {

/// What can be done with a comparison, and how its curves are drawn.
class ActionBar : public QWidget {
    Q_OBJECT

  public:
    explicit ActionBar(QWidget* parent = nullptr);

    void setPhase(RunPhase phase);
    /// Whether the comparison shown lacks epochs that it was meant to have.
    void setContinuable(bool continuable);
    /// Why nothing can be started; empty if it can.
    void setStartProblem(const QString& problem);
    /// Whether there are curves to export.
    void setExportable(bool exportable);
    void setSetupShown(bool shown);
    double smoothing() const;

  signals:
    void startRequested();
    void pauseRequested();
    void resumeRequested();
    void stepRequested();
    void stopRequested();
    void continueRequested();
    void moreEpochsRequested(int epochs);
    void smoothingChanged(double weight);
    void logarithmicChanged(bool logarithmic);
    void exportRequested();
    void setupToggled(bool shown);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QPushButton* makeButton(const QString& text, const QString& toolTip);
    void makeControls();
    void layOut();
    void connectControls();
    void askToPause();
    void takeIcons();
    void fitToFont();
    void enableControls();
    void moveFocus(bool startHadFocus);

    RunPhase phase_ = RunPhase::Idle;
    bool continuable_ = false;
    QString startProblem_;
    bool startedByKeyboard_ = false;

    QPushButton* start_;
    QPushButton* pause_;
    QPushButton* step_;
    QPushButton* stop_;
    QPushButton* continue_;
    QWidget* more_;
    QPushButton* moreEpochs_;
    QSpinBox* epochsToAdd_;
    QSlider* smoothing_;
    QLabel* smoothingValue_;
    QCheckBox* logarithmic_;
    QPushButton* export_;
    QToolButton* setup_;
};

}  // namespace normscope
