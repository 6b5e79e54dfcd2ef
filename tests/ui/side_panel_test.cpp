#include "ui/side_panel.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include "ui/theme.h"

namespace normscope {

class SidePanelTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { page_.reset(); }
    void isClosedAtFirst();
    void liesOnTheRightEdge();
    void followsThePage();
    void showsOneContentAtATime();
    void escapeGivesTheFocusBack();
    void theCloseButtonCloses();
    void slidesWhenMotionIsWanted();
    void isReadOutUnderItsTitle();

  private:
    std::unique_ptr<QWidget> page_;
    QPushButton* onPage_ = nullptr;
    SidePanel* panel_ = nullptr;
    QPushButton* content_ = nullptr;
};

void SidePanelTest::init() {
    applyTheme(/*dark=*/false, /*textScale=*/100);
    page_ = std::make_unique<QWidget>();
    onPage_ = new QPushButton(QStringLiteral("On the page"), page_.get());
    panel_ = new SidePanel(page_.get());
    panel_->setMotion(false);
    content_ = new QPushButton(QStringLiteral("In the panel"));
    page_->resize(1000, 600);
    page_->show();
    page_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(page_.get()));
    onPage_->setFocus();
}

void SidePanelTest::isClosedAtFirst() {
    QVERIFY(panel_->isHidden());
    QVERIFY(panel_->content() == nullptr);
}

void SidePanelTest::liesOnTheRightEdge() {
    panel_->present(QStringLiteral("Preferences"), content_);
    QVERIFY(panel_->isVisible());
    QCOMPARE(panel_->content(), content_);
    QCOMPARE(panel_->geometry().right(), page_->rect().right());
    QCOMPARE(panel_->height(), page_->height());
    QVERIFY(panel_->x() > 0);
    QVERIFY(content_->hasFocus());
}

void SidePanelTest::followsThePage() {
    panel_->present(QStringLiteral("Preferences"), content_);
    page_->resize(1400, 900);
    QTRY_COMPARE(panel_->geometry().bottomRight(), page_->rect().bottomRight());
    page_->resize(300, 400);
    QTRY_COMPARE(panel_->geometry().bottomRight(), page_->rect().bottomRight());
    QVERIFY(panel_->x() >= 0);
}

void SidePanelTest::showsOneContentAtATime() {
    auto* other = new QPushButton(QStringLiteral("Other"));
    panel_->present(QStringLiteral("Preferences"), content_);
    panel_->present(QStringLiteral("Help"), other);
    QCOMPARE(panel_->content(), other);
    QVERIFY(other->isVisible());
    QVERIFY(!content_->isVisible());
    panel_->present(QStringLiteral("Preferences"), content_);
    QVERIFY(content_->isVisible());
    QVERIFY(!other->isVisible());
}

void SidePanelTest::escapeGivesTheFocusBack() {
    QSignalSpy dismissed(panel_, &SidePanel::dismissed);
    panel_->present(QStringLiteral("Preferences"), content_);
    QTest::keyClick(content_, Qt::Key_Escape);
    QVERIFY(panel_->isHidden());
    QVERIFY(panel_->content() == nullptr);
    QVERIFY(onPage_->hasFocus());
    QCOMPARE(dismissed.size(), 1);
    panel_->dismiss();
    QCOMPARE(dismissed.size(), 1);
}

void SidePanelTest::theCloseButtonCloses() {
    panel_->present(QStringLiteral("Preferences"), content_);
    for (auto* button : panel_->findChildren<QAbstractButton*>()) {
        if (button->accessibleName() == QStringLiteral("Close")) {
            button->click();
        }
    }
    QVERIFY(panel_->isHidden());
}

void SidePanelTest::slidesWhenMotionIsWanted() {
    panel_->setMotion(true);
    panel_->present(QStringLiteral("Preferences"), content_);
    QCOMPARE(panel_->x(), page_->width());
    QTRY_COMPARE(panel_->geometry().right(), page_->rect().right());
    panel_->dismiss();
    QVERIFY(panel_->isVisible());
    QTRY_VERIFY(panel_->isHidden());
}

void SidePanelTest::isReadOutUnderItsTitle() {
    panel_->present(QStringLiteral("Preferences"), content_);
    QCOMPARE(panel_->accessibleName(), QStringLiteral("Preferences"));
}

}  // namespace normscope

QTEST_MAIN(normscope::SidePanelTest)
#include "side_panel_test.moc"
