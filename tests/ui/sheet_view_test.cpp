#include "ui/normalize/sheet_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLocale>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "core/sample_tensors.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_editor.h"

using namespace normscope;

namespace {

constexpr SheetCell input(int image, int channel, int row, int column) {
    return {SheetPart::Input, {image, channel, row, column}};
}

/// A document, its sheet and a button after it, in a window.
struct Desk {
    QWidget window;
    SheetDocument document;
    SheetView* view = new SheetView(document, &window);
    QSignalSpy problem{view, &SheetView::problem};

    explicit Desk(QSize size = {1000, 700}) {
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins({});
        layout->addWidget(view);
        window.resize(size);
        window.show();
        QApplication::setActiveWindow(&window);
        view->setMotion(false);
        view->setFocus();
        if (!QTest::qWaitForWindowExposed(&window)) {
            qFatal("No window");
        }
    }

    double value(const SheetCell& cell) const { return document.value(cell); }
    SheetEditor* editor() const {
        const auto editors = view->viewport()->findChildren<SheetEditor*>();
        for (SheetEditor* each : editors) {
            if (each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    QPoint centreOf(const SheetCell& cell) const {
        return view->viewportRect(cell).center().toPoint();
    }
    void click(const SheetCell& cell, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, centreOf(cell));
    }
    void hover(QPoint point) const { QTest::mouseMove(view->viewport(), point); }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::keyClick(view, static_cast<Qt::Key>(key), modifiers);
    }
    void type(const QString& text) const {
        for (const QChar letter : text) {
            QTest::keyClick(QApplication::focusWidget(), letter.toLatin1());
        }
    }
    QString lastProblem() const {
        return problem.isEmpty() ? QString() : problem.last().at(0).toString();
    }
};

void wheel(SheetView& view, QPointF point, int angle, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(point, view.viewport()->mapToGlobal(point), {}, {0, angle}, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &event);
}

QImage picture(SheetView& view) {
    return view.viewport()->grab().toImage();
}

/// Everything that a layout says about the blocks.
QList<QRectF> blocks(const SheetLayout& layout) {
    QList<QRectF> rects;
    for (const SheetPart part : {SheetPart::Input, SheetPart::Normalized, SheetPart::Output}) {
        for (int image = 0; image < layout.shape().images; ++image) {
            for (int channel = 0; channel < layout.shape().channels; ++channel) {
                rects << layout.block(part, image, channel);
            }
        }
    }
    return rects;
}

}  // namespace

class SheetViewTest : public QObject {
    Q_OBJECT

  private slots:
    /// All but what the offscreen platform says of every window.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    // --- mouse ---

    void hoveringLightsUp() {
        Desk desk;
        QSignalSpy changed(desk.view, &SheetView::hoveredChanged);
        const QImage calm = picture(*desk.view);
        const SheetCell cell{SheetPart::Normalized, {1, 2, 0, 1}};
        desk.hover(desk.centreOf(cell));
        QCOMPARE(desk.view->hovered(), std::optional(cell));
        QCOMPARE(changed.size(), 1);
        QVERIFY(picture(*desk.view) != calm);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(desk.view->viewport(), &leave);
        QVERIFY(!desk.view->hovered());
        QCOMPARE(changed.size(), 2);
        QCOMPARE(picture(*desk.view), calm);
    }

    void hoveringStatisticsStandsForTheirSet() {
        Desk desk;
        desk.document.setKind(NormKind::Layer);
        const QRectF third = desk.view->sheetLayout().statistics(2);
        const QPointF corner =
            desk.view->viewportRect(input(0, 0, 0, 0)).topLeft() -
            desk.view->sheetLayout().cell(input(0, 0, 0, 0)).topLeft() * desk.view->zoom();
        desk.hover((third.center() * desk.view->zoom() + corner).toPoint());
        QCOMPARE(desk.view->hovered(), std::optional(input(2, 0, 0, 0)));
    }

    void clickedCellStays() {
        Desk desk;
        QSignalSpy changed(desk.view, &SheetView::currentChanged);
        const SheetCell cell{SheetPart::Output, {3, 1, 1, 0}};
        desk.click(cell);
        desk.hover(desk.centreOf(input(0, 0, 0, 0)));
        QCOMPARE(desk.view->current(), std::optional(cell));
        QCOMPARE(changed.size(), 1);
        desk.click(cell);
        QCOMPARE(changed.size(), 1);
        QTest::mouseClick(desk.view->viewport(), Qt::LeftButton, {}, QPoint(1, 1));
        QVERIFY(!desk.view->current());
    }

    void draggingSelects() {
        Desk desk;
        QWidget* viewport = desk.view->viewport();
        QTest::mousePress(viewport, Qt::LeftButton, {}, desk.centreOf(input(0, 0, 1, 1)));
        QTest::mouseMove(viewport, desk.centreOf(input(1, 2, 0, 0)));
        QCOMPARE(desk.view->selection()->rows(desk.document.shape()), 2);
        QCOMPARE(desk.view->selection()->columns(desk.document.shape()), 4);
        // Beyond the part in which it began it goes no further.
        QTest::mouseMove(viewport, viewport->rect().bottomRight() - QPoint(1, 1));
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, viewport->rect().bottomRight());
        QCOMPARE(desk.view->selection()->part, SheetPart::Input);
        QCOMPARE(desk.view->selection()->last(desk.document.shape()), (CellIndex{3, 3, 1, 1}));
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 1, 1)));
    }

    // --- keyboard ---

    void arrowsMoveThroughBlocks() {
        Desk desk;
        desk.press(Qt::Key_Right);  // begins at the first cell
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 0, 0)));
        desk.press(Qt::Key_Right);
        desk.press(Qt::Key_Right);
        QCOMPARE(desk.view->current(), std::optional(input(0, 1, 0, 0)));
        desk.press(Qt::Key_Down);
        desk.press(Qt::Key_Down);
        QCOMPARE(desk.view->current(), std::optional(input(1, 1, 0, 0)));
        desk.press(Qt::Key_PageDown);
        QCOMPARE(desk.view->current(), std::optional(input(2, 1, 0, 0)));
        desk.press(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(desk.view->current(), std::optional(input(3, 3, 1, 1)));
        desk.press(Qt::Key_Home);
        QCOMPARE(desk.view->current(), std::optional(input(3, 0, 1, 0)));
        desk.press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(desk.view->current(), std::optional(input(3, 0, 1, 1)));
    }

    void tabStaysInsideWhileThereIsACurrentCell() {
        Desk desk;
        auto* after = new QLineEdit;
        desk.window.layout()->addWidget(after);
        after->show();
        QTest::keyClick(desk.view, Qt::Key_Tab);  // none yet
        QVERIFY(after->hasFocus());
        desk.view->setFocus();
        desk.view->setCurrent(input(0, 3, 0, 1));
        desk.press(Qt::Key_Tab);
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 1, 0)));
        desk.press(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(desk.view->current(), std::optional(input(0, 3, 0, 1)));
        QVERIFY(desk.view->hasFocus());
        desk.press(Qt::Key_Escape);
        QVERIFY(!desk.view->current());
        QVERIFY(!desk.view->selection());
        desk.press(Qt::Key_Tab);
        QVERIFY(after->hasFocus());
        desk.view->setFocus();
        desk.view->setCurrent(input(3, 3, 1, 1));  // the last one
        desk.press(Qt::Key_Tab);
        QVERIFY(after->hasFocus());
    }

    void keysWinOverTheRestingMouse() {
        Desk desk;
        const QPoint resting = desk.centreOf(input(3, 3, 0, 0));
        for (const auto& [key, modifiers] :
             {std::pair(Qt::Key_Down, Qt::KeyboardModifiers()),
              std::pair(Qt::Key_Right, Qt::KeyboardModifiers(Qt::AltModifier))}) {
            desk.view->setCurrent(input(1, 1, 0, 0));
            desk.hover(resting);
            QVERIFY(desk.view->hovered());
            desk.press(key, modifiers);
            QVERIFY(!desk.view->hovered());
            desk.view->horizontalScrollBar()->setValue(1);  // nor does what moves below it count
            QVERIFY(!desk.view->hovered());
            desk.hover(resting + QPoint(1, 0));
            QVERIFY(desk.view->hovered());
            desk.hover(resting - QPoint(1, 0));
        }
    }

    void altArrowsGoToTheSameCellOfTheNextPart() {
        Desk desk;
        desk.view->setCurrent(input(2, 1, 1, 0));
        desk.press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(desk.view->current(),
                 std::optional(SheetCell{SheetPart::Normalized, {2, 1, 1, 0}}));
        desk.press(Qt::Key_Left, Qt::AltModifier);
        desk.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(desk.view->current(), std::optional(SheetCell{SheetPart::Output, {2, 1, 1, 0}}));
    }

    void shiftSelects() {
        Desk desk;
        const Shape4& shape = desk.document.shape();
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.press(Qt::Key_Right, Qt::ShiftModifier);
        desk.press(Qt::Key_Down, Qt::ShiftModifier);
        desk.press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(desk.view->selection()->rows(shape), 3);
        QCOMPARE(desk.view->selection()->columns(shape), 2);
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 0, 0)));
        desk.press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(desk.view->selection()->count(shape), shape.count());
        desk.press(Qt::Key_Down);
        QCOMPARE(desk.view->selection()->count(shape), 1);
    }

    // --- editing ---

    void typingReplacesAndEnterMovesDown() {
        Desk desk;
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.type(QStringLiteral("-7.5"));
        QVERIFY(desk.editor());
        QCOMPARE(desk.editor()->text(), QStringLiteral("-7.5"));
        QVERIFY(desk.editor()->geometry().contains(desk.centreOf(input(0, 0, 0, 0))));
        QTest::keyClick(desk.editor(), Qt::Key_Return);
        QVERIFY(!desk.editor());
        QCOMPARE(desk.value(input(0, 0, 0, 0)), -7.5);
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 1, 0)));
        QVERIFY(desk.view->hasFocus());
        QVERIFY(desk.problem.isEmpty());
        desk.document.undoStack().undo();
        QCOMPARE(desk.value(input(0, 0, 0, 0)), classExample().values[0]);
    }

    void tabCommitsAndMovesRight() {
        Desk desk;
        desk.view->setCurrent(input(1, 0, 0, 1));
        desk.press(Qt::Key_F2);
        QCOMPARE(desk.editor()->selectedText(), desk.editor()->text());
        desk.type(QStringLiteral("12"));
        QTest::keyClick(desk.editor(), Qt::Key_Tab);
        QCOMPARE(desk.value(input(1, 0, 0, 1)), 12.0);
        QCOMPARE(desk.view->current(), std::optional(input(1, 1, 0, 0)));
        QVERIFY(desk.view->hasFocus());
    }

    void escapeCancels() {
        Desk desk;
        const double before = desk.value(input(0, 0, 0, 0));
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.press(Qt::Key_Return);
        desk.type(QStringLiteral("99"));
        QTest::keyClick(desk.editor(), Qt::Key_Escape);
        QVERIFY(!desk.editor());
        QCOMPARE(desk.value(input(0, 0, 0, 0)), before);
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 0, 0)));
        QVERIFY(!desk.document.undoStack().canUndo());
    }

    void notANumberIsRefusedInPlace() {
        Desk desk;
        const double before = desk.value(input(0, 0, 0, 0));
        QTest::mouseDClick(desk.view->viewport(), Qt::LeftButton, {},
                           desk.centreOf(input(0, 0, 0, 0)));
        QVERIFY(!desk.editor());  // a double click comes after a click
        desk.click(input(0, 0, 0, 0));
        QTest::mouseDClick(desk.view->viewport(), Qt::LeftButton, {},
                           desk.centreOf(input(0, 0, 0, 0)));
        QVERIFY(desk.editor());
        desk.type(QStringLiteral("many"));
        QTest::keyClick(desk.editor(), Qt::Key_Return);
        QVERIFY(desk.editor());
        QVERIFY2(desk.lastProblem().contains(QStringLiteral("many")),
                 qPrintable(desk.lastProblem()));
        QCOMPARE(desk.editor()->accessibleDescription(), desk.lastProblem());
        QCOMPARE(desk.editor()->selectedText(), QStringLiteral("many"));
        QCOMPARE(desk.value(input(0, 0, 0, 0)), before);
        // Nor does a click elsewhere take it, and the field keeps the keyboard.
        desk.click(input(2, 2, 0, 0));
        QCOMPARE(desk.view->current(), std::optional(input(0, 0, 0, 0)));
        QVERIFY(desk.editor()->hasFocus());
        desk.type(QStringLiteral("3"));
        QCOMPARE(desk.lastProblem(), QString());
        QCOMPARE(desk.editor()->accessibleDescription(), QString());
        desk.click(input(2, 2, 0, 0));
        QVERIFY(!desk.editor());
        QCOMPARE(desk.value(input(0, 0, 0, 0)), 3.0);
        QCOMPARE(desk.view->current(), std::optional(input(2, 2, 0, 0)));
    }

    void noLetterThatIsTypedGetsLost() {
        Desk desk;
        const double before = desk.value(input(0, 0, 0, 0));
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.type(QStringLiteral("x1"));
        QVERIFY(desk.editor());
        QCOMPARE(desk.editor()->text(), QStringLiteral("x1"));
        QTest::keyClick(desk.editor(), Qt::Key_Return);
        QVERIFY(desk.editor());
        QVERIFY2(desk.lastProblem().contains(QStringLiteral("x1")), qPrintable(desk.lastProblem()));
        QCOMPARE(desk.value(input(0, 0, 0, 0)), before);
    }

    /// Those of the page that replay the steps.
    void keysOfTheReplayAreLeftAlone() {
        Desk desk;
        desk.view->setCurrent(input(0, 0, 0, 0));
        for (const auto& [key, modifiers] :
             {std::pair(Qt::Key_N, Qt::NoModifier), std::pair(Qt::Key_B, Qt::NoModifier),
              std::pair(Qt::Key_Space, Qt::NoModifier),
              std::pair(Qt::Key_Space, Qt::ShiftModifier)}) {
            QKeyEvent event(QEvent::KeyPress, key, modifiers,
                            QString(QChar(static_cast<char16_t>(key))).toLower());
            QApplication::sendEvent(desk.view, &event);
            QVERIFY(!event.isAccepted());
            QVERIFY(!desk.editor());
        }
    }

    void whatIsComputedIsNotTyped() {
        Desk desk;
        desk.view->setCurrent(SheetCell{SheetPart::Output, {}});
        desk.type(QStringLiteral("5"));
        QVERIFY(!desk.editor());
        QVERIFY(desk.lastProblem().contains(QStringLiteral("computed")));
        desk.press(Qt::Key_Delete);
        QVERIFY(!desk.document.undoStack().canUndo());
        desk.view->setCurrent(input(0, 0, 0, 0));
        QCOMPARE(desk.lastProblem(), QString());
    }

    void decimalCommaWhereTheLocaleHasIt() {
        QLocale::setDefault(QLocale(QLocale::German));
        Desk desk;
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.type(QStringLiteral("1,25"));
        QTest::keyClick(desk.editor(), Qt::Key_Down);
        QCOMPARE(desk.value(input(0, 0, 0, 0)), 1.25);
        desk.type(QStringLiteral("2.5"));
        QTest::keyClick(desk.editor(), Qt::Key_Up);
        QCOMPARE(desk.value(input(0, 0, 1, 0)), 2.5);
        desk.press(Qt::Key_F2);
        QCOMPARE(desk.editor()->text(), QStringLiteral("1,25"));
    }

    void deleteClearsTheSelectionInOneStep() {
        Desk desk;
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.press(Qt::Key_Right, Qt::ShiftModifier);
        desk.press(Qt::Key_Down, Qt::ShiftModifier);
        desk.press(Qt::Key_Delete);
        for (const SheetCell& cell :
             {input(0, 0, 0, 0), input(0, 0, 0, 1), input(0, 0, 1, 0), input(0, 0, 1, 1)}) {
            QCOMPARE(desk.value(cell), 0.0);
        }
        QCOMPARE(desk.document.undoStack().count(), 1);
        desk.document.undoStack().undo();
        QCOMPARE(*desk.document.state().input, classExample());
        desk.document.undoStack().redo();
        desk.press(Qt::Key_Delete);
        QCOMPARE(desk.document.undoStack().count(), 1);  // they are 0 already
    }

    void copiesAndPastes() {
        Desk desk;
        desk.document.setCell({0, 0, 0, 0}, 1.5);
        desk.document.setCell({0, 0, 0, 1}, -2.0);
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.press(Qt::Key_Right, Qt::ShiftModifier);
        desk.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text().trimmed(), QStringLiteral("1.5\t-2"));
        desk.view->setCurrent(input(2, 1, 1, 1));
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(desk.value(input(2, 1, 1, 1)), 1.5);
        QCOMPARE(desk.value(input(2, 2, 1, 0)), -2.0);
        QApplication::clipboard()->setText(QStringLiteral("1\tfoo"));
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(desk.lastProblem().contains(QStringLiteral("foo")));
        QCOMPARE(desk.value(input(2, 1, 1, 1)), 1.5);
        desk.view->setCurrent(SheetCell{SheetPart::Normalized, {}});
        desk.press(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(desk.lastProblem().contains(QStringLiteral("computed")));
    }

    void menuHasTheSameForTheMouse() {
        Desk desk;
        auto* menu = desk.view->findChild<QMenu*>();
        const auto open = [&](QContextMenuEvent::Reason reason, QPoint point) {
            QWidget* to = reason == QContextMenuEvent::Keyboard ? static_cast<QWidget*>(desk.view)
                                                                : desk.view->viewport();
            QContextMenuEvent event(reason, point, to->mapToGlobal(point));
            QApplication::sendEvent(to, &event);
        };
        open(QContextMenuEvent::Keyboard, {});
        QVERIFY(menu->isVisible());
        QVERIFY(!menu->actions().at(0)->isEnabled());
        menu->close();
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.view->setZoom(2.0, {});
        open(QContextMenuEvent::Mouse, desk.centreOf(input(0, 0, 0, 0)));
        menu->close();
        QCOMPARE(menu->actions().at(2)->text(), QStringLiteral("C&lear"));
        QVERIFY(menu->actions().at(2)->isEnabled());
        menu->actions().at(2)->trigger();
        QCOMPARE(desk.value(input(0, 0, 0, 0)), 0.0);
        menu->actions().last()->trigger();
        QVERIFY(desk.view->isFitted());
    }

    // --- zoom ---

    void staysFittedUntilZoomed() {
        Desk desk;
        desk.document.setInput(smallIntegers({8, 16, 8, 8}, 1), QString());
        const auto everythingShows = [&] {
            const QRectF first = desk.view->viewportRect(input(0, 0, 0, 0));
            const QRectF last = desk.view->viewportRect({SheetPart::Output, {7, 15, 7, 7}});
            const QRectF visible(desk.view->viewport()->rect());
            return visible.contains(first) && visible.contains(last) &&
                   desk.view->horizontalScrollBar()->maximum() == 0 &&
                   desk.view->verticalScrollBar()->maximum() == 0;
        };
        QVERIFY(desk.view->isFitted());
        QVERIFY(everythingShows());
        const qreal large = desk.view->zoom();
        desk.window.resize(600, 420);
        QVERIFY(desk.view->zoom() < large);
        QVERIFY(everythingShows());
        desk.press(Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(!desk.view->isFitted());
        const qreal byHand = desk.view->zoom();
        desk.window.resize(1000, 700);
        QCOMPARE(desk.view->zoom(), byHand);
        desk.press(Qt::Key_0, Qt::ControlModifier);
        QVERIFY(desk.view->isFitted());
        QCOMPARE(desk.view->zoom(), large);
    }

    void fewNumbersStayReadable() {
        Desk desk({420, 300});
        const qreal pixels = QFontInfo(desk.view->font()).pixelSize();
        QVERIFY(desk.view->isFitted());
        QCOMPARE(desk.view->zoom() * pixels, 8.0);
        QVERIFY(desk.view->verticalScrollBar()->maximum() > 0 ||
                desk.view->horizontalScrollBar()->maximum() > 0);
        desk.view->setCurrent(SheetCell{SheetPart::Output, {3, 3, 1, 1}});  // can be reached
        QVERIFY(QRectF(desk.view->viewport()->rect())
                    .contains(desk.view->viewportRect(*desk.view->current())));
        // By hand the whole can be seen all the same.
        for (int step = 0; step < 20; ++step) {
            desk.view->zoomOut();
        }
        QVERIFY(desk.view->zoom() * pixels < 8.0);
        QCOMPARE(desk.view->verticalScrollBar()->maximum(), 0);
        QCOMPARE(desk.view->horizontalScrollBar()->maximum(), 0);
        desk.view->fit();
        desk.window.resize(2400, 1600);
        QVERIFY(desk.view->zoom() * pixels > 8.0);
        QCOMPARE(desk.view->verticalScrollBar()->maximum(), 0);
    }

    void smallSheetIsNotBlownUp() {
        Desk desk({3000, 2000});
        desk.document.setInput(smallIntegers({1, 1, 1, 1}, 1), QString());
        QCOMPARE(desk.view->zoom(), 1.6);
    }

    void wheelZoomsAroundTheMouse() {
        Desk desk;
        const SheetCell cell{SheetPart::Normalized, {2, 1, 1, 0}};
        const qreal before = desk.view->zoom();
        for (int notch = 0; notch < 6; ++notch) {
            const QPointF centre = desk.view->viewportRect(cell).center();
            wheel(*desk.view, centre, 120, Qt::ControlModifier);
            if (desk.view->horizontalScrollBar()->maximum() > 0 && notch > 3) {
                const QPointF moved = desk.view->viewportRect(cell).center() - centre;
                QVERIFY2(moved.manhattanLength() < 3.0, qPrintable(QString::number(notch)));
            }
        }
        QVERIFY(desk.view->zoom() > 2.0 * before);
        const int scrolled = desk.view->verticalScrollBar()->value();
        wheel(*desk.view, {300, 300}, -120, {});
        QVERIFY(desk.view->verticalScrollBar()->value() > scrolled);
        for (int notch = 0; notch < 60; ++notch) {
            wheel(*desk.view, {300, 300}, -120, Qt::ControlModifier);
        }
        QVERIFY(desk.view->zoom() <= before);
    }

    void movingScrollsToTheCurrentCell() {
        Desk desk;
        desk.view->setCurrent(input(0, 0, 0, 0));
        desk.view->setZoom(6.0, {0, 0});
        const auto shows = [&] {
            return QRectF(desk.view->viewport()->rect())
                .contains(desk.view->viewportRect(*desk.view->current()));
        };
        desk.press(Qt::Key_End, Qt::ControlModifier);
        QVERIFY(shows());
        desk.press(Qt::Key_Right, Qt::AltModifier);
        QVERIFY(shows());
        desk.press(Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(shows());
        desk.document.setKind(NormKind::Instance);
        QVERIFY(shows());
    }

    void scrollingPaintsTheSamePicture_data() {
        QTest::addColumn<int>("side");
        QTest::addColumn<double>("zoom");
        QTest::newRow("numbers") << 3 << 2.0;
        QTest::newRow("picture") << 28 << 0.7;
    }
    void scrollingPaintsTheSamePicture() {
        QFETCH(int, side);
        QFETCH(double, zoom);
        Desk desk;
        desk.document.setInput(smallIntegers({8, 8, side, side}, 1), QString());
        desk.view->setZoom(zoom, {0, 0});
        picture(*desk.view);
        for (const QPoint by : {QPoint(0, 37), QPoint(51, 0), QPoint(13, -19)}) {
            QScrollBar* horizontal = desk.view->horizontalScrollBar();
            QScrollBar* vertical = desk.view->verticalScrollBar();
            horizontal->setValue(horizontal->value() + by.x());
            vertical->setValue(vertical->value() + by.y());
            const QImage scrolled = picture(*desk.view);
            desk.view->setBackwards(!desk.view->isBackwards());  // paints anew
            QCOMPARE(scrolled, picture(*desk.view));
        }
    }

    // --- regrouping ---

    void glideEndsWhereTheJumpDoes() {
        Desk desk;
        desk.view->setCurrent(input(1, 2, 0, 0));
        desk.document.setKind(NormKind::Group);
        const auto jumped = blocks(desk.view->sheetLayout());
        const QImage look = picture(*desk.view);
        desk.document.setKind(NormKind::Layer);
        const auto layer = blocks(desk.view->sheetLayout());
        desk.view->setMotion(true);
        desk.document.setKind(NormKind::Group);
        const auto start = blocks(desk.view->sheetLayout());
        QCOMPARE(start, layer);
        QTRY_COMPARE(blocks(desk.view->sheetLayout()), jumped);
        QTRY_COMPARE(picture(*desk.view), look);
        QCOMPARE(desk.view->current(), std::optional(input(1, 2, 0, 0)));
    }

    void regroupingMidwayGoesOnFromThere() {
        Desk desk;
        desk.view->setMotion(true);
        for (const NormKind kind : {NormKind::Group, NormKind::Instance, NormKind::Batch,
                                    NormKind::Layer, NormKind::Instance}) {
            desk.document.setKind(kind);
            QTest::qWait(20);
        }
        desk.document.setShape({2, 3, 2, 2});  // stops it
        QCOMPARE(desk.view->sheetLayout().shape(), (Shape4{2, 3, 2, 2}));
        desk.document.setKind(NormKind::Batch);
        desk.view->setMotion(false);
        const auto jumped = blocks(desk.view->sheetLayout());
        desk.document.setKind(NormKind::Layer);
        desk.document.setKind(NormKind::Batch);
        QCOMPARE(blocks(desk.view->sheetLayout()), jumped);
    }

    void smallerShapeKeepsTheNearestCell() {
        Desk desk;
        desk.view->setCurrent(input(3, 3, 1, 0));
        desk.press(Qt::Key_F2);
        desk.document.setShape({2, 5, 1, 2});
        QVERIFY(!desk.editor());
        QCOMPARE(desk.view->current(), std::optional(input(1, 3, 0, 0)));
        desk.document.undoStack().undo();
        QCOMPARE(desk.view->current(), std::optional(input(1, 3, 0, 0)));
    }

    void backwardsFollowsTheOutputCell() {
        Desk desk;
        const QImage forwards = picture(*desk.view);
        desk.view->setBackwards(true);
        QVERIFY(!desk.view->gradientOf());
        desk.view->setCurrent(SheetCell{SheetPart::Output, {1, 1, 0, 0}});
        QCOMPARE(desk.view->gradientOf(), std::optional(CellIndex{1, 1, 0, 0}));
        QVERIFY(desk.view->spoken(input(1, 1, 0, 0)).contains(QStringLiteral("derivative")));
        const QImage first = picture(*desk.view);
        desk.view->setCurrent(SheetCell{SheetPart::Output, {2, 3, 0, 0}});
        QVERIFY(picture(*desk.view) != first);
        desk.view->setCurrent(std::nullopt);
        desk.view->clearFocus();
        desk.view->setBackwards(false);
        const QImage again = picture(*desk.view);
        desk.view->setFocus();
        QCOMPARE(picture(*desk.view), forwards);
        QVERIFY(again != first);
    }

    void speaksOfACell() {
        Desk desk;
        desk.document.setCell({0, 1, 0, 1}, 2.0);
        QCOMPARE(desk.view->spoken(input(0, 1, 0, 1)),
                 QStringLiteral("Image 1, channel 2, row 1, column 2 of the input: 2, set S2"));
        desk.document.poke(0);
        QVERIFY(desk.view->spoken({SheetPart::Output, {1, 1, 0, 1}})
                    .contains(QStringLiteral("moved by")));
    }
};

QTEST_MAIN(SheetViewTest)
#include "sheet_view_test.moc"
