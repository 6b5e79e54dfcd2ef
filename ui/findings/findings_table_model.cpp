#include "ui/findings/findings_table_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/findings/finding_words.h"
#include "ui/train/model_progress.h"
#include "ui/train/model_texts.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

using Figure = FindingsTableModel::Figure;
using Table = FindingsTableModel;

const QString kUnknown = QStringLiteral("—");
constexpr QSize kSwatch{30, 14};

QString titleOf(Figure figure) {
    switch (figure) {
        case Figure::Run:
            return Table::tr("Run");
        case Figure::Normalization:
            return Table::tr("Normalization");
        case Figure::Groups:
            return Table::tr("Groups of the six layers");
        case Figure::L1:
            return Table::tr("L1 lambda");
        case Figure::Parameters:
            return Table::tr("Learned parameters");
        case Figure::Epochs:
            return Table::tr("Epochs");
        case Figure::Wrong:
            return Table::tr("Wrong");
        case Figure::WrongInterval:
            return Table::tr("Wrong, 95 % interval");
        case Figure::LastMedian:
            return Table::tr("Wrong in the last %1 epochs, median").arg(kLastEpochs);
        case Figure::LastRange:
            return Table::tr("Wrong in the last %1 epochs, range").arg(kLastEpochs);
        case Figure::BestWrong:
            return Table::tr("Wrong, best epoch");
        case Figure::TestAccuracy:
            return Table::tr("Test accuracy, last epoch");
        case Figure::BestTestAccuracy:
            return Table::tr("Test accuracy, best epoch");
        case Figure::TestLoss:
            return Table::tr("Test loss, last epoch");
        case Figure::BestTestLoss:
            return Table::tr("Test loss, best epoch");
        case Figure::TrainAccuracy:
            return Table::tr("Train accuracy, last epoch");
        case Figure::BestTrainAccuracy:
            return Table::tr("Train accuracy, best epoch");
        case Figure::TrainLoss:
            return Table::tr("Train loss, last epoch");
        case Figure::BestTrainLoss:
            return Table::tr("Train loss, best epoch");
        case Figure::TrainingTime:
            return Table::tr("Training time");
        case Figure::ImagesPerSecond:
            return Table::tr("Training images per second");
    }
    return {};
}

bool isPickedOnTest(Figure figure) {
    return figure == Figure::BestWrong || figure == Figure::BestTestAccuracy ||
           figure == Figure::BestTestLoss;
}

QString toolTipOf(Figure figure) {
    return isPickedOnTest(figure)
               ? Table::tr("The best epoch was picked on the test data, so it flatters the model.")
               : QString();
}

QString accuracyText(double accuracy) {
    return Table::tr("%1 %").arg(percent(accuracy));
}

QString lossText(double loss) {
    return QLocale().toString(loss, 'f', 4);
}

QString epochText(Figure figure, const EpochFigures& epochs) {
    switch (figure) {
        case Figure::TestAccuracy:
            return accuracyText(epochs.testAccuracy.last);
        case Figure::BestTestAccuracy:
            return accuracyText(epochs.testAccuracy.best);
        case Figure::TestLoss:
            return lossText(epochs.testLoss.last);
        case Figure::BestTestLoss:
            return lossText(epochs.testLoss.best);
        case Figure::TrainAccuracy:
            return accuracyText(epochs.trainAccuracy.last);
        case Figure::BestTrainAccuracy:
            return accuracyText(epochs.trainAccuracy.best);
        case Figure::TrainLoss:
            return lossText(epochs.trainLoss.last);
        default:
            return lossText(epochs.trainLoss.best);
    }
}

/// "57 to 90", in images.
QString intervalText(const ModelFigures& figures) {
    const auto share = figures.wrongShare();
    if (!share) {
        return kUnknown;
    }
    const QLocale locale;
    return Table::tr("%1 to %2")
        .arg(locale.toString(share->low * figures.testTotal, 'f', 0),
             locale.toString(share->high * figures.testTotal, 'f', 0));
}

/// Says so where there are not that many epochs yet.
QString ofLastEpochs(const QString& text, const std::vector<int>& wrong) {
    const auto epochs = static_cast<int>(wrong.size());
    if (epochs == kLastEpochs) {
        return text;
    }
    return epochs == 1 ? Table::tr("%1 (of 1 epoch)").arg(text)
                       : Table::tr("%1 (of %2 epochs)").arg(text, count(epochs));
}

QString lastRangeText(const std::vector<int>& wrong) {
    const auto [least, most] = std::ranges::minmax(wrong);
    return ofLastEpochs(Table::tr("%1 to %2").arg(count(least), count(most)), wrong);
}

QString lastMedianText(const std::vector<int>& wrong) {
    const std::vector<double> values(wrong.begin(), wrong.end());
    return ofLastEpochs(QLocale().toString(fiveNumbers(values).median), wrong);
}

std::vector<Figure> allFigures(bool severalRuns) {
    std::vector<Figure> figures;
    const int first = static_cast<int>(severalRuns ? Figure::Run : Figure::Normalization);
    for (int figure = first; figure <= static_cast<int>(Figure::ImagesPerSecond); ++figure) {
        figures.push_back(static_cast<Figure>(figure));
    }
    return figures;
}

}  // namespace

void FindingsTableModel::setComparison(const Comparison& models) {
    const bool severalRuns = std::ranges::any_of(models, [&](const ComparedModel& model) {
        return model.run->folder != models.front().run->folder;
    });
    const std::vector<Figure> rows =
        models.empty() ? std::vector<Figure>() : allFigures(severalRuns);
    // Training goes on: the same cells with newer figures, so that a selection stays.
    const bool sameCells = rows == rows_ && models.size() == models_.size();
    if (!sameCells) {
        beginResetModel();
    }
    models_ = models;
    rows_ = rows;
    figures_.clear();
    for (const ComparedModel& model : models) {
        figures_.push_back(figuresOf(*model.run, model.model));
    }
    if (!sameCells) {
        endResetModel();
    } else if (!rows.empty()) {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void FindingsTableModel::setDark(bool dark) {
    dark_ = dark;
    if (!models_.empty()) {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

int FindingsTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int FindingsTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || models_.empty() ? 0 : 1 + static_cast<int>(models_.size());
}

QVariant FindingsTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Figure figure = rows_[static_cast<std::size_t>(index.row())];
    const bool isTitle = index.column() == 0;
    switch (role) {
        case Qt::DisplayRole:
            return isTitle ? titleOf(figure)
                           : text(figure, static_cast<std::size_t>(index.column() - 1));
        case Qt::ToolTipRole:
            return toolTipOf(figure);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                Qt::Alignment((isTitle ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
        default:
            return {};
    }
}

QVariant FindingsTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    if (section > 0) {
        return modelHeader(static_cast<std::size_t>(section - 1), role);
    }
    switch (role) {
        case Qt::DisplayRole:
            return tr("Network");
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
        default:
            return {};
    }
}

QVariant FindingsTableModel::modelHeader(std::size_t model, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return models_[model].label;
        case Qt::DecorationRole:
            return swatchIcon(models_[model].style(dark_), kSwatch);
        case Qt::TextAlignmentRole:
            // Else the swatch would stand nearer to the label before it than to its own.
            return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
        default:
            return {};
    }
}

QString FindingsTableModel::text(Figure figure, std::size_t model) const {
    const ComparedModel& compared = models_[model];
    const NetworkSpec& network = compared.config().network;
    switch (figure) {
        case Figure::Run:
            return compared.runName;
        case Figure::Normalization:
            return displayName(network.kind);
        case Figure::Groups:
            return network.kind == NormKind::Group ? groupsText(network.groups) : kUnknown;
        case Figure::L1:
            return shortNumber(compared.config().l1);
        case Figure::Parameters:
            return QLocale().toString(qlonglong{parameterCount(network)});
        case Figure::Epochs: {
            const int planned = compared.run->config.epochs();
            const int epochs = figures_[model].summary.epochs;
            return epochs == planned ? count(epochs)
                                     : tr("%1 of %2").arg(count(epochs), count(planned));
        }
        default:
            return figures_[model].epochs ? measuredText(figure, figures_[model]) : kUnknown;
    }
}

/// Of a model with an epoch behind it.
QString FindingsTableModel::measuredText(Figure figure, const ModelFigures& figures) const {
    const QLocale locale;
    const ModelSummary& summary = figures.summary;
    switch (figure) {
        case Figure::Wrong:
            return count(summary.wrong.value_or(0));
        case Figure::WrongInterval:
            return intervalText(figures);
        case Figure::BestWrong:
            return count(summary.bestWrong.value_or(0));
        case Figure::LastMedian:
            return lastMedianText(figures.lastWrong);
        case Figure::LastRange:
            return lastRangeText(figures.lastWrong);
        case Figure::TrainingTime:
            return durationText(summary.trainSeconds);
        case Figure::ImagesPerSecond:
            return summary.imagesPerSecond ? locale.toString(*summary.imagesPerSecond, 'f', 0)
                                           : kUnknown;
        default:
            return epochText(figure, *figures.epochs);
    }
}

}  // namespace normscope
