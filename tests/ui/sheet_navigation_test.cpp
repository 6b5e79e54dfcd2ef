#include "ui/normalize/sheet_navigation.h"

#include <QTest>
#include <array>

#include "ui/normalize/sheet_selection.h"

using namespace normscope;

namespace {

constexpr Shape4 kShape{/*images=*/3, /*channels=*/4, /*height=*/2, /*width=*/5};

QByteArray textOf(const CellIndex& cell) {
    return QStringLiteral("%1 %2 %3 %4")
        .arg(cell.image)
        .arg(cell.channel)
        .arg(cell.row)
        .arg(cell.column)
        .toUtf8();
}

}  // namespace

class SheetNavigationTest : public QObject {
    Q_OBJECT

  private slots:
    void moves_data() {
        QTest::addColumn<CellIndex>("from");
        QTest::addColumn<SheetMove>("move");
        QTest::addColumn<CellIndex>("to");
        const auto row = [](const char* name, CellIndex from, SheetMove move, CellIndex to) {
            QTest::newRow(name) << from << move << to;
        };
        row("right", {0, 0, 0, 0}, SheetMove::Right, {0, 0, 0, 1});
        row("right into the next block", {0, 0, 1, 4}, SheetMove::Right, {0, 1, 1, 0});
        row("right at the end", {0, 3, 1, 4}, SheetMove::Right, {0, 3, 1, 4});
        row("left into the block before", {2, 2, 0, 0}, SheetMove::Left, {2, 1, 0, 4});
        row("left at the start", {2, 0, 0, 0}, SheetMove::Left, {2, 0, 0, 0});
        row("down into the next image", {0, 1, 1, 3}, SheetMove::Down, {1, 1, 0, 3});
        row("down at the end", {2, 1, 1, 3}, SheetMove::Down, {2, 1, 1, 3});
        row("up into the image before", {1, 1, 0, 3}, SheetMove::Up, {0, 1, 1, 3});
        row("up at the start", {0, 1, 0, 3}, SheetMove::Up, {0, 1, 0, 3});
        row("next", {0, 0, 0, 4}, SheetMove::Next, {0, 1, 0, 0});
        row("next wraps", {0, 3, 1, 4}, SheetMove::Next, {1, 0, 0, 0});
        row("next at the last cell", {2, 3, 1, 4}, SheetMove::Next, {2, 3, 1, 4});
        row("previous wraps", {1, 0, 0, 0}, SheetMove::Previous, {0, 3, 1, 4});
        row("previous at the first cell", {0, 0, 0, 0}, SheetMove::Previous, {0, 0, 0, 0});
        row("to the edge of the block", {0, 1, 0, 2}, SheetMove::BlockRight, {0, 1, 0, 4});
        row("from the edge to the next", {0, 1, 0, 4}, SheetMove::BlockRight, {0, 2, 0, 4});
        row("right edge of the last block", {0, 3, 0, 4}, SheetMove::BlockRight, {0, 3, 0, 4});
        row("left edge", {0, 1, 0, 2}, SheetMove::BlockLeft, {0, 1, 0, 0});
        row("from the left edge on", {0, 1, 0, 0}, SheetMove::BlockLeft, {0, 0, 0, 0});
        row("left edge of the first block", {0, 0, 0, 0}, SheetMove::BlockLeft, {0, 0, 0, 0});
        row("lower edge", {1, 0, 0, 2}, SheetMove::BlockDown, {1, 0, 1, 2});
        row("lower edge of the next", {1, 0, 1, 2}, SheetMove::BlockDown, {2, 0, 1, 2});
        row("upper edge", {1, 0, 1, 2}, SheetMove::BlockUp, {1, 0, 0, 2});
        row("start of the row", {1, 2, 1, 3}, SheetMove::RowStart, {1, 0, 1, 0});
        row("end of the row", {1, 2, 1, 3}, SheetMove::RowEnd, {1, 3, 1, 4});
        row("first", {1, 2, 1, 3}, SheetMove::First, {0, 0, 0, 0});
        row("last", {1, 2, 1, 3}, SheetMove::Last, {2, 3, 1, 4});
        row("next image", {1, 2, 1, 3}, SheetMove::ImageDown, {2, 2, 1, 3});
        row("no next image", {2, 2, 0, 3}, SheetMove::ImageDown, {2, 2, 0, 3});
        row("image before", {1, 2, 1, 3}, SheetMove::ImageUp, {0, 2, 1, 3});
        row("no image before", {0, 2, 1, 3}, SheetMove::ImageUp, {0, 2, 1, 3});
    }
    void moves() {
        QFETCH(CellIndex, from);
        QFETCH(SheetMove, move);
        QFETCH(CellIndex, to);
        QCOMPARE(textOf(moved(kShape, from, move)), textOf(to));
    }

    void nextVisitsEveryCellOnce() {
        CellIndex cell;
        int visited = 1;
        for (CellIndex next = moved(kShape, cell, SheetMove::Next); next != cell;
             next = moved(kShape, cell, SheetMove::Next)) {
            QCOMPARE(textOf(moved(kShape, next, SheetMove::Previous)), textOf(cell));
            cell = next;
            ++visited;
        }
        QCOMPARE(visited, static_cast<int>(kShape.count()));
    }

    void positionsAndCellsAreOneToOne() {
        for (int row = 0; row < gridRows(kShape); ++row) {
            for (int column = 0; column < gridColumns(kShape); ++column) {
                const CellIndex cell = cellAtPosition(kShape, {row, column});
                QVERIFY(contains(kShape, cell));
                QCOMPARE(gridPosition(kShape, cell), (GridPosition{row, column}));
            }
        }
        QCOMPARE(textOf(cellAtPosition(kShape, {-1, 99})), QByteArray("0 3 0 4"));
    }

    void partsFollowEachOther() {
        QCOMPARE(neighbouringPart(SheetPart::Input, +1), SheetPart::Normalized);
        QCOMPARE(neighbouringPart(SheetPart::Output, +1), SheetPart::Input);
        QCOMPARE(neighbouringPart(SheetPart::Input, -1), SheetPart::Output);
    }

    void selectionIsARectangleWhicheverWayItIsDrawn() {
        const CellIndex a{0, 2, 1, 1};
        const CellIndex b{1, 1, 0, 3};
        const std::array ways{SheetSelection{SheetPart::Input, a, b},
                              SheetSelection{SheetPart::Input, b, a}};
        for (const SheetSelection& selection : ways) {
            QCOMPARE(textOf(selection.first(kShape)), QByteArray("0 1 1 3"));
            QCOMPARE(textOf(selection.last(kShape)), QByteArray("1 2 0 1"));
            QCOMPARE(selection.rows(kShape), 2);
            QCOMPARE(selection.columns(kShape), 4);
            QCOMPARE(selection.count(kShape), 8);
            QVERIFY(selection.contains(kShape, {SheetPart::Input, {0, 1, 1, 4}}));
            QVERIFY(!selection.contains(kShape, {SheetPart::Input, {0, 1, 1, 2}}));
            QVERIFY(!selection.contains(kShape, {SheetPart::Input, {1, 1, 1, 4}}));
            QVERIFY(!selection.contains(kShape, {SheetPart::Output, {0, 1, 1, 4}}));
        }
        QCOMPARE(SheetSelection::everything(kShape, SheetPart::Output).count(kShape),
                 kShape.count());
    }
};

QTEST_APPLESS_MAIN(SheetNavigationTest)
#include "sheet_navigation_test.moc"
