#include "ui/train/action_bar.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/train/training_charts.h"
#include "ui/widgets/flow_layout.h"

namespace normscope {
namespace {

constexpr int kGapBetweenGroups = 16;
constexpr int kSmoothingSteps = 100;  ///< the slider stops one step short of 1
constexpr int kFirstSmoothing = qRound(kDefaultSmoothing * kSmoothingSteps);
constexpr int kDefaultMoreEpochs = 5;
constexpr int kMaxMoreEpochs = 1000;

QString smoothingText(int value) {
    return QLocale().toString(static_cast<double>(value) / kSmoothingSteps, 'f', 2);
}

}  // namespace

ActionBar::ActionBar(QWidget* parent) : QWidget(parent) {
    makeControls();
    layOut();
    connectControls();
    fitToFont();
    enableControls();
}

void ActionBar::setPhase(RunPhase phase) {
    const bool startHadFocus = start_->hasFocus();
    phase_ = phase;
    enableControls();
    moveFocus(startHadFocus);
}

void ActionBar::setContinuable(bool continuable) {
    continuable_ = continuable;
    enableControls();
}

void ActionBar::setStartProblem(const QString& problem) {
    startProblem_ = problem;
    enableControls();
}

void ActionBar::setExportable(bool exportable) {
    export_->setEnabled(exportable);
}

void ActionBar::setSetupShown(bool shown) {
    setup_->setChecked(shown);
    setup_->setArrowType(shown ? Qt::LeftArrow : Qt::RightArrow);
}

double ActionBar::smoothing() const {
    return static_cast<double>(smoothing_->value()) / kSmoothingSteps;
}

void ActionBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        takeIcons();
        fitToFont();
    }
}

QPushButton* ActionBar::makeButton(const QString& text, const QString& toolTip) {
    auto* button = new QPushButton(text, this);
    button->setAccessibleName(text);
    button->setToolTip(toolTip);
    return button;
}

void ActionBar::makeControls() {
    setup_ = new QToolButton(this);
    setup_->setAccessibleName(tr("Setup"));
    setup_->setToolTip(tr("Shows or hides the settings on the left."));
    setup_->setFocusPolicy(Qt::StrongFocus);
    setup_->setCheckable(true);
    setSetupShown(true);
    start_ = makeButton(tr("Start training"), {});
    start_->setProperty("primary", true);
    pause_ = makeButton(tr("Pause"), tr("Holds all models after the mini-batch they are at."));
    pause_->setCheckable(true);
    step_ = makeButton(tr("Step"), tr("Trains each paused model on one more mini-batch."));
    stop_ = makeButton(tr("Stop"), tr("Ends the training; every finished epoch is kept."));
    continue_ = makeButton(tr("Continue"),
                           tr("Trains the models on from the last epoch that each has finished."));
    moreEpochs_ = makeButton(tr("More epochs"),
                             tr("Lets the same models go on: another cycle of the learning rate."));
    epochsToAdd_ = new QSpinBox(this);
    epochsToAdd_->setAccessibleName(tr("Epochs to add"));
    epochsToAdd_->setRange(1, kMaxMoreEpochs);
    epochsToAdd_->setValue(kDefaultMoreEpochs);
    smoothing_ = new QSlider(Qt::Horizontal, this);
    smoothing_->setAccessibleName(tr("Smoothing"));
    smoothing_->setToolTip(
        tr("Running average over the training curves; the raw ones stay faintly visible."));
    smoothing_->setRange(0, kSmoothingSteps - 1);
    smoothing_->setValue(kFirstSmoothing);
    smoothingValue_ = new QLabel(smoothingText(kFirstSmoothing), this);
    smoothingValue_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    logarithmic_ = new QCheckBox(tr("Log scale"), this);
    logarithmic_->setAccessibleName(tr("Log scale"));
    logarithmic_->setToolTip(
        tr("Draws the losses on a logarithmic axis, which shows small differences late."));
    export_ = makeButton({}, tr("Export: saves the charts as a picture."));
    export_->setAccessibleName(tr("Export..."));
    export_->setEnabled(false);
}

void ActionBar::layOut() {
    auto* smoothingLabel = new QLabel(tr("Smoothing"), this);
    smoothingLabel->setBuddy(smoothing_);
    more_ = keptTogether(this, {moreEpochs_, epochsToAdd_});
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, this);
    flow->setContentsMargins({});
    flow->setSpacing(kGapBetweenGroups);
    flow->addWidget(keptTogether(this, {setup_}));
    flow->addWidget(keptTogether(this, {start_, pause_, step_, stop_}));
    flow->addWidget(continue_);
    flow->addWidget(more_);
    flow->addWidget(
        keptTogether(this, {smoothingLabel, smoothing_, smoothingValue_, logarithmic_}));
    flow->addWidget(keptTogether(this, {export_}));
}

void ActionBar::connectControls() {
    connect(start_, &QPushButton::clicked, this, &ActionBar::startRequested);
    // Not clicked(): assistive technology toggles a checkable button without a click.
    connect(pause_, &QPushButton::toggled, this, &ActionBar::askToPause);
    connect(step_, &QPushButton::clicked, this, &ActionBar::stepRequested);
    connect(stop_, &QPushButton::clicked, this, &ActionBar::stopRequested);
    connect(continue_, &QPushButton::clicked, this, &ActionBar::continueRequested);
    connect(moreEpochs_, &QPushButton::clicked, this,
            [this] { emit moreEpochsRequested(epochsToAdd_->value()); });
    connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
        smoothingValue_->setText(smoothingText(value));
        emit smoothingChanged(smoothing());
    });
    connect(logarithmic_, &QCheckBox::toggled, this, &ActionBar::logarithmicChanged);
    connect(export_, &QPushButton::clicked, this, &ActionBar::exportRequested);
    connect(setup_, &QToolButton::toggled, this, &ActionBar::setupToggled);
}

/// The button shows what is, not what was asked for: models pause after their mini-batch.
void ActionBar::askToPause() {
    const bool paused = phase_ == RunPhase::Paused;
    const QSignalBlocker blocker(pause_);
    pause_->setChecked(paused);
    if (paused) {
        emit resumeRequested();
    } else {
        emit pauseRequested();
    }
}

void ActionBar::takeIcons() {
    const auto onStart = start_->isEnabled() ? QPalette::HighlightedText : QPalette::ButtonText;
    start_->setIcon(themedIcon("start", palette(), onStart));
    continue_->setIcon(themedIcon("start", palette()));
    step_->setIcon(themedIcon("step", palette()));
    stop_->setIcon(themedIcon("stop", palette()));
    export_->setIcon(themedIcon("export", palette()));
    pause_->setIcon(themedIcon(phase_ == RunPhase::Paused ? "start" : "pause", palette()));
}

void ActionBar::fitToFont() {
    start_->setMinimumHeight(2 * fontMetrics().height());
    smoothing_->setFixedWidth(3 * fontMetrics().height());
    smoothingValue_->setMinimumWidth(
        fontMetrics().horizontalAdvance(smoothingText(kSmoothingSteps - 1)));
}

void ActionBar::enableControls() {
    const bool underWay = isUnderWay(phase_);
    const bool paused = phase_ == RunPhase::Paused;
    const bool training = phase_ == RunPhase::Training;
    pause_->setEnabled(training || paused);
    const QSignalBlocker blocker(pause_);
    pause_->setChecked(paused);
    pause_->setText(paused ? tr("Resume") : tr("Pause"));
    step_->setEnabled(paused);
    stop_->setEnabled(training || paused || phase_ == RunPhase::Loading);
    // What was stopped is taken to its end first.
    continue_->setVisible(!underWay && continuable_);
    more_->setVisible(phase_ == RunPhase::Ended && !continuable_);
    start_->setEnabled(!underWay && startProblem_.isEmpty());
    start_->setToolTip(startProblem_.isEmpty()
                           ? tr("Trains all models at once, from the beginning.")
                           : startProblem_);
    takeIcons();
}

/// Whoever started with the keyboard finds the focus on Pause, not on Stop, which is all that can
/// be pressed while the data load.
void ActionBar::moveFocus(bool startHadFocus) {
    startedByKeyboard_ = startHadFocus || (startedByKeyboard_ && stop_->hasFocus());
    if (startedByKeyboard_ && pause_->isEnabled()) {
        pause_->setFocus();
        startedByKeyboard_ = false;
    }
}

}  // namespace normscope
