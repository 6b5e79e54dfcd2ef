#include "ui/train/train_page.h"

#include <QDir>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/norm_style.h"
#include "ui/reading_order.h"
#include "ui/theme.h"
#include "ui/train/action_bar.h"
#include "ui/train/chart_grid.h"
#include "ui/train/inside_panel.h"
#include "ui/train/model_cards.h"
#include "ui/train/model_texts.h"
#include "ui/train/network_panel.h"
#include "ui/train/results_table_model.h"
#include "ui/train/setup_panel.h"
#include "ui/train/tables_drawer.h"
#include "ui/widgets/copyable_table.h"
#include "ui/widgets/message_strip.h"

namespace normscope {
namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kFiguresMilliseconds = 200;  ///< faster, and nobody could read them

std::vector<CurveDescription> curvesOf(const TrainingConfig& config) {
    std::vector<NormKind> kinds;
    for (const ModelConfig& model : config.models) {
        kinds.push_back(model.network.kind);
    }
    const std::vector<int> variants = styleVariants(kinds);
    std::vector<CurveDescription> curves;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        curves.push_back({.label = QString::fromStdString(config.models[i].label),
                          .kind = kinds[i],
                          .variant = variants[i]});
    }
    return curves;
}

}  // namespace

TrainPage::TrainPage(QWidget* parent)
    : QWidget(parent),
      // In the order of the Tab key: settings, what to do with them, what comes of it; see also
      // beginRun().
      setup_(new SetupPanel(this)),
      actions_(new ActionBar(this)),
      message_(new MessageStrip(this)),
      unsaved_(new MessageStrip(this)),
      cards_(new ModelCards(this)),
      charts_(new ChartGrid(this)),
      results_(new ResultsTableModel(this)),
      network_(new NetworkPanel(this)),
      inside_(new InsidePanel(this)),
      splitter_(new QSplitter(Qt::Vertical, this)),
      tables_(new TablesDrawer(this)) {
    setAccessibleName(tr("Train"));
    unsaved_->setAccessibleName(tr("Not saved"));
    layOut();
    connectActions();
    connectCurves();
    charts_->setSmoothing(actions_->smoothing());
    frame_.setInterval(kFrameMilliseconds);
    connect(&frame_, &QTimer::timeout, this, &TrainPage::refresh);
    takeSetup();
}

TrainingConfig TrainPage::configuration() const {
    return setup_->configuration();
}

void TrainPage::setConfiguration(const TrainingConfig& config) {
    setup_->setConfiguration(config);
    takeSetup();
}

void TrainPage::setData(const std::filesystem::path& folder, const QString& name) {
    setup_->setData(folder, name);
}

void TrainPage::setEngineRemark(const QString& sentence) {
    setup_->setEngineRemark(sentence);
}

void TrainPage::setPhase(RunPhase phase) {
    setup_->setEditable(!isUnderWay(phase));
    actions_->setPhase(phase);
}

void TrainPage::setContinuable(bool continuable) {
    actions_->setContinuable(continuable);
}

void TrainPage::requestStart() {
    if (setup_->problem().isEmpty()) {
        emit startRequested(configuration());
    }
}

void TrainPage::beginRun(const RunView& view) {
    const std::vector<CurveDescription> curves = curvesOf(view.config);
    progress_.assign(view.config.models.size(), {});
    cards_->setCurves(curves);
    charts_->setCurves(curves, view.config.epochs());
    inside_->setModels(curves, view.config.epochs());
    setReadingOrder({setup_, actions_, cards_, charts_, tables_});
    results_->setRun(view);
    actions_->setExportable(true);
    showView(view);
}

void TrainPage::extendRun(const RunView& view) {
    Q_ASSERT(view.config.models.size() == progress_.size());
    for (ModelProgress& progress : progress_) {
        progress.phase = ModelPhase::Waiting;
    }
    charts_->setPlannedEpochs(view.config.epochs());
    inside_->setPlannedEpochs(view.config.epochs());
    showView(view);
}

void TrainPage::apply(const TrainingSnapshot& snapshot) {
    if (!view_ || snapshot.run != view_->run || snapshot.model >= progress_.size()) {
        return;
    }
    ModelProgress& progress = progress_[snapshot.model];
    figuresUrgent_ |= snapshot.phase != progress.phase || !snapshot.epochs.empty();
    const bool ends = !progress.hasEnded();
    progress.take(snapshot);
    if (ends && progress.hasEnded()) {
        showResults();
    }
    const auto perEpoch = static_cast<double>(view_->scaleOf(snapshot.model).stepsPerEpoch);
    charts_->append(snapshot.model, snapshot, perEpoch);
    inside_->append(snapshot.model, snapshot, perEpoch);
    curvesChanged_ |= !snapshot.steps.empty() || !snapshot.epochs.empty();
    figuresChanged_ = true;
    refreshSoon();
}

void TrainPage::showRun(const RunView& view, const std::vector<ModelHistory>& histories) {
    beginRun(view);
    for (std::size_t model = 0; model < histories.size(); ++model) {
        apply(snapshotOf(view, model, histories[model]));
    }
}

void TrainPage::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

void TrainPage::showMessage(const Message& message) {
    message_->display(message);
}

void TrainPage::setUnsaved(const Message& message) {
    unsaved_->display(message);
}

QString TrainPage::caption() const {
    if (!view_) {
        return configurationText(configuration(), setup_->dataName());
    }
    return view_->scales.empty() ? configurationText(view_->config, view_->dataName)
                                 : view_->caption;
}

std::vector<MetricChart*> TrainPage::charts() const {
    charts_->refresh();
    return charts_->charts();
}

bool TrainPage::isSetupShown() const {
    return !setup_->isHidden();
}

void TrainPage::setSetupShown(bool shown) {
    setup_->setVisible(shown);
    actions_->setSetupShown(shown);
}

void TrainPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refreshSoon();
}

void TrainPage::layOut() {
    auto* body = new QHBoxLayout;
    body->setSpacing(2 * kSpacing);
    body->addWidget(setup_);
    body->addWidget(makeDashboard(), 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, 2 * kSpacing, kSpacing);
    column->setSpacing(kSpacing);
    column->addWidget(actions_);
    column->addWidget(message_);
    column->addWidget(unsaved_);
    column->addLayout(body, 1);
}

/// Scrolls when large text leaves the charts no room, so that nothing is ever cut off.
QWidget* TrainPage::makeDashboard() {
    fillTables();
    splitter_->addWidget(charts_);
    splitter_->addWidget(tables_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 0);
    splitter_->setChildrenCollapsible(false);

    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(cards_);
    column->addWidget(splitter_, 1);

    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

void TrainPage::fillTables() {
    auto* table = new CopyableTable(this);
    table->setAccessibleName(tr("Results"));
    table->setModel(results_);
    tables_->addTable(tr("Results"), table);
    tables_->addTable(tr("Network"), network_);
    tables_->addTallTable(tr("Inside"), inside_);
    connect(tables_, &TablesDrawer::openChanged, this, &TrainPage::giveTablesRoom);
    connect(tables_, &TablesDrawer::needsAllRoomChanged, this, &TrainPage::giveTablesAllRoom);
}

/// A drawer that somebody has opened shows what they have chosen.
void TrainPage::showResults() {
    if (!tables_->isOpen()) {
        constexpr int kResults = 0;
        tables_->choose(kResults);
        tables_->setOpen(true);
    }
}

void TrainPage::giveTablesRoom() {
    if (tables_->isOpen()) {
        const int room = tables_->sizeHint().height();
        splitter_->setSizes({splitter_->height() - room, room});
    }
}

void TrainPage::giveTablesAllRoom(bool all) {
    charts_->setVisible(!all);
    giveTablesRoom();
    curvesChanged_ = true;
    refreshSoon();
}

void TrainPage::connectActions() {
    connect(setup_, &SetupPanel::changed, this, &TrainPage::takeSetup);
    connect(setup_, &SetupPanel::openDataFolderRequested, this,
            &TrainPage::openDataFolderRequested);
    connect(actions_, &ActionBar::startRequested, this, &TrainPage::requestStart);
    connect(actions_, &ActionBar::pauseRequested, this, &TrainPage::pauseRequested);
    connect(actions_, &ActionBar::resumeRequested, this, &TrainPage::resumeRequested);
    connect(actions_, &ActionBar::stepRequested, this, &TrainPage::stepRequested);
    connect(actions_, &ActionBar::stopRequested, this, &TrainPage::stopRequested);
    connect(actions_, &ActionBar::continueRequested, this, &TrainPage::continueRequested);
    connect(actions_, &ActionBar::moreEpochsRequested, this, &TrainPage::moreEpochsRequested);
    connect(actions_, &ActionBar::smoothingChanged, charts_, &ChartGrid::setSmoothing);
    connect(actions_, &ActionBar::logarithmicChanged, charts_, &ChartGrid::setLogarithmic);
    connect(actions_, &ActionBar::setupToggled, this, &TrainPage::setSetupShown);
    connect(actions_, &ActionBar::exportRequested, this, [this] { emit exportRequested(nullptr); });
    connect(charts_, &ChartGrid::pictureRequested, this, &TrainPage::exportRequested);
    connect(inside_, &InsidePanel::pictureRequested, this, &TrainPage::insidePictureRequested);
}

void TrainPage::connectCurves() {
    connect(cards_, &ModelCards::curveToggled, this, &TrainPage::setCurveVisible);
    connect(charts_, &ChartGrid::curveToggled, this, &TrainPage::setCurveVisible);
}

void TrainPage::takeSetup() {
    actions_->setStartProblem(setup_->problem());
    if (!view_ && setup_->problem().isEmpty()) {
        network_->setConfiguration(configuration());
    }
}

void TrainPage::showView(const RunView& view) {
    view_ = view;
    for (std::size_t model = 0; model < progress_.size(); ++model) {
        const ModelScale scale = view.scaleOf(model);
        progress_[model].totalEpochs = scale.epochs;
        progress_[model].totalSteps = scale.stepsPerEpoch * scale.epochs;
    }
    network_->setConfiguration(view.config);
    showFolder();
    refreshFigures();
    curvesChanged_ = true;
    refreshSoon();
}

void TrainPage::setRunFolder(const QString& folder) {
    if (view_) {
        view_->folder = folder;
        showFolder();
    }
}

void TrainPage::showFolder() {
    const QString& folder = view_->folder;
    tables_->setRemark(folder.isEmpty() ? QString() : tr("Folder: %1").arg(QDir(folder).dirName()),
                       QDir::toNativeSeparators(folder));
}

void TrainPage::setCurveVisible(std::size_t curve, bool visible) {
    cards_->setCurveVisible(curve, visible);
    charts_->setCurveVisible(curve, visible);
    inside_->setModelVisible(curve, visible);
}

/// A page nobody sees is painted when it is shown.
void TrainPage::refreshSoon() {
    if ((curvesChanged_ || figuresChanged_) && isVisible() && !frame_.isActive()) {
        frame_.start();
    }
}

void TrainPage::refresh() {
    if (!isVisible() || (!curvesChanged_ && !figuresChanged_)) {
        frame_.stop();
        return;
    }
    curvesChanged_ = false;
    if (charts_->isVisible()) {
        charts_->refresh();
    }
    inside_->refresh();
    if (figuresChanged_ && (figuresUrgent_ || sinceFigures_.hasExpired(kFiguresMilliseconds))) {
        refreshFigures();
    }
}

void TrainPage::refreshFigures() {
    figuresChanged_ = false;
    figuresUrgent_ = false;
    sinceFigures_.start();
    cards_->display(progress_, *view_);
    results_->setProgress(progress_);
}

}  // namespace normscope
