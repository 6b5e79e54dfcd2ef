#include "ui/experiment/experiment_view.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/experiment/experiment_results_view.h"
#include "ui/experiment/experiment_setup.h"
#include "ui/experiment/experiment_texts.h"
#include "ui/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_strip.h"

namespace normscope {
namespace {

QPushButton* makeButton(const QString& text, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setAccessibleName(text);
    return button;
}

/// Scrolled where the page has no room for it.
QScrollArea* scrolled(QWidget* content) {
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

QString titleOf(const Experiment& experiment) {
    const QLocale locale;
    const TrainingConfig& base = experiment.spec.base;
    const QString kind =
        experiment.spec.kind == ExperimentKind::Seeds
            ? ExperimentView::tr("%1 seeds").arg(locale.toString(experiment.spec.seeds))
            : ExperimentView::tr("%1 batch sizes")
                  .arg(locale.toString(static_cast<int>(experiment.spec.sizes.size())));
    const QString title = ExperimentView::tr("%1 of %2, %3 epochs each")
                              .arg(kind, modelNames(base), locale.toString(base.epochs()));
    return base.trainLimit ? ExperimentView::tr("%1 with the first %2 training images")
                                 .arg(title, locale.toString(*base.trainLimit))
                           : title;
}

}  // namespace

ExperimentView::ExperimentView(QWidget* parent) : QWidget(parent) {
    message_ = new MessageStrip(this);
    setup_ = new ExperimentSetup;
    measured_ = new ExperimentResultsView;
    pages_ = new QStackedWidget(this);
    pages_->addWidget(scrolled(setup_));
    pages_->addWidget(scrolled(measured_));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridUnit(this));
    column->addWidget(message_);
    column->addLayout(makeHead());
    column->addWidget(makeProgress());
    column->addWidget(pages_, 1);
    connect(setup_, &ExperimentSetup::startRequested, this, &ExperimentView::startRequested);
    connect(setup_, &ExperimentSetup::openRequested, this, &ExperimentView::openRequested);
    updateControls();
}

QLayout* ExperimentView::makeHead() {
    title_ = new ElidedLabel(this);
    resume_ = makeButton(tr("Continue experiment"), this);
    results_ = makeButton(tr("Show results"), this);
    new_ = makeButton(tr("New experiment"), this);
    open_ = makeButton(tr("Open experiment folder..."), this);
    connect(resume_, &QPushButton::clicked, this, &ExperimentView::resumeRequested);
    connect(results_, &QPushButton::clicked, this, &ExperimentView::showResults);
    connect(new_, &QPushButton::clicked, this, &ExperimentView::showSetup);
    connect(open_, &QPushButton::clicked, this, &ExperimentView::openRequested);
    auto* head = new QHBoxLayout;
    head->setSpacing(gridUnit(this));
    head->addWidget(title_, 1);
    for (QPushButton* button : {resume_, results_, new_, open_}) {
        head->addWidget(button);
    }
    return head;
}

QWidget* ExperimentView::makeProgress() {
    progress_ = new QWidget(this);
    bar_ = new QProgressBar(progress_);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Progress of the experiment"));
    line_ = new ElidedLabel(progress_);
    stop_ = makeButton(tr("Stop experiment"), progress_);
    connect(stop_, &QPushButton::clicked, this, &ExperimentView::stopRequested);
    auto* row = new QHBoxLayout(progress_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridUnit(this));
    row->addWidget(bar_, 1);
    row->addWidget(line_, 2);
    row->addWidget(stop_);
    return progress_;
}

void ExperimentView::setBase(const TrainingConfig& config) {
    setup_->setBase(config);
}

void ExperimentView::setSpeed(const std::optional<MeasuredSpeed>& speed) {
    setup_->setSpeed(speed);
}

void ExperimentView::setExperiment(std::shared_ptr<const Experiment> experiment) {
    const bool another = experiment && (!experiment_ || experiment_->folder != experiment->folder);
    experiment_ = std::move(experiment);
    if (experiment_) {
        measured_->display(*experiment_);
        title_->setText(titleOf(*experiment_));
        title_->setToolTip(QString::fromStdString(experiment_->folder.string()));
    }
    if (!experiment_ || another) {
        pages_->setCurrentIndex(experiment_ ? 1 : 0);
    }
    updateControls();
}

void ExperimentView::setProgress(bool running, qint64 done, qint64 total, const QString& line) {
    // A bar counts in int, and a sweep has more mini-batches than some.
    constexpr int kParts = 1000;
    bar_->setRange(0, total > 0 ? kParts : 0);
    bar_->setValue(total > 0 ? static_cast<int>(done * kParts / total) : 0);
    line_->setText(line);
    if (running != running_) {
        running_ = running;
        updateControls();
    }
}

void ExperimentView::showMessage(const Message& message) {
    message_->display(message);
}

void ExperimentView::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

void ExperimentView::showSetup() {
    pages_->setCurrentIndex(0);
    updateControls();
}

void ExperimentView::showResults() {
    pages_->setCurrentIndex(1);
    updateControls();
}

void ExperimentView::updateControls() {
    const bool onResults = pages_->currentIndex() == 1;
    title_->setVisible(onResults);
    new_->setVisible(onResults && !running_);
    open_->setVisible(onResults && !running_);  // the settings have a button of their own
    results_->setVisible(!onResults && experiment_ != nullptr);
    resume_->setVisible(onResults && !running_ && experiment_ && nextRun(*experiment_) &&
                        experiment_->problems.empty());
    progress_->setVisible(running_);
    setup_->setStartable(!running_);
}

QString ExperimentView::caption() const {
    return experiment_ ? titleOf(*experiment_) : QString();
}

std::vector<Picture> ExperimentView::pictures() const {
    return experiment_ ? measured_->pictures() : std::vector<Picture>{};
}

}  // namespace normscope
