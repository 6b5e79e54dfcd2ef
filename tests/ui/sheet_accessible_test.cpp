#include <QAccessible>
#include <QRegularExpression>
#include <QTest>
#include <QUndoStack>

#include "core/sample_tensors.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"

using namespace normscope;

namespace {

QAccessibleInterface* sheet(SheetView& view) {
    return QAccessible::queryAccessibleInterface(&view);
}

}  // namespace

class SheetAccessibleTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void isATable() {
        SheetDocument document;
        SheetView view(document);
        QAccessibleInterface* table = sheet(view);
        QCOMPARE(table->role(), QAccessible::Table);
        QCOMPARE(table->text(QAccessible::Name), QStringLiteral("Sheet"));
        QVERIFY(table->text(QAccessible::Help).contains(QStringLiteral("Escape")));
        QCOMPARE(table->text(QAccessible::Description),
                 QStringLiteral("Batch norm. Images: 4, channels: 4, height: 2, width: 2, "
                                "statistics sets: 4"));
        QCOMPARE(table->tableInterface()->rowCount(), 8);
        QCOMPARE(table->tableInterface()->columnCount(), 24);
        QCOMPARE(table->childCount(), 192);
        QCOMPARE(table->tableInterface()->rowDescription(3), QStringLiteral("Image 2, row 2"));
        QCOMPARE(table->tableInterface()->columnDescription(10),
                 QStringLiteral("Normalized input, channel 2, column 1"));
    }

    void cellsSayWhereTheyAreAndWhatTheyHold() {
        SheetDocument document;
        SheetView view(document);
        document.setCell({1, 2, 0, 1}, 2.5);
        QAccessibleInterface* table = sheet(view);
        for (int index = 0; index < table->childCount(); ++index) {
            QAccessibleInterface* cell = table->child(index);
            QVERIFY(cell && cell->isValid());
            QCOMPARE(table->indexOfChild(cell), index);
            QCOMPARE(cell->parent(), table);
            const QAccessibleTableCellInterface* place = cell->tableCellInterface();
            QCOMPARE(table->tableInterface()->cellAt(place->rowIndex(), place->columnIndex()),
                     cell);
        }
        QAccessibleInterface* cell = table->tableInterface()->cellAt(2, 5);
        QCOMPARE(cell->text(QAccessible::Name),
                 QStringLiteral("Image 2, channel 3, row 1, column 2 of the input"));
        QCOMPARE(cell->text(QAccessible::Value), QStringLiteral("2.5, set S3"));
        QCOMPARE(cell->valueInterface()->currentValue().toDouble(), 2.5);
        QVERIFY(cell->state().editable);
        QVERIFY(!cell->state().readOnly);
        QAccessibleInterface* output = table->tableInterface()->cellAt(0, 16);
        QCOMPARE(output->text(QAccessible::Name),
                 QStringLiteral("Image 1, channel 1, row 1, column 1 of the output"));
        QVERIFY(output->state().readOnly);
        QVERIFY(!table->tableInterface()->cellAt(8, 0));
        QVERIFY(!table->tableInterface()->cellAt(0, 24));
        QVERIFY(!table->child(192));
    }

    void cellsAreEditedAndFocused() {
        SheetDocument document;
        SheetView view(document);
        view.resize(900, 600);
        view.show();
        QApplication::setActiveWindow(&view);
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QAccessibleInterface* table = sheet(view);
        QAccessibleInterface* cell = table->tableInterface()->cellAt(1, 2);
        cell->setText(QAccessible::Value, QStringLiteral("6"));
        QCOMPARE(document.state().input->at({0, 1, 1, 0}), 6.0);
        cell->setText(QAccessible::Value, QStringLiteral("six"));
        QCOMPARE(document.state().input->at({0, 1, 1, 0}), 6.0);
        cell->valueInterface()->setCurrentValue(-1.0);
        QCOMPARE(document.state().input->at({0, 1, 1, 0}), -1.0);
        table->tableInterface()->cellAt(0, 8)->valueInterface()->setCurrentValue(9.0);
        QCOMPARE(document.undoStack().count(), 2);

        cell->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QCOMPARE(view.current(), std::optional(SheetCell{SheetPart::Input, {0, 1, 1, 0}}));
        QVERIFY(cell->state().focused);
        QVERIFY(cell->state().selected);
        QCOMPARE(table->focusChild(), cell);
        QCOMPARE(table->text(QAccessible::Value), view.spoken(*view.current()));
        QCOMPARE(table->childAt(cell->rect().center().x(), cell->rect().center().y()), cell);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table->tableInterface()->selectedCellCount(), 2);
        QCOMPARE(table->tableInterface()->selectedCells().value(1),
                 table->tableInterface()->cellAt(2, 2));
    }

    void cellsOfAnotherShapeAreGone() {
        SheetDocument document;
        SheetView view(document);
        QAccessibleInterface* table = sheet(view);
        const QAccessible::Id id = QAccessible::uniqueId(table->child(100));
        QVERIFY(QAccessible::accessibleInterface(id));
        document.setShape({1, 2, 2, 2});
        QCOMPARE(table->childCount(), 24);
        QCOMPARE(table->child(12)->text(QAccessible::Name),
                 QStringLiteral("Image 1, channel 1, row 2, column 1 of the input"));
        QVERIFY(!QAccessible::accessibleInterface(id));
    }

    void cellsGoWithTheSheet() {
        QAccessible::Id id = 0;
        {
            SheetDocument document;
            SheetView view(document);
            id = QAccessible::uniqueId(sheet(view)->child(3));
            QVERIFY(QAccessible::accessibleInterface(id));
        }
        QVERIFY(!QAccessible::accessibleInterface(id));
    }

    void largeSheetIsNotWalkedToItsEnd() {
        SheetDocument document;
        SheetView view(document);
        document.setInput(smallIntegers({32, 32, 28, 28}, 1), QString());
        QAccessibleInterface* table = sheet(view);
        QCOMPARE(table->tableInterface()->rowCount(), 896);
        QCOMPARE(table->tableInterface()->columnCount(), 2688);
        QCOMPARE(table->childCount(), 1024);
        QAccessibleInterface* last = table->tableInterface()->cellAt(895, 2687);
        QCOMPARE(last->text(QAccessible::Name),
                 QStringLiteral("Image 32, channel 32, row 28, column 28 of the output"));
        QCOMPARE(table->child(table->indexOfChild(last)), last);
    }
};

QTEST_MAIN(SheetAccessibleTest)
#include "sheet_accessible_test.moc"
