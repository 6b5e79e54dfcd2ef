#include "app/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QImage>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QUndoStack>

#include "app/sample_session.h"
#include "app/sheet_session.h"
#include "core/trainer.h"
#include "tests/app/small_mnist.h"
#include "tests/named_widget.h"
#include "ui/affine/affine_page.h"
#include "ui/chart/metric_chart.h"
#include "ui/normalize/normalize_page.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/picture/export_panel.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

using namespace normscope;

/// The whole window on the first digits of MNIST: what a person clicks, and what comes of it.
class MainWindowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<MainWindow> window_;

    MainWindow::Environment environment() const {
        return {
            .folders = {.bundledData = folder_->path() / "data", .runs = folder_->path() / "runs"},
            .factory = &makeTrainer,
            .cores = 2};
    }

    static StoredState state(int epochs) {
        StoredState state;
        state.training = withPreset({}, presets()[kDefaultPreset]);
        state.training.cycles = {epochs};
        state.training.batchSize = 32;
        return state;
    }

    void open(int epochs) {
        window_ = std::make_unique<MainWindow>(environment(), state(epochs));
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        window_->content();
    }

    template <typename Widget>
    Widget* named(const QString& name) const {
        return testing::namedWidget<Widget>(*window_, name);
    }
    QAbstractButton* button(const QString& name) const { return named<QAbstractButton>(name); }
    void click(const QString& name) {
        QAbstractButton* found = button(name);
        QVERIFY2(found != nullptr && found->isEnabled(), qPrintable(name));
        QTest::mouseClick(found, Qt::LeftButton);
    }

    static bool saysSomething(const QWidget* page) {
        const auto strips = page->findChildren<QWidget*>();
        return std::ranges::any_of(strips, [](const QWidget* strip) {
            return strip->accessibleName() == QStringLiteral("Message") && strip->isVisible();
        });
    }

    MetricChart* chart(std::size_t index) const { return window_->trainPage().charts().at(index); }
    std::size_t pointsOf(std::size_t model) const {
        return chart(0)->content().curves.at(model).data.size();
    }
    std::array<std::size_t, 3> points() const { return {pointsOf(0), pointsOf(1), pointsOf(2)}; }
    /// Once none has come for a while: mini-batches that are under way still end.
    std::array<std::size_t, 3> pointsAtRest() const {
        std::array<std::size_t, 3> last{};
        while (last != points()) {
            last = points();
            QTest::qWait(500);
        }
        return last;
    }
    bool hasCurves() const { return chart(0)->content().curves.size() == 3; }
    RunPhase phase() const { return window_->session().phase(); }

    std::vector<std::filesystem::path> runs() const {
        std::vector<std::filesystem::path> runs;
        for (const auto& entry : std::filesystem::directory_iterator(folder_->path() / "runs")) {
            runs.push_back(entry.path());
        }
        std::ranges::sort(runs);
        return runs;
    }
    QAction* action(const QString& text) const {
        for (QAction* found : window_->findChildren<QAction*>()) {
            if (QString(found->text()).remove('&') == text) {
                return found;
            }
        }
        return nullptr;
    }
    const SheetState& sheet() const { return window_->normalizePage().document().state(); }
    static SampleRequest beforeFirstNorm(const QString& run) {
        SampleRequest request;
        request.kind = SampleRequest::Kind::Activations;
        request.run = run;
        return request;
    }

  private slots:
    void init() {
        // All but what the offscreen platform says of every window.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(folder_->path() / "data");
    }

    void cleanup() {
        window_.reset();
        folder_.reset();
    }

    void trainsToTheEndAndSavesTheRun() {
        open(/*epochs=*/2);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        for (std::size_t model = 0; model < 3; ++model) {
            QCOMPARE(pointsOf(model), std::size_t{40});
            QCOMPARE(chart(1)->content().curves.at(model).data.size(), std::size_t{2});
        }
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models.size(), std::size_t{3});
        for (const ModelHistory& model : run.models) {
            QCOMPARE(model.outcome, Outcome::Finished);
            QCOMPARE(model.epochs.size(), std::size_t{2});
        }
        QCOMPARE(run.dataset.testTotal, 200);
    }

    void pausesStepsResumesAndStops() {
        open(/*epochs=*/500);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 10 && pointsOf(2) > 10, 60'000);
        click("Pause");
        QCOMPARE(phase(), RunPhase::Paused);
        const std::array before = pointsAtRest();
        QCOMPARE(button("Pause")->text(), QStringLiteral("Resume"));

        click("Step");
        const std::array stepped{before[0] + 1, before[1] + 1, before[2] + 1};
        QTRY_COMPARE_WITH_TIMEOUT(points(), stepped, 60'000);
        QCOMPARE(pointsAtRest(), stepped);

        click("Pause");
        QCOMPARE(phase(), RunPhase::Training);
        QTRY_VERIFY_WITH_TIMEOUT(pointsOf(1) > before[1] + 10, 60'000);
        click("Stop");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models[1].outcome, Outcome::Stopped);
        QCOMPARE(run.models[1].steps.size(), pointsOf(1));
    }

    void aStoppedRunIsContinuedFromItsLastEpoch() {
        open(/*epochs=*/4);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 25, 60'000);
        click("Stop");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(window_->session().canContinue());
        window_->session().continueRun(/*moreEpochs=*/0);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(!window_->session().canContinue());
        QCOMPARE(pointsOf(0), std::size_t{80});
        QCOMPARE(readRun(runs().at(0)).models[0].epochs.size(), std::size_t{4});
    }

    void aFinishedRunGetsMoreEpochs() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        named<QSpinBox>("Epochs to add")->setValue(2);
        click("More epochs");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(2), std::size_t{60});
        QCOMPARE(readRun(runs().at(0)).config.cycles, (std::vector<int>{1, 2}));
        QCOMPARE(runs().size(), std::size_t{1});
    }

    void anEarlierRunIsShownAgain() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const auto run = runs().at(0);
        open(/*epochs=*/3);
        window_->session().openRun(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
        window_->session().openRun(folder_->path() / "nowhere");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
    }

    void chartsAreExportedFromThePanel() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        emit window_->trainPage().exportRequested(nullptr);
        auto* panel = window_->findChild<ExportPanel*>();
        QVERIFY(panel != nullptr);
        const QString file = QString::fromStdString((folder_->path() / "charts.png").string());
        QVERIFY(panel->save(file));
        QCOMPARE(QImage(file).size(), panel->options().size * panel->options().scale);
    }

    void aFolderThatCannotBeWrittenLeavesTheTrainingInMemory() {
        testing::writeAll(folder_->path() / "runs", "a file where the folder should be");
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!isUnderWay(phase()), 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
    }

    void closingWhileTrainingAsksAndStops() {
        open(/*epochs=*/500);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 45, 60'000);
        window_->close();
        QVERIFY(window_->isVisible());
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QCOMPARE(phase(), RunPhase::Training);
        for (QAbstractButton* choice : question->buttons()) {
            if (question->buttonRole(choice) == QMessageBox::AcceptRole) {
                QTest::mouseClick(choice, Qt::LeftButton);
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), 60'000);
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models[0].outcome, Outcome::Stopped);
        QVERIFY(run.models[0].epochs.size() >= 2);
    }

    void dataThatCannotBeReadChangesNothing() {
        open(/*epochs=*/1);
        const auto data = [this] { return window_->state().training.data; };
        const auto other = folder_->path() / "other";
        std::filesystem::copy(folder_->path() / "data", other);
        window_->session().setData(other);
        QTRY_COMPARE(data(), other);
        std::filesystem::remove(other / kIdxFiles[2]);
        std::filesystem::create_directories(folder_->path() / "broken");
        window_->session().setData(folder_->path() / "broken");
        QTRY_VERIFY(saysSomething(&window_->trainPage()));
        QCOMPARE(data(), other);
        window_->session().setData({});
        QTRY_COMPARE(data(), std::filesystem::path());
    }

    void keysSwitchPages() {
        open(/*epochs=*/1);
        QCOMPARE(window_->page(), Page::Train);
        QVERIFY(!action("Save sheet...")->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(window_->page(), Page::Normalize);
        QVERIFY(window_->normalizePage().isVisible());
        QVERIFY(action("Save sheet...")->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(window_->page(), Page::Affine);
        QVERIFY(!action("Save sheet...")->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window_->page(), Page::Train);
    }

    void theAffinePageGetsItsDigits() {
        open(/*epochs=*/1);
        QVERIFY(window_->affinePage().pictures().empty());
        window_->showPage(Page::Affine);
        QTRY_VERIFY_WITH_TIMEOUT(!window_->affinePage().pictures().empty(), 30'000);
        QVERIFY(window_->affinePage().caption().contains("MNIST"));
    }

    void activationsOfATrainingUnderWayAndOfOneThatHasEnded() {
        open(/*epochs=*/500);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 10, 60'000);
        window_->showPage(Page::Normalize);
        window_->normalizePage().choose(beforeFirstNorm({}));
        QTRY_VERIFY_WITH_TIMEOUT(sheet().source.contains("this training"), 30'000);
        QVERIFY(sheet().source.contains("batch"));
        QCOMPARE(sheet().input->shape.height, 26);
        QVERIFY(sheet().running.batches > 0);

        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(runs().at(0) / "batch" / kModelFile),
                                 60'000);
        window_->session().stop();
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        // Whoever still asks for it gets what was saved.
        window_->normalizePage().choose(beforeFirstNorm({}));
        QTRY_VERIFY_WITH_TIMEOUT(!sheet().source.contains("this training"), 30'000);
        QCOMPARE(sheet().running.batches % 20, 0);
    }

    void savedRunsAreOnOfferOnceAPageWantsThem() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const QString run = QString::fromStdString(runs().at(0).string());
        const auto offered = [&] {
            const auto boxes = window_->normalizePage().findChildren<QComboBox*>();
            return std::ranges::any_of(
                boxes, [&](const QComboBox* box) { return box->findData(run) >= 0; });
        };
        QVERIFY(!offered());
        window_->showPage(Page::Normalize);
        QTRY_VERIFY(offered());
        window_->normalizePage().choose(beforeFirstNorm(run));
        QTRY_VERIFY_WITH_TIMEOUT(sheet().source.startsWith("Before norm 1 of batch"), 30'000);
        QCOMPARE(sheet().running.batches, 20);
    }

    void theFirstModelOnOfferIsTheFirstThatWasSaved() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const std::filesystem::path run = runs().at(0);
        std::filesystem::remove(run / "batch" / kModelFile);
        window_->showPage(Page::Normalize);
        QTRY_VERIFY(!window_->samples().isBusy());
        window_->normalizePage().choose(beforeFirstNorm(QString::fromStdString(run.string())));
        const QString second = QString::fromStdString(readRun(run).config.models.at(1).label);
        QTRY_VERIFY_WITH_TIMEOUT(sheet().source.startsWith("Before norm 1 of " + second), 30'000);
    }

    void aFolderThatIsNoRunIsNotOnOffer() {
        open(/*epochs=*/1);
        QString problem;
        window_->samples().openRun(folder_->path() / "data",
                                   [&](const QString& sentence) { problem = sentence; });
        QTRY_VERIFY(problem.contains("data"));
        QVERIFY(!window_->samples().isBusy());
    }

    /// With the button of the page, from anywhere: its first model comes onto the sheet.
    void anOpenedRunIsShown() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const std::filesystem::path elsewhere = folder_->path() / "elsewhere";
        std::filesystem::copy(runs().at(0), elsewhere, std::filesystem::copy_options::recursive);
        window_->showPage(Page::Normalize);
        QTRY_VERIFY(!window_->samples().isBusy());
        emit window_->normalizePage().openRunRequested();
        auto* dialog = window_->findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        emit dialog->fileSelected(QString::fromStdString(elsewhere.string()));
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(sheet().source.contains("(elsewhere)"), 30'000);
    }

    void sheetsAreSavedAndOpened() {
        open(/*epochs=*/1);
        window_->showPage(Page::Normalize);
        SheetDocument& document = window_->normalizePage().document();
        document.setKind(NormKind::Group);
        document.setCell({0, 0, 0, 0}, 0.1);
        const SheetState before = document.state();
        const QString file = QString::fromStdString((folder_->path() / "sheet.json").string());
        QSignalSpy told(&window_->sheets(), &SheetSession::told);
        window_->sheets().save(file);
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(told.front().front().toString(), QStringLiteral("Saved sheet.json."));
        document.undoStack().undo();
        document.undoStack().undo();
        window_->sheets().open(file);
        QTRY_COMPARE(told.count(), 2);
        QVERIFY(*document.state().input == *before.input);
        QVERIFY(document.state().spec == before.spec);
        QCOMPARE(document.state().source, QStringLiteral("sheet.json"));
        document.undoStack().undo();
        QCOMPARE(document.state().spec.kind, NormKind::Batch);

        window_->sheets().open(file + "x");
        QTRY_VERIFY(saysSomething(&window_->normalizePage()));
    }

    void groupsAreOpenedWithGroupNormAlone() {
        open(/*epochs=*/1);
        SheetDocument& document = window_->normalizePage().document();
        const auto file = [this](const char* name) {
            return QString::fromStdString((folder_->path() / name).string());
        };
        QSignalSpy told(&window_->sheets(), &SheetSession::told);
        document.setShape({2, 4, 2, 2});
        document.setKind(NormKind::Group);
        document.setGroups(4);
        window_->sheets().save(file("group.json"));
        QTRY_COMPARE(told.count(), 1);
        document.setGroups(2);
        document.setKind(NormKind::Batch);
        const NormSpec batch = sheet().spec;
        window_->sheets().save(file("batch.json"));
        QTRY_COMPARE(told.count(), 2);
        QVERIFY(testing::readAll(folder_->path() / "batch.json").find("\"groups\": 4") !=
                std::string::npos);
        window_->sheets().open(file("batch.json"));
        QTRY_COMPARE(told.count(), 3);
        QVERIFY(sheet().spec == batch);
        window_->sheets().open(file("group.json"));
        QTRY_COMPARE(told.count(), 4);
        QCOMPARE(sheet().spec.kind, NormKind::Group);
        QCOMPARE(sheet().spec.groups, 4);

        // Four groups are none of six channels.
        document.setKind(NormKind::Batch);
        testing::writeAll(folder_->path() / "six.json",
                          R"({"shape": [1, 6, 1, 2], "norm": "layer", "groups": 1, "eps": 1e-5,
                              "input": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]})");
        window_->sheets().open(file("six.json"));
        QTRY_COMPARE(told.count(), 5);
        QCOMPARE(sheet().input->shape.channels, 6);
        QCOMPARE(6 % sheet().spec.groups, 0);
    }

    void everyPageExportsItsOwnPictures() {
        open(/*epochs=*/1);
        window_->showPage(Page::Normalize);
        action("Export picture...")->trigger();
        auto* panel = window_->findChild<ExportPanel*>();
        QVERIFY(panel != nullptr);
        const std::vector<Picture> pictures = window_->normalizePage().pictures();
        QVERIFY(!pictures.empty());
        QCOMPARE(named<QComboBox>("Picture")->count(), static_cast<int>(pictures.size()));
        QCOMPARE(named<QComboBox>("Picture")->currentText(), pictures.front().title);
        const QString file = QString::fromStdString((folder_->path() / "sheet.svg").string());
        QVERIFY(panel->save(file));
        QGuiApplication::clipboard()->clear();
        action("Copy picture")->trigger();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void copiesWhatWhoeverIsToHelpWantsToKnow() {
        open(/*epochs=*/1);
        window_->session().setData({});
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().images().has_value(), 60'000);
        QGuiApplication::clipboard()->clear();
        action("Copy diagnostics")->trigger();
        const QString copied = QGuiApplication::clipboard()->text();
        const auto& images = *window_->session().images();
        for (const QString& part :
             {QStringLiteral("Normscope "), QStringLiteral("LibTorch 1."),
              QStringLiteral("Cores: "), QStringLiteral("Kernels: "), QStringLiteral("BLAS: "),
              QString::fromStdString(images.checksum), QStringLiteral("Log: ")}) {
            QVERIFY2(copied.contains(part), qPrintable(copied));
        }
    }

    void undoReachesTheSheetAlone() {
        open(/*epochs=*/1);
        window_->showPage(Page::Normalize);
        SheetDocument& document = window_->normalizePage().document();
        document.setKind(NormKind::Layer);
        window_->showPage(Page::Train);
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(sheet().spec.kind, NormKind::Layer);
        window_->showPage(Page::Normalize);
        window_->normalizePage().view().setFocus();
        QTest::keyClick(&window_->normalizePage().view(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(sheet().spec.kind, NormKind::Batch);
    }

    void withoutTheBundledImagesAnotherFolderDoes() {
        MainWindow::Environment bare = environment();
        bare.folders.bundledData.clear();
        window_ = std::make_unique<MainWindow>(bare, state(/*epochs=*/1));
        window_->show();
        auto* page = &window_->trainPage();
        window_->session().setData({});
        QTRY_VERIFY(saysSomething(page));
        click("Start training");
        QTRY_COMPARE(phase(), RunPhase::Idle);
        window_->session().setData(folder_->path() / "data");
        QTRY_COMPARE(page->configuration().data, folder_->path() / "data");
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(!saysSomething(page));
    }

    void thePageComesBack() {
        open(/*epochs=*/1);
        window_->showPage(Page::Affine);
        const StoredState state = window_->state();
        QCOMPARE(state.page, Page::Affine);
        window_ = std::make_unique<MainWindow>(environment(), state);
        QCOMPARE(window_->page(), Page::Affine);
    }

    void theLargestTextFitsASmallScreen() {
        StoredState large = state(/*epochs=*/1);
        large.settings.textScale = kLargestTextScale;
        window_ = std::make_unique<MainWindow>(environment(), large);
        window_->resize(1280, 800);
        window_->show();
        for (const Page page : kPages) {
            window_->showPage(page);
            QTest::qWait(0);
            QVERIFY2(window_->minimumSizeHint().width() <= 1280, nameOf(page).data());
            QVERIFY2(window_->minimumSizeHint().height() <= 800, nameOf(page).data());
        }
    }

    void settingsComeBack() {
        open(/*epochs=*/7);
        QCOMPARE(window_->state().training.epochs(), 7);
        QCOMPARE(window_->state().training.batchSize, 32);
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
