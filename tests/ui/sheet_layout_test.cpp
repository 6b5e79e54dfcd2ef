#include "ui/normalize/sheet_layout.h"

#include <QFont>
#include <QPolygonF>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>

using namespace normscope;

namespace {

constexpr std::array kParts{SheetPart::Input, SheetPart::Normalized, SheetPart::Output};

struct Case {
    Shape4 shape;
    NormSpec spec;
    Arrangement arrangement;
};

/// All four methods, group norm with each number of groups that divides the channels.
std::vector<NormSpec> specsFor(const Shape4& shape) {
    std::vector<NormSpec> specs;
    for (const NormKind kind : {NormKind::Batch, NormKind::Layer, NormKind::Instance}) {
        specs.push_back({.kind = kind});
    }
    for (int groups = 1; groups <= shape.channels; ++groups) {
        if (shape.channels % groups == 0) {
            specs.push_back({.kind = NormKind::Group, .groups = groups});
        }
    }
    return specs;
}

std::vector<Case> cases() {
    std::vector<Case> cases;
    for (const Shape4 shape : {Shape4{1, 1, 1, 1}, Shape4{4, 4, 2, 2}, Shape4{4, 6, 3, 3},
                               Shape4{3, 8, 1, 5}, Shape4{2, 6, 5, 1}, Shape4{4, 1, 28, 28},
                               Shape4{3, 6, 8, 8}, Shape4{5, 12, 7, 9}, Shape4{32, 32, 1, 1}}) {
        for (const NormSpec& spec : specsFor(shape)) {
            for (const Arrangement arrangement : kArrangements) {
                cases.push_back({shape, spec, arrangement});
            }
        }
    }
    return cases;
}

SheetLayout layoutOf(const Case& c) {
    return {c.shape, c.spec, c.arrangement, sheetMetrics(c.shape, QFontMetricsF(QFont()))};
}

QByteArray nameOf(const Case& c) {
    return QStringLiteral("%1x%2x%3x%4 %5 %6 %7")
        .arg(c.shape.images)
        .arg(c.shape.channels)
        .arg(c.shape.height)
        .arg(c.shape.width)
        .arg(QString::fromUtf8(nameOf(c.spec.kind).data()))
        .arg(c.spec.groups)
        .arg(static_cast<int>(c.arrangement))
        .toUtf8();
}

template <typename Visit>
void forEachCell(const Shape4& shape, Visit visit) {
    CellIndex cell;
    for (cell.image = 0; cell.image < shape.images; ++cell.image) {
        for (cell.channel = 0; cell.channel < shape.channels; ++cell.channel) {
            for (cell.row = 0; cell.row < shape.height; ++cell.row) {
                for (cell.column = 0; cell.column < shape.width; ++cell.column) {
                    visit(cell);
                }
            }
        }
    }
}

/// Blocks, heads, statistics and affine boxes: everything that has its own place.
std::vector<QRectF> allBoxes(const SheetLayout& layout, const NormSpec& spec) {
    const Shape4& shape = layout.shape();
    std::vector<QRectF> boxes;
    for (const SheetPart part : kParts) {
        boxes.push_back(layout.title(part));
        for (int image = 0; image < shape.images; ++image) {
            boxes.push_back(layout.rowHead(part, image));
            for (int channel = 0; channel < shape.channels; ++channel) {
                boxes.push_back(layout.block(part, image, channel));
            }
        }
        for (int channel = 0; channel < shape.channels; ++channel) {
            boxes.push_back(layout.columnHead(part, channel));
        }
    }
    for (int channel = 0; channel < shape.channels; ++channel) {
        boxes.push_back(layout.affine(channel));
    }
    const int sets = static_cast<int>(statisticsSets(shape, spec).size());
    for (int set = 0; set < sets; ++set) {
        boxes.push_back(layout.statistics(set));
    }
    return boxes;
}

bool overlap(const QRectF& a, const QRectF& b) {
    constexpr qreal kTouching = 1e-6;
    const QRectF common = a & b;
    return common.width() > kTouching && common.height() > kTouching;
}

/// But for rounding.
bool holds(const QRectF& outer, const QRectF& inner) {
    constexpr qreal kRounding = 1e-6;
    return outer.left() <= inner.left() + kRounding && outer.top() <= inner.top() + kRounding &&
           outer.right() >= inner.right() - kRounding &&
           outer.bottom() >= inner.bottom() - kRounding;
}

/// The line in its full width, and the head.
QRectF inkOf(const SheetArrow& arrow) {
    const qreal half = arrow.thickness / 2;
    const bool upright = arrow.shaft.x1() == arrow.shaft.x2();
    const QRectF line = QRectF(arrow.shaft.p1(), arrow.shaft.p2()).normalized();
    const QRectF wide =
        upright ? line.adjusted(-half, 0.0, half, 0.0) : line.adjusted(0.0, -half, 0.0, half);
    const QPolygonF head{arrow.head[0], arrow.head[1], arrow.head[2]};
    return wide | head.boundingRect();
}

bool near(const QRectF& a, const QRectF& b) {
    const auto close = [](qreal x, qreal y) { return std::abs(x - y) < 1e-9; };
    return close(a.left(), b.left()) && close(a.top(), b.top()) && close(a.right(), b.right()) &&
           close(a.bottom(), b.bottom());
}

}  // namespace

class SheetLayoutTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCellIsTouchedByExactlyItsOwnArrow() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            const std::vector<SheetArrow> arrows = sheetArrows(layout, c.spec);
            QCOMPARE(arrows.size(), statisticsSets(c.shape, c.spec).size());
            forEachCell(c.shape, [&](const CellIndex& cell) {
                const QRectF rect = layout.cell({SheetPart::Input, cell});
                const int own = statisticsSetOf(c.shape, c.spec, cell.image, cell.channel);
                // Bodies lie apart, so that those of the neighbours say enough of the many.
                for (int set = std::max(0, own - 40);
                     set < std::min(static_cast<int>(arrows.size()), own + 40); ++set) {
                    const SheetArrow& arrow = arrows[static_cast<std::size_t>(set)];
                    QCOMPARE(arrow.set, set);
                    if (set == own ? !arrow.body.contains(rect) : overlap(arrow.body, rect)) {
                        QFAIL(nameOf(c) + " set " + QByteArray::number(set));
                    }
                }
            });
        }
    }

    void arrowsKeepApartAndToTheirOwnSheet() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            const std::vector<SheetArrow> arrows = sheetArrows(layout, c.spec);
            for (std::size_t i = 0; i < arrows.size(); ++i) {
                const SheetArrow& arrow = arrows[i];
                QVERIFY2(holds(QRectF(QPointF(), layout.size()), arrow.body), nameOf(c));
                QVERIFY2(holds(arrow.body, inkOf(arrow)), nameOf(c));
                QVERIFY2(holds(arrow.body, arrow.label) ||
                             arrow.label.width() > arrow.body.width() ||
                             arrow.label.height() > arrow.body.height(),
                         nameOf(c));
                for (std::size_t j = i + 1; j < std::min(arrows.size(), i + 40); ++j) {
                    QVERIFY2(!overlap(arrow.body, arrows[j].body), nameOf(c));
                }
            }
        }
    }

    void arrowsPointAtTheirStatistics() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            for (const SheetArrow& arrow : sheetArrows(layout, c.spec)) {
                const QRectF numbers = layout.statistics(arrow.set);
                const bool down = c.spec.kind == NormKind::Batch;
                QCOMPARE(arrow.shaft.x1() == arrow.shaft.x2(), down);
                QCOMPARE(arrow.shaft.y1() == arrow.shaft.y2(), !down);
                if (down) {
                    QVERIFY(arrow.shaft.y2() > arrow.shaft.y1());
                    QVERIFY(arrow.body.bottom() < numbers.top());
                    QVERIFY(arrow.shaft.x2() > numbers.left() &&
                            arrow.shaft.x2() < numbers.right() + layout.metrics().blockGap);
                } else {
                    QVERIFY(arrow.shaft.x2() > arrow.shaft.x1());
                    QVERIFY(arrow.body.right() < numbers.left());
                }
            }
        }
    }

    /// They are applied to the images, from the same place.
    void arrowsOfRunningStatisticsPointUp() {
        for (const Case& c : cases()) {
            if (c.spec.kind != NormKind::Batch) {
                continue;
            }
            const SheetLayout layout = layoutOf(c);
            const std::vector<SheetArrow> training = sheetArrows(layout, c.spec);
            for (const SheetArrow& arrow : sheetArrows(layout, c.spec, ArrowFlow::FromStatistics)) {
                const auto place = static_cast<std::size_t>(arrow.set);
                const QRectF first = layout.block(SheetPart::Input, 0, arrow.set);
                const QRectF last = layout.block(SheetPart::Input, c.shape.images - 1, arrow.set);
                QCOMPARE(arrow.body, training[place].body);
                QCOMPARE(arrow.shaft.x1(), training[place].shaft.x1());
                QCOMPARE(arrow.shaft.x2(), arrow.shaft.x1());
                QVERIFY2(arrow.shaft.y1() > last.bottom(), nameOf(c));
                QVERIFY2(arrow.shaft.y2() + layout.arrowHead() < first.top(), nameOf(c));
                QVERIFY2(arrow.label.top() >= last.bottom(), nameOf(c));
                QVERIFY2(arrow.label.contains(arrow.shaft.p1()) || c.shape.width == 1, nameOf(c));
                QVERIFY2(holds(arrow.body, inkOf(arrow)), nameOf(c));
                QVERIFY2(holds(arrow.body, arrow.label) || arrow.label.width() > arrow.body.width(),
                         nameOf(c));
            }
        }
    }

    /// No number lies under the line where there is a border between cells to follow.
    void shaftsRunBetweenCells() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            const QSizeF cell = layout.metrics().cell;
            for (const SheetArrow& arrow : sheetArrows(layout, c.spec)) {
                const StatisticsSet set =
                    statisticsSets(c.shape, c.spec)[static_cast<std::size_t>(arrow.set)];
                const QRectF first =
                    layout.block(SheetPart::Input, set.image.value_or(0), set.firstChannel);
                const qreal cells = c.spec.kind == NormKind::Batch
                                        ? (arrow.shaft.x1() - first.left()) / cell.width()
                                        : (arrow.shaft.y1() - first.top()) / cell.height();
                const int across = c.spec.kind == NormKind::Batch ? c.shape.width : c.shape.height;
                const qreal half = arrow.thickness / 2 /
                                   (c.spec.kind == NormKind::Batch ? cell.width() : cell.height());
                QVERIFY2(
                    across == 1 ? cells - half > 1.0 : std::abs(cells - std::round(cells)) < 1e-9,
                    nameOf(c));
                if (arrow.set > 40) {
                    break;
                }
            }
        }
    }

    void nothingLiesOnAnythingElse() {
        for (const Case& c : cases()) {
            if (c.shape.images * c.shape.channels > 100) {
                continue;
            }
            const SheetLayout layout = layoutOf(c);
            const std::vector<QRectF> boxes = allBoxes(layout, c.spec);
            const QRectF sheet(QPointF(), layout.size());
            for (std::size_t i = 0; i < boxes.size(); ++i) {
                QVERIFY2(holds(sheet, boxes[i]), nameOf(c));
                for (std::size_t j = i + 1; j < boxes.size(); ++j) {
                    QVERIFY2(!overlap(boxes[i], boxes[j]), nameOf(c));
                }
            }
        }
    }

    void cellAtFindsEveryCell() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            for (const SheetPart part : kParts) {
                forEachCell(c.shape, [&](const CellIndex& cell) {
                    const SheetCell expected{part, cell};
                    const QRectF rect = layout.cell(expected);
                    const QRectF inside = rect.adjusted(1e-3, 1e-3, -1e-3, -1e-3);
                    for (const QPointF point :
                         {rect.center(), inside.topLeft(), inside.bottomRight()}) {
                        if (layout.cellAt(point) != expected) {
                            QFAIL(nameOf(c));
                        }
                    }
                });
            }
        }
    }

    void noCellBetweenBlocks() {
        const Case c{{4, 4, 2, 2}, {.kind = NormKind::Group, .groups = 2}, Arrangement::Beside};
        const SheetLayout layout = layoutOf(c);
        const QRectF first = layout.block(SheetPart::Input, 0, 0);
        QVERIFY(!layout.cellAt(first.topRight() + QPointF(1, 1)));
        QVERIFY(!layout.cellAt(first.bottomLeft() + QPointF(1, 1)));
        QVERIFY(!layout.cellAt(first.topLeft() - QPointF(1, -1)));
        QVERIFY(!layout.cellAt({-5, -5}));
        QVERIFY(!layout.cellAt(QPointF(layout.size().width(), layout.size().height())));
    }

    void statisticsAtFindsEverySet() {
        for (const Case& c : cases()) {
            const SheetLayout layout = layoutOf(c);
            const int sets = static_cast<int>(statisticsSets(c.shape, c.spec).size());
            for (int set = 0; set < sets; ++set) {
                QCOMPARE(layout.statisticsAt(layout.statistics(set).center()), std::optional(set));
            }
            QVERIFY(!layout.statisticsAt({-1, -1}));
        }
    }

    void groupsStandApart() {
        const Shape4 shape{2, 6, 3, 3};
        const SheetLayout layout =
            layoutOf({shape, {.kind = NormKind::Group, .groups = 3}, Arrangement::Below});
        const auto gapAfter = [&](int channel) {
            return layout.block(SheetPart::Output, 0, channel + 1).left() -
                   layout.block(SheetPart::Output, 0, channel).right();
        };
        QVERIFY(gapAfter(1) > 2.0 * gapAfter(0));
        QCOMPARE(gapAfter(0), gapAfter(2));
        QCOMPARE(gapAfter(1), gapAfter(3));
    }

    void imagesMakeRoomForManyStatistics() {
        const Shape4 shape{3, 8, 2, 2};
        const auto pitch = [&](const NormSpec& spec) {
            const SheetLayout layout = layoutOf({shape, spec, Arrangement::Beside});
            return layout.block(SheetPart::Input, 1, 0).top() -
                   layout.block(SheetPart::Input, 0, 0).top();
        };
        const SheetMetrics metrics = sheetMetrics(shape, QFontMetricsF(QFont()));
        QVERIFY(pitch({.kind = NormKind::Instance}) >= 8 * metrics.statistics.height());
        QVERIFY(pitch({.kind = NormKind::Layer}) < pitch({.kind = NormKind::Instance}));
    }

    void rangesHoldExactlyWhatMeetsThem() {
        const Shape4 shape{5, 7, 2, 3};
        const SheetLayout layout =
            layoutOf({shape, {.kind = NormKind::Instance}, Arrangement::Beside});
        for (qreal x = -20; x < layout.size().width(); x += 7.3) {
            const auto range = layout.channelsIn(SheetPart::Input, x, x + 60);
            for (int channel = 0; channel < shape.channels; ++channel) {
                const QRectF block = layout.block(SheetPart::Input, 0, channel);
                QCOMPARE(channel >= range.first && channel < range.last,
                         block.right() >= x && block.left() <= x + 60);
            }
        }
    }

    void betweenBeginsAndEndsAtItsEnds() {
        const Shape4 shape{4, 6, 3, 3};
        const NormSpec batch{.kind = NormKind::Batch};
        const NormSpec group{.kind = NormKind::Group, .groups = 3};
        const SheetLayout from = layoutOf({shape, batch, Arrangement::Beside});
        const SheetLayout to = layoutOf({shape, group, Arrangement::Below});
        for (const auto& [t, end, spec] :
             {std::tuple(0.0, &from, batch), std::tuple(1.0, &to, group)}) {
            const SheetLayout layout = SheetLayout::between(from, to, t);
            QCOMPARE(layout.size(), end->size());
            const std::vector<QRectF> boxes = allBoxes(layout, spec);
            QVERIFY(std::ranges::equal(boxes, allBoxes(*end, spec), near));
        }
    }

    void betweenPassesContinuously() {
        const Shape4 shape{4, 6, 3, 3};
        const NormSpec batch{.kind = NormKind::Batch};
        const NormSpec group{.kind = NormKind::Group, .groups = 3};
        const SheetLayout from = layoutOf({shape, batch, Arrangement::Beside});
        const SheetLayout to = layoutOf({shape, group, Arrangement::Below});
        const SheetLayout middle = SheetLayout::between(from, to, 0.5);
        for (const SheetPart part : kParts) {
            const QRectF block = middle.block(part, 3, 5);
            const QPointF expected =
                (from.block(part, 3, 5).topLeft() + to.block(part, 3, 5).topLeft()) / 2;
            QCOMPARE(block.topLeft(), expected);
            QCOMPARE(middle.cellAt(block.center()), std::optional(SheetCell{part, {3, 5, 1, 1}}));
        }
        // The sets are those of the end from the first step on.
        const int sets = static_cast<int>(statisticsSets(shape, group).size());
        const SheetLayout begun = SheetLayout::between(from, to, 0.001);
        QVERIFY(!begun.statistics(sets - 1).isEmpty());
        const SheetLayout nearly = SheetLayout::between(from, to, 1.0 - 1e-12);
        QVERIFY(near(nearly.statistics(sets - 1), to.statistics(sets - 1)));
    }

    void bestArrangementMakesTheSheetLarger() {
        const Shape4 shape{4, 4, 2, 2};
        const NormSpec spec{.kind = NormKind::Layer};
        const SheetMetrics metrics = sheetMetrics(shape, QFontMetricsF(QFont()));
        QCOMPARE(bestArrangement(shape, spec, metrics, {3000, 500}), Arrangement::Beside);
        QCOMPARE(bestArrangement(shape, spec, metrics, {500, 3000}), Arrangement::Below);
    }

    void fitsWholeOrAsMuchAsCanBeRead() {
        QCOMPARE(sheetFit({200, 100}, {100, 100}, 0.0).zoom, 0.5);
        QCOMPARE(sheetFit({200, 100}, {100, 100}, 0.0).shown, 1.0);
        QCOMPARE(sheetFit({200, 100}, {100, 100}, 0.8).zoom, 0.8);
        QCOMPARE(sheetFit({200, 100}, {100, 100}, 0.8).shown, 0.625);
        QCOMPARE(sheetFit({200, 400}, {100, 100}, 1.0).shown, 0.125);
    }

    void onlyFewNumbersMustStayReadable() {
        QCOMPARE(leastFittedZoom({4, 4, 2, 2}, 16.0), 0.5);
        QCOMPARE(leastFittedZoom({10, 6, 5, 5}, 16.0), 0.5);
        QCOMPARE(leastFittedZoom({10, 7, 5, 5}, 16.0), 0.0);
        QCOMPARE(leastFittedZoom({1, 1, 7, 7}, 16.0), 0.0);  // an image
    }

    /// Where the whole would be unreadable, what shows counts.
    void bestArrangementShowsTheMost() {
        const Shape4 shape{4, 4, 2, 2};
        const NormSpec spec{.kind = NormKind::Batch};
        const SheetMetrics metrics = sheetMetrics(shape, QFontMetricsF(QFont()));
        for (const QSizeF room : {QSizeF(900, 150), QSizeF(150, 900), QSizeF(400, 400)}) {
            const auto shown = [&](Arrangement arrangement) {
                return sheetFit(SheetLayout(shape, spec, arrangement, metrics).size(), room, 1.0)
                    .shown;
            };
            const Arrangement best = bestArrangement(shape, spec, metrics, room, 1.0);
            for (const Arrangement other : kArrangements) {
                QVERIFY(shown(best) >= shown(other));
            }
        }
    }

    void cellsOfImagesAreSquare() {
        for (const auto& [shape, square] :
             {std::pair(Shape4{1, 1, 6, 6}, false), std::pair(Shape4{1, 1, 7, 7}, true),
              std::pair(Shape4{1, 1, 28, 28}, true), std::pair(Shape4{1, 1, 1, 28}, false)}) {
            const QFontMetricsF font{QFont()};
            const QSizeF cell = sheetMetrics(shape, font).cell;
            QCOMPARE(cell.width() == cell.height(), square);
            QVERIFY(square || cell.width() > font.horizontalAdvance(QStringLiteral("-0.123")));
        }
    }

    void theLargestSheetIsLaidOutAndSearchedQuickly() {
        const Case c{{32, 32, 28, 28}, {.kind = NormKind::Instance}, Arrangement::Beside};
        const SheetLayout layout = layoutOf(c);
        const SheetCell last{SheetPart::Output, {31, 31, 27, 27}};
        QCOMPARE(layout.cellAt(layout.cell(last).center()), std::optional(last));
        QCOMPARE(sheetArrows(layout, c.spec).size(), std::size_t{1024});
    }
};

QTEST_MAIN(SheetLayoutTest)
#include "sheet_layout_test.moc"
