#include "app/pages.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>
#include <QStackedWidget>
#include <algorithm>

#include "app/chart_actions.h"
#include "app/components.h"
#include "app/diagnostics.h"
#include "app/folder_dialog.h"
#include "app/log_file.h"
#include "core/versions.h"
#include "ui/about_panel.h"
#include "ui/affine/affine_page.h"
#include "ui/findings/findings_page.h"
#include "ui/misclassified/misclassified_page.h"
#include "ui/normalize/normalize_page.h"
#include "ui/preferences_panel.h"
#include "ui/runs/runs_panel.h"
#include "ui/side_panel.h"
#include "ui/status_line.h"
#include "ui/train/train_page.h"

namespace normscope {

Pages::Pages(MainWindow& window, const MainWindow::Environment& environment,
             const StoredState& stored)
    : window_(window),
      environment_(environment),
      storedData_(stored.training.data),
      trainPage_(new TrainPage),
      panel_(new SidePanel(&window.pageArea())),
      tasks_(environment.patience) {
    window.setPage(Page::Train, trainPage_);
    session_ =
        std::make_unique<TrainingSession>(*trainPage_, environment.folders, environment.factory);
    session_->library().setOpened(stored.openedRuns);
    comparison_ = std::make_unique<ComparisonSession>(*session_);
    runs_ = std::make_unique<RunBrowser>(*session_, *comparison_);
    closing_ = std::make_unique<Closing>(window, *session_, tasks_);
    pictures_ = std::make_unique<PictureActions>(*panel_, window.status());
    charts_ = std::make_unique<ChartActions>(*trainPage_, *pictures_, window.status());
    addFileMenu();
    addTrainingMenu();
    addViewMenu();
    addHelpMenu();
    connectParts();
    TrainingConfig training = stored.training;
    training.data.clear();  // chosen once its images are read
    trainPage_->setConfiguration(training);
    take(stored.settings);
    updateActions();
}

Pages::~Pages() = default;

Pages::Normalizing& Pages::normalizing() {
    if (!normalizing_) {
        buildNormalizing();
    }
    return *normalizing_;
}

Pages::Comparing& Pages::comparing() {
    if (!comparing_) {
        buildComparing();
    }
    return *comparing_;
}

bool Pages::buildMore() {
    if (!normalizing_) {
        buildNormalizing();
        return true;
    }
    if (!comparing_) {
        buildComparing();
        return true;
    }
    return false;
}

void Pages::buildNormalizing() {
    auto* normalize = new NormalizePage;
    auto* affine = new AffinePage;
    window_.setPage(Page::Normalize, normalize);
    window_.setPage(Page::Affine, affine);
    normalizing_ = std::make_unique<Normalizing>(
        Normalizing{.normalizePage = normalize,
                    .affinePage = affine,
                    .samples = std::make_unique<SampleSession>(*normalize, *affine, *session_),
                    .sheets = std::make_unique<SheetSession>(*normalize)});
    normalize->setMotion(window_.settings().motion);
    addEditMenu();
    connect(normalizing_->sheets.get(), &SheetSession::told, &window_.status(),
            &StatusLine::showPassing);
    connect(normalize, &NormalizePage::exportRequested, this, &Pages::exportPage);
    connect(normalize, &NormalizePage::copyPictureRequested, this, &Pages::copySheet);
    connect(affine, &AffinePage::exportRequested, this, &Pages::exportPage);
}

void Pages::buildComparing() {
    auto* misclassified = new MisclassifiedPage;
    auto* findings = new FindingsPage;
    window_.setPage(Page::Misclassified, misclassified);
    window_.setPage(Page::Findings, findings);
    findings->setShippedRuns(environment_.folders.bundledRuns);
    comparing_ = std::make_unique<Comparing>(Comparing{
        .misclassifiedPage = misclassified,
        .findingsPage = findings,
        .mistakes = std::make_unique<MistakesSession>(*misclassified, *comparison_),
        .findings = std::make_unique<FindingsSession>(*findings, *comparison_, *session_,
                                                      environment_.factory),
        .pages = std::make_unique<ComparisonPages>(*misclassified, *findings, *comparison_)});
    comparing_->findings->experiments().setThreads(window_.settings().threads);
    closing_->setExperiments(comparing_->findings->experiments());
    connectComparing();
}

void Pages::connectParts() {
    connect(trainPage_, &TrainPage::openDataFolderRequested, this, &Pages::openData);
    connect(session_.get(), &TrainingSession::changed, this, &Pages::updateActions);
    connect(session_.get(), &TrainingSession::statusChanged, &window_.status(),
            &StatusLine::setLasting);
    connect(&session_->library(), &RunLibrary::openedChanged, &window_, &MainWindow::stateChanged);
    connect(&tasks_, &TaskWatch::changed, this, &Pages::tellStall);
}

void Pages::connectComparing() {
    const auto& [misclassified, findings, mistakes, findingsSession, pages] = *comparing_;
    connect(misclassified, &MisclassifiedPage::exportRequested, this, &Pages::exportPage);
    connect(misclassified, &MisclassifiedPage::chooseModelsRequested, this, &Pages::showRuns);
    connect(misclassified, &MisclassifiedPage::sheetRequested, this, &Pages::showSheetOf);
    connect(findings, &FindingsPage::exportRequested, this, &Pages::exportPage);
    connect(findings, &FindingsPage::chooseModelsRequested, this, &Pages::showRuns);
    connect(&session_->library(), &RunLibrary::failed, findings,
            [page = findings](const std::filesystem::path&, const QString& sentence) {
                page->setMessage(sentence);
            });
    connect(mistakes.get(), &MistakesSession::told, &window_.status(), &StatusLine::showPassing);
    connect(findingsSession.get(), &FindingsSession::told, &window_.status(),
            &StatusLine::showPassing);
    connect(&findingsSession->experiments(), &ExperimentSession::runningChanged, this,
            &Pages::updateActions);
    connect(&findingsSession->experiments(), &ExperimentSession::offered, this,
            &Pages::offerExperiment);
}

/// Unless a training was begun after it was cut off: then it was left on purpose.
void Pages::offerExperiment(const InterruptedExperiment& experiment, const QString& sentence) {
    RunLibrary& library = session_->library();
    if (library.isBusy()) {
        connect(
            &library, &RunLibrary::listed, this,
            [this, experiment, sentence] { offerExperiment(experiment, sentence); },
            Qt::SingleShotConnection);
        return;
    }
    ExperimentSession& experiments = findings().experiments();
    const bool isLeft = std::ranges::any_of(library.runs(), [&](const ListedRun& run) {
        return run.origin != RunOrigin::Bundled && run.when > experiment.trained;
    });
    if (isLeft || experiments.isRunning()) {
        return;
    }
    auto* offer = new MessageStrip;
    window_.putOnTop(offer);
    connect(&experiments, &ExperimentSession::runningChanged, offer, &QWidget::hide);
    const auto resume = [this, folder = experiment.folder] {
        window_.showPage(Page::Findings);
        findingsPage().showExperiments();
        findings().experiments().goOnWith(folder);
    };
    offer->display({.text = sentence, .actions = {{tr("Resume"), resume}}});
}

void Pages::showSheetOf(SampleRequest request) {
    const std::string underWay =
        session_->underWay() ? session_->shownFolder().string() : std::string();
    if (request.run.toStdString() == underWay) {
        request.run.clear();  // as it is now, and not as it was last saved
    }
    window_.showPage(Page::Normalize);
    normalizePage().choose(request);
}

bool Pages::isReading() const {
    return session_->library().isBusy() || comparison_->isBusy() ||
           (normalizing_ && normalizing_->samples->isBusy()) ||
           (comparing_ && comparing_->mistakes->isBusy());
}

/// Runs are looked for when a page may want them, and not before.
void Pages::turnTo(Page page) {
    if (page == Page::Normalize || page == Page::Affine) {
        samples().listRuns();
    } else if (page != Page::Train) {
        comparing();
    }
    for (QAction* action : ofSheet_) {
        action->setEnabled(page == Page::Normalize);
    }
    setup_->setEnabled(page == Page::Train || page == Page::Normalize);
    session_->library().refresh();
    if (comparing_) {
        comparing_->pages->turnTo(page);
    }
    if (page == Page::Findings) {
        findings().enter(trainPage_->configuration());
    }
}

PagePictures Pages::picturesOfPage() {
    switch (window_.page()) {
        case Page::Train:
            return charts_->pictures();
        case Page::Normalize:
            return {normalizePage().pictures(), normalizePage().caption()};
        case Page::Affine:
            return {affinePage().pictures(), affinePage().caption()};
        case Page::Misclassified:
            return {misclassifiedPage().pictures(), misclassifiedPage().caption()};
        case Page::Findings:
            return {findingsPage().pictures(), findingsPage().caption()};
    }
    Q_UNREACHABLE();
}

void Pages::exportPage() {
    pictures_->showExport(picturesOfPage());
}

void Pages::printPage() {
    pictures_->print(window_.page() == Page::Train ? charts_->sheet() : picturesOfPage());
}

void Pages::copySheet() {
    pictures_->copy(normalizePage().pictures().front(), normalizePage().caption());
}

void Pages::toggleSetup() {
    if (window_.page() == Page::Normalize) {
        normalizePage().setSetupShown(!normalizePage().isSetupShown());
    } else if (window_.page() == Page::Train) {
        trainPage_->setSetupShown(!trainPage_->isSetupShown());
    }
}

void Pages::openSheet() {
    window_.showPage(Page::Normalize);
    sheets().askWhichToOpen();
}

void Pages::updateActions() {
    const RunPhase phase = session_->phase();
    start_->setEnabled(!isUnderWay(phase));
    pause_->setEnabled(phase == RunPhase::Training || phase == RunPhase::Paused);
    step_->setEnabled(phase == RunPhase::Paused);
    stop_->setEnabled(isUnderWay(phase) && phase != RunPhase::Stopping);
    continue_->setEnabled(session_->canContinue());
    save_->setEnabled(session_->keeper().isUnsaved());
}

void Pages::take(const Settings& settings) {
    panel_->setMotion(settings.motion);
    session_->setThreads(settings.threads);
    if (normalizing_) {
        normalizing_->normalizePage->setMotion(settings.motion);
    }
    if (comparing_) {
        comparing_->findings->experiments().setThreads(settings.threads);
    }
}

/// Until images were read, those that were chosen last time are still to come.
TrainingConfig Pages::training() const {
    TrainingConfig training = trainPage_->configuration();
    if (!session_->images()) {
        training.data = storedData_;
    }
    return training;
}

const std::vector<std::filesystem::path>& Pages::openedRuns() const {
    return session_->library().opened();
}

void Pages::openData() {
    askForFolder(window_, tr("Open a folder with the four IDX files"),
                 QDir::homePath().toStdString(), this,
                 [this](const std::filesystem::path& folder) { session_->setData(folder); });
}

void Pages::openRun() {
    if (window_.page() == Page::Normalize) {
        emit normalizePage().openRunRequested();
        return;
    }
    if (window_.page() == Page::Affine) {
        emit affinePage().openRunRequested();
        return;
    }
    askForFolder(window_, tr("Open a run folder"), session_->runsFolder(), this,
                 [this](const std::filesystem::path& folder) { session_->openRun(folder); });
}

void Pages::showRuns() {
    auto* content = new RunsPanel;
    runs_->serve(*content);
    panel_->present(tr("Runs"), content);
}

void Pages::showPreferences() {
    auto* content = new PreferencesPanel(window_.settings(), environment_.cores);
    connect(content, &PreferencesPanel::settingsChanged, &window_, &MainWindow::setSettings);
    panel_->present(tr("Preferences"), content);
}

void Pages::copyDiagnostics() {
    QGuiApplication::clipboard()->setText(diagnostics(session_->images()));
    window_.status().showPassing(
        tr("Copied: versions, computer and images, for whoever is to help."));
}

void Pages::showAbout() {
    panel_->present(tr("About Normscope"),
                    new AboutPanel(QString::fromStdString(programVersion()), components()));
}

bool Pages::mayClose() {
    return closing_->mayClose();
}

bool Pages::finishTasks() {
    return closing_->finishTasks();
}

void Pages::tellStall() {
    if (stall_ == nullptr) {
        stall_ = new MessageStrip;
        window_.putOnTop(stall_);
    }
    Message message = tasks_.message();
    qCWarning(windowLog).noquote() << message.text;
    if (!message.details.isEmpty()) {
        message.details += diagnostics(session_->images());
    }
    stall_->display(message);
}

}  // namespace normscope
