#include "ui/affine/affine_page.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "core/sample_tensors.h"
#include "tests/named_widget.h"
#include "ui/affine/between_slider.h"
#include "ui/affine/image_strip.h"
#include "ui/affine/pair_plane.h"
#include "ui/affine/recovery_table_model.h"
#include "ui/affine/relu_histogram.h"
#include "ui/affine/triptych.h"
#include "ui/theme.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"

using namespace normscope;

namespace {

/// The first whose accessible name this is.
template <class Widget>
Widget* named(const AffinePage& page, const char* name) {
    return testing::namedWidget<Widget>(page, QString::fromUtf8(name));
}

Sample sampleFor(const SampleRequest& request) {
    Sample sample;
    sample.request = request;
    sample.available = 10'000;
    sample.source = QStringLiteral("Somewhere");
    Activations& activations = sample.activations;
    const Shape4 shape{request.images, request.channels, 6, 6};
    activations.input = smallIntegers(shape, 3);
    activations.affine = Affine::identity(shape.channels);
    activations.spec.kind = NormKind::None;
    for (int image = 0; image < request.images; ++image) {
        sample.labels.push_back(image % 10);
    }
    if (request.kind == SampleRequest::Kind::Activations) {
        activations.spec.kind = NormKind::Group;
        activations.spec.groups = 2;
        for (int channel = 0; channel < shape.channels; ++channel) {
            activations.affine.gamma[static_cast<std::size_t>(channel)] = 1.5 + channel;
            activations.affine.beta[static_cast<std::size_t>(channel)] = -0.25;
        }
    }
    return sample;
}

/// A page that is answered at once.
struct AnsweredPage {
    AffinePage page;
    std::vector<SampleRequest> requests;

    AnsweredPage() {
        QObject::connect(&page, &AffinePage::sampleRequested, &page,
                         [this](const SampleRequest& request) {
                             requests.push_back(request);
                             page.showSample(sampleFor(request));
                         });
        page.resize(1200, 900);
        page.show();
    }

    NumberField* field(const char* name) { return named<NumberField>(page, name); }
    QSlider* slider(const char* name) { return named<QSlider>(page, name); }
    void choose(const char* box, int index) { named<QComboBox>(page, box)->setCurrentIndex(index); }
    void offerRuns() {
        NetworkSpec group;
        group.kind = NormKind::Group;
        page.setRuns({{QStringLiteral("This training"), QString(), {{QStringLiteral("batch"), {}}}},
                      {QStringLiteral("Older"),
                       QStringLiteral("/older"),
                       {{QStringLiteral("layer"), {}}, {QStringLiteral("group"), group}}}});
    }
};

void typeInto(QLineEdit* field, const char* text) {
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, QLatin1String(text));
}

}  // namespace

class AffinePageTest : public QObject {
    Q_OBJECT

  private slots:
    /// All but what the offscreen platform says of every window.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        applyTheme(/*dark=*/false, /*textScale=*/100);
    }

    void asksForDigitsWhenFirstShown() {
        AnsweredPage answered;
        QCOMPARE(answered.requests.size(), std::size_t{1});
        QCOMPARE(answered.requests[0].kind, SampleRequest::Kind::Digits);
        QCOMPARE(answered.requests[0].side, 28);
        answered.page.hide();
        answered.page.show();
        QCOMPARE(answered.requests.size(), std::size_t{1});
    }

    void dropsWhatWasNotAskedForLast() {
        AffinePage page;
        page.show();
        page.showSample(sampleFor({}));
        QVERIFY(page.pictures().empty());
        QVERIFY(page.caption().isEmpty());
        QSignalSpy asked(&page, &AffinePage::sampleRequested);
        named<QSpinBox>(page, "First image")->setValue(5);
        named<QSpinBox>(page, "First image")->setValue(9);
        QCOMPARE(asked.size(), 2);
        const auto first = asked[0][0].value<SampleRequest>();
        const auto last = asked[1][0].value<SampleRequest>();
        page.showSample(sampleFor(last));
        QCOMPARE(page.bench().input().shape.images, last.images);
        const Tensor4 shown = page.bench().input();
        Sample stale = sampleFor(first);
        stale.activations.input.values.front() = 99.0;
        page.showSample(stale);
        QCOMPARE(page.bench().input(), shown);
    }

    void betweenMovesThePair() {
        AnsweredPage answered;
        const AffineBench& bench = answered.page.bench();
        answered.slider("Between slider")->setValue(1000);
        QCOMPARE(bench.pair(), bench.restoringPair(0, 0));
        QCOMPARE(answered.field("Between")->text(), QStringLiteral("1.000"));
        QVERIFY(std::abs(*answered.field("Gamma")->number() - bench.pair().gamma) < 5e-4);
        QVERIFY(std::abs(*answered.field("Beta")->number() - bench.pair().beta) < 5e-4);
        answered.slider("Between slider")->setValue(1250);
        QCOMPARE(bench.between().value(), AffineBench::kBeyond);
        answered.slider("Between slider")->setValue(0);
        QCOMPARE(bench.pair(), AffinePair());

        typeInto(answered.field("Between"), "0.5");
        QCOMPARE(bench.between().value(), 0.5);
        QCOMPARE(answered.slider("Between slider")->value(), 500);
        typeInto(answered.field("Between"), "7");
        QCOMPARE(bench.between().value(), 0.5);
    }

    void endsOfBetweenCanBePressed() {
        AnsweredPage answered;
        for (auto* end : answered.page.findChildren<QToolButton*>()) {
            if (end->text() == QLatin1String("original")) {
                end->click();
            }
        }
        QCOMPARE(answered.page.bench().between().value(), 1.0);
    }

    void gammaAndBetaAreTypedAndSlid() {
        AnsweredPage answered;
        const AffineBench& bench = answered.page.bench();
        typeInto(answered.field("Gamma"), "2.5");
        typeInto(answered.field("Beta"), "-40");
        QCOMPARE(bench.pair(), (AffinePair{2.5, -40.0}));
        QVERIFY(answered.field("Between")->text().isEmpty());
        QCOMPARE(answered.field("Between")->placeholderText(), QStringLiteral("off the line"));
        QCOMPARE(answered.slider("Beta slider")->value(), 0);
        typeInto(answered.field("Gamma"), "nan");
        QCOMPARE(bench.pair().gamma, 2.5);
        typeInto(answered.field("Gamma"), "x");
        QCOMPARE(bench.pair().gamma, 2.5);

        answered.slider("Beta slider")->setValue(500);
        QCOMPARE(bench.pair(), (AffinePair{2.5, 0.0}));
        QCOMPARE(answered.field("Beta")->text(), QStringLiteral("0.000"));
    }

    void endsOfTheScaleAreNeverMinusZero() {
        QCOMPARE(scaleEndText(-0.04, 10.0), QStringLiteral("0"));
        QCOMPARE(scaleEndText(-0.00001, 0.00002), QStringLiteral("0"));
        QCOMPARE(scaleEndText(-0.04, 0.1), QStringLiteral("-0.04"));
        QCOMPARE(scaleEndText(-0.4, 3.0), QStringLiteral("-0.4"));
    }

    void saysWhatBetweenTakes() {
        AnsweredPage answered;
        typeInto(answered.field("Between"), "1.3");
        QTest::keyClick(answered.field("Between"), Qt::Key_Return);
        QStringList reasons;
        for (const auto* label : answered.page.findChildren<ProblemLabel*>()) {
            reasons << label->text();
        }
        QVERIFY2(reasons.contains(QStringLiteral("Between goes from 0 to 1.25.")),
                 qPrintable(reasons.join('|')));
        answered.slider("Between slider")->setValue(500);
        for (const auto* label : answered.page.findChildren<ProblemLabel*>()) {
            QVERIFY(!label->isVisible() || label->text().isEmpty());
        }
    }

    void marksOfBetweenStayApart() {
        QWidget window;
        BetweenSlider marks(&window);
        window.show();
        for (const int percent : {100, 200}) {
            QFont font = marks.font();
            font.setPointSize(percent / 10);
            marks.setFont(font);
            for (int width = marks.minimumSizeHint().width(); width < 1000; width += 7) {
                marks.resize(width, marks.sizeHint().height());
                marks.slider()->resize(width * 3 / 4, 20);
                QCoreApplication::sendPostedEvents();
                std::vector<QRect> taken;
                for (const QWidget* label : marks.findChildren<QWidget*>()) {
                    if (label->isHidden()) {
                        continue;
                    }
                    for (const QRect& other : taken) {
                        QVERIFY2(!other.intersects(label->geometry()),
                                 qPrintable(QString::number(width)));
                    }
                    QVERIFY(marks.rect().contains(label->geometry()));
                    taken.push_back(label->geometry());
                }
                QVERIFY(taken.size() >= 2);
            }
        }
    }

    void slidersObeyTheKeyboard() {
        AnsweredPage answered;
        QSlider* between = answered.slider("Between slider");
        between->setFocus();
        QTest::keyClick(between, Qt::Key_Right);
        QVERIFY(answered.page.bench().between().value() > 0.0);
        QTest::keyClick(between, Qt::Key_End);
        QCOMPARE(answered.page.bench().between().value(), AffineBench::kBeyond);
        QTest::keyClick(between, Qt::Key_Home);
        QCOMPARE(answered.page.bench().pair(), AffinePair());
        auto* strip = answered.page.findChild<ImageStrip*>();
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Right);
        QCOMPARE(answered.page.bench().image(), 1);
        QCOMPARE(named<QSpinBox>(answered.page, "Image")->value(), 2);
    }

    void figuresShowTheBench() {
        AnsweredPage answered;
        answered.slider("Between slider")->setValue(1000);
        const auto* triptych = answered.page.findChild<Triptych*>();
        const ThreePlanes planes = answered.page.bench().planes();
        QCOMPARE(triptych->content().planes.output, planes.output);
        const auto* histogram = answered.page.findChild<ReluHistogram*>();
        QCOMPARE(histogram->content().alive.image, answered.page.bench().alive().image);
        QVERIFY(histogram->spokenValues().startsWith(QStringLiteral("Alive after ReLU: ")));
        QCOMPARE(answered.page.findChild<PairPlane*>()->content().present,
                 answered.page.bench().pair());
        // Nothing but the output's row moves.
        const HistogramContent before = histogram->content();
        answered.slider("Gamma slider")->setValue(100);
        QCOMPARE(histogram->content().rows[0].dead.low, before.rows[0].dead.low);
        QCOMPARE(histogram->content().rows[0].dead.counts, before.rows[0].dead.counts);
        QCOMPARE(histogram->content().tallest, before.tallest);
        QVERIFY(histogram->content().rows[2].alive.counts != before.rows[2].alive.counts);
    }

    void draggingInThePlaneTakesThePairAlong() {
        AnsweredPage answered;
        auto* plane = answered.page.findChild<PairPlane*>();
        const PairScale scale = pairScale(plane->rect(), plane->content(), plane->font());
        const QPoint there = scale.plot.center().toPoint();
        QTest::mouseClick(plane, Qt::LeftButton, {}, there);
        const AffinePair expected = scale.toPair(there);
        QCOMPARE(answered.page.bench().pair(), expected);
        QVERIFY((scale.toPixel(expected) - there).manhattanLength() < 1e-6);
    }

    void normalizationIsChosen() {
        AnsweredPage answered;
        answered.choose("Normalization", 1);
        QCOMPARE(answered.page.bench().spec().kind, NormKind::Layer);
        typeInto(answered.field("Epsilon"), "0.5");
        QCOMPARE(answered.page.bench().spec().eps, 0.5);
        typeInto(answered.field("Epsilon"), "0");
        QCOMPARE(answered.page.bench().spec().eps, 0.5);
        QVERIFY(!named<QComboBox>(answered.page, "Groups")->isEnabled());
    }

    void recoveryIsMeasured() {
        AnsweredPage answered;
        auto* model = answered.page.findChild<RecoveryTableModel*>();
        const QAbstractItemModelTester tester(
            model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        named<QSpinBox>(answered.page, "Image")->setValue(3);
        QVERIFY(!model->recovery(NormKind::Instance));
        QTRY_VERIFY(model->recovery(NormKind::Instance).has_value());
        NormSpec spec = answered.page.bench().spec();
        spec.kind = NormKind::Layer;
        const Recovery expected = measureRecovery(answered.page.bench().input(), spec, 2);
        QCOMPARE(model->recovery(NormKind::Layer)->batchWithItsPairs, expected.batchWithItsPairs);
        QVERIFY(model->index(0, RecoveryTableModel::Batch)
                    .data()
                    .toString()
                    .startsWith(QStringLiteral("exact")));
        QCOMPARE(model->index(1, RecoveryTableModel::Batch).data().toString(),
                 QString::number(expected.batchWithItsPairs, 'f', 3));
        QVERIFY(model->index(0, 0).data(Qt::FontRole).isValid());
        QVERIFY(!model->index(1, 0).data(Qt::FontRole).isValid());
        // With one channel all but batch norm are the same.
        QVERIFY(
            model->index(3, RecoveryTableModel::Owner).data().toString().contains("layer norm"));
    }

    void activationsComeWithTheirPairs() {
        AnsweredPage answered;
        answered.choose("Source", 1);
        QCOMPARE(answered.requests.size(), std::size_t{1});  // there is no run to ask
        answered.choose("Source", 0);
        answered.offerRuns();
        answered.choose("Source", 1);
        answered.choose("Run", 1);
        answered.choose("Model", 1);
        answered.choose("Norm layer", 3);
        const SampleRequest& request = answered.requests.back();
        QCOMPARE(request.kind, SampleRequest::Kind::Activations);
        QCOMPARE(request.run, QStringLiteral("/older"));
        QCOMPARE(request.model, 1);
        QCOMPARE(request.normLayer, 3);
        QCOMPARE(request.channels, 16);
        QCOMPARE(answered.page.bench().spec().kind, NormKind::Group);
        QCOMPARE(named<QComboBox>(answered.page, "Groups")->currentText(), QStringLiteral("2"));

        auto* plane = answered.page.findChild<PairPlane*>();
        QCOMPARE(plane->content().learned.size(), std::size_t{16});
        answered.choose("Normalization", 0);
        QCOMPARE(plane->content().kind, NormKind::Batch);
        QCOMPARE(plane->content().learnedKind, NormKind::Group);
        answered.choose("Normalization", 2);
        named<QSpinBox>(answered.page, "Channel")->setValue(3);
        for (auto* button : answered.page.findChildren<QPushButton*>()) {
            if (button->text() == QLatin1String("Use learned")) {
                button->click();
            }
        }
        QCOMPARE(answered.page.bench().pair(), (AffinePair{3.5, -0.25}));
        for (auto* box : answered.page.findChildren<QCheckBox*>()) {
            if (box->text() == QLatin1String("Show learned")) {
                box->click();
            } else {
                box->setChecked(true);
            }
        }
        QVERIFY(plane->content().learned.empty());
        QVERIFY(answered.page.bench().isLinked());
        QCOMPARE(answered.page.bench().affine().gamma.front(), 3.5);
        // The same run is still chosen when the list of runs is given anew.
        answered.offerRuns();
        QCOMPARE(named<QComboBox>(answered.page, "Run")->currentIndex(), 1);
        QCOMPARE(named<QComboBox>(answered.page, "Model")->currentIndex(), 1);
    }

    void controlsHaveTheirNames() {
        AnsweredPage answered;
        QCOMPARE(answered.page.accessibleName(), QStringLiteral("Gamma and beta"));
        for (const char* name : {"Gamma", "Beta", "Between", "Epsilon"}) {
            QVERIFY2(answered.field(name) != nullptr, name);
        }
        for (const char* name : {"Gamma slider", "Beta slider", "Between slider"}) {
            QVERIFY2(answered.slider(name) != nullptr, name);
        }
        for (const char* name : {"Normalization", "Groups", "Source", "Run", "Model"}) {
            QVERIFY2(named<QComboBox>(answered.page, name) != nullptr, name);
        }
        for (const Figure* figure : answered.page.findChildren<Figure*>()) {
            auto* interface = QAccessible::queryAccessibleInterface(const_cast<Figure*>(figure));
            QVERIFY(!interface->text(QAccessible::Name).isEmpty());
            QCOMPARE(interface->text(QAccessible::Value), figure->spokenValues());
            QCOMPARE(interface->role(), QAccessible::Chart);
        }
    }

    void pictureIsDrawnAtAnySize() {
        AnsweredPage answered;
        const std::vector<Picture> pictures = answered.page.pictures();
        QCOMPARE(pictures.size(), std::size_t{1});
        for (const QSize size : {QSize(1200, 800), QSize(300, 200)}) {
            QImage image(size, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            pictures[0].paint(painter, size);
            painter.end();
            QImage blank(size, QImage::Format_RGB32);
            blank.fill(Qt::white);
            QVERIFY(image != blank);
        }
        QVERIFY(answered.page.caption().startsWith(QStringLiteral("Somewhere\nBatch norm · ")));
    }

    void exportAndMessages() {
        AnsweredPage answered;
        QSignalSpy exported(&answered.page, &AffinePage::exportRequested);
        named<QToolButton>(answered.page, "Export Gamma and beta")->click();
        QCOMPARE(exported.size(), 1);
        auto* strip = answered.page.findChild<MessageStrip*>();
        answered.page.setMessage(QStringLiteral("No such model."));
        QVERIFY(strip->isVisible());
        named<QSpinBox>(answered.page, "Images")->setValue(4);
        QVERIFY(!strip->isVisible());
        QCOMPARE(answered.page.bench().input().shape.images, 4);
    }
};

QTEST_MAIN(AffinePageTest)
#include "affine_page_test.moc"
