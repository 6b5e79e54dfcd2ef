#include "ui/findings/findings_page.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/experiment/experiment_view.h"
#include "ui/findings/finding_list.h"
#include "ui/findings/finding_sentences.h"
#include "ui/findings/findings_caption.h"
#include "ui/findings/findings_table_model.h"
#include "ui/findings/notes_field.h"
#include "ui/findings/original_panel.h"
#include "ui/findings/summary_grid.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/whole_table.h"

namespace normscope {
namespace {

constexpr int kTwoColumns = 100;  ///< grid units from which parts stand beside each other

enum View { kEmpty, kComparison, kExperiments };

/// That the best figures flatter stands below the table, where they are.
std::vector<Finding> onThePage(const Comparison& models) {
    std::vector<Finding> findings = findingsOf(models);
    std::erase_if(findings,
                  [](const Finding& finding) { return finding.kind == FindingKind::PickedOnTest; });
    return findings;
}

}  // namespace

FindingsPage::FindingsPage(QWidget* parent)
    : QWidget(parent),
      views_(new QTabBar(this)),
      choose_(new QPushButton(tr("Choose models…"), this)),
      report_(new QPushButton(tr("Report…"), this)),
      export_(new QToolButton(this)),
      message_(new MessageStrip(this)),
      stack_(new QStackedWidget(this)),
      findings_(new FindingList(this)),
      notes_(new NotesField(this)),
      charts_(new SummaryGrid(this)),
      model_(new FindingsTableModel(this)),
      figures_(new QWidget(this)),
      table_(new WholeTable(this)),
      original_(new OriginalPanel(this)),
      experiments_(new ExperimentView(this)) {
    setAccessibleName(tr("Findings"));
    stack_->addWidget(makeEmptyState());
    stack_->addWidget(makeComparison());
    stack_->addWidget(experiments_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, 2 * kSpacing, kSpacing);
    column->setSpacing(kSpacing);
    column->addWidget(makeBar());
    column->addWidget(message_);
    column->addWidget(stack_, 1);
    connectParts();
    takePalette();
    setComparison({});
}

void FindingsPage::setComparison(const Comparison& models) {
    models_ = models;
    findings_->setFindings(onThePage(models));
    charts_->setComparison(models);
    model_->setComparison(models);
    original_->setComparison(models);
    showNotes();
    report_->setEnabled(!models.empty());
    showExperiments(areExperimentsShown());
    fitToWidth();
}

void FindingsPage::setShippedRuns(const std::vector<std::filesystem::path>& folders) {
    shipped_ = folders;
    showNotes();
}

void FindingsPage::showNotes() {
    if (models_.empty() || models_.front().run->folder.empty()) {
        notes_->setNoRun(tr("Notes are kept with a run that is saved."));
        return;
    }
    const ComparedModel& first = models_.front();
    if (std::ranges::find(shipped_, first.run->folder) != shipped_.end()) {
        notes_->setNoRun(
            tr("This run came with the program and stays as it is. Train networks "
               "of your own to keep notes with them."));
        return;
    }
    notes_->setRun(first.run->folder, first.runName, QString::fromStdString(first.run->notes));
}

void FindingsPage::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

void FindingsPage::showExperiments(bool shown) {
    views_->setCurrentIndex(shown ? 1 : 0);
    stack_->setCurrentIndex(shown ? kExperiments : models_.empty() ? kEmpty : kComparison);
    choose_->setVisible(!shown);
    report_->setVisible(!shown);  // it is about the comparison
    export_->setEnabled(shown || !models_.empty());
}

std::vector<Picture> FindingsPage::pictures() const {
    if (areExperimentsShown()) {
        return experiments_->pictures();
    }
    return models_.empty() ? std::vector<Picture>() : charts_->pictures();
}

QString FindingsPage::caption() const {
    return areExperimentsShown() ? experiments_->caption() : comparisonCaption(models_);
}

void FindingsPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitToWidth();
}

void FindingsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        takePalette();
    } else if (event->type() == QEvent::FontChange) {
        fitToWidth();
    }
}

QWidget* FindingsPage::makeBar() {
    views_->setAccessibleName(tr("What is shown"));
    views_->setDrawBase(false);
    views_->setExpanding(false);
    views_->addTab(tr("This comparison"));
    views_->addTab(tr("Experiments"));
    choose_->setAccessibleName(tr("Choose models"));
    choose_->setToolTip(tr("Choose which models of which runs are compared"));
    report_->setAccessibleName(tr("Make a report"));
    report_->setToolTip(tr("Save all of this as one document"));
    export_->setAutoRaise(true);
    export_->setFocusPolicy(Qt::StrongFocus);
    export_->setAccessibleName(tr("Export Findings"));
    export_->setToolTip(tr("Save, copy or print these charts"));
    auto* bar = new QWidget(this);
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, bar);
    flow->setContentsMargins({});
    flow->setSpacing(kSpacing);
    for (QWidget* control : {static_cast<QWidget*>(views_), static_cast<QWidget*>(choose_),
                             static_cast<QWidget*>(report_), static_cast<QWidget*>(export_)}) {
        flow->addWidget(control);
    }
    return bar;
}

QWidget* FindingsPage::makeEmptyState() {
    auto* waiting = makeRemark(
        tr("There is nothing to compare yet: train models on page Train, or choose trained ones "
           "above."));
    waiting->setAlignment(Qt::AlignCenter);
    return waiting;
}

QWidget* FindingsPage::makeComparison() {
    auto* content = new QWidget(this);
    upper_ = new QBoxLayout(QBoxLayout::LeftToRight);
    upper_->setSpacing(4 * kSpacing);
    upper_->addWidget(findings_, 2);
    upper_->addWidget(notes_, 1);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, kSpacing, 0, kSpacing);
    column->setSpacing(4 * kSpacing);
    column->addLayout(upper_);
    column->addWidget(charts_);
    column->addWidget(makeFigures());
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

QWidget* FindingsPage::makeFigures() {
    table_->setModel(model_);
    table_->setWideColumn(0);
    table_->keepWideColumnWhole();
    table_->setAccessibleName(tr("Figures of the models"));
    QLabel* remark = makeRemark(
        tr("The best epoch is picked on the test images, so it flatters every network."));
    remark->setMinimumWidth(1);
    auto* column = new QVBoxLayout(figures_);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Measured figures")));
    column->addWidget(table_);
    column->addWidget(remark);

    constexpr int kAllThatItMayTake = 100;
    auto* section = new QWidget(this);
    lower_ = new QBoxLayout(QBoxLayout::LeftToRight, section);
    lower_->setContentsMargins({});
    lower_->setSpacing(4 * kSpacing);
    lower_->addWidget(figures_, kAllThatItMayTake);
    lower_->addWidget(original_, 1);
    lower_->addStretch(1);
    return section;
}

void FindingsPage::connectParts() {
    connect(views_, &QTabBar::currentChanged, this,
            [this](int view) { showExperiments(view == 1); });
    connect(choose_, &QPushButton::clicked, this, &FindingsPage::chooseModelsRequested);
    connect(report_, &QPushButton::clicked, this, &FindingsPage::reportRequested);
    connect(export_, &QToolButton::clicked, this, &FindingsPage::exportRequested);
    connect(findings_, &FindingList::experimentRequested, this, [this] { showExperiments(); });
    connect(notes_, &NotesField::edited, this, &FindingsPage::notesEdited);
}

void FindingsPage::takePalette() {
    model_->setDark(isDark(palette()));
    export_->setIcon(themedIcon("export", palette()));
}

void FindingsPage::fitToWidth() {
    const bool beside = width() >= kTwoColumns * gridUnit(font());
    const auto direction = beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    upper_->setDirection(direction);
    lower_->setDirection(direction);
    // Numbers far from their names could not be read across.
    constexpr int kNameUnits = 36;
    constexpr int kModelUnits = 16;
    constexpr int kOriginalUnits = 30;
    original_->setMinimumWidth(kOriginalUnits * gridUnit(font()));
    const int easilyRead =
        (kNameUnits + kModelUnits * static_cast<int>(models_.size())) * gridUnit(font());
    figures_->setMaximumWidth(std::max(easilyRead, table_->wholeWidth()));
}

bool FindingsPage::areExperimentsShown() const {
    return views_->currentIndex() == 1;
}

}  // namespace normscope
