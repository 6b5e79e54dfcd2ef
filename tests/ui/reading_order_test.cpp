#include "ui/reading_order.h"

#include <QPushButton>
#include <QTest>

#include "tests/ui/tab_stops.h"

using namespace normscope;
using testing::tabStopsOf;

namespace {

void addButton(QWidget* part, const char* name) {
    (new QPushButton(part))->setAccessibleName(name);
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
        QCOMPARE(tabStopsOf(window), QStringList({"rail", "c", "d", "a", "b"}));
        setReadingOrder({first, second});
        QCOMPARE(tabStopsOf(window), QStringList({"rail", "a", "b", "c", "d"}));
    }

    void whatIsMadeLaterFindsItsPlace() {
        QWidget window;
        auto* first = new QWidget(&window);
        auto* second = new QWidget(&window);
        addButton(first, "a");
        addButton(second, "c");
        addButton(first, "b");
        setReadingOrder({first, second});
        QCOMPARE(tabStopsOf(window), QStringList({"a", "b", "c"}));
    }

    void oneMayBeAStopItselfAndOneMayHaveNone() {
        QWidget window;
        auto* chart = new QWidget(&window);
        chart->setAccessibleName("chart");
        chart->setFocusPolicy(Qt::StrongFocus);
        auto* empty = new QWidget(&window);
        addButton(&window, "other");
        addButton(chart, "legend");
        setReadingOrder({chart, empty});
        QCOMPARE(tabStopsOf(window), QStringList({"chart", "legend", "other"}));
    }
};

QTEST_MAIN(ReadingOrderTest)
#include "reading_order_test.moc"
