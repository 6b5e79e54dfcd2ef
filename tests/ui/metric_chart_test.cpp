#include "ui/chart/metric_chart.h"

#include <QAccessible>
#include <QAction>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>
#include <limits>
#include <random>

#include "tests/ui/tab_stops.h"
#include "ui/chart/curve_canvas.h"
#include "ui/chart/curve_plot.h"
#include "ui/chart/legend_bar.h"
#include "ui/settings.h"
#include "ui/theme.h"

using namespace normscope;

namespace {

ChartDescription lossDescription() {
    return {QStringLiteral("Test loss"), QStringLiteral("Loss (nats)"), QStringLiteral("Epoch"),
            /*percent=*/false,           /*onePointAnEpoch=*/true,      /*canBeLogarithmic=*/true};
}

/// Ten epochs of two models.
void fill(MetricChart& chart) {
    chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0},
                     {QStringLiteral("layer"), NormKind::Layer, 0}});
    for (int epoch = 1; epoch <= 10; ++epoch) {
        chart.append(0, epoch, 0.5 / epoch);
        chart.append(1, epoch, 0.25 / epoch);
    }
    chart.resize(900, 400);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    chart.refresh();
}

CurvePlot* plotOf(MetricChart& chart) {
    return chart.findChild<CurvePlot*>();
}

QPoint centreOf(MetricChart& chart) {
    return plotOf(chart)->plotRect().center();
}

}  // namespace

class MetricChartTest : public QObject {
    Q_OBJECT

  private slots:
    /// All but what the offscreen platform says of every window.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    /// As in the program: the font that Qt takes by itself depends on what is installed.
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        applyTheme(/*dark=*/false, kSmallestTextScale);
    }

    void tabStaysInTheChartUntilItsLegendIsDone() {
        QWidget window;
        MetricChart chart(lossDescription(), &window);
        QPushButton next(QStringLiteral("Next"), &window);
        chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0},
                         {QStringLiteral("layer"), NormKind::Layer, 0}});
        QVERIFY2(testing::comeInOrder(testing::tabStopsOf(window),
                                      {"Test loss", "Show batch", "Show layer", "Next"}),
                 qPrintable(testing::tabStopsOf(window).join(u',')));
    }

    void legendTogglesACurve() {
        MetricChart chart(lossDescription());
        fill(chart);
        QSignalSpy toggled(&chart, &MetricChart::curveToggled);
        const auto entries = chart.findChildren<LegendEntry*>();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[1]->cursor().shape(), Qt::PointingHandCursor);
        QTest::mouseClick(entries[1], Qt::LeftButton);
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled.front().at(0).value<std::size_t>(), std::size_t{1});
        QCOMPARE(toggled.front().at(1).toBool(), false);
        QVERIFY(!chart.content().curves[1].visible);
        QVERIFY(!chart.spokenValues().contains(QStringLiteral("layer")));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.spokenValues(), QStringLiteral("Epoch 10. batch: 0.0500."));
        chart.setCurveVisible(1, true);
        QVERIFY(entries[1]->isChecked());
        QCOMPARE(toggled.size(), 2);
    }

    void legendSharesTheLineOfTheTitle_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("models");
        QTest::addColumn<bool>("labelled");
        QTest::newRow("three labels") << 580 << 3 << true;
        QTest::newRow("three swatches") << 385 << 3 << false;
        QTest::newRow("five swatches") << 385 << 5 << false;
    }

    void legendSharesTheLineOfTheTitle() {
        QFETCH(int, width);
        QFETCH(int, models);
        QFETCH(bool, labelled);
        MetricChart chart(lossDescription());
        const std::vector<CurveDescription> curves(static_cast<std::size_t>(models),
                                                   {QStringLiteral("group"), NormKind::Group, 0});
        chart.setCurves(curves);
        chart.resize(width, 240);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        const auto* export_ = chart.findChildren<QToolButton*>().back();
        for (const LegendEntry* entry : chart.findChildren<LegendEntry*>()) {
            const QRect place(entry->mapTo(&chart, QPoint(0, 0)), entry->size());
            QVERIFY(place.bottom() <= export_->geometry().bottom());
            QVERIFY(place.right() < export_->x());
            QCOMPARE(entry->size(), labelled ? entry->fullSize() : entry->swatchSize());
            QVERIFY(entry->toolTip().contains(QStringLiteral("group")));
        }
    }

    void followsUntilZoomedAndAgainAfterFit() {
        MetricChart chart(lossDescription());
        fill(chart);
        QVERIFY(chart.isFollowing());
        const ChartView zoomed{{2.0, 4.0}, {0.1, 0.2}};
        chart.setView(zoomed);
        chart.append(0, 30, 0.01);
        chart.refresh();
        QVERIFY(!chart.isFollowing());
        QCOMPARE(chart.view(), zoomed);
        QTest::mouseDClick(plotOf(chart), Qt::LeftButton, {}, centreOf(chart));
        QVERIFY(chart.isFollowing());
        QVERIFY(chart.view().x.upper >= 30.0);
    }

    void dragZoomsToTheRectangle() {
        MetricChart chart(lossDescription());
        fill(chart);
        CurvePlot* plot = plotOf(chart);
        const QPoint from = centreOf(chart) - QPoint(100, 50);
        const QPoint to = centreOf(chart) + QPoint(100, 50);
        const QPointF low = plot->toValues({from.x() + 0.0, to.y() + 0.0});
        QTest::mousePress(plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(plot, centreOf(chart));
        QTest::mouseMove(plot, to);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
        QVERIFY(!chart.isFollowing());
        QVERIFY(std::abs(chart.view().x.lower - low.x()) < 0.1);
        QVERIFY(std::abs(chart.view().y.lower - low.y()) < 0.01);
    }

    void aClickIsNoZoom() {
        MetricChart chart(lossDescription());
        fill(chart);
        QTest::mouseClick(plotOf(chart), Qt::LeftButton, {}, centreOf(chart));
        QVERIFY(chart.isFollowing());
    }

    void wheelZoomsInAndOutToTheFit() {
        MetricChart chart(lossDescription());
        fill(chart);
        const ChartView fitted = chart.view();
        const auto turn = [&](int angle) {
            QWheelEvent event(centreOf(chart), plotOf(chart)->mapToGlobal(centreOf(chart)), {},
                              {0, angle}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(plotOf(chart), &event);
        };
        turn(120);
        QVERIFY(!chart.isFollowing());
        QVERIFY(chart.view().x.size() < fitted.x.size());
        turn(-240);
        QVERIFY(chart.isFollowing());
        QCOMPARE(chart.view(), fitted);
    }

    void keysReadOutAndZoom() {
        MetricChart chart(lossDescription());
        fill(chart);
        QTest::keyClick(&chart, Qt::Key_Left);  // starts at the newest point
        QCOMPARE(chart.spokenValues(), QStringLiteral("Epoch 10. batch: 0.0500; layer: 0.0250."));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.spokenValues(), QStringLiteral("Epoch 9. batch: 0.0556; layer: 0.0278."));
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.spokenValues().startsWith(QStringLiteral("Epoch 10.")));
        QTest::keyClick(&chart, Qt::Key_Up);
        QVERIFY(!chart.isFollowing());
        QTest::keyClick(&chart, Qt::Key_Home);
        QVERIFY(chart.isFollowing());
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(chart.spokenValues().startsWith(QStringLiteral("Latest values.")));
    }

    void hoverReadsOut() {
        MetricChart chart(lossDescription());
        fill(chart);
        const QPointF pixel = plotOf(chart)->toPixel({4.1, 0.1});
        QTest::mouseMove(plotOf(chart), pixel.toPoint());
        QTRY_COMPARE(chart.spokenValues(),
                     QStringLiteral("Epoch 4. batch: 0.1250; layer: 0.0625."));
    }

    void readsOutSmoothedAndRaw() {
        MetricChart chart(lossDescription());
        fill(chart);
        chart.setSmoothing(0.5);
        QCOMPARE(chart.spokenValues(),
                 QStringLiteral("Latest values. batch: 0.0500, smoothed 0.0580; "
                                "layer: 0.0250, smoothed 0.0290."));
    }

    void screenReadersGetTheValues() {
        MetricChart chart(lossDescription());
        fill(chart);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&chart);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::Chart);
        QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Test loss"));
        QCOMPARE(accessible->text(QAccessible::Value),
                 QStringLiteral("Latest values. batch: 0.0500; layer: 0.0250."));
        chart.setCurves({});
        QCOMPARE(accessible->text(QAccessible::Description), QStringLiteral("No values yet."));
    }

    void logarithmicAxisTakesZerosAndGaps() {
        MetricChart chart(lossDescription());
        fill(chart);
        chart.append(0, 11, 0.0);
        chart.append(0, 12, -1.0);
        chart.append(0, 13, std::numeric_limits<double>::quiet_NaN());
        chart.append(0, 14, std::numeric_limits<double>::infinity());
        chart.append(0, 15, 0.02);
        chart.setLogarithmic(true);
        QVERIFY(chart.view().y.lower > 0.0);
        chart.setSmoothing(0.6);
        chart.refresh();
        QVERIFY(!chart.grab().isNull());
        QVERIFY(chart.view().y.lower <= 0.02 && chart.view().y.upper >= 0.5);
    }

    void accuracyCannotBeLogarithmic() {
        ChartDescription description = lossDescription();
        description.canBeLogarithmic = false;
        MetricChart chart(description);
        chart.setLogarithmic(true);
        QVERIFY(!chart.content().logarithmic);
    }

    void newCurvesStartEmptyButKeepTheSmoothing() {
        MetricChart chart(lossDescription());
        fill(chart);
        chart.setSmoothing(0.5);
        QTest::keyClick(&chart, Qt::Key_Left);
        chart.setCurves({{QStringLiteral("group"), NormKind::Group, 0}});
        QVERIFY(chart.content().curves[0].data.empty());
        QVERIFY(chart.isFollowing());
        chart.append(0, 1, 1.0);
        chart.append(0, 2, 4.0);
        chart.refresh();
        QCOMPARE(chart.spokenValues(),
                 QStringLiteral("Latest values. group: 4.0000, smoothed 3.0000."));
    }

    void aChartThatGrowsLooksAsIfDrawnAtOnce_data() {
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<bool>("logarithmic");
        QTest::newRow("raw") << 0.0 << false;
        QTest::newRow("smoothed") << 0.9 << false;
        QTest::newRow("smoothed, logarithmic") << 0.9 << true;
    }

    void aChartThatGrowsLooksAsIfDrawnAtOnce() {
        QFETCH(double, smoothing);
        QFETCH(bool, logarithmic);
        ChartDescription description = lossDescription();
        description.onePointAnEpoch = false;
        const auto prepare = [&](MetricChart& chart) {
            chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0},
                             {QStringLiteral("layer"), NormKind::Layer, 0},
                             {QStringLiteral("group"), NormKind::Group, 0}});
            chart.setPlannedEpochs(10);
            chart.setSmoothing(smoothing);
            chart.setLogarithmic(logarithmic);
            chart.resize(700, 400);
            chart.show();
            QVERIFY(QTest::qWaitForWindowExposed(&chart));
            chart.setView({{0.0, 10.0}, {0.01, 1.5}});
        };
        MetricChart growing(description);
        MetricChart atOnce(description);
        prepare(growing);
        prepare(atOnce);
        std::mt19937 random(1);
        std::normal_distribution<double> noise(0.0, 0.7);
        const CurveCanvas& canvas = plotOf(growing)->canvas();
        for (int step = 1; step <= 4000; ++step) {
            for (std::size_t curve = 0; curve < 3; ++curve) {
                const double value = step % 1500 < 20 ? std::numeric_limits<double>::quiet_NaN()
                                                      : 0.1 * std::exp(noise(random));
                growing.append(curve, step / 450.0, value);
                atOnce.append(curve, step / 450.0, value);
            }
            if (step % 20 == 0) {
                growing.refresh();
                QCoreApplication::processEvents();
                // Where all points are kept becomes columns once for each line.
                QVERIFY(step < 2000 || canvas.columnsDrawn() < 30);
            }
        }
        atOnce.refresh();
        QCoreApplication::processEvents();
        QVERIFY(plotOf(atOnce)->canvas().columnsDrawn() > 400);
        QCOMPARE(plotOf(growing)->grab().toImage(), plotOf(atOnce)->grab().toImage());
    }

    void aViewThatTheCurvesHaveLeftStaysAsItIs() {
        MetricChart chart(lossDescription());
        fill(chart);
        chart.setView({{2.0, 4.0}, {0.0, 0.5}});
        QCoreApplication::processEvents();
        QSignalSpy drawn(plotOf(chart), &QCustomPlot::afterReplot);
        chart.append(0, 11, 0.1);
        chart.refresh();
        QCoreApplication::processEvents();
        QCOMPARE(drawn.size(), 0);
        chart.fit();
        QTRY_COMPARE(drawn.size(), 1);
        chart.append(0, 12, 0.1);
        chart.refresh();
        QCOMPARE(drawn.size(), 2);
    }

    void smoothingOfVeryLongCurvesComesBitByBit() {
        MetricChart chart(lossDescription());
        chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0}});
        constexpr int kPoints = 700'000;
        for (int step = 0; step < kPoints; ++step) {
            chart.append(0, step / 1000.0, step % 2);
        }
        chart.setSmoothing(0.5);
        QCOMPARE(chart.content().smoothing, 0.0);  // not at once
        chart.setSmoothing(0.7);                   // the one under way comes first
        chart.setSmoothing(0.8);
        chart.append(0, kPoints, 0.5);
        QTRY_VERIFY(chart.content().smoothing > 0.0);
        QTRY_COMPARE(chart.content().smoothing, 0.8);
        QCOMPARE(chart.content().curves[0].data.smoothed().size(), std::size_t{kPoints + 1});
        chart.setSmoothing(0.3);
        chart.setCurves({{QStringLiteral("layer"), NormKind::Layer, 0}});
        QCOMPARE(chart.content().smoothing, 0.3);
        QCoreApplication::processEvents();
        QCOMPARE(chart.content().smoothing, 0.3);
    }

    void emptyChartSaysWhatToDo() {
        MetricChart chart(lossDescription());
        chart.setEmptyText(QStringLiteral("Press Start."));
        chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0}});
        chart.resize(600, 300);
        chart.show();
        QLabel* sentence = nullptr;
        for (QLabel* label : chart.findChildren<QLabel*>()) {
            sentence = label->text() == QStringLiteral("Press Start.") ? label : sentence;
        }
        QVERIFY(sentence && sentence->isVisible());
        chart.append(0, 0.1, 2.3);
        chart.refresh();
        QVERIFY(!sentence->isVisible());
    }

    void curvesOfAFinishedTrainingFollowTheWidth() {
        MetricChart chart(lossDescription());
        chart.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0}});
        for (int epoch = 1; epoch <= 30; ++epoch) {
            chart.append(0, epoch, 0.5 / epoch);
        }
        chart.resize(300, 240);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.refresh();
        const auto markers = [&chart] {
            int count = 0;
            for (int i = 0; i < plotOf(chart)->graphCount(); ++i) {
                const QCPGraph* graph = plotOf(chart)->graph(i);
                count += graph->lineStyle() == QCPGraph::lsNone ? graph->dataCount() : 0;
            }
            return count;
        };
        QVERIFY(markers() < 30);
        chart.resize(900, 240);
        QTRY_COMPARE(markers(), 30);
        chart.resize(300, 240);
        QTRY_VERIFY(markers() < 30);
    }

    void buttonsAskThePage() {
        MetricChart chart(lossDescription());
        QSignalSpy expand(&chart, &MetricChart::expandRequested);
        QSignalSpy picture(&chart, &MetricChart::pictureRequested);
        QSignalSpy copy(&chart, &MetricChart::copyRequested);
        QSignalSpy csv(&chart, &MetricChart::dataRequested);
        for (QToolButton* button : chart.findChildren<QToolButton*>()) {
            QVERIFY(button->accessibleName().contains(QStringLiteral("Test loss")));
            if (button->menu()) {
                for (QAction* action : button->menu()->actions()) {
                    action->trigger();
                }
            } else {
                button->click();
            }
        }
        QCOMPARE(expand.size(), 1);
        QCOMPARE(picture.size(), 1);
        QCOMPARE(copy.size(), 1);
        QCOMPARE(csv.size(), 1);
    }
};

QTEST_MAIN(MetricChartTest)
#include "metric_chart_test.moc"
