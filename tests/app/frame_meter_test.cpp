#include "app/frame_meter.h"

#include <qcustomplot.h>

#include <QTest>
#include <nlohmann/json.hpp>

using namespace normscope;

class FrameMeterTest : public QObject {
    Q_OBJECT

  private slots:
    void figuresAreQuantiles() {
        std::vector<double> times;
        for (int i = 100; i >= 0; --i) {
            times.push_back(i);
        }
        const TimeFigures figures = figuresOf(times);
        QCOMPARE(figures.median, 50.0);
        QCOMPARE(figures.p99, 99.0);
        QCOMPARE(figures.worst, 100.0);
        QCOMPARE(figuresOf({}).worst, 0.0);
    }

    void seesALoopThatIsKeptBusy() {
        QWidget window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        FrameMeter meter(window);
        meter.start();
        QTest::qWait(30);
        QTest::qSleep(60);
        QTest::qWait(30);
        QVERIFY(meter.figures().delay.worst >= 50.0);
        QVERIFY(meter.figures().seconds >= 0.1);
    }

    void countsFramesAndWhatIsPaintedInThem() {
        QWidget window;
        auto* plot = new QCustomPlot(&window);
        plot->resize(100, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(20);
        FrameMeter meter(window);
        meter.start();
        QCOMPARE(meter.figures().frames, 0.0);
        int drawn = 0;
        connect(plot, &QCustomPlot::beforeReplot, &window, [&] {
            ++drawn;
            QTest::qSleep(20);
        });
        // The meter looks on from behind: plots that it knows are drawn between its two looks.
        for (int frame = 0; frame < 3; ++frame) {
            plot->replot();
            QTest::qWait(40);
        }
        const FrameFigures figures = meter.figures();
        QCOMPARE(drawn, 3);
        QCOMPARE(std::lround(figures.frames * figures.seconds), 3L);
        QCOMPARE(std::lround(figures.repaints * figures.seconds), 3L);
        QVERIFY(figures.paint.median >= 20.0);
    }

    void tellsInOneLineOfJson() {
        const QByteArray line = toJson(FrameFigures{.seconds = 1.0,
                                                    .delay = {0.5, 1.5, 2.5},
                                                    .paint = {},
                                                    .frames = 60.0,
                                                    .repaints = 0.0});
        QVERIFY(!line.contains('\n'));
        const auto json = nlohmann::json::parse(line.toStdString());
        QCOMPARE(json["delay"]["p99_ms"].get<double>(), 1.5);
        QCOMPARE(json["frames_per_second"].get<double>(), 60.0);
    }
};

QTEST_MAIN(FrameMeterTest)
#include "frame_meter_test.moc"
