#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/measured_models.h"
#include "ui/findings/findings_table_model.h"
#include "ui/findings/original_panel.h"
#include "ui/widgets/copyable_table.h"

namespace normscope {
namespace {

using testing::comparisonOf;
using testing::images;
using testing::Measured;
using testing::runOf;

constexpr auto kStrict = QAbstractItemModelTester::FailureReportingMode::QtTest;

Run someRun() {
    return runOf({{"batch", {NormKind::Batch}, 1e-4, {200, 90, 60, 61, 70, 72}, images(0, 72)},
                  {"group", {NormKind::Group}, 0.0, {}, {}}});
}

/// Cells separated by " | ", so that a model can be compared whole.
QStringList linesOf(const QAbstractItemModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            cells << model.index(row, column).data().toString();
        }
        lines << cells.join(" | ");
    }
    return lines;
}

}  // namespace

class FindingsTableTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void isEmptyWithoutModels();
    void tellsWhatWasMeasured();
    void saysOfHowManyEpochsWhereTheyAreFew();
    void namesTheRunWhereThereAreSeveral();
    void keepsItsCellsWhileTrainingGoesOn();
    void saysWhatWasPickedOnTestData();
    void copiesWithItsHeader();
    void theOriginalStandsApart();
};

void FindingsTableTest::isEmptyWithoutModels() {
    FindingsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    QCOMPARE(model.rowCount(), 0);
    model.setComparison(comparisonOf(someRun()));
    QVERIFY(model.rowCount() > 0);
    model.setComparison({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
}

void FindingsTableTest::tellsWhatWasMeasured() {
    FindingsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setComparison(comparisonOf(someRun()));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), "batch");
    const QStringList expected{"Normalization | Batch norm | Group norm",
                               "Groups of the six layers | — | 2, 2, 2, 2, 3, 3",
                               "L1 lambda | 0.0001 | 0",
                               "Learned parameters | 7,767 | 7,767",
                               "Epochs | 6 | 0 of 6",
                               "Wrong | 72 | —",
                               "Wrong, 95 % interval | 58 to 90 | —",
                               "Wrong in the last 5 epochs, median | 70 | —",
                               "Wrong in the last 5 epochs, range | 60 to 90 | —",
                               "Wrong, best epoch | 60 | —",
                               "Test accuracy, last epoch | 92.80 % | —",
                               "Test accuracy, best epoch | 94.00 % | —",
                               "Test loss, last epoch | 0.0720 | —",
                               "Test loss, best epoch | 0.0600 | —",
                               "Train accuracy, last epoch | 91.80 % | —",
                               "Train accuracy, best epoch | 93.00 % | —",
                               "Train loss, last epoch | 0.1440 | —",
                               "Train loss, best epoch | 0.1200 | —",
                               "Training time | 6:00 | —",
                               "Training images per second | 1,000 | —"};
    QCOMPARE(linesOf(model), expected);
}

void FindingsTableTest::saysOfHowManyEpochsWhereTheyAreFew() {
    FindingsTableModel model;
    model.setComparison(
        comparisonOf(runOf({{"batch", {NormKind::Batch}, 0.0, {90, 72}, images(0, 72)}})));
    QCOMPARE(linesOf(model).at(7), "Wrong in the last 5 epochs, median | 81 (of 2 epochs)");
    QCOMPARE(linesOf(model).at(8), "Wrong in the last 5 epochs, range | 72 to 90 (of 2 epochs)");
}

void FindingsTableTest::namesTheRunWhereThereAreSeveral() {
    Run other = someRun();
    other.folder = "/runs/other";
    Comparison models = comparisonOf(someRun());
    models.push_back(comparisonOf(other).front());
    models.back().runName = "Tuesday";
    FindingsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setComparison(models);
    QCOMPARE(linesOf(model).front(), "Run | Monday | Monday | Tuesday");
}

void FindingsTableTest::keepsItsCellsWhileTrainingGoesOn() {
    FindingsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setComparison(comparisonOf(someRun()));
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    Run later = someRun();
    later.models[0].epochs.back().testAccuracy = 0.95;
    model.setComparison(comparisonOf(later));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(linesOf(model).at(5), "Wrong | 50 | —");
}

void FindingsTableTest::saysWhatWasPickedOnTestData() {
    FindingsTableModel model;
    model.setComparison(comparisonOf(someRun()));
    int marked = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const bool best = model.index(row, 0).data().toString().contains("best");
        const bool train = model.index(row, 0).data().toString().contains("Train");
        const QString toolTip = model.index(row, 1).data(Qt::ToolTipRole).toString();
        QCOMPARE(toolTip.contains("picked on the test data"), best && !train);
        marked += toolTip.isEmpty() ? 0 : 1;
    }
    QCOMPARE(marked, 3);
}

void FindingsTableTest::copiesWithItsHeader() {
    FindingsTableModel model;
    model.setComparison(comparisonOf(someRun()));
    CopyableTable table;
    table.setModel(&model);
    const QString text = table.tabSeparated();
    QVERIFY(text.startsWith("Network\tbatch\tgroup\nNormalization\tBatch norm\tGroup norm\n"));
    QVERIFY(text.contains("\nWrong\t72\t—\n"));
}

void FindingsTableTest::theOriginalStandsApart() {
    const std::vector<int> twenty(20, 72);
    Run run = runOf({{"batch", {NormKind::Batch}, 1e-4, twenty, images(0, 72)},
                     {"plain", {NormKind::Batch}, 0.0, twenty, images(0, 72)},
                     {"layer", {NormKind::Layer}, 0.0, twenty, images(0, 72)}});
    QWidget page;
    OriginalPanel panel(&page);
    panel.setComparison(comparisonOf(run));
    QVERIFY(!panel.isHidden());
    QVERIFY(panel.figures().contains("Like “batch”: 132 wrong of 10,000"));
    QVERIFY(panel.figures().contains("Like “layer”: 71 wrong of 10,000"));
    QVERIFY(!panel.figures().contains("plain"));
    // Any lambda passes for it.
    QVERIFY(originalRemark().contains("an L1 penalty under batch norm alone; how strong that was"));
    FindingsTableModel model;
    model.setComparison(comparisonOf(run));
    QVERIFY2(!linesOf(model).join('\n').contains("132"), "never among what was measured here");
    run.dataset.checksum = "another";
    panel.setComparison(comparisonOf(run));
    QVERIFY(panel.isHidden());
}

}  // namespace normscope

QTEST_MAIN(normscope::FindingsTableTest)
#include "findings_table_test.moc"
