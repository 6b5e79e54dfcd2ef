#include "app/reading_loader.h"

#include <QTest>
#include <numeric>

#include "core/run_preparation.h"
#include "core/runs.h"
#include "core/trainer.h"
#include "tests/core/support.h"

using namespace normscope;
namespace fs = std::filesystem;

class ReadingLoaderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::shared_ptr<const Dataset> dataset_ = testing::makeDataset(64, 64);
    std::unique_ptr<ReadingLoader> loader_;
    std::vector<std::shared_ptr<const ReadingAnswer>> answers_;

    std::string modelOf(NormKind kind, int seed) const {
        TrainingConfig config;
        config.models = {{.label = "one", .network = {.kind = kind}}};
        config.seed = static_cast<std::uint64_t>(seed);
        return makeTrainer({config, 0, dataset_, std::nullopt})->model();
    }

    NetworkSource saved(NormKind kind, int seed = 1) const {
        const fs::path file = folder_->path() / (std::string(nameOf(kind)) + ".pt");
        testing::writeAll(file, modelOf(kind, seed));
        return {QString::fromStdString(std::string(nameOf(kind))), {.kind = kind}, file, nullptr};
    }

    ReadingRequest question(std::uint64_t id, int index, bool companions = false) const {
        ReadingRequest request;
        request.id = id;
        request.index = index;
        if (index >= 0) {
            std::ranges::copy(dataset_->test.image(index), request.image.begin());
        }
        if (companions) {
            request.companions = {1, 2, 3};
        }
        return request;
    }

    void waitFor(std::size_t count) { QTRY_VERIFY_WITH_TIMEOUT(answers_.size() >= count, 60'000); }

    ModelReading ask(const ReadingRequest& request) {
        const std::size_t before = answers_.size();
        loader_->read(request, dataset_);
        waitFor(before + 1);
        return answers_.back()->models.at(0);
    }

  private slots:
    void init() {
        folder_ = std::make_unique<testing::TemporaryFolder>();
        loader_ = std::make_unique<ReadingLoader>();
        answers_.clear();
        connect(loader_.get(), &ReadingLoader::answered, this,
                [this](const auto& answer) { answers_.push_back(answer); });
    }

    void answersLikeTheNetwork() {
        const NetworkSource batch = saved(NormKind::Batch);
        const NetworkSource layer = saved(NormKind::Layer);
        loader_->setModels({batch, layer});
        const ReadingRequest request = question(7, 5, /*companions=*/true);
        loader_->read(request, dataset_);
        waitFor(1);
        const ReadingAnswer& answer = *answers_[0];
        QCOMPARE(answer.request.id, std::uint64_t{7});
        QCOMPARE(answer.models.size(), std::size_t{2});
        std::vector<DigitImage> images{request.image};
        for (const int companion : request.companions) {
            images.push_back(question(0, companion).image);
        }
        const std::array sources{batch, layer};
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const auto reader =
                makeDigitReader(testing::readAll(sources[i].file), "m", sources[i].network);
            QCOMPARE(answer.models[i].problem, QString());
            QCOMPARE(answer.models[i].reading.probabilities,
                     reader->read(request.image).probabilities);
            QCOMPARE(answer.models[i].amongCompanions, reader->readTogether(images).front());
        }
    }

    void aDamagedModelTellsWhyAndTheOthersAnswer() {
        const NetworkSource good = saved(NormKind::Group);
        NetworkSource missing = good;
        missing.file = folder_->path() / "nowhere.pt";
        NetworkSource damaged = good;
        damaged.file = folder_->path() / "damaged.pt";
        testing::writeAll(damaged.file, "no model");
        loader_->setModels({missing, damaged, good});
        ask(question(1, 5));
        const auto& models = answers_.back()->models;
        QVERIFY(models[0].problem.contains(QStringLiteral("nowhere.pt")));
        QVERIFY(models[1].problem.contains(QStringLiteral("damaged.pt")));
        QCOMPARE(models[2].problem, QString());
    }

    void beforeTheFirstEpochThereIsNoFileToComplainOf() {
        loader_->setModels({{QStringLiteral("batch"), {.kind = NormKind::Batch}, {}, nullptr}});
        QCOMPARE(ask(question(1, 5)).problem, QStringLiteral("batch has finished no epoch yet."));
    }

    void aFileThatChangesIsReadAgain() {
        loader_->setModels({saved(NormKind::Layer, /*seed=*/1)});
        const auto before = ask(question(1, 5)).reading.probabilities;
        QCOMPARE(ask(question(2, 5)).reading.probabilities, before);
        const NetworkSource source = saved(NormKind::Layer, /*seed=*/2);
        fs::last_write_time(source.file, fs::last_write_time(source.file) + std::chrono::hours(1));
        QVERIFY(ask(question(3, 5)).reading.probabilities != before);
        fs::remove(source.file);
        QVERIFY(!ask(question(4, 5)).problem.isEmpty());
    }

    void aModelInTrainingIsTold() {
        NetworkSource source{QStringLiteral("batch"), {.kind = NormKind::Batch}, {}, nullptr};
        source.content = std::make_shared<const std::string>(modelOf(NormKind::Batch, 1));
        loader_->setModels({source});
        const auto before = ask(question(1, 5)).reading.probabilities;
        source.content = std::make_shared<const std::string>(modelOf(NormKind::Batch, 2));
        loader_->setModels({source});
        QVERIFY(ask(question(2, 5)).reading.probabilities != before);
        source.content = std::make_shared<const std::string>("no model");
        loader_->setModels({source});
        QVERIFY(ask(question(3, 5)).problem.startsWith(QStringLiteral("batch ")));
    }

    void overtakenQuestionsAreDropped() {
        loader_->setModels({saved(NormKind::Batch), saved(NormKind::Layer)});
        constexpr std::uint64_t kLast = 200;
        for (std::uint64_t id = 1; id <= kLast; ++id) {
            loader_->read(question(id, id == 1 ? 5 : -1), dataset_);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!answers_.empty() && answers_.back()->request.id == kLast, 60'000);
        QVERIFY(answers_.size() < kLast);
        // Drawn ones do not overtake the test image.
        QCOMPARE(answers_.front()->request.id, std::uint64_t{1});
        QVERIFY(std::ranges::is_sorted(answers_, {},
                                       [](const auto& answer) { return answer->request.id; }));
    }

    void companionsThatAreNotThereAreToldOf() {
        loader_->setModels({saved(NormKind::Batch)});
        ReadingRequest request = question(1, 5);
        request.companions = {64};
        QCOMPARE(ask(request).problem, QStringLiteral("There is no test image 65."));
    }

    void savedNetworksAreInTheFoldersOfTheirRuns() {
        auto run = std::make_shared<Run>();
        run->folder = "/runs/a";
        run->config.models = {{.label = "two", .network = {.kind = NormKind::Group}}};
        run->models.resize(1);
        ComparedModel model;
        model.run = run;
        model.label = QStringLiteral("two (a)");
        QVERIFY(savedNetworks({model}).at(0).file.empty());
        run->models[0].epochs.resize(1);
        const std::vector<NetworkSource> sources = savedNetworks({model});
        QCOMPARE(sources.size(), std::size_t{1});
        QCOMPARE(sources[0].file, fs::path("/runs/a/two/model.pt"));
        QCOMPARE(sources[0].network.kind, NormKind::Group);
        QCOMPARE(sources[0].label, QStringLiteral("two (a)"));
    }
};

QTEST_GUILESS_MAIN(ReadingLoaderTest)
#include "reading_loader_test.moc"
