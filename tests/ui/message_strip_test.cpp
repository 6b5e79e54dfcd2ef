#include "ui/widgets/message_strip.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTest>
#include <QVBoxLayout>

#include "tests/named_widget.h"

using namespace normscope;

class MessageStripTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> page_;
    MessageStrip* strip_ = nullptr;

    QAbstractButton* button(const QString& name) const {
        return testing::namedWidget<QAbstractButton>(*strip_, name);
    }
    QPlainTextEdit* details() const { return strip_->findChild<QPlainTextEdit*>(); }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        page_ = std::make_unique<QWidget>();
        strip_ = new MessageStrip;
        (new QVBoxLayout(page_.get()))->addWidget(strip_);
        page_->show();
    }

    void aSentenceAloneHasNothingToPressButClose() {
        strip_->setMessage("The folder is empty.");
        QVERIFY(strip_->isVisible());
        QCOMPARE(strip_->accessibleDescription(), QStringLiteral("The folder is empty."));
        QVERIFY(!details()->isVisible());
        QVERIFY(button("Details") == nullptr);
        QVERIFY(button("Copy") == nullptr);
        QTest::mouseClick(button("Close message"), Qt::LeftButton);
        QVERIFY(!strip_->isVisible());
    }

    void buttonsAreBesideTheTextWhereThereIsRoom() {
        strip_->display({.text = "It can go on.", .actions = {{"Resume", [] {}}}});
        for (const bool wide : {true, false, true}) {
            page_->resize(wide ? 900 : 180, 300);
            const QLabel* text = strip_->findChild<QLabel*>();
            const QAbstractButton* resume = button("Resume");
            QTRY_COMPARE(resume->mapTo(strip_, QPoint(0, 0)).x() > text->geometry().right(), wide);
            QTRY_COMPARE(resume->mapTo(strip_, QPoint(0, 0)).y() > text->geometry().bottom(),
                         !wide);
        }
    }

    void detailsAreShownAndCopied() {
        strip_->display({.text = "It failed.", .details = "Model: batch\nEpoch: 3"});
        QVERIFY(!details()->isVisible());
        QTest::mouseClick(button("Details"), Qt::LeftButton);
        QVERIFY(details()->isVisible());
        QCOMPARE(details()->toPlainText(), QStringLiteral("Model: batch\nEpoch: 3"));
        QTest::mouseClick(button("Copy"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("It failed.\nModel: batch\nEpoch: 3"));
        strip_->setMessage("Another one.");
        QVERIFY(!details()->isVisible());
        QTRY_VERIFY(button("Details") == nullptr);
    }

    /// One that puts up the next message, while its own button is still being clicked.
    void actionsAreDone() {
        QString done;
        strip_->display({.text = "Not saved.",
                         .actions = {{"Save elsewhere...",
                                      [&] {
                                          done = "saved";
                                          strip_->setMessage("Saved.");
                                      }},
                                     {"Discard", [&] { done = "discarded"; }}}});
        QTest::mouseClick(button("Discard"), Qt::LeftButton);
        QCOMPARE(done, QStringLiteral("discarded"));
        QTest::mouseClick(button("Save elsewhere"), Qt::LeftButton);
        QCOMPARE(done, QStringLiteral("saved"));
        QCOMPARE(strip_->accessibleDescription(), QStringLiteral("Saved."));
        QTRY_VERIFY(button("Discard") == nullptr);
    }
};

QTEST_MAIN(MessageStripTest)
#include "message_strip_test.moc"
