#include "ui/normalize/statistics_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include "ui/normalize/sheet_document.h"

namespace normscope {
namespace {

QStringList linesOf(const StatisticsModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList pieces;
        for (int column = 0; column < model.columnCount(); ++column) {
            pieces << model.index(row, column).data(Qt::DisplayRole).toString();
        }
        lines << pieces.join(QStringLiteral(" | "));
    }
    return lines;
}

}  // namespace

class StatisticsModelTest : public QObject {
    Q_OBJECT

  private slots:
    void init() {
        QLocale::setDefault(QLocale::c());
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    }

    void followsTheDocument() {
        SheetDocument document;
        StatisticsModel model(document);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        document.setInput({{2, 2, 1, 2}, {1, 3, 2, 2, -1, 1, 0, 4}}, QStringLiteral("by hand"));
        QCOMPARE(linesOf(model), (QStringList{"S1 | all images, channel 1 | 4 | 1 | 2 | 1.41422",
                                              "S2 | all images, channel 2 | 4 | 2 | 2 | 1.41422"}));
        document.setKind(NormKind::Layer);
        QCOMPARE(linesOf(model),
                 (QStringList{"S1 | image 1, all channels | 4 | 2 | 0.5 | 0.707114",
                              "S2 | image 2, all channels | 4 | 1 | 3.5 | 1.87083"}));
        document.setKind(NormKind::Instance);
        QCOMPARE(linesOf(model), (QStringList{"S1 | image 1, channel 1 | 2 | 2 | 1 | 1",
                                              "S2 | image 1, channel 2 | 2 | 2 | 0 | 0.00316228",
                                              "S3 | image 2, channel 1 | 2 | 0 | 1 | 1",
                                              "S4 | image 2, channel 2 | 2 | 2 | 4 | 2"}));
        document.undoStack().undo();
        QCOMPARE(model.rowCount(), 2);
        document.setShape({1, 4, 1, 2});
        document.setKind(NormKind::Group);
        document.setGroups(2);
        QVERIFY(linesOf(model).at(1).startsWith(QStringLiteral("S2 | image 1, channels 3 to 4 |")));
    }

    /// A table keeps its place while numbers change.
    void numbersChangeWithoutAReset() {
        SheetDocument document;
        StatisticsModel model(document);
        const QSignalSpy reset(&model, &StatisticsModel::modelReset);
        const QSignalSpy changed(&model, &StatisticsModel::dataChanged);
        document.setCell({0, 0, 0, 0}, 100.0);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
    }

    void setsHaveTheirColour() {
        SheetDocument document;
        StatisticsModel model(document);
        const auto colour = [&](int row) {
            return model.index(row, StatisticsModel::Set).data(Qt::DecorationRole).value<QColor>();
        };
        QVERIFY(colour(0).isValid());
        QVERIFY(colour(0) != colour(1));
    }
};

}  // namespace normscope

QTEST_MAIN(normscope::StatisticsModelTest)
#include "statistics_model_test.moc"
