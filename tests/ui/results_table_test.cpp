#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

#include "ui/train/layer_table_model.h"
#include "ui/train/results_table_model.h"
#include "ui/widgets/copyable_table.h"

namespace normscope {
namespace {

constexpr auto kStrict = QAbstractItemModelTester::FailureReportingMode::QtTest;

RunView someRun() {
    RunView view;
    view.run = 1;
    view.config.models = {{.label = "batch", .network = {.kind = NormKind::Batch}, .l1 = 1e-4},
                          {.label = "two", .network = {.kind = NormKind::Group}},
                          {.label = "none", .network = {.kind = NormKind::None}}};
    view.config.cycles = {2};
    view.config.batchSize = 64;
    view.stepsPerEpoch = 100;
    view.testTotal = 10'000;
    return view;
}

EpochRecord epochWith(int epoch, double testAccuracy, double seconds) {
    EpochRecord record{};
    record.epoch = epoch;
    record.testAccuracy = testAccuracy;
    record.seconds = seconds;
    return record;
}

ModelProgress progressWith(ModelPhase phase, std::vector<EpochRecord> epochs) {
    ModelProgress progress;
    progress.phase = phase;
    progress.totalEpochs = 2;
    progress.epochs = std::move(epochs);
    return progress;
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

class ResultsTableTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void isEmptyBeforeTheFirstRun();
    void rowsFillAsModelsEnd();
    void aContinuedModelIsOpenAgain();
    void numbersFollowTheLocale();
    void numbersAreRightAligned();
    void theBestEpochIsShownAsPickedOnTestData();
    void copiesWithTabs();
    void columnsFitTheRowsThatAreSeen();
    void layersOfANetwork();
};

void ResultsTableTest::isEmptyBeforeTheFirstRun() {
    ResultsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 10);
}

void ResultsTableTest::rowsFillAsModelsEnd() {
    ResultsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setRun(someRun());
    QCOMPARE(linesOf(model),
             (QStringList{"batch | Batch norm | 0.0001 | 7,767 |  |  |  |  |  | ",
                          "two | Group norm 2, 2, 2, 2, 3, 3 | 0 | 7,767 |  |  |  |  |  | ",
                          "none | No normalization | 0 | 7,611 |  |  |  |  |  | "}));

    std::vector<ModelProgress> progress{
        progressWith(ModelPhase::Finished,
                     {epochWith(1, 0.9939, 60.0), epochWith(2, 0.9868, 68.0)}),
        progressWith(ModelPhase::Training, {epochWith(1, 0.98, 60.0)}),
        progressWith(ModelPhase::Waiting, {})};
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setProgress(progress);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0][0].toModelIndex().row(), 0);
    QCOMPARE(linesOf(model),
             (QStringList{
                 "batch | Batch norm | 0.0001 | 7,767 | 2 | 99.39 % | 98.68 % | 132 | 2:08 | 100",
                 "two | Group norm 2, 2, 2, 2, 3, 3 | 0 | 7,767 |  |  |  |  |  | ",
                 "none | No normalization | 0 | 7,611 |  |  |  |  |  | "}));

    progress[1].phase = ModelPhase::Stopped;
    progress[2].phase = ModelPhase::Failed;
    model.setProgress(progress);
    QCOMPARE(
        linesOf(model).mid(1),
        (QStringList{"two | Group norm 2, 2, 2, 2, 3, 3 | 0 | 7,767 | 1 of 2 | 98.00 % | 98.00 % | "
                     "200 | 1:00 | 107",
                     "none | No normalization | 0 | 7,611 | 0 of 2 | — | — | — | — | —"}));
}

void ResultsTableTest::aContinuedModelIsOpenAgain() {
    ResultsTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setRun(someRun());
    std::vector<ModelProgress> progress(3);
    progress[0] = progressWith(ModelPhase::Finished, {epochWith(1, 0.9, 1.0)});
    model.setProgress(progress);
    QVERIFY(!model.index(0, ResultsTableModel::Wrong).data().toString().isEmpty());
    progress[0].phase = ModelPhase::Training;
    model.setProgress(progress);
    QVERIFY(model.index(0, ResultsTableModel::Wrong).data().toString().isEmpty());
}

void ResultsTableTest::numbersFollowTheLocale() {
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    ResultsTableModel model;
    model.setRun(someRun());
    std::vector<ModelProgress> progress(3);
    progress[0] = progressWith(ModelPhase::Finished, {epochWith(1, 0.5, 3700.0)});
    model.setProgress(progress);
    QCOMPARE(linesOf(model).first(),
             "batch | Batch norm | 0,0001 | 7.767 | 1 of 2 | 50,00 % | 50,00 % | 5.000 | 1:01:40 | "
             "2");
}

void ResultsTableTest::numbersAreRightAligned() {
    ResultsTableModel model;
    model.setRun(someRun());
    const auto alignment = [&model](int column) {
        return model.index(0, column).data(Qt::TextAlignmentRole).value<Qt::Alignment>() &
               Qt::AlignHorizontal_Mask;
    };
    QCOMPARE(alignment(ResultsTableModel::Normalization), Qt::AlignLeft);
    for (int column = ResultsTableModel::L1; column < ResultsTableModel::ColumnCount; ++column) {
        QCOMPARE(alignment(column), Qt::AlignRight);
    }
}

void ResultsTableTest::theBestEpochIsShownAsPickedOnTestData() {
    ResultsTableModel model;
    model.setRun(someRun());
    QVERIFY(model.index(0, ResultsTableModel::BestAccuracy)
                .data(Qt::ToolTipRole)
                .toString()
                .contains("picked on the test data"));
}

void ResultsTableTest::copiesWithTabs() {
    ResultsTableModel model;
    model.setRun(someRun());
    CopyableTable table;
    table.setModel(&model);
    table.resize(800, 300);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));

    QTest::keySequence(&table, QKeySequence::Copy);
    const QStringList all = QGuiApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(all.size(), 4);
    QCOMPARE(
        all[0],
        "Model\tNormalization\tL1 lambda\tLearned parameters\tEpochs trained\tBest test "
        "accuracy\tFinal test accuracy\tTest images read wrongly\tTraining time, in minutes and "
        "seconds\tTraining images per second");
    QCOMPARE(all[2], "two\tGroup norm 2, 2, 2, 2, 3, 3\t0\t7,767\t\t\t\t\t\t");

    table.selectRow(2);
    QTest::keySequence(&table, QKeySequence::Copy);
    const QStringList one = QGuiApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
    QCOMPARE(one.size(), 2);
    QVERIFY(one[1].startsWith("none\t"));
}

/// Not the thousand others, which would take longer than a frame.
void ResultsTableTest::columnsFitTheRowsThatAreSeen() {
    QStandardItemModel model(1000, 3);
    CopyableTable table;
    table.setModel(&model);
    table.resize(200, 200);
    const QString wide(60, 'm');
    const int needed = table.fontMetrics().horizontalAdvance(wide);
    const auto write = [&](int row, const QString& text) {
        model.setData(model.index(row, 2), text);
    };

    write(0, wide);  // while it is hidden
    table.show();
    QVERIFY(table.columnWidth(2) >= needed);
    write(0, "m");
    QVERIFY(table.columnWidth(2) < needed);
    write(900, wide);
    QVERIFY(table.columnWidth(2) < needed);
    table.scrollTo(model.index(900, 0));
    QVERIFY(table.columnWidth(2) >= needed);
}

void ResultsTableTest::layersOfANetwork() {
    LayerTableModel model;
    const QAbstractItemModelTester tester(&model, kStrict);
    model.setNetwork({.kind = NormKind::Batch}, /*batchSize=*/64);
    const QStringList lines = linesOf(model);
    QCOMPARE(lines.size(), 25);
    QCOMPARE(lines[0], "Conv2d: 1-1 | [64, 8, 26, 26] | 72");
    QCOMPARE(lines[1], "ReLU: 1-2 | [64, 8, 26, 26] | —");
    QCOMPARE(lines[2], "BatchNorm2d: 1-3 | [64, 8, 26, 26] | 16");
    QCOMPARE(lines[4], "ReLU: 1-5 | [64, 12, 24, 24] | —");
    QCOMPARE(lines[24], "Total |  | 7,767");
    model.setNetwork({.kind = NormKind::None}, /*batchSize=*/2);
    QCOMPARE(linesOf(model).last(), "Total |  | 7,611");
}

}  // namespace normscope

QTEST_MAIN(normscope::ResultsTableTest)
#include "results_table_test.moc"
