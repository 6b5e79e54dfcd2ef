#include "ui/experiment/experiment_table_model.h"

#include <QLocale>
#include <cmath>

#include "ui/experiment/experiment_texts.h"

namespace normscope {
namespace {

const QString kNothing = QStringLiteral("–");

QString countText(double value) {
    return std::isfinite(value) ? QLocale().toString(value, 'f', 1) : kNothing;
}

QString labelOf(const Experiment& experiment, std::size_t model) {
    return QString::fromStdString(experiment.spec.base.models.at(model).label);
}

}  // namespace

void ExperimentTableModel::showSeeds(const Experiment& experiment, const SeedResults& results) {
    QStringList heads{tr("Model"), tr("Mean wrong"), tr("SD"), tr("95 % interval of the mean")};
    for (const std::uint64_t seed : results.seeds) {
        heads << tr("Seed %1").arg(seed);
    }
    std::vector<QStringList> rows;
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        const SeedModelResults& measured = results.models[model];
        const Interval& interval = measured.mean.interval;
        QStringList row{labelOf(experiment, model), countText(measured.mean.mean),
                        countText(measured.mean.deviation),
                        std::isfinite(interval.low)
                            ? tr("%1 to %2").arg(countText(interval.low), countText(interval.high))
                            : kNothing};
        for (const std::optional<int>& wrong : measured.wrong) {
            row << (wrong ? QLocale().toString(*wrong) : kNothing);
        }
        rows.push_back(std::move(row));
    }
    show(std::move(heads), std::move(rows));
}

void ExperimentTableModel::showSweep(const Experiment& experiment, const SweepResults& results) {
    QStringList heads{tr("Model")};
    for (const int size : results.sizes) {
        heads << tr("Batch %1 (%)").arg(QLocale().toString(size));
    }
    std::vector<QStringList> rows;
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        QStringList row{labelOf(experiment, model)};
        for (const SweepPoint& point : results.models[model]) {
            row << (point.error ? errorText(*point.error)
                                : (point.diverged ? tr("diverged") : kNothing));
        }
        rows.push_back(std::move(row));
    }
    show(std::move(heads), std::move(rows));
}

/// As an experiment goes on only numbers change: whoever reads the table keeps their place.
void ExperimentTableModel::show(QStringList heads, std::vector<QStringList> rows) {
    if (heads == heads_ && rows.size() == rows_.size()) {
        rows_ = std::move(rows);
        if (!rows_.empty()) {
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
        return;
    }
    beginResetModel();
    heads_ = std::move(heads);
    rows_ = std::move(rows);
    endResetModel();
}

int ExperimentTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ExperimentTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(heads_.size());
}

QVariant ExperimentTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return rows_[static_cast<std::size_t>(index.row())][index.column()];
        case Qt::ToolTipRole:  // a label may be longer than its column
            return index.column() == 0 ? data(index, Qt::DisplayRole) : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight));
        default:
            return {};
    }
}

QVariant ExperimentTableModel::headerData(int section, Qt::Orientation orientation,
                                          int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= heads_.size()) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return heads_[section];
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
        default:
            return {};
    }
}

}  // namespace normscope
