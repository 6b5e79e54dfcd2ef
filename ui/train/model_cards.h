#pragma once

#include <QFrame>
#include <cstddef>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/train/model_progress.h"

class QCheckBox;
class QLabel;
class QProgressBar;

namespace normscope {

class ProblemLabel;

/// How one model does: wrongly read test images in large, and how far it is.
class ModelCard : public QFrame {
    Q_OBJECT

  public:
    explicit ModelCard(const CurveDescription& curve, QWidget* parent = nullptr);

    void display(const ModelProgress& progress, const ModelScale& scale);
    void setCurveVisible(bool visible);

    /// The same whatever the texts of the moment are: cards must not jump to other lines.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void curveToggled(bool visible);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void fitToFont();
    int steadyWidth() const;

    CurveDescription curve_;
    QCheckBox* toggle_;
    QLabel* status_;
    QLabel* wrong_;
    QLabel* total_;
    QLabel* epoch_;
    QLabel* speed_;
    ProblemLabel* error_;
    QProgressBar* progress_;
};

/// A card per model, beside each other as far as the width allows.
class ModelCards : public QWidget {
    Q_OBJECT

  public:
    explicit ModelCards(QWidget* parent = nullptr);

    void setCurves(const std::vector<CurveDescription>& curves);
    void display(const std::vector<ModelProgress>& progress, const RunView& view);
    void setCurveVisible(std::size_t curve, bool visible);

  signals:
    void curveToggled(std::size_t curve, bool visible);

  private:
    std::vector<ModelCard*> cards_;
};

}  // namespace normscope
