#include "ui/reading_order.h"

#include <QPushButton>
#include <QTest>

using namespace normscope;

namespace {

/// Names of what Tab stops at below `window`, from its first to its last.
QStringList stopsOf(const QWidget& window) {
    QStringList names;
    for (const QWidget* widget = window.nextInFocusChain(); widget != &window;
         widget = widget->nextInFocusChain()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus) {
            names << widget->objectName();
        }
    }
    return names;
}

void addButton(QWidget* part, const char* name) {
    (new QPushButton(part))->setObjectName(name);
}

}  // namespace

class ReadingOrderTest : public QObject {
    Q_OBJECT

  private slots:
    void partsComeOneAfterTheOther() {
        QWidget window;
        addButton(&window, "rail");
        auto* second = new QWidget(&window);
        auto* first = new QWidget(&window);
        addButton(second, "c");
        addButton(second, "d");
        addButton(first, "a");
        addButton(first, "b");
        QCOMPARE(stopsOf(window), QStringList({"rail", "c", "d", "a", "b"}));
        setReadingOrder({first, second});
        QCOMPARE(stopsOf(window), QStringList({"rail", "a", "b", "c", "d"}));
    }

    void whatIsMadeLaterFindsItsPlace() {
        QWidget window;
        auto* first = new QWidget(&window);
        auto* second = new QWidget(&window);
        addButton(first, "a");
        addButton(second, "c");
        addButton(first, "b");
        setReadingOrder({first, second});
        QCOMPARE(stopsOf(window), QStringList({"a", "b", "c"}));
    }

    void oneMayBeAStopItselfAndOneMayHaveNone() {
        QWidget window;
        auto* chart = new QWidget(&window);
        chart->setObjectName("chart");
        chart->setFocusPolicy(Qt::StrongFocus);
        auto* empty = new QWidget(&window);
        addButton(&window, "other");
        addButton(chart, "legend");
        setReadingOrder({chart, empty});
        QCOMPARE(stopsOf(window), QStringList({"chart", "legend", "other"}));
    }
};

QTEST_MAIN(ReadingOrderTest)
#include "reading_order_test.moc"
