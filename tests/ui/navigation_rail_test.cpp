#include "ui/navigation_rail.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include "tests/ui/tab_stops.h"
#include "ui/theme.h"

namespace normscope {

class NavigationRailTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { rail_.reset(); }
    void theFirstPageIsCurrent();
    void aClickSelectsAPage();
    void selectingTheCurrentPageIsSilent();
    void arrowsSelectPages();
    void arrowsDoNotOpenPanels();
    void bottomEntriesAsk();
    void tabGoesDownAndThenToThePage();
    void namesAreReadOut();
    void namesAreNeverClipped();

  private:
    void show(int textScale);
    /// By what a screen reader calls it.
    QAbstractButton* entry(const QString& name) const;

    std::unique_ptr<NavigationRail> rail_;
};

void NavigationRailTest::init() {
    show(/*textScale=*/100);
}

void NavigationRailTest::show(int textScale) {
    applyTheme(/*dark=*/false, textScale);
    rail_ = std::make_unique<NavigationRail>();
    for (const char* name : {"Train", "Normalize", "Gamma and beta"}) {
        rail_->addPage(QStringLiteral("train"), QLatin1String(name));
    }
    rail_->resize(rail_->sizeHint().width(), 1200);
    rail_->show();
    rail_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(rail_.get()));
}

QAbstractButton* NavigationRailTest::entry(const QString& name) const {
    for (auto* button : rail_->findChildren<QAbstractButton*>()) {
        if (QAccessible::queryAccessibleInterface(button)->text(QAccessible::Name) == name) {
            return button;
        }
    }
    return nullptr;
}

void NavigationRailTest::theFirstPageIsCurrent() {
    QCOMPARE(rail_->currentPage(), 0);
    QVERIFY(entry("Train")->isChecked());
    QVERIFY(!entry("Normalize")->isChecked());
}

void NavigationRailTest::aClickSelectsAPage() {
    QSignalSpy selected(rail_.get(), &NavigationRail::pageSelected);
    QTest::mouseClick(entry("Normalize"), Qt::LeftButton);
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.at(0).at(0).toInt(), 1);
    QVERIFY(entry("Normalize")->isChecked());
    QVERIFY(!entry("Train")->isChecked());
}

void NavigationRailTest::selectingTheCurrentPageIsSilent() {
    QSignalSpy selected(rail_.get(), &NavigationRail::pageSelected);
    QTest::mouseClick(entry("Train"), Qt::LeftButton);
    rail_->setCurrentPage(0);
    QCOMPARE(selected.size(), 0);
    QVERIFY(entry("Train")->isChecked());
}

void NavigationRailTest::arrowsSelectPages() {
    QSignalSpy selected(rail_.get(), &NavigationRail::pageSelected);
    entry("Train")->setFocus();
    QTest::keyClick(entry("Train"), Qt::Key_Up);
    QCOMPARE(rail_->currentPage(), 0);
    QTest::keyClick(entry("Train"), Qt::Key_Down);
    QTest::keyClick(entry("Normalize"), Qt::Key_Down);
    QCOMPARE(rail_->currentPage(), 2);
    QVERIFY(entry("Gamma and beta")->hasFocus());
    QTest::keyClick(entry("Gamma and beta"), Qt::Key_Home);
    QCOMPARE(rail_->currentPage(), 0);
    QCOMPARE(selected.size(), 3);
}

void NavigationRailTest::arrowsDoNotOpenPanels() {
    QSignalSpy help(rail_.get(), &NavigationRail::helpRequested);
    entry("Train")->setFocus();
    QTest::keyClick(entry("Train"), Qt::Key_End);
    QVERIFY(entry("Help")->hasFocus());
    QCOMPARE(rail_->currentPage(), 0);
    QCOMPARE(help.size(), 0);
    QTest::keyClick(entry("Help"), Qt::Key_Space);
    QCOMPARE(help.size(), 1);
}

void NavigationRailTest::bottomEntriesAsk() {
    QSignalSpy preferences(rail_.get(), &NavigationRail::preferencesRequested);
    QSignalSpy help(rail_.get(), &NavigationRail::helpRequested);
    QTest::mouseClick(entry("Preferences"), Qt::LeftButton);
    QCOMPARE(preferences.size(), 1);
    QTest::mouseClick(entry("Help"), Qt::LeftButton);
    QCOMPARE(help.size(), 1);
    QCOMPARE(rail_->currentPage(), 0);
}

/// As in the window, where the pages are made after the rail.
void NavigationRailTest::tabGoesDownAndThenToThePage() {
    QWidget window;
    rail_->setParent(&window);
    QPushButton content(&window);
    content.setAccessibleName(QStringLiteral("Content"));
    QCOMPARE(testing::tabStopsOf(window), QStringList({"Train", "Normalize", "Gamma and beta",
                                                       "Preferences", "Help", "Content"}));
    rail_->setParent(nullptr);
}

void NavigationRailTest::namesAreReadOut() {
    for (const char* name : {"Train", "Normalize", "Gamma and beta", "Preferences", "Help"}) {
        QVERIFY2(entry(QLatin1String(name)) != nullptr, name);
    }
    const auto state = QAccessible::queryAccessibleInterface(entry("Train"))->state();
    QVERIFY(state.checked);
}

void NavigationRailTest::namesAreNeverClipped() {
    for (const int scale : {100, 150, 200}) {
        show(scale);
        const QFontMetrics metrics(QApplication::font());
        QVERIFY(rail_->width() >= metrics.horizontalAdvance(QStringLiteral("Preferences")));
        for (const auto* button : rail_->findChildren<QAbstractButton*>()) {
            QVERIFY(button->width() >= button->sizeHint().width());
            QVERIFY(button->height() >= button->sizeHint().height());
        }
        QVERIFY(entry("Gamma and beta")->height() > entry("Train")->height());  // two lines
    }
}

}  // namespace normscope

QTEST_MAIN(normscope::NavigationRailTest)
#include "navigation_rail_test.moc"
