#include "app/sample_loader.h"

#include <QRegularExpression>
#include <QTest>

#include "core/run_preparation.h"
#include "core/run_writer.h"
#include "core/trainer.h"
#include "tests/app/small_mnist.h"

using namespace normscope;
namespace fs = std::filesystem;

class SampleLoaderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::shared_ptr<DatasetCache> datasets_;
    std::unique_ptr<SampleLoader> loader_;
    std::shared_ptr<const Sample> sample_;
    QString failure_;

    fs::path data() const { return folder_->path() / "data"; }

    /// A run of untrained models.
    fs::path writeRun(const std::string& name) {
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("two=group")};
        config.data = data();
        const auto dataset = datasets_->read(data());
        const PreparedRun prepared =
            prepareNewRun(config, folder_->path() / "runs" / name, dataset);
        RunWriter::create(prepared.run);
        for (std::size_t model = 0; model < config.models.size(); ++model) {
            const auto trainer = makeTrainer({config, model, dataset, std::nullopt});
            const fs::path folder = prepared.run.folder / config.models[model].label;
            fs::create_directories(folder);
            testing::writeAll(folder / kModelFile, trainer->model());
        }
        return prepared.run.folder;
    }

    static SampleRequest ofLayer(int model, int normLayer) {
        SampleRequest request;
        request.kind = SampleRequest::Kind::Activations;
        request.model = model;
        request.normLayer = normLayer;
        request.firstImage = 3;
        request.images = 2;
        request.firstChannel = 4;
        request.channels = 8;
        return request;
    }

    /// The answer to what was asked; not to be called where it is a failure.
    Sample answer() {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(sample_ || !failure_.isEmpty(), 30'000); }();
        if (!sample_) {
            qWarning("%s", qPrintable(failure_));
            return {};
        }
        return *std::exchange(sample_, nullptr);
    }

    QString failure() {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!failure_.isEmpty(), 30'000); }();
        return std::exchange(failure_, QString());
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(data());
        datasets_ = std::make_shared<DatasetCache>(data());
        loader_ = std::make_unique<SampleLoader>(datasets_);
        connect(loader_.get(), &SampleLoader::sampleRead, this,
                [this](const std::shared_ptr<const Sample>& sample) { sample_ = sample; });
        connect(loader_.get(), &SampleLoader::failed, this,
                [this](const SampleRequest&, const QString& sentence) { failure_ = sentence; });
    }

    void cleanup() {
        loader_.reset();
        folder_.reset();
    }

    void digitsAreInkFromZeroToOne() {
        SampleRequest request;
        request.firstImage = 5;
        request.images = 3;
        loader_->readDigits(request, {});
        const Sample sample = answer();
        QVERIFY(sample.request == request);
        const Tensor4& input = sample.activations.input;
        QVERIFY(input.shape == (Shape4{3, 1, 28, 28}));
        const DigitSet& test = datasets_->read({})->test;
        for (int image = 0; image < 3; ++image) {
            for (int pixel = 0; pixel < kImagePixels; ++pixel) {
                QCOMPARE(input.at({image, 0, pixel / 28, pixel % 28}),
                         test.image(5 + image)[static_cast<std::size_t>(pixel)] / 255.0);
            }
            QCOMPARE(sample.labels[static_cast<std::size_t>(image)],
                     int{test.labels[static_cast<std::size_t>(5 + image)]});
        }
        QCOMPARE(sample.available, 200);
        QCOMPARE(sample.source, QStringLiteral("Test images 6 to 8 of MNIST"));
        QVERIFY(sample.activations.affine == Affine::identity(1));
        QCOMPARE(sample.activations.spec.kind, NormKind::None);
    }

    void smallerDigitsAreMeans_data() {
        QTest::addColumn<int>("side");
        QTest::newRow("14") << 14;
        QTest::newRow("7") << 7;
    }
    void smallerDigitsAreMeans() {
        QFETCH(int, side);
        SampleRequest request;
        request.images = 1;
        loader_->readDigits(request, {});
        const Tensor4 whole = answer().activations.input;
        request.side = side;
        loader_->readDigits(request, {});
        const Tensor4 small = answer().activations.input;
        QVERIFY(small.shape == (Shape4{1, 1, side, side}));
        const int covered = 28 / side;
        double ink = 0.0;
        for (int row = 0; row < side; ++row) {
            for (int column = 0; column < side; ++column) {
                double sum = 0.0;
                for (int pixel = 0; pixel < covered * covered; ++pixel) {
                    sum += whole.at({0, 0, row * covered + pixel / covered,
                                     column * covered + pixel % covered});
                }
                const double mean = sum / (covered * covered);
                QVERIFY(std::abs(small.at({0, 0, row, column}) - mean) < 1e-12);
                ink += mean;
            }
        }
        QVERIFY(ink > 1.0);
    }

    void beyondTheLastImageAreTheLastOnes() {
        SampleRequest request;
        request.firstImage = 199;
        request.images = 4;
        loader_->readDigits(request, {});
        QCOMPARE(answer().source, QStringLiteral("Test images 197 to 200 of MNIST"));
        request.firstImage = 0;
        request.images = 1000;
        loader_->readDigits(request, {});
        QCOMPARE(answer().labels.size(), std::size_t{200});
    }

    void activationsOfASavedRun() {
        const fs::path run = writeRun("2026-11-25 14-03-22");
        for (int model = 0; model < 2; ++model) {
            const SampleRequest request = ofLayer(model, /*normLayer=*/1);
            loader_->readActivations(request, run);
            const Sample sample = answer();
            QVERIFY(sample.request == request);
            const NetworkSpec spec{.kind = model == 0 ? NormKind::Batch : NormKind::Group};
            const fs::path file = run / (model == 0 ? "batch" : "two") / kModelFile;
            const std::array images{3, 4};
            const Activations expected =
                selectChannels(readActivations(testing::readAll(file), "", spec,
                                               datasets_->read({})->test, images, 1),
                               4, 8);
            QVERIFY(sample.activations.input == expected.input);
            QVERIFY(sample.activations.spec == expected.spec);
            QVERIFY(sample.activations.affine == expected.affine);
            QVERIFY(sample.activations.running == expected.running);
            QCOMPARE(sample.labels.size(), std::size_t{2});
            QCOMPARE(sample.source,
                     QStringLiteral("Before norm 2 of %1, test images 4 to 5 (2026-11-25 14:03:22)")
                         .arg(model == 0 ? "batch" : "two"));
        }
    }

    void activationsOfAModelInTraining() {
        const fs::path run = writeRun("a run");
        const ModelInTraining model{.model = {QStringLiteral("batch"), {.kind = NormKind::Batch}},
                                    .run = QStringLiteral("this training"),
                                    .images = describe(*datasets_->read(data())),
                                    .content = std::make_shared<const std::string>(
                                        testing::readAll(run / "batch" / kModelFile))};
        loader_->readActivations(ofLayer(0, 4), model);
        const Sample sample = answer();
        loader_->readActivations(ofLayer(0, 4), run);
        QVERIFY(sample.activations.input == answer().activations.input);
        QCOMPARE(sample.source,
                 QStringLiteral("Before norm 5 of batch, test images 4 to 5 (this training)"));
    }

    void channelsBeyondTheLastAreTheLastOnes() {
        const fs::path run = writeRun("a run");
        SampleRequest request = ofLayer(0, 0);
        request.firstChannel = 7;
        request.channels = 4;
        loader_->readActivations(request, run);
        QCOMPARE(answer().activations.input.shape.channels, 4);
        request.channels = 100;
        loader_->readActivations(request, run);
        QCOMPARE(answer().activations.input.shape.channels, 8);
    }

    void failuresNameTheFile() {
        const fs::path run = writeRun("a run");
        const auto expect = [this](const fs::path& folder, int model, const fs::path& file) {
            loader_->readActivations(ofLayer(model, 0), folder);
            const QString sentence = failure();
            QVERIFY2(sentence.contains(QString::fromStdString(file.string())),
                     qPrintable(sentence));
            QVERIFY(sentence.endsWith(u'.'));
        };
        expect(folder_->path() / "nowhere", 0, folder_->path() / "nowhere");
        expect(run, 2, run);
        testing::writeAll(run / "batch" / kModelFile, "no model");
        expect(run, 0, run / "batch" / kModelFile);
        fs::remove(run / "two" / kModelFile);
        expect(run, 1, run / "two" / kModelFile);
        loader_->readDigits({}, folder_->path() / "nowhere");
        QVERIFY(failure().contains(QStringLiteral("nowhere")));
    }

    void aLabelNamesTheModel() {
        const fs::path run = writeRun("a run");
        loader_->readActivations(ofLayer(0, 1), run, QStringLiteral("two"));
        QCOMPARE(answer().activations.spec.kind, NormKind::Group);
        loader_->readActivations(ofLayer(0, 1), run, QStringLiteral("three"));
        QCOMPARE(failure(), QString::fromStdString(run.string()) + " has no model three.");
    }

    /// A run that came from another machine names a folder that is not there.
    void theImagesOfARunAreFoundWhereverTheyAre() {
        DatasetInfo images = describe(*datasets_->read({}));
        images.folder = "/nowhere";
        QCOMPARE(datasets_->readImages(images)->folder, data());
        images.checksum = "of others";
        QVERIFY_THROWS_EXCEPTION(DatasetError, datasets_->readImages(images));
        images.folder = data();
        QVERIFY(QString::fromStdString(testing::thrownBy([&] {
                    datasets_->readImages(images);
                })).contains(QString::fromStdString(data())));
    }

    void aDatasetInUseIsReadOnce() {
        const auto first = datasets_->read({});
        QCOMPARE(datasets_->read(data()).get(), first.get());
        fs::remove(data() / kIdxFiles[0]);
        QCOMPARE(datasets_->read({}).get(), first.get());
    }
};

QTEST_GUILESS_MAIN(SampleLoaderTest)
#include "sample_loader_test.moc"
