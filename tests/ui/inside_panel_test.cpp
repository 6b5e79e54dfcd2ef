#include "ui/train/inside_panel.h"

#include <QAccessible>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <memory>

#include "tests/named_widget.h"
#include "ui/chart/metric_chart.h"
#include "ui/norm_style.h"
#include "ui/picture/picture_export.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/train/inside_figure.h"
#include "ui/train/train_page.h"

namespace normscope {
namespace {

constexpr double kStepsPerEpoch = 100.0;
constexpr int kEpochs = 4;

const std::vector<CurveDescription> kModels{{QStringLiteral("batch"), NormKind::Batch, 0},
                                            {QStringLiteral("layer"), NormKind::Layer, 0},
                                            {QStringLiteral("plain"), NormKind::None, 0}};

/// Percentiles that name step, channel and side.
PercentileRecord recordAt(std::int64_t step) {
    PercentileRecord record;
    record.step = step;
    record.epoch = 1;
    for (std::size_t i = 0; i < record.channels.size(); ++i) {
        const auto middle = static_cast<float>(i) + 0.001F * static_cast<float>(step);
        record.channels[i].input = {middle - 0.5F, middle, middle + 0.25F};
        record.channels[i].output = {-1.0F, 0.125F * middle, 0.125F * middle + 2.0F};
    }
    return record;
}

TrainingSnapshot snapshotOf(std::initializer_list<std::int64_t> steps, bool withSample) {
    TrainingSnapshot snapshot;
    snapshot.phase = ModelPhase::Training;
    for (const std::int64_t step : steps) {
        snapshot.steps.push_back({step, 1, 1.0F, 0.5F, 0.0F});
        snapshot.percentiles.push_back(recordAt(step));
    }
    if (withSample) {
        LayerSample sample;
        sample.record = snapshot.percentiles.back();
        for (ChannelHistograms& histograms : sample.histograms) {
            histograms.input = {-1.0F, 100.0F, {}};
            histograms.input.counts.fill(10);
            histograms.output = {-2.0F, 3.0F, {}};
            histograms.output.counts.fill(10);
        }
        snapshot.sample = std::make_shared<const LayerSample>(sample);
    }
    return snapshot;
}

QString textOf(QWidget& widget, QAccessible::Text kind) {
    return QAccessible::queryAccessibleInterface(&widget)->text(kind);
}

}  // namespace

class InsidePanelTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void init();
    void cleanup() { panel_.reset(); }

    void saysWhatToDoWhileThereIsNothing();
    void showsTheChosenChannel();
    void fieldsChooseAndFollowEachOther();
    void aRunFromDiskHasNoMoment();
    void anOldRunSaysThatNothingWasRecorded();
    void hiddenModelsMakeRoom();
    void valuesAreReadOut();
    void keysReadOut();
    void rangesHoldTheBandsAndCountTheRest();
    void axisOfEpochsIsRound();
    void columnsWrapWhereTheyWouldBeTooNarrow();
    void paintsOnlyWhatIsSeen();
    void picturesHoldBandsAndHistograms();
    void theDrawerGivesItTheRoomOfTheCharts();
    void nothingIsClippedInLargeText();

  private:
    InsideFigure& figure() const { return *panel_->findChild<InsideFigure*>(); }
    void fill(bool withSample = true) const { fill(*panel_, withSample); }
    static void fill(InsidePanel& panel, bool withSample);

    std::unique_ptr<InsidePanel> panel_;
};

void InsidePanelTest::initTestCase() {
    QLocale::setDefault(QLocale::c());
    applyTheme(/*dark=*/false, kSmallestTextScale);
}

void InsidePanelTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
    panel_ = std::make_unique<InsidePanel>();
    panel_->resize(1100, 520);
    panel_->show();
    QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
}

void InsidePanelTest::fill(InsidePanel& panel, bool withSample) {
    panel.setModels(kModels, kEpochs);
    for (std::size_t model = 0; model < kModels.size(); ++model) {
        panel.append(model, snapshotOf({1, 2, 4, 50}, withSample), kStepsPerEpoch);
    }
    panel.refresh();
}

void InsidePanelTest::saysWhatToDoWhileThereIsNothing() {
    QVERIFY(figure().spokenValues().contains(QStringLiteral("Press Start training")));
    QVERIFY(!testing::namedWidget<QToolButton>(*panel_, "Export the percentiles")->isEnabled());
    panel_->setModels(kModels, kEpochs);
    QVERIFY(figure().spokenValues().contains(QStringLiteral("start with the first mini-batch")));
}

void InsidePanelTest::showsTheChosenChannel() {
    fill();
    panel_->choose(3, 15);
    const InsideContent& content = panel_->content();
    QCOMPARE(content.models.size(), kModels.size());
    const ChannelCourse& course = content.models[1];
    QCOMPARE(course.model.label, QStringLiteral("layer"));
    QCOMPARE(course.epochs, (std::vector<double>{0.01, 0.02, 0.04, 0.5}));
    // 8 + 12 + 12 channels lie before those of the fourth layer.
    QCOMPARE(course.values.back(), recordAt(50).channels[8 + 12 + 12 + 15]);
    QVERIFY(course.moment.has_value());

    panel_->append(1, snapshotOf({100}, true), kStepsPerEpoch);
    QCOMPARE(panel_->content().models[1].epochs.size(), 4U);  // painted at the next refresh
    panel_->refresh();
    QCOMPARE(panel_->content().models[1].epochs.back(), 1.0);
}

void InsidePanelTest::fieldsChooseAndFollowEachOther() {
    fill();
    auto* layer = testing::namedWidget<QComboBox>(*panel_, "Norm layer");
    auto* channel = testing::namedWidget<QSpinBox>(*panel_, "Channel");
    QCOMPARE(layer->count(), kNormLayerCount);
    QCOMPARE(channel->minimum(), 1);
    layer->setCurrentIndex(3);
    QCOMPARE(channel->maximum(), 16);
    channel->setValue(16);
    QCOMPARE(panel_->content().channel, 15);
    layer->setCurrentIndex(0);
    QCOMPARE(channel->value(), 8);
    QCOMPARE(panel_->content().normLayer, 0);
    QCOMPARE(panel_->content().channel, 7);
}

void InsidePanelTest::aRunFromDiskHasNoMoment() {
    const auto remark = [&] {
        QStringList texts;
        for (const auto* label : panel_->findChildren<QLabel*>()) {
            texts << label->text();
        }
        return texts.join(' ');
    };
    fill(/*withSample=*/false);
    QVERIFY(!panel_->content().hasMoment());
    QVERIFY(remark().contains(QStringLiteral("only while networks train")));
    QVERIFY(!remark().contains(QStringLiteral("Bars")));
    fill(/*withSample=*/true);
    QVERIFY(!remark().contains(QStringLiteral("only while networks train")));
    QVERIFY(remark().contains(QStringLiteral("Bars: the latest values")));
    QVERIFY(remark().contains(QStringLiteral("1502.03167")));
}

void InsidePanelTest::anOldRunSaysThatNothingWasRecorded() {
    panel_->setModels(kModels, kEpochs);
    TrainingSnapshot old = snapshotOf({1, 2}, false);
    old.percentiles.clear();
    panel_->append(0, old, kStepsPerEpoch);
    panel_->refresh();
    QVERIFY(figure().spokenValues().startsWith(QStringLiteral("Not recorded in this run")));
}

void InsidePanelTest::hiddenModelsMakeRoom() {
    fill();
    panel_->setModelVisible(0, false);
    QCOMPARE(panel_->content().models.size(), 2U);
    QCOMPARE(panel_->content().models[0].model.label, QStringLiteral("layer"));
    panel_->setModelVisible(0, true);
    QCOMPARE(panel_->content().models.size(), 3U);
}

void InsidePanelTest::valuesAreReadOut() {
    fill();
    panel_->choose(0, 4);
    QCOMPARE(textOf(figure(), QAccessible::Name), QStringLiteral("Percentiles inside the network"));
    const QString spoken = textOf(figure(), QAccessible::Value);
    QVERIFY2(spoken.startsWith(QStringLiteral("Norm layer 1, channel 5. batch at epoch 0.50: what "
                                              "enters: 15 % below 3.550, half below 4.050, 85 % "
                                              "below 4.300; what leaves: 15 % below -1.000")),
             qPrintable(spoken));
    QCOMPARE(spoken.count(QStringLiteral("at epoch")), 3);
    QCOMPARE(percentilesText({-0.004F, 0.5F, 1234.5F}), QStringLiteral("0.00 · 0.50 · 1.23e+03"));
    QCOMPARE(percentilesText({-1.0F, -0.25F, 99.99F}), QStringLiteral("-1.00 · -0.25 · 99.99"));
}

void InsidePanelTest::keysReadOut() {
    fill();
    figure().setFocus();
    QTest::keyClick(&figure(), Qt::Key_Left);
    QCOMPARE(figure().readout().value(), 0.5);  // begins at the latest
    QTest::keyClick(&figure(), Qt::Key_Left);
    QCOMPARE(figure().readout().value(), 0.04);
    QTest::keyClick(&figure(), Qt::Key_Home);
    QCOMPARE(figure().readout().value(), 0.01);
    QVERIFY(figure().spokenValues().contains(QStringLiteral("at epoch 0.01")));
    QTest::keyClick(&figure(), Qt::Key_Left);
    QCOMPARE(figure().readout().value(), 0.01);
    QTest::keyClick(&figure(), Qt::Key_End);
    QCOMPARE(figure().readout().value(), 0.5);
    QTest::keyClick(&figure(), Qt::Key_Escape);
    QVERIFY(!figure().readout());
}

void InsidePanelTest::rangesHoldTheBandsAndCountTheRest() {
    fill();
    panel_->choose(0, 4);
    const InsideContent& content = panel_->content();
    const ValueRange range = valueRangeOf(content, LayerSide::Input);
    QVERIFY(range.low < 3.501 && range.low > 3.0);
    QVERIFY(range.high > 4.3 && range.high < 5.0);
    // 40 equally full bins from -1 to 100: the band lies within two of them.
    const OutsideShares outside = outsideShares(content.models[0].moment->input, range);
    QCOMPARE(outside.below, 2.0 / 40.0);
    QVERIFY(std::abs(outside.above - 37.0 / 40.0) < 1.1 / 40.0);
    const ValueRange nothing = valueRangeOf({}, LayerSide::Input);
    QVERIFY(nothing.high > nothing.low);
    InsideContent flat;
    flat.models = {{kModels[0], {1.0}, {ChannelPercentiles{}}, {}}};  // all zero: a dead channel
    const ValueRange dead = valueRangeOf(flat, LayerSide::Input);
    QVERIFY(dead.low < 0.0 && dead.high > 0.0);
}

void InsidePanelTest::axisOfEpochsIsRound() {
    InsideContent content;
    content.plannedEpochs = 20;
    QCOMPARE(lastEpochOf(content), 20.0);
    content.models = {{kModels[0], {0.011}, {ChannelPercentiles{}}, {}}};
    QCOMPARE(lastEpochOf(content), 0.012);
    content.models[0].epochs = {4.2};
    QCOMPARE(lastEpochOf(content), 5.0);
    content.models[0].epochs = {17.0};
    QCOMPARE(lastEpochOf(content), 20.0);
    content.plannedEpochs = 18;
    QCOMPARE(lastEpochOf(content), 18.0);
    content.models[0].epochs = {0.1, 0.5, 2.0};
    QCOMPARE(sampleNear(content.models[0], 0.29), std::optional<std::size_t>(0));
    QCOMPARE(sampleNear(content.models[0], 0.31), std::optional<std::size_t>(1));
    QCOMPARE(sampleNear(content.models[0], 9.0), std::optional<std::size_t>(2));
}

void InsidePanelTest::columnsWrapWhereTheyWouldBeTooNarrow() {
    fill();
    const InsideContent& content = panel_->content();
    const QFont font = panel_->font();
    const InsideLayout wide = layOutInside(QRectF(0, 0, 1100, 450), content, font);
    QCOMPARE(wide.columns.size(), 3U);
    QCOMPARE(wide.columns[2].header.top(), wide.columns[0].header.top());
    QVERIFY(wide.columns[0].isFirst && !wide.columns[1].isFirst);
    QVERIFY(wide.columns[0].input.histogram.left() > wide.columns[0].input.bands.right());
    const InsideLayout narrow = layOutInside(QRectF(0, 0, 300, 450), content, font);
    QVERIFY(narrow.columns[1].header.top() > narrow.columns[0].output.bands.bottom());
    QVERIFY(narrow.leastHeight > 2.9 * wide.leastHeight);
    for (const InsideLayout& layout : {wide, narrow}) {
        for (const InsideLayout::Column& column : layout.columns) {
            QVERIFY(QRectF(0, 0, 1100, 451).contains(column.axis));
        }
    }
}

void InsidePanelTest::paintsOnlyWhatIsSeen() {
    fill();
    panel_->hide();
    panel_->append(0, snapshotOf({100}, true), kStepsPerEpoch);
    panel_->refresh();
    QCOMPARE(panel_->content().models[0].epochs.size(), 4U);
    panel_->show();
    QCOMPARE(panel_->content().models[0].epochs.size(), 5U);
}

void InsidePanelTest::picturesHoldBandsAndHistograms() {
    fill();
    panel_->choose(0, 4);
    const auto inkOf = [&](bool dark) {
        applyTheme(dark, kSmallestTextScale);
        const QImage image = pictureImage(panel_->picture(), QStringLiteral("settings"),
                                          {.size = {1000, 700}, .scale = 1.0});
        applyTheme(/*dark=*/false, kSmallestTextScale);
        return image;
    };
    const QImage light = inkOf(false);
    QCOMPARE(light, inkOf(true));
    const QColor vermillion = curveStyle(NormKind::Batch, 0, /*dark=*/false).color;
    int pixels = 0;
    for (int y = 0; y < light.height(); ++y) {
        for (int x = 0; x < light.width(); ++x) {
            pixels += light.pixelColor(x, y) == vermillion ? 1 : 0;
        }
    }
    QVERIFY(pixels > 500);
}

void InsidePanelTest::theDrawerGivesItTheRoomOfTheCharts() {
    TrainPage page;
    page.resize(1174, 716);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    auto* inside = page.findChild<InsidePanel*>();
    MetricChart* chart = page.charts().front();
    auto* tabs = testing::namedWidget<QTabBar>(page, "Tables");
    QVERIFY(chart->isVisible() && !inside->isVisible());
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
    QTRY_VERIFY(inside->isVisible() && !chart->isVisible());
    QTRY_VERIFY(inside->findChild<InsideFigure*>()->height() > 300);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QTRY_VERIFY(!inside->isVisible() && chart->isVisible());
    tabs->setCurrentIndex(2);
    QTRY_VERIFY(inside->isVisible() && !chart->isVisible());
    testing::namedWidget<QToolButton>(page, "Show tables")->click();
    QTRY_VERIFY(!inside->isVisible() && chart->isVisible());

    // A training that ends opens the results, not the panel that was looked at last.
    TrainingConfig config;
    config.models = {parseModel("batch=batch")};
    RunView view;
    view.run = 1;
    view.config = config;
    view.stepsPerEpoch = 100;
    view.testTotal = 100;
    page.beginRun(view);
    TrainingSnapshot last = snapshotOf({1, 2}, true);
    last.run = 1;
    last.phase = ModelPhase::Finished;
    page.apply(last);
    QTRY_VERIFY(chart->isVisible());
    QCOMPARE(tabs->currentIndex(), 0);
    QVERIFY(page.inside().hasRecords());

    QSignalSpy asked(&page, &TrainPage::insidePictureRequested);
    tabs->setCurrentIndex(2);
    QTRY_VERIFY(inside->isVisible());
    QTRY_COMPARE(inside->content().models.size(), 1U);
    testing::namedWidget<QToolButton>(page, "Export the percentiles")->click();
    QCOMPARE(asked.count(), 1);
}

void InsidePanelTest::nothingIsClippedInLargeText() {
    applyTheme(/*dark=*/false, kLargestTextScale);
    // As on the page, whose dashboard scrolls.
    QScrollArea scroll;
    scroll.setWidgetResizable(true);
    scroll.resize(560, 500);
    auto* panel = new InsidePanel(&scroll);
    scroll.setWidget(panel);
    scroll.show();
    QVERIFY(QTest::qWaitForWindowExposed(&scroll));
    fill(*panel, /*withSample=*/true);
    const auto* drawing = panel->findChild<InsideFigure*>();
    QTRY_VERIFY(drawing->height() >= drawing->minimumSizeHint().height());
    for (const auto* field : panel->findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<const QAbstractButton*>(field) != nullptr ||
                               qobject_cast<const QAbstractSpinBox*>(field) != nullptr ||
                               qobject_cast<const QComboBox*>(field) != nullptr;
        if (isControl && field->isVisible()) {
            const QSize least = field->minimumSizeHint();
            QVERIFY2(field->width() >= least.width() && field->height() >= least.height(),
                     qPrintable(field->accessibleName()));
            const QPoint end = field->mapTo(panel, field->rect().bottomRight());
            QVERIFY2(panel->rect().contains(end), qPrintable(field->accessibleName()));
        }
    }
    QVERIFY(panel->width() <= 560);
    applyTheme(/*dark=*/false, kSmallestTextScale);
}

}  // namespace normscope

QTEST_MAIN(normscope::InsidePanelTest)
#include "inside_panel_test.moc"
