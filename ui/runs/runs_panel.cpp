#include "ui/runs/runs_panel.h"

#include <QDir>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/norm_style.h"
#include "ui/panel_text.h"
#include "ui/runs/run_tree_model.h"
#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr std::size_t kManyRuns = 6;  ///< from here on a filter is worth its room
constexpr int kTreeLines = 10;

/// Wraps, and asks for no width of its own.
template <class Label>
Label* narrow(Label* label) {
    label->setMinimumWidth(1);
    label->setWordWrap(true);
    return label;
}

QString detailsOf(const RunEntry& run) {
    QStringList lines;
    if (run.when.isValid()) {
        lines << QLocale().toString(run.when, QLocale::LongFormat);
    }
    switch (run.kind) {
        case RunEntry::Kind::UnderWay:
            lines << RunsPanel::tr("In training now.");
            break;
        case RunEntry::Kind::UnderWayElsewhere:
            lines << RunsPanel::tr("In training in another window or command.");
            break;
        case RunEntry::Kind::Bundled:
            lines << RunsPanel::tr("Came with the program.");
            break;
        case RunEntry::Kind::Opened:
        case RunEntry::Kind::Kept:
        case RunEntry::Kind::Unsaved:
            break;
    }
    if (run.canGoOn) {
        lines << RunsPanel::tr("Ended before its last epoch.");
    }
    lines << (run.folder.isEmpty() ? RunsPanel::tr("Kept in memory alone.")
                                   : QDir::toNativeSeparators(run.folder));
    return lines.join('\n');
}

QString excerptOf(const QString& notes) {
    constexpr int kLongest = 200;
    const QString text = notes.simplified();
    return text.size() <= kLongest ? text : text.left(kLongest - 1) + QStringLiteral("…");
}

}  // namespace

RunsPanel::RunsPanel(QWidget* parent)
    : QWidget(parent),
      model_(new RunTreeModel(this)),
      shown_(new QSortFilterProxyModel(this)),
      message_(new MessageStrip(this)),
      filter_(new QLineEdit(this)),
      tree_(new QTreeView(this)),
      remark_(narrow(makeRemark(
          tr("Page Train shows the training under way. Other models that are checked appear there "
             "once it has ended, and on the other pages at once.")))),
      details_(narrow(makeParagraph({}))),
      notes_(narrow(makeRemark({}))),
      problems_(narrow(new ProblemLabel(this))),
      open_(new QPushButton(tr("Open run folder..."), this)),
      show_(new QPushButton(tr("Show in Train"), this)),
      resume_(new QPushButton(tr("Resume"), this)),
      rename_(new QPushButton(tr("Rename"), this)),
      delete_(new QPushButton(tr("Delete"), this)) {
    makeTree();
    layOut();
    connectTree();
    fitToFont();
    showCurrent();
}

void RunsPanel::setRuns(const std::vector<RunEntry>& runs) {
    const RunEntry* before = currentRun();
    const QString current = before == nullptr ? QString() : before->folder;
    model_->setRuns(runs);
    filter_->setVisible(runs.size() >= kManyRuns || !filter_->text().isEmpty());
    remark_->setVisible(std::ranges::find(runs, RunEntry::Kind::UnderWay, &RunEntry::kind) !=
                        runs.end());
    expandAgain();
    if (!tree_->currentIndex().isValid() && shown_->rowCount() > 0) {
        const QModelIndex same = shown_->mapFromSource(model_->indexOf(current));
        tree_->setCurrentIndex(same.isValid() ? same : shown_->index(0, 0));
    }
    if (!model_->indexOf(questionable_).isValid()) {
        closeQuestion();
    }
    showCurrent();
}

void RunsPanel::setCompared(const std::vector<ModelRef>& models) {
    model_->setCompared(models);
}

void RunsPanel::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

void RunsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        fitToFont();
    }
}

void RunsPanel::makeTree() {
    shown_->setSourceModel(model_);
    shown_->setRecursiveFilteringEnabled(true);
    shown_->setAutoAcceptChildRows(true);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    tree_->setModel(shown_);
    tree_->setAccessibleName(tr("Runs"));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    tree_->setUniformRowHeights(true);
    tree_->setExpandsOnDoubleClick(false);
    tree_->setTabKeyNavigation(false);
    QHeaderView* header = tree_->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setMinimumSectionSize(1);
    header->setSectionResizeMode(RunTreeModel::Name, QHeaderView::Stretch);
    header->setSectionResizeMode(RunTreeModel::Wrong, QHeaderView::ResizeToContents);
}

void RunsPanel::layOut() {
    filter_->setAccessibleName(tr("Filter runs"));
    filter_->setPlaceholderText(tr("Filter by name"));
    filter_->setClearButtonEnabled(true);
    filter_->hide();
    remark_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(gridUnit(font()));
    column->addWidget(narrow(
        makeRemark(tr("All pages compare the models that are checked, of whichever runs."))));
    column->addWidget(message_);
    column->addWidget(filter_);
    column->addWidget(tree_, 1);
    column->addWidget(makeQuestion());
    column->addWidget(makeButtons());
    column->addWidget(remark_);
    column->addWidget(details_);
    column->addWidget(notes_);
    column->addWidget(problems_);
}

QWidget* RunsPanel::makeButtons() {
    open_->setToolTip(tr("Puts a run from elsewhere on the list; its files stay where they are."));
    show_->setToolTip(
        tr("Compares the models of this run alone, and takes its settings for the "
           "next training."));
    resume_->setToolTip(tr("Trains it on from its last finished epoch."));
    rename_->setToolTip(tr("Gives the folder of the run another name (F2)."));
    auto* buttons = new QWidget(this);
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, buttons);
    flow->setContentsMargins({});
    flow->setSpacing(gridUnit(font()));
    for (QPushButton* button : {show_, resume_, rename_, delete_, open_}) {
        flow->addWidget(button);
    }
    connect(open_, &QPushButton::clicked, this, &RunsPanel::openRequested);
    connect(show_, &QPushButton::clicked, this,
            [this] { emit showRequested(currentRun()->folder); });
    connect(resume_, &QPushButton::clicked, this,
            [this] { emit resumeRequested(currentRun()->folder); });
    connect(rename_, &QPushButton::clicked, this, &RunsPanel::rename);
    connect(delete_, &QPushButton::clicked, this, &RunsPanel::askToDelete);
    return buttons;
}

/// Stands where the tree ends, and interrupts nothing.
QWidget* RunsPanel::makeQuestion() {
    auto* question = new QFrame(this);
    question->setFrameShape(QFrame::StyledPanel);
    question->setProperty("card", true);
    question->setAccessibleName(tr("Move to the trash?"));
    questionText_ = narrow(makeParagraph({}));
    auto* move = new QPushButton(tr("Move to trash"), question);
    keep_ = new QPushButton(tr("Keep"), question);
    const int unit = gridUnit(font());
    auto* answers = new QHBoxLayout;
    answers->addWidget(move);
    answers->addWidget(keep_);
    answers->addStretch();
    auto* column = new QVBoxLayout(question);
    column->setContentsMargins(2 * unit, unit, 2 * unit, unit);
    column->addWidget(questionText_);
    column->addLayout(answers);
    connect(move, &QPushButton::clicked, this, &RunsPanel::remove);
    connect(keep_, &QPushButton::clicked, this, &RunsPanel::closeQuestion);
    question->hide();
    question_ = question;
    return question;
}

void RunsPanel::connectTree() {
    connect(filter_, &QLineEdit::textChanged, this, &RunsPanel::filter);
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RunsPanel::showCurrent);
    connect(tree_, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        collapsed_.insert(model_->runAt(shown_->mapToSource(index))->folder);
    });
    connect(tree_, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        collapsed_.erase(model_->runAt(shown_->mapToSource(index))->folder);
    });
    connect(model_, &RunTreeModel::comparisonChosen, this,
            [this](const std::vector<ModelRef>& models) {
                setMessage({});
                emit comparisonChosen(models);
            });
    connect(model_, &RunTreeModel::renameRequested, this, &RunsPanel::renameRequested);
    connect(model_, &RunTreeModel::refused, this, &RunsPanel::setMessage);
    auto* remove = new QShortcut(QKeySequence::Delete, tree_);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &RunsPanel::askToDelete);
}

QModelIndex RunsPanel::currentRunIndex() const {
    const QModelIndex current = tree_->currentIndex();
    const QModelIndex run = current.parent().isValid() ? current.parent() : current;
    return run.siblingAtColumn(RunTreeModel::Name);
}

const RunEntry* RunsPanel::currentRun() const {
    return model_->runAt(shown_->mapToSource(tree_->currentIndex()));
}

void RunsPanel::showCurrent() {
    const RunEntry* run = currentRun();
    const bool training = !remark_->isHidden();
    const bool isKept = run != nullptr && run->kind == RunEntry::Kind::Kept;
    const bool isOpened = run != nullptr && run->kind == RunEntry::Kind::Opened;
    show_->setEnabled(run != nullptr && !run->folder.isEmpty() && !run->models.empty() &&
                      !training);
    resume_->setVisible(run != nullptr && run->canGoOn);
    resume_->setEnabled(!training);
    rename_->setEnabled(isKept);
    delete_->setEnabled(isKept || isOpened);
    delete_->setText(isOpened ? tr("Remove from list") : tr("Delete"));
    delete_->setToolTip(isOpened ? tr("Its files stay where they are.")
                                 : tr("Moves the folder of the run to the trash (Del)."));
    describe(run == nullptr ? RunEntry{} : *run);
    if (run == nullptr) {
        details_->setText(
            tr("There are no runs yet. Start a training on page Train, or open the "
               "folder of one."));
    } else if (run->folder != questionable_) {
        closeQuestion();
    }
}

void RunsPanel::describe(const RunEntry& run) {
    details_->setText(detailsOf(run));
    notes_->setText(excerptOf(run.notes));
    notes_->setVisible(!run.notes.isEmpty());
    problems_->setProblem(run.problems.join('\n'));
}

void RunsPanel::rename() {
    tree_->setCurrentIndex(currentRunIndex());
    tree_->setFocus(Qt::OtherFocusReason);
    tree_->edit(currentRunIndex());
}

void RunsPanel::askToDelete() {
    const RunEntry* run = currentRun();
    if (run == nullptr || !delete_->isEnabled()) {
        return;
    }
    if (run->kind == RunEntry::Kind::Opened) {
        emit closeRequested(run->folder);
        return;
    }
    questionable_ = run->folder;
    questionText_->setText(
        tr("Move %1 to the trash? From there it can be brought back.").arg(run->name));
    question_->setAccessibleDescription(questionText_->text());
    question_->show();
    keep_->setFocus(Qt::OtherFocusReason);
}

void RunsPanel::remove() {
    const QString folder = questionable_;
    closeQuestion();
    emit deleteRequested(folder);
}

void RunsPanel::closeQuestion() {
    const bool hadFocus = question_->isAncestorOf(focusWidget());
    questionable_.clear();
    question_->hide();
    if (hadFocus) {
        tree_->setFocus(Qt::OtherFocusReason);
    }
}

void RunsPanel::filter(const QString& text) {
    shown_->setFilterFixedString(text);
    expandAgain();
}

/// A model that was reset or filtered has everything folded, and no row that spans the columns.
void RunsPanel::expandAgain() {
    for (int row = 0; row < shown_->rowCount(); ++row) {
        const QModelIndex index = shown_->index(row, 0);
        const RunEntry* run = model_->runAt(shown_->mapToSource(index));
        tree_->setFirstColumnSpanned(row, {}, true);
        tree_->setExpanded(index, !collapsed_.contains(run->folder));
    }
}

void RunsPanel::fitToFont() {
    const int height = fontMetrics().height();
    model_->setLook(isDark(palette()), {2 * height, height});
    tree_->setIconSize({2 * height, height});
    tree_->setMinimumHeight(kTreeLines * height);
}

}  // namespace normscope
