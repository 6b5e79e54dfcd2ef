#include "app/dataset_cache.h"

#include <QTest>

#include "core/run_writer.h"
#include "tests/app/small_mnist.h"

using namespace normscope;

/// Which images a run finds again.
class DatasetCacheTest : public QObject {
    Q_OBJECT

    static std::string problemOf(DatasetCache& cache, const DatasetInfo& wanted) {
        try {
            cache.readImages(wanted);
            return {};
        } catch (const DatasetError& error) {
            return error.what();
        }
    }

  private slots:
    void aRunFindsItsImagesWhereTheyWere() {
        testing::TemporaryFolder folder;
        testing::writeSmallMnist(folder.path() / "own");
        DatasetCache cache({});
        const auto own = cache.read(folder.path() / "own");
        QCOMPARE(cache.readImages(describe(*own)).get(), own.get());
    }

    void theBundledSetStandsInForTheSameImages() {
        testing::TemporaryFolder folder;
        testing::writeSmallMnist(folder.path() / "bundled");
        DatasetCache cache(folder.path() / "bundled");
        DatasetInfo wanted = describe(*cache.read(std::filesystem::path()));
        wanted.folder = (folder.path() / "of another machine").string();
        QCOMPARE(cache.readImages(wanted)->folder, folder.path() / "bundled");
    }

    void otherImagesAreRefused() {
        testing::TemporaryFolder folder;
        testing::writeSmallMnist(folder.path() / "bundled");
        DatasetCache cache(folder.path() / "bundled");
        DatasetInfo wanted = describe(*cache.read(std::filesystem::path()));
        wanted.checksum = "of others";
        QVERIFY(
            QString::fromStdString(problemOf(cache, wanted)).contains("not those that the run"));
        wanted.folder = (folder.path() / "of another machine").string();
        QVERIFY(QString::fromStdString(problemOf(cache, wanted)).contains("of another machine"));
    }

    void withoutABundledSetTheFolderIsNamed() {
        DatasetCache cache({});
        const std::string problem = problemOf(cache, {"/nowhere/at/all", {}, 0, 0});
        QVERIFY(QString::fromStdString(problem).contains("/nowhere/at/all"));
    }
};

QTEST_GUILESS_MAIN(DatasetCacheTest)
#include "dataset_cache_test.moc"
