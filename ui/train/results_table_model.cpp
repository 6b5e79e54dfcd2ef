#include "ui/train/results_table_model.h"

#include <QLocale>
#include <algorithm>
#include <utility>

#include "core/network.h"
#include "ui/train/model_texts.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

bool isNumber(int column) {
    return column != ResultsTableModel::Model && column != ResultsTableModel::Normalization;
}

QVariant alignmentOf(int column) {
    return QVariant::fromValue(
        Qt::Alignment((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

/// As short as the column allows, and in full.
std::pair<QString, QString> titleOf(int column) {
    using Table = ResultsTableModel;
    switch (column) {
        case Table::Model:
            return {Table::tr("Model"), Table::tr("Model")};
        case Table::Normalization:
            return {Table::tr("Normalization"), Table::tr("Normalization")};
        case Table::L1:
            return {Table::tr("L1"), Table::tr("L1 lambda")};
        case Table::Parameters:
            return {Table::tr("Parameters"), Table::tr("Learned parameters")};
        case Table::Epochs:
            return {Table::tr("Epochs"), Table::tr("Epochs trained")};
        case Table::BestAccuracy:
            return {Table::tr("Best test"), Table::tr("Best test accuracy")};
        case Table::FinalAccuracy:
            return {Table::tr("Final test"), Table::tr("Final test accuracy")};
        case Table::Wrong:
            return {Table::tr("Wrong"), Table::tr("Test images read wrongly")};
        case Table::TrainingTime:
            return {Table::tr("Time"), Table::tr("Training time, in minutes and seconds")};
        default:
            return {Table::tr("Images/s"), Table::tr("Training images per second")};
    }
}

QString accuracyText(double accuracy) {
    return ResultsTableModel::tr("%1 %").arg(QLocale().toString(100.0 * accuracy, 'f', 2));
}

}  // namespace

void ResultsTableModel::setRun(const RunView& view) {
    beginResetModel();
    view_ = view;
    progress_.assign(view.config.models.size(), {});
    endResetModel();
}

void ResultsTableModel::setProgress(const std::vector<ModelProgress>& progress) {
    Q_ASSERT(progress.size() == progress_.size());
    for (std::size_t row = 0; row < progress.size(); ++row) {
        const bool changed = progress_[row].phase != progress[row].phase &&
                             (progress_[row].hasEnded() || progress[row].hasEnded());
        progress_[row] = progress[row];
        if (changed) {
            emit dataChanged(index(static_cast<int>(row), 0),
                             index(static_cast<int>(row), ColumnCount - 1));
        }
    }
}

int ResultsTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(progress_.size());
}

int ResultsTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ResultsTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return toolTip(row, index.column());
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(
                (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        default:
            return {};
    }
}

QVariant ResultsTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return titleOf(section).first;
        case Qt::AccessibleTextRole:
            return titleOf(section).second;
        case Qt::TextAlignmentRole:
            return alignmentOf(section);
        case Qt::ToolTipRole:
            return section == BestAccuracy
                       ? tr("The best epoch was picked on the test data, so it flatters the model.")
                       : titleOf(section).second;
        default:
            return {};
    }
}

QString ResultsTableModel::text(std::size_t row, int column) const {
    const ModelConfig& model = view_.config.models[row];
    switch (column) {
        case Model:
            return QString::fromStdString(model.label);
        case Normalization:
            return networkTitle(model.network);
        case L1:
            return shortNumber(model.l1);
        case Parameters:
            return QLocale().toString(qlonglong{parameterCount(model.network)});
        default:
            return progress_[row].hasEnded() ? measuredText(row, column) : QString();
    }
}

QString ResultsTableModel::measuredText(std::size_t row, int column) const {
    const ModelProgress& progress = progress_[row];
    const ModelScale scale = view_.scaleOf(row);
    const QLocale locale;
    const auto epochs = static_cast<int>(progress.epochs.size());
    if (column == Epochs) {
        return epochs == progress.totalEpochs
                   ? locale.toString(epochs)
                   : tr("%1 of %2")
                         .arg(locale.toString(epochs), locale.toString(progress.totalEpochs));
    }
    if (epochs == 0) {
        return QStringLiteral("—");
    }
    const EpochRecord& last = progress.epochs.back();
    switch (column) {
        case BestAccuracy:
            return accuracyText(
                std::ranges::max(progress.epochs, {}, &EpochRecord::testAccuracy).testAccuracy);
        case FinalAccuracy:
            return accuracyText(last.testAccuracy);
        case Wrong:
            return locale.toString(wrongOf(last, scale.testTotal));
        case TrainingTime:
            return durationText(progress.trainSeconds());
        case ImagesPerSecond:
            return progress.trainSeconds() > 0.0
                       ? locale.toString(scale.imagesPerEpoch * epochs / progress.trainSeconds(),
                                         'f', 0)
                       : QStringLiteral("—");
        default:
            return {};
    }
}

QString ResultsTableModel::toolTip(std::size_t row, int column) const {
    if (column == BestAccuracy) {
        return headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
    }
    return progress_[row].error;
}

}  // namespace normscope
