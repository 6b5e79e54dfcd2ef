#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/findings.h"
#include "ui/compared_model.h"

namespace normscope {

/// The compared models side by side, a column each: what they are, and what was measured of them.
class FindingsTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum class Figure {
        Run,  ///< only where the models are of several
        Normalization,
        Groups,
        L1,
        Parameters,
        Epochs,
        Wrong,
        WrongInterval,
        LastMedian,
        LastRange,
        BestWrong,
        TestAccuracy,
        BestTestAccuracy,
        TestLoss,
        BestTestLoss,
        TrainAccuracy,
        BestTrainAccuracy,
        TrainLoss,
        BestTrainLoss,
        TrainingTime,
        ImagesPerSecond
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(const Comparison& models);
    /// For the swatches beside the labels.
    void setDark(bool dark);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(Figure figure, std::size_t model) const;
    QString measuredText(Figure figure, const ModelFigures& figures) const;
    QVariant modelHeader(std::size_t model, int role) const;

    Comparison models_;
    std::vector<ModelFigures> figures_;  ///< one per model
    std::vector<Figure> rows_;
    bool dark_ = false;
};

}  // namespace normscope
