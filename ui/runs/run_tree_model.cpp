#include "ui/runs/run_tree_model.h"

#include <QDate>
#include <QFont>
#include <QLocale>
#include <algorithm>

#include "ui/norm_style.h"

namespace normscope {
namespace {

// The id of an index is the row of its run, counted from 1; 0 is that of the runs themselves.
constexpr quintptr kRunId = 0;

bool isModel(const QModelIndex& index) {
    return index.internalId() != kRunId;
}

std::size_t runRow(const QModelIndex& index) {
    return isModel(index) ? index.internalId() - 1 : static_cast<std::size_t>(index.row());
}

std::vector<ModelRef> modelsOf(const RunEntry& run) {
    std::vector<ModelRef> models;
    for (int model = 0; model < static_cast<int>(run.models.size()); ++model) {
        models.push_back({run.folder, model});
    }
    return models;
}

bool haveSameRows(const std::vector<RunEntry>& a, const std::vector<RunEntry>& b) {
    return std::ranges::equal(a, b, [](const RunEntry& x, const RunEntry& y) {
        return x.folder == y.folder && x.models.size() == y.models.size();
    });
}

QString stateText(const RunEntry& run) {
    using Model = RunTreeModel;
    if (run.kind == RunEntry::Kind::UnderWay) {
        return Model::tr("in training");
    }
    return run.problems.isEmpty() ? QString() : Model::tr("damaged");
}

/// "With L1 · 25 Nov 2026 · damaged"; a name that is a time tells the date itself.
QString runText(const RunEntry& run) {
    QStringList parts{run.name};
    const QDate date = run.when.date();
    if (date.isValid() && !run.name.startsWith(date.toString(Qt::ISODate))) {
        parts << QLocale().toString(date, QLocale::ShortFormat);
    }
    parts << stateText(run);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString wrongText(const ModelEntry& model) {
    return model.wrong ? QLocale().toString(*model.wrong) : QStringLiteral("—");
}

QString modelToolTip(const ModelEntry& model) {
    const QLocale locale;
    const QString epochs = model.epochs == 1
                               ? RunTreeModel::tr("1 epoch")
                               : RunTreeModel::tr("%1 epochs").arg(locale.toString(model.epochs));
    if (!model.wrong) {
        return RunTreeModel::tr("%1, no epoch finished yet").arg(model.normalization);
    }
    return RunTreeModel::tr("%1, %2: %3 of %4 test images read wrongly")
        .arg(model.normalization, epochs, locale.toString(*model.wrong),
             locale.toString(model.testTotal));
}

QVariant alignmentOf(int column) {
    const Qt::Alignment horizontal = column == RunTreeModel::Wrong ? Qt::AlignRight : Qt::AlignLeft;
    return QVariant::fromValue(Qt::Alignment(horizontal | Qt::AlignVCenter));
}

}  // namespace

void RunTreeModel::setRuns(const std::vector<RunEntry>& runs) {
    if (runs == runs_) {
        return;
    }
    if (haveSameRows(runs, runs_)) {
        runs_ = runs;
        tellAllChanged();
        return;
    }
    beginResetModel();
    runs_ = runs;
    endResetModel();
}

void RunTreeModel::setCompared(const std::vector<ModelRef>& models) {
    if (models != compared_) {
        compared_ = models;
        tellAllChanged();
    }
}

void RunTreeModel::setLook(bool dark, QSize swatch) {
    dark_ = dark;
    swatch_ = swatch;
    tellAllChanged();
}

void RunTreeModel::tellAllChanged() {
    const int rows = rowCount();
    if (rows == 0) {
        return;
    }
    emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
    for (int row = 0; row < rows; ++row) {
        const QModelIndex run = index(row, 0);
        if (const int models = rowCount(run); models > 0) {
            emit dataChanged(index(0, 0, run), index(models - 1, ColumnCount - 1, run));
        }
    }
}

const RunEntry* RunTreeModel::runAt(const QModelIndex& index) const {
    return index.isValid() && runRow(index) < runs_.size() ? &runs_[runRow(index)] : nullptr;
}

QModelIndex RunTreeModel::indexOf(const QString& folder) const {
    const auto found = std::ranges::find(runs_, folder, &RunEntry::folder);
    return found == runs_.end() ? QModelIndex()
                                : index(static_cast<int>(found - runs_.begin()), Name);
}

QModelIndex RunTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column,
                       parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kRunId);
}

QModelIndex RunTreeModel::parent(const QModelIndex& index) const {
    return index.isValid() && isModel(index)
               ? createIndex(static_cast<int>(runRow(index)), Name, kRunId)
               : QModelIndex();
}

int RunTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return static_cast<int>(runs_.size());
    }
    return isModel(parent) || parent.column() != Name
               ? 0
               : static_cast<int>(runs_[runRow(parent)].models.size());
}

int RunTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

Qt::ItemFlags RunTreeModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    const RunEntry* run = runAt(index);
    if (run == nullptr || index.column() != Name) {
        return flags;
    }
    if (!run->models.empty()) {
        flags |= Qt::ItemIsUserCheckable;
    }
    if (isModel(index)) {
        flags |= Qt::ItemNeverHasChildren;
    } else if (run->kind == RunEntry::Kind::Kept) {
        flags |= Qt::ItemIsEditable;
    }
    return flags;
}

QVariant RunTreeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(index.column());
    }
    const RunEntry& run = runs_[runRow(index)];
    if (isModel(index)) {
        return modelData(run, index.row(), index.column(), role);
    }
    return index.column() == Name ? runData(run, role) : QVariant();
}

QVariant RunTreeModel::runData(const RunEntry& run, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return runText(run);
        case Qt::EditRole:
            return run.name;
        case Qt::CheckStateRole:
            return run.models.empty() ? QVariant() : QVariant(checkState(run));
        case Qt::FontRole: {
            QFont font;
            font.setWeight(QFont::DemiBold);
            return font;
        }
        case Qt::ToolTipRole:
            return run.problems.isEmpty() ? run.notes : run.problems.join('\n');
        default:
            return {};
    }
}

QVariant RunTreeModel::modelData(const RunEntry& run, int model, int column, int role) const {
    const ModelEntry& entry = run.models[static_cast<std::size_t>(model)];
    switch (role) {
        case Qt::DisplayRole:
            return column == Name ? entry.label : column == Wrong ? wrongText(entry) : QString();
        case Qt::CheckStateRole:
            return column == Name
                       ? QVariant(isCompared({run.folder, model}) ? Qt::Checked : Qt::Unchecked)
                       : QVariant();
        case Qt::DecorationRole:
            return column == Name ? swatch(run, model) : QVariant();
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole:
            return modelToolTip(entry);
        default:
            return {};
    }
}

QVariant RunTreeModel::swatch(const RunEntry& run, int model) const {
    const NormKind kind = run.models[static_cast<std::size_t>(model)].kind;
    return swatchIcon(curveStyle(kind, variantOf(run, model), dark_), swatch_);
}

/// That of its curves on the pages; of a model that is not compared, that within its run.
int RunTreeModel::variantOf(const RunEntry& run, int model) const {
    const auto place = std::ranges::find(compared_, ModelRef{run.folder, model});
    const NormKind kind = run.models[static_cast<std::size_t>(model)].kind;
    if (place == compared_.end()) {
        return static_cast<int>(
            std::count_if(run.models.begin(), run.models.begin() + model,
                          [&](const ModelEntry& before) { return before.kind == kind; }));
    }
    return static_cast<int>(std::count_if(compared_.begin(), place, [&](const ModelRef& before) {
        const ModelEntry* entry = find(before);
        return entry != nullptr && entry->kind == kind;
    }));
}

const ModelEntry* RunTreeModel::find(const ModelRef& model) const {
    const auto run = std::ranges::find(runs_, model.run, &RunEntry::folder);
    const auto place = static_cast<std::size_t>(model.model);
    return run != runs_.end() && place < run->models.size() ? &run->models[place] : nullptr;
}

bool RunTreeModel::isCompared(const ModelRef& model) const {
    return std::ranges::find(compared_, model) != compared_.end();
}

Qt::CheckState RunTreeModel::checkState(const RunEntry& run) const {
    const std::vector<ModelRef> models = modelsOf(run);
    const auto compared =
        std::ranges::count_if(models, [this](const ModelRef& model) { return isCompared(model); });
    return compared == 0                    ? Qt::Unchecked
           : compared == std::ssize(models) ? Qt::Checked
                                            : Qt::PartiallyChecked;
}

bool RunTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const RunEntry* run = runAt(index);
    if (run == nullptr || index.column() != Name) {
        return false;
    }
    if (role == Qt::CheckStateRole) {
        const bool checked = value.toInt() != Qt::Unchecked;
        return check(
            isModel(index) ? std::vector{ModelRef{run->folder, index.row()}} : modelsOf(*run),
            checked);
    }
    if (role == Qt::EditRole && !isModel(index) && value.toString() != run->name) {
        emit renameRequested(run->folder, value.toString());
    }
    return false;  // the new name shows once the folder has it
}

bool RunTreeModel::check(const std::vector<ModelRef>& models, bool checked) {
    std::vector<ModelRef> compared = compared_;
    for (const ModelRef& model : models) {
        std::erase(compared, model);
    }
    if (checked) {
        // Those that were compared keep their places, and with them their looks.
        compared = compared_;
        std::ranges::copy_if(models, std::back_inserter(compared),
                             [this](const ModelRef& model) { return !isCompared(model); });
    }
    if (compared.empty()) {
        emit refused(tr("One model at least is compared; choose another one first."));
        return false;
    }
    if (compared.size() > kMostCompared) {
        emit refused(tr("At most %1 models are compared at a time; take others away first.")
                         .arg(kMostCompared));
        return false;
    }
    setCompared(compared);
    emit comparisonChosen(compared);
    return true;
}

QVariant RunTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Run and model") : tr("Wrong");
}

}  // namespace normscope
