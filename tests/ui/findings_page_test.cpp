#include "ui/findings/findings_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "tests/named_widget.h"
#include "tests/ui/measured_models.h"
#include "ui/experiment/experiment_view.h"
#include "ui/findings/notes_field.h"
#include "ui/theme.h"
#include "ui/widgets/message_strip.h"

Q_DECLARE_METATYPE(std::filesystem::path)

namespace normscope {
namespace {

using testing::comparisonOf;
using testing::images;
using testing::namedWidget;
using testing::runOf;

Comparison someModels(const QString& folder = "/runs/one", const QString& notes = {}) {
    Run run = runOf({{"batch", {NormKind::Batch}, 0.0, {80, 60, 72}, images(0, 72)},
                     {"group", {NormKind::Group}, 0.0, {58, 59, 58}, images(0, 58)}});
    run.folder = folder.toStdString();
    run.notes = notes.toStdString();
    return comparisonOf(std::move(run));
}

bool isShown(const QWidget& page, const QString& words) {
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words)) {
            return true;
        }
    }
    return false;
}

QPlainTextEdit* notesOf(const QWidget& widget) {
    return namedWidget<QPlainTextEdit>(widget, "Notes");
}

}  // namespace

class FindingsPageTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void saysWhatToDoWhereThereIsNothing();
    void showsWhatWasFound();
    void controlsAskForWhatTheySay();
    void experimentsAreTheOtherView();
    void messagesStay();
    void fitsTheWindow_data();
    void fitsTheWindow();
    void theTableIsWholeWhereThereIsRoom();

    void notesAreToldWhenTypingPauses();
    void aShippedRunTakesNoNotes();
    void notesAreToldWhenTheFieldIsLeft();
    void notesAreToldWhenThePageIsHidden();
    void notesBeingTypedAreNeverOverwritten();
    void notesFollowTheRun();
    void notesNeedAFolder();
};

void FindingsPageTest::saysWhatToDoWhereThereIsNothing() {
    FindingsPage page;
    page.show();
    QCOMPARE(page.accessibleName(), "Findings");
    QVERIFY(isShown(page, "train models on page Train"));
    QVERIFY(page.pictures().empty());
    QVERIFY(page.caption().isEmpty());
    QVERIFY(namedWidget<QPushButton>(page, "Choose models")->isEnabled());
    QVERIFY(!namedWidget<QPushButton>(page, "Make a report")->isEnabled());
    QVERIFY(!namedWidget<QToolButton>(page, "Export Findings")->isEnabled());
    page.setComparison(someModels());
    QVERIFY(!isShown(page, "train models on page Train"));
    page.setComparison({});
    QVERIFY(isShown(page, "train models on page Train"));
}

void FindingsPageTest::showsWhatWasFound() {
    FindingsPage page;
    page.setComparison(someModels());
    page.show();
    QVERIFY(isShown(page, "The network “batch” misread more digits than the network “group”"));
    QVERIFY(isShown(page, "“batch” alone misread 14, “group” alone 0 (p < 0.001)"));
    QVERIFY(isShown(page, "The best epoch is picked on the test images"));
    QCOMPARE(page.pictures().size(), 4U);
    QVERIFY(page.caption().startsWith("Batch norm; Group norm"));
    QVERIFY(namedWidget<QWidget>(page, "Wrong, with 95 % Wilson interval") != nullptr);
}

void FindingsPageTest::controlsAskForWhatTheySay() {
    FindingsPage page;
    page.setComparison(someModels());
    page.show();
    const QSignalSpy choose(&page, &FindingsPage::chooseModelsRequested);
    const QSignalSpy report(&page, &FindingsPage::reportRequested);
    const QSignalSpy save(&page, &FindingsPage::exportRequested);
    QTest::keyClick(namedWidget<QPushButton>(page, "Choose models"), Qt::Key_Space);
    QTest::keyClick(namedWidget<QPushButton>(page, "Make a report"), Qt::Key_Space);
    QTest::keyClick(namedWidget<QToolButton>(page, "Export Findings"), Qt::Key_Space);
    QCOMPARE(choose.count(), 1);
    QCOMPARE(report.count(), 1);
    QCOMPARE(save.count(), 1);
}

void FindingsPageTest::experimentsAreTheOtherView() {
    FindingsPage page;
    page.setComparison(someModels());
    page.show();
    QVERIFY(!page.experiments().isVisible());
    QTest::keyClick(namedWidget<QPushButton>(page, "Run an experiment"), Qt::Key_Space);
    QVERIFY(page.experiments().isVisible());
    page.setComparison(someModels());
    QVERIFY2(page.experiments().isVisible(), "a training that goes on takes nobody away");
    auto* views = namedWidget<QTabBar>(page, "What is shown");
    QTest::keyClick(views, Qt::Key_Left);
    QVERIFY(!page.experiments().isVisible());
    QVERIFY(isShown(page, "misread more digits"));
}

void FindingsPageTest::messagesStay() {
    FindingsPage page;
    page.show();
    page.setMessage("The report could not be written.");
    QVERIFY(isShown(page, "The report could not be written."));
    page.setComparison(someModels());
    QVERIFY(isShown(page, "The report could not be written."));
}

void FindingsPageTest::fitsTheWindow_data() {
    QTest::addColumn<int>("textScale");
    QTest::newRow("100 %") << 100;
    QTest::newRow("200 %") << 200;
}

/// Nothing is cut off to the right, whatever the size of the text.
void FindingsPageTest::fitsTheWindow() {
    QFETCH(int, textScale);
    FindingsPage page;
    page.setFont(applicationFont(textScale));
    page.setComparison(someModels());
    page.resize(1174, 716);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    for (const auto* area : page.findChildren<QScrollArea*>()) {
        if (area->isVisible()) {
            QVERIFY(area->widget()->width() <= area->viewport()->width());
        }
    }
}

/// Cells say much before there are five epochs.
void FindingsPageTest::theTableIsWholeWhereThereIsRoom() {
    FindingsPage page;
    page.setFont(applicationFont(100));
    page.setComparison(someModels());
    page.resize(1174, 716);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto* table = namedWidget<QTableView>(page, "Figures of the models");
    QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
}

void FindingsPageTest::notesAreToldWhenTypingPauses() {
    FindingsPage page;
    page.setComparison(someModels("/runs/one", "Seen before."));
    page.show();
    QCOMPARE(notesOf(page)->toPlainText(), "Seen before.");
    QSignalSpy told(&page, &FindingsPage::notesEdited);
    notesOf(page)->moveCursor(QTextCursor::End);
    QTest::keyClicks(notesOf(page), " More.");
    QCOMPARE(told.count(), 0);
    QVERIFY(told.wait());
    QCOMPARE(told.count(), 1);
    QCOMPARE(told[0][0].value<std::filesystem::path>(), std::filesystem::path("/runs/one"));
    QCOMPARE(told[0][1].toString(), "Seen before. More.");
}

void FindingsPageTest::aShippedRunTakesNoNotes() {
    FindingsPage page;
    page.setComparison(someModels("/runs/one", "Seen before."));
    page.setShippedRuns({"/runs/one"});
    QVERIFY(!notesOf(page)->isEnabled());
    QVERIFY(notesOf(page)->placeholderText().contains("came with the program"));
    page.setComparison(someModels("/runs/two", "Mine."));
    QVERIFY(notesOf(page)->isEnabled());
    QCOMPARE(notesOf(page)->toPlainText(), "Mine.");
}

void FindingsPageTest::notesAreToldWhenTheFieldIsLeft() {
    NotesField field;
    field.setRun("/runs/one", "Monday", {});
    field.show();
    const QSignalSpy told(&field, &NotesField::edited);
    QTest::keyClicks(notesOf(field), "Seen.");
    QFocusEvent left(QEvent::FocusOut);
    QCoreApplication::sendEvent(notesOf(field), &left);
    QCOMPARE(told.count(), 1);
    QCoreApplication::sendEvent(notesOf(field), &left);
    QCOMPARE(told.count(), 1);
}

void FindingsPageTest::notesAreToldWhenThePageIsHidden() {
    FindingsPage page;
    page.setComparison(someModels());
    page.show();
    const QSignalSpy told(&page, &FindingsPage::notesEdited);
    QTest::keyClicks(notesOf(page), "Seen.");
    page.hide();
    QCOMPARE(told.count(), 1);
}

void FindingsPageTest::notesBeingTypedAreNeverOverwritten() {
    FindingsPage page;
    page.setComparison(someModels("/runs/one", "Old."));
    page.show();
    QTest::keyClicks(notesOf(page), "New. ");
    const int cursor = notesOf(page)->textCursor().position();
    page.setComparison(someModels("/runs/one", "Old."));
    QCOMPARE(notesOf(page)->toPlainText(), "New. Old.");
    QCOMPARE(notesOf(page)->textCursor().position(), cursor);
    page.hide();  // told; a training goes on with the notes it began with
    page.setComparison(someModels("/runs/one", "Old."));
    QCOMPARE(notesOf(page)->toPlainText(), "New. Old.");
    page.setComparison(someModels("/runs/two", "Two."));
    QCOMPARE(notesOf(page)->toPlainText(), "Two.");
    page.setComparison(someModels("/runs/one", "Old."));
    QCOMPARE(notesOf(page)->toPlainText(), "New. Old.");
}

void FindingsPageTest::notesFollowTheRun() {
    FindingsPage page;
    page.setComparison(someModels("/runs/one", "One."));
    page.show();
    QSignalSpy told(&page, &FindingsPage::notesEdited);
    QTest::keyClicks(notesOf(page), "!");
    page.setComparison(someModels("/runs/two", "Two."));
    QCOMPARE(told.count(), 1);
    QCOMPARE(told[0][0].value<std::filesystem::path>(), std::filesystem::path("/runs/one"));
    QCOMPARE(told[0][1].toString(), "!One.");
    QCOMPARE(notesOf(page)->toPlainText(), "Two.");
    QVERIFY(isShown(page, "kept with the run “Monday”"));
}

void FindingsPageTest::notesNeedAFolder() {
    FindingsPage page;
    page.setComparison(someModels({}, {}));
    page.show();
    QVERIFY(!notesOf(page)->isEnabled());
    page.setComparison(someModels());
    QVERIFY(notesOf(page)->isEnabled());
}

}  // namespace normscope

QTEST_MAIN(normscope::FindingsPageTest)
#include "findings_page_test.moc"
