#include "app/findings_session.h"

#include <QRegularExpression>
#include <QTest>

#include "app/comparison_session.h"
#include "app/training_session.h"
#include "core/model_training.h"
#include "core/run_writer.h"
#include "tests/app/small_mnist.h"
#include "tests/core/fake_trainer.h"
#include "ui/findings/findings_page.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

using namespace normscope;
namespace fs = std::filesystem;

class FindingsSessionTest : public QObject {
    Q_OBJECT

    testing::TemporaryFolder folder_;
    std::unique_ptr<TrainPage> trainPage_;
    std::unique_ptr<FindingsPage> page_;
    std::unique_ptr<TrainingSession> training_;
    std::unique_ptr<ComparisonSession> comparison_;
    std::unique_ptr<FindingsSession> session_;

    fs::path data() const { return folder_.path() / "data"; }

    fs::path train() const {
        testing::writeSmallMnist(data());
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("layer=layer")};
        config.cycles = {1};
        config.data = data();
        PreparedRun prepared = prepareNewRun(config, folder_.path() / "share" / "pretrained",
                                             std::make_shared<const Dataset>(readDataset(data())));
        prepared.writer = RunWriter::create(prepared.run);
        for (std::size_t model = 0; model < config.models.size(); ++model) {
            ModelTraining training(prepared, model, &testing::makeFakeTrainer);
            while (!training.ended()) {
                training.step();
            }
        }
        return prepared.run.folder;
    }

    void open(const std::vector<fs::path>& bundledRuns) {
        trainPage_ = std::make_unique<TrainPage>();
        page_ = std::make_unique<FindingsPage>();
        training_ = std::make_unique<TrainingSession>(
            *trainPage_,
            TrainingSession::Folders{
                .bundledData = data(), .runs = folder_.path() / "runs", .bundledRuns = bundledRuns},
            &testing::makeFakeTrainer);
        comparison_ = std::make_unique<ComparisonSession>(*training_);
        session_ = std::make_unique<FindingsSession>(*page_, *comparison_, *training_,
                                                     &testing::makeFakeTrainer);
        QTRY_VERIFY(!training_->library().isBusy() && !comparison_->isBusy());
    }

    QString messageOnReport() {
        session_->askWhereToSaveReport();
        QString shown;  // the view of experiments has a strip of its own, which is empty
        for (const auto* strip : page_->findChildren<MessageStrip*>()) {
            shown += strip->accessibleDescription();
        }
        return shown;
    }

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void cleanup() {
        session_.reset();
        comparison_.reset();
        training_.reset();
        page_.reset();
        trainPage_.reset();
    }

    void withoutModelsThereIsNothingToReportOn() {
        open({});
        QVERIFY(messageOnReport().contains("nothing to report on yet"));
    }

    void withoutTestImagesTheReportWaitsForThem() {
        const fs::path run = train();
        fs::remove_all(data());
        open({run});
        QCOMPARE(comparison_->models().size(), std::size_t{2});
        QVERIFY(comparison_->dataset() == nullptr);
        const QString folder = QString::fromStdString(data().string());
        QString message = messageOnReport();
        QVERIFY2(message.contains("those in " + folder + " could not be read"),
                 qPrintable(message));
        // They are asked for again, and the answer comes on the event loop.
        comparison_->choose({{QString::fromStdString(run.string()), 0}});
        message = messageOnReport();
        QVERIFY2(message.contains("those in " + folder + " are still being read"),
                 qPrintable(message));
        QTRY_VERIFY(!comparison_->isBusy());
    }
};

QTEST_MAIN(FindingsSessionTest)
#include "findings_session_test.moc"
