#include "ui/normalize/normalize_page.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>
#include <cmath>
#include <memory>

#include "core/sample_tensors.h"
#include "tests/named_widget.h"
#include "tests/ui/tab_stops.h"
#include "ui/normalize/formula_bar.h"
#include "ui/normalize/groups_slider.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/theme.h"
#include "ui/widgets/settings_column.h"

namespace normscope {
namespace {

enum Source { kSmallIntegers, kClassExample, kConstant, kOutlier, kDigits, kActivations };

/// Numbers of which no two are equal.
Tensor4 numbers(const Shape4& shape, double first = 0.0) {
    Tensor4 tensor{shape, std::vector<double>(static_cast<std::size_t>(shape.count()))};
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        tensor.values[i] = first + std::sqrt(static_cast<double>(i));
    }
    return tensor;
}

Sample answerTo(const SampleRequest& request) {
    Sample sample;
    sample.request = request;
    const bool digits = request.kind == SampleRequest::Kind::Digits;
    const int side = digits ? request.side : 4;
    const int channels = digits ? 1 : request.channels;
    sample.activations.input =
        numbers({request.images, channels, side, side}, static_cast<double>(request.firstImage));
    sample.activations.affine = Affine::identity(channels);
    sample.activations.running = RunningStatistics::initial(channels);
    sample.labels.assign(static_cast<std::size_t>(request.images), 7);
    sample.available = 10;
    sample.source = QStringLiteral("%1 from image %2, %3 images, %4 channels, layer %5, model %6")
                        .arg(digits ? "Digits" : "Activations")
                        .arg(request.firstImage)
                        .arg(request.images)
                        .arg(channels)
                        .arg(request.normLayer)
                        .arg(request.model);
    return sample;
}

RunChoice runOf(const QString& name, const QString& folder) {
    NetworkSpec group;
    group.kind = NormKind::Group;
    return {name, folder, {{"batch", {}}, {"group", group}}};
}

}  // namespace

class NormalizePageTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { page_.reset(); }

    void everythingHasItsName();
    void tabGoesAlongTheToolBar();
    void tabLeadsFromTheSettingsToTheFormula();
    void editsAreUndoneByKey();
    void wrongTextIsRefusedWithoutMovingTheSheet();
    void pastes();
    void methodAndGroupsRegroup();
    void groupsStopAtTheDivisors();
    void countsAreShown();
    void epsilonGammaAndBetaTakeEffect();
    void halfANumberIsNoMistakeYet();
    void gammaOfOneChannel();
    void hoverAndClickChooseTheArithmetic();
    void stepsAreReplayedByKey();
    void stepsAreSpoken();
    void theFormulaKeepsItsHeight();
    void pokeTellsWhatMoved();
    void backwardsAsksForAnOutput();
    void evaluationUsesTheRunningStatistics();
    void feedingDrawsTheNextBatch();
    void feedingTheSameNumbers();
    void sizesKeepTheSourceOrTheCells();
    void seedsMakeNumbers();
    void digitsAreAskedFor();
    void staleSamplesAreDropped();
    void feedingAsksForTheNextImages();
    void activationsNeedARun();
    void activationsBringTheirMethod();
    void undoBringsTheSourceBack();
    void settingsAndDetailsCanBeHidden();
    void picturesAndCaption();
    void messagesStayUntilClosed();
    void theWheelMovesTheColumnAlone();
    void aSheetOfAFileStaysOne();
    void oneValuePerChannelIsNotFed();
    void refusalsAreForgottenWithTheNextChange();
    void groupNormHasMoreThanOneGroup();
    void breathesAtEverySize_data();
    void breathesAtEverySize();

  private:
    template <class Widget>
    Widget* named(const QString& name) const {
        return testing::namedWidget<Widget>(*page_, name);
    }
    QPushButton* button(const QString& name) const { return named<QPushButton>(name); }
    QString remark() const { return named<QLabel>("Remark")->text(); }
    bool isSaid(const QString& part) const;
    void chooseSource(Source source) { named<QComboBox>("Source")->setCurrentIndex(source); }
    void chooseKind(NormKind kind) {
        named<QComboBox>("Normalization")->setCurrentIndex(static_cast<int>(kind) - 1);
    }
    SheetDocument& document() const { return page_->document(); }
    const SheetState& state() const { return document().state(); }
    FormulaBar* formula() const { return page_->findChild<FormulaBar*>(); }

    std::unique_ptr<NormalizePage> page_;
};

void NormalizePageTest::init() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    applyTheme(/*dark=*/false, /*textScale=*/100);
    page_ = std::make_unique<NormalizePage>();
    page_->setMotion(false);
    page_->resize(1170, 724);
    page_->show();
    QVERIFY(QTest::qWaitForWindowActive(page_.get()));
}

bool NormalizePageTest::isSaid(const QString& part) const {
    for (const auto* label : page_->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(part)) {
            return true;
        }
    }
    return false;
}

void NormalizePageTest::tabGoesAlongTheToolBar() {
    const QStringList stops = testing::tabStopsOf(*page_);
    QVERIFY2(testing::comeInOrder(stops, {"Setup", "Undo", "Redo", "Poke an image", "Backwards",
                                          "Zoom out", "Fit", "Zoom in", "Details", "Open sheet...",
                                          "Save sheet...", "Copy picture", "Export..."}),
             qPrintable(stops.join(u',')));
}

void NormalizePageTest::everythingHasItsName() {
    QCOMPARE(page_->accessibleName(), "Normalize");
    for (const char* name : {"Normalization",
                             "Groups",
                             "Images",
                             "Channels",
                             "Height",
                             "Width",
                             "Epsilon",
                             "Gamma",
                             "Beta",
                             "Momentum",
                             "Mode",
                             "Source",
                             "Undo",
                             "Redo",
                             "Open sheet...",
                             "Save sheet...",
                             "Copy picture",
                             "Export...",
                             "Poke an image",
                             "Backwards",
                             "Zoom in",
                             "Zoom out",
                             "Fit",
                             "Setup",
                             "Details",
                             "Next",
                             "Back",
                             "All steps",
                             "Feed another batch",
                             "Gamma and beta of"}) {
        auto* widget = named<QWidget>(name);
        QVERIFY2(widget != nullptr, name);
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus, name);
        auto* interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(interface != nullptr && interface->text(QAccessible::Name) == name, name);
    }
    // Nothing that can be operated is without a name.
    for (auto* widget : page_->findChildren<QWidget*>()) {
        const bool part = qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr;
        if (!part && widget->isVisible() && widget->focusPolicy() & Qt::TabFocus) {
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                     widget->metaObject()->className());
        }
    }
}

void NormalizePageTest::tabLeadsFromTheSettingsToTheFormula() {
    page_->view().setCurrent(SheetCell{SheetPart::Output, {}});
    const QStringList wanted{"Normalization", "Groups", "Source",        "Images", "Epsilon",
                             "Gamma",         "Undo",   "Poke an image", "Next"};
    document().setEps(1.0);  // something to undo
    page_->view().setCurrent(std::nullopt);
    named<QComboBox>("Normalization")->setFocus();
    QStringList met;
    for (int i = 0; i < 60; ++i) {
        met << QApplication::focusWidget()->accessibleName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const QString& name : wanted) {
        if (name != "Next") {  // nothing to replay yet
            QVERIFY2(met.contains(name), qPrintable(name + " not in " + met.join(", ")));
        }
    }
    QVERIFY(met.indexOf("Normalization") < met.indexOf("Source"));
    QVERIFY(met.indexOf("Source") < met.indexOf("Epsilon"));
    QVERIFY(met.indexOf("Epsilon") < met.indexOf("Poke an image"));
}

void NormalizePageTest::editsAreUndoneByKey() {
    page_->view().setFocus();
    page_->view().setCurrent(SheetCell{SheetPart::Input, {0, 0, 0, 0}});
    const double before = state().input->values[0];
    QTest::keyClicks(&page_->view(), "9");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(state().input->values[0], 9.0);
    QVERIFY(named<QToolButton>("Undo")->isEnabled());
    QVERIFY(!named<QToolButton>("Redo")->isEnabled());
    page_->view().setFocus();
    QTest::keyClick(&page_->view(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(state().input->values[0], before);
    QTest::keyClick(&page_->view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(state().input->values[0], 9.0);
    named<QToolButton>("Undo")->click();
    QCOMPARE(state().input->values[0], before);
    QVERIFY(!named<QToolButton>("Undo")->isEnabled());
}

void NormalizePageTest::wrongTextIsRefusedWithoutMovingTheSheet() {
    QGuiApplication::clipboard()->setText("1\tnine");
    page_->view().setFocus();
    page_->view().setCurrent(SheetCell{SheetPart::Input, {}});
    const QRect place = page_->view().geometry();
    page_->view().paste();
    QVERIFY(isSaid("nine"));
    QCoreApplication::processEvents();
    QCOMPARE(page_->view().geometry(), place);
    QGuiApplication::clipboard()->setText("1\t9");
    page_->view().paste();
    QVERIFY(!isSaid("nine"));
    QVERIFY(isSaid("Batch norm: each channel"));
}

void NormalizePageTest::pastes() {
    QGuiApplication::clipboard()->setText("5\t6\n7\t8\n");
    page_->view().setCurrent(SheetCell{SheetPart::Input, {1, 1, 0, 0}});
    page_->view().paste();
    const auto at = [this](int row, int column) { return state().input->at({1, 1, row, column}); };
    QCOMPARE(at(0, 0), 5.0);
    QCOMPARE(at(0, 1), 6.0);
    QCOMPARE(at(1, 0), 7.0);
    QCOMPARE(at(1, 1), 8.0);
    page_->undoStack().undo();
    QCOMPARE(*state().input, classExample());
}

void NormalizePageTest::methodAndGroupsRegroup() {
    auto* slider = page_->findChild<GroupsSlider*>();
    QCOMPARE(document().trace().sets.size(), 4U);
    chooseKind(NormKind::Layer);
    QCOMPARE(state().spec.kind, NormKind::Layer);
    QCOMPARE(slider->groups(), 1);
    chooseKind(NormKind::Instance);
    QCOMPARE(slider->groups(), 4);
    QCOMPARE(document().trace().sets.size(), 16U);

    // Moving the slider is about groups, whatever the method was; one step back undoes it.
    const int steps = page_->undoStack().count();
    slider->setValue(1);
    QCOMPARE(state().spec.kind, NormKind::Group);
    QCOMPARE(state().spec.groups, 2);
    QCOMPARE(page_->undoStack().count(), steps + 1);
    QCOMPARE(named<QComboBox>("Normalization")->currentText(), "Group norm");
    QVERIFY(isSaid("2 groups of 2 channels"));
    slider->setValue(0);
    QVERIFY(isSaid("the same as layer norm"));
    slider->setValue(2);
    QVERIFY(isSaid("the same as instance norm"));
    page_->undoStack().undo();
    page_->undoStack().undo();
    QCOMPARE(state().spec.kind, NormKind::Instance);
    QCOMPARE(slider->groups(), 4);
}

void NormalizePageTest::groupsStopAtTheDivisors() {
    GroupsSlider slider;
    slider.setChannels(12);
    slider.setGroups(4);
    QStringList stops;
    slider.setValue(0);
    for (int i = 0; i <= slider.maximum(); ++i) {
        slider.setValue(i);
        stops << QString::number(slider.groups());
    }
    QCOMPARE(stops.join(' '), "1 2 3 4 6 12");
    slider.setGroups(5);
    QVERIFY(slider.groups() == 4 || slider.groups() == 6);
    // Assistive technology speaks of groups too.
    slider.setAccessibleName("Groups");
    auto* value = QAccessible::queryAccessibleInterface(&slider)->valueInterface();
    QCOMPARE(value->maximumValue().toInt(), 12);
    value->setCurrentValue(3);
    QCOMPARE(slider.groups(), 3);
    QCOMPARE(value->currentValue().toInt(), 3);
    slider.setChannels(7);
    QCOMPARE(slider.maximum(), 1);
    slider.setChannels(1);
    QVERIFY(!slider.isEnabled());
}

void NormalizePageTest::countsAreShown() {
    document().setShape({2, 6, 3, 5});
    chooseKind(NormKind::Group);
    document().setGroups(3);
    const auto counts = affineCounts(document().shape(), state().spec);
    QCOMPARE(counts.simplified, 6);
    for (const char* text : {"6", "12", "180"}) {
        QVERIFY2(isSaid(text), text);
    }
    QVERIFY(isSaid("nn.LayerNorm([6, 3, 5])"));
    QVERIFY(isSaid("BatchNorm2d"));
    QVERIFY(isSaid("many courses"));
    document().setShape({1, 1, 1, 1});
    QVERIFY(isSaid("PyTorch refuses"));
}

void NormalizePageTest::epsilonGammaAndBetaTakeEffect() {
    auto* eps = named<QLineEdit>("Epsilon");
    auto* gamma = named<QLineEdit>("Gamma");
    eps->setText("0.5");
    QCOMPARE(state().spec.eps, 0.5);
    gamma->setText("2");
    named<QLineEdit>("Beta")->setText("-1");
    QCOMPARE(state().affine.gamma, std::vector<double>(4, 2.0));
    QCOMPARE(state().affine.beta, std::vector<double>(4, -1.0));
    QCOMPARE(document().trace().output.values[0],
             2.0 * document().trace().normalized.values[0] - 1.0);
    page_->undoStack().undo();
    page_->undoStack().undo();
    QCOMPARE(gamma->text(), "1");
    QCOMPARE(eps->text(), "0.5");

    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    eps->setText("0,25");
    QCOMPARE(state().spec.eps, 0.25);
}

void NormalizePageTest::halfANumberIsNoMistakeYet() {
    auto* eps = named<QLineEdit>("Epsilon");
    eps->setFocus();
    eps->selectAll();
    QTest::keyClicks(eps, "0");
    QVERIFY(!isSaid("greater than 0"));
    QCOMPARE(state().spec.eps, 1e-5);
    QTest::keyClicks(eps, ".1");
    QCOMPARE(state().spec.eps, 0.1);
    eps->selectAll();
    QTest::keyClicks(eps, "0");
    QTest::keyClick(eps, Qt::Key_Return);
    QVERIFY(isSaid("greater than 0"));
    QVERIFY(!eps->accessibleDescription().isEmpty());
    eps->setText("eps");
    QTRY_VERIFY(isSaid("is not a number"));
    eps->setText("1");
    QVERIFY(!isSaid("is not a number"));
    QVERIFY(eps->accessibleDescription().isEmpty());
}

void NormalizePageTest::gammaOfOneChannel() {
    auto* channel = named<QComboBox>("Gamma and beta of");
    auto* gamma = named<QLineEdit>("Gamma");
    QCOMPARE(channel->count(), 5);
    channel->setCurrentIndex(3);
    gamma->setText("3");
    QCOMPARE(state().affine.gamma, (std::vector<double>{1.0, 1.0, 3.0, 1.0}));
    channel->setCurrentIndex(0);
    QVERIFY(gamma->text().isEmpty());
    QCOMPARE(gamma->placeholderText(), "differ");
    gamma->setText("2");
    QCOMPARE(state().affine.gamma, std::vector<double>(4, 2.0));
    channel->setCurrentIndex(4);
    document().setShape({4, 2, 2, 2});
    QCOMPARE(channel->count(), 3);
    QCOMPARE(channel->currentIndex(), 2);
}

void NormalizePageTest::hoverAndClickChooseTheArithmetic() {
    QCOMPARE(formula()->stepCount(), 0);
    SheetView& view = page_->view();
    const auto centreOf = [&view](const SheetCell& cell) {
        return view.viewportRect(cell).center().toPoint();
    };
    const SheetCell hovered{SheetPart::Normalized, {1, 2, 0, 1}};
    QTest::mouseMove(view.viewport(), centreOf(hovered));
    QTRY_VERIFY(formula()->stepCount() > 0);
    QVERIFY(isSaid("Image 2, channel 3, row 1, column 2"));
    const SheetCell clicked{SheetPart::Output, {3, 0, 1, 0}};
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, centreOf(clicked));
    QVERIFY(isSaid("Image 4, channel 1, row 2, column 1"));
    QTest::mouseMove(view.viewport(), centreOf(hovered));
    QTest::qWait(20);
    QVERIFY(isSaid("Image 4, channel 1, row 2, column 1"));
    QCOMPARE(button("Poke an image")->text(), "Poke image 4");
}

void NormalizePageTest::stepsAreReplayedByKey() {
    SheetView& view = page_->view();
    view.setFocus();
    view.setCurrent(SheetCell{SheetPart::Output, {}});
    const int count = formula()->stepCount();
    QVERIFY(count > 3);
    QCOMPARE(formula()->step(), 0);
    QVERIFY(!button("Back")->isEnabled());
    QTest::keyClick(&view, Qt::Key_Space);
    QTest::keyClick(&view, Qt::Key_N);
    QCOMPARE(formula()->step(), 2);
    QVERIFY(isSaid(QStringLiteral("Step 3 of %1").arg(count)));
    QTest::keyClick(&view, Qt::Key_B);
    QTest::keyClick(&view, Qt::Key_Space, Qt::ShiftModifier);
    QCOMPARE(formula()->step(), 0);
    // Another cell at the same step, to compare.
    button("Next")->click();
    view.setCurrent(SheetCell{SheetPart::Output, {1, 1, 1, 1}});
    QCOMPARE(formula()->step(), 1);
    for (int i = 2; i < count; ++i) {
        QTest::keyClick(&view, Qt::Key_Space);
    }
    QCOMPARE(formula()->step(), count - 1);
    QCOMPARE(button("Next")->text(), "Again");
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(formula()->step(), 0);
    button("All steps")->click();
    QVERIFY(formula()->showsAll());
    QTest::keyClick(&view, Qt::Key_Space);
    QVERIFY(!formula()->showsAll());
}

void NormalizePageTest::stepsAreSpoken() {
    page_->view().setCurrent(SheetCell{SheetPart::Output, {}});
    button("Next")->click();
    const QString first = named<QLabel>("Step")->accessibleDescription();
    QVERIFY(!first.isEmpty());
    button("Next")->click();
    QVERIFY(named<QLabel>("Step")->accessibleDescription() != first);
}

void NormalizePageTest::theFormulaKeepsItsHeight() {
    QCoreApplication::processEvents();
    const QRect place = page_->view().geometry();
    page_->view().setCurrent(SheetCell{SheetPart::Output, {}});
    for (int i = 0; i < formula()->stepCount(); ++i) {
        QCoreApplication::processEvents();
        QCOMPARE(page_->view().geometry(), place);
        button("Next")->click();
    }
    button("Poke an image")->click();
    QCoreApplication::processEvents();
    QCOMPARE(page_->view().geometry(), place);
}

void NormalizePageTest::pokeTellsWhatMoved() {
    page_->view().setCurrent(SheetCell{SheetPart::Input, {2, 0, 0, 0}});
    button("Poke an image")->click();
    QVERIFY(document().pokeResult());
    QCOMPARE(document().pokeResult()->image, 2);
    QVERIFY2(remark().startsWith("Image 3 was poked: 48 of the 48"), qPrintable(remark()));
    page_->undoStack().undo();
    QVERIFY(!remark().contains("poked"));
    for (const NormKind kind : {NormKind::Layer, NormKind::Group, NormKind::Instance}) {
        chooseKind(kind);
        button("Poke an image")->click();
        QVERIFY(remark().contains("no output of the other images moved"));
        QVERIFY(remark().contains("from a single image"));
    }
    chooseKind(NormKind::Batch);
    named<QComboBox>("Mode")->setCurrentIndex(1);
    button("Poke an image")->click();
    QVERIFY(remark().contains("no output of the other images moved. At evaluation"));
    document().setShape({1, 4, 2, 2});
    button("Poke an image")->click();
    QVERIFY(remark().contains("no other image"));
}

void NormalizePageTest::backwardsAsksForAnOutput() {
    page_->view().setCurrent(SheetCell{SheetPart::Input, {}});
    named<QCheckBox>("Backwards")->click();
    QVERIFY(page_->view().isBackwards());
    QVERIFY(remark().contains("choose a cell of the output"));
    page_->view().setCurrent(SheetCell{SheetPart::Output, {0, 1, 0, 0}});
    QVERIFY2(remark().contains("every cell of S2"), qPrintable(remark()));
    document().setTraining(false);
    QVERIFY(remark().contains("only the cell itself"));
    named<QCheckBox>("Backwards")->click();
    QVERIFY(!page_->view().isBackwards());
    QVERIFY(!remark().contains("Backwards"));
}

void NormalizePageTest::evaluationUsesTheRunningStatistics() {
    named<QComboBox>("Mode")->setCurrentIndex(1);
    QVERIFY(state().usesRunning());
    QCOMPARE(document().trace().mean, std::vector<double>(4, 0.0));
    QVERIFY(remark().contains("at evaluation"));
    QVERIFY(named<QComboBox>("Mode")->isVisible());
    chooseKind(NormKind::Layer);
    QVERIFY(!named<QComboBox>("Mode")->isVisible());
    QVERIFY(!button("Feed another batch")->isVisible());
}

void NormalizePageTest::feedingDrawsTheNextBatch() {
    chooseSource(kSmallIntegers);
    const Shape4 shape = document().shape();
    named<QLineEdit>("Gamma")->setText("2");
    named<QLineEdit>("Momentum")->setText("0.5");
    const int steps = page_->undoStack().count();
    button("Feed another batch")->click();
    QCOMPARE(page_->undoStack().count(), steps + 1);
    QCOMPARE(*state().input, smallIntegers(shape, 2));
    QCOMPARE(state().running.batches, 1);
    QCOMPARE(state().affine.gamma[0], 2.0);
    const NormTrace trace = normalize(*state().input, state().spec, state().affine);
    const double count = static_cast<double>(shape.images) * static_cast<double>(shape.plane());
    QCOMPARE(state().running.mean[0], 0.5 * trace.mean[0]);
    QCOMPARE(state().running.variance[0], 0.5 + 0.5 * trace.variance[0] * count / (count - 1.0));
    QVERIFY(isSaid("After 1 batch"));
    auto* table = named<QTableView>("Running statistics");
    QCOMPARE(table->model()->rowCount(), 4);
    QCOMPARE(table->model()->index(0, 1).data().toString(),
             QLocale().toString(state().running.mean[0], 'f', 4));

    // At evaluation too: what is shown stays, the statistics move.
    named<QComboBox>("Mode")->setCurrentIndex(1);
    button("Feed another batch")->click();
    QCOMPARE(state().running.batches, 2);
    QCOMPARE(*state().input, smallIntegers(shape, 3));
    QCOMPARE(named<QSpinBox>("Seed")->value(), 3);
    QVERIFY(state().usesRunning());
    page_->undoStack().undo();
    QCOMPARE(state().running.batches, 1);
    QCOMPARE(named<QSpinBox>("Seed")->value(), 2);
    button("Reset running statistics")->click();
    QCOMPARE(state().running, RunningStatistics::initial(4));
    QVERIFY(!button("Reset running statistics")->isEnabled());
}

void NormalizePageTest::feedingTheSameNumbers() {
    button("Feed another batch")->click();
    QCOMPARE(*state().input, classExample());
    QCOMPARE(state().running.batches, 1);
    QVERIFY(std::abs(state().running.mean[0] - 0.1 * document().trace().mean[0]) < 1e-15);
}

void NormalizePageTest::sizesKeepTheSourceOrTheCells() {
    named<QSpinBox>("Images")->setValue(6);
    QCOMPARE(document().shape(), (Shape4{6, 4, 2, 2}));
    QCOMPARE(state().input->at({0, 0, 0, 1}), classExample().at({0, 0, 0, 1}));
    QCOMPARE(state().input->at({5, 0, 0, 0}), 0.0);

    chooseSource(kSmallIntegers);
    named<QLineEdit>("Gamma")->setText("2");
    named<QSpinBox>("Channels")->setValue(6);
    QCOMPARE(*state().input, smallIntegers({6, 6, 2, 2}, 1));
    QCOMPARE(state().affine.gamma, (std::vector<double>{2, 2, 2, 2, 1, 1}));
    document().setCell({0, 0, 0, 0}, 99.0);
    named<QSpinBox>("Width")->setValue(3);
    QCOMPARE(state().input->at({0, 0, 0, 0}), 99.0);
    QCOMPARE(state().input->at({0, 0, 0, 2}), 0.0);
}

void NormalizePageTest::seedsMakeNumbers() {
    chooseSource(kSmallIntegers);
    QCOMPARE(*state().input, smallIntegers(document().shape(), 1));
    button("New numbers")->click();
    QCOMPARE(*state().input, smallIntegers(document().shape(), 2));
    named<QSpinBox>("Seed")->setValue(77);
    QCOMPARE(*state().input, smallIntegers(document().shape(), 77));
    chooseSource(kConstant);
    QVERIFY(!named<QSpinBox>("Seed")->isVisible());
    named<QLineEdit>("Constant")->setText("4");
    QCOMPARE(*state().input, constantTensor(document().shape(), 4.0));
    chooseSource(kOutlier);
    named<QLineEdit>("Outlier")->setText("-50");
    QCOMPARE(*state().input, outlierTensor(document().shape(), 77, -50.0));
    chooseSource(kClassExample);
    QCOMPARE(*state().input, classExample());
}

void NormalizePageTest::digitsAreAskedFor() {
    QSignalSpy asked(page_.get(), &NormalizePage::sampleRequested);
    chooseSource(kDigits);
    QCOMPARE(asked.size(), 1);
    auto request = asked.takeFirst().front().value<SampleRequest>();
    QCOMPARE(request.kind, SampleRequest::Kind::Digits);
    QCOMPARE(request.images, 4);
    QCOMPARE(*state().input, classExample());
    page_->showSample(answerTo(request));
    QCOMPARE(document().shape(), (Shape4{4, 1, 28, 28}));
    QVERIFY(isSaid("Digits 7, 7, 7, 7"));

    named<QComboBox>("Side")->setCurrentIndex(2);
    page_->showSample(answerTo(asked.takeFirst().front().value<SampleRequest>()));
    QCOMPARE(document().shape(), (Shape4{4, 1, 7, 7}));
    named<QSpinBox>("First image")->setValue(5);
    QCOMPARE(asked.takeFirst().front().value<SampleRequest>().firstImage, 4);
    // More images are real ones too.
    named<QSpinBox>("Images")->setValue(6);
    request = asked.takeFirst().front().value<SampleRequest>();
    QCOMPARE(request.images, 6);
    QCOMPARE(document().shape().images, 4);
    page_->showSample(answerTo(request));
    QCOMPARE(document().shape().images, 6);
}

void NormalizePageTest::staleSamplesAreDropped() {
    QSignalSpy asked(page_.get(), &NormalizePage::sampleRequested);
    Sample unasked = answerTo({});
    page_->showSample(unasked);
    QCOMPARE(*state().input, classExample());

    chooseSource(kDigits);
    named<QSpinBox>("First image")->setValue(3);
    QCOMPARE(asked.size(), 2);
    page_->showSample(answerTo(asked[0].front().value<SampleRequest>()));
    QCOMPARE(*state().input, classExample());
    page_->showSample(answerTo(asked[1].front().value<SampleRequest>()));
    QCOMPARE(document().shape().height, 28);

    // Whoever has gone on to other numbers gets no digits any more.
    named<QSpinBox>("First image")->setValue(4);
    chooseSource(kConstant);
    page_->showSample(answerTo(asked[2].front().value<SampleRequest>()));
    QCOMPARE(state().input->values[0], 1.0);
}

void NormalizePageTest::feedingAsksForTheNextImages() {
    QSignalSpy asked(page_.get(), &NormalizePage::sampleRequested);
    chooseSource(kDigits);
    page_->showSample(answerTo(asked.takeFirst().front().value<SampleRequest>()));
    const int steps = page_->undoStack().count();
    button("Feed another batch")->click();
    auto request = asked.takeFirst().front().value<SampleRequest>();
    QCOMPARE(request.firstImage, 4);
    QCOMPARE(state().running.batches, 0);
    page_->showSample(answerTo(request));
    QCOMPARE(state().running.batches, 1);
    QCOMPARE(page_->undoStack().count(), steps + 1);
    QCOMPARE(named<QSpinBox>("First image")->value(), 5);
    // After the last of the ten images the first one follows.
    button("Feed another batch")->click();
    QCOMPARE(asked.takeFirst().front().value<SampleRequest>().firstImage, 0);
}

void NormalizePageTest::activationsNeedARun() {
    QSignalSpy asked(page_.get(), &NormalizePage::sampleRequested);
    QSignalSpy opened(page_.get(), &NormalizePage::openRunRequested);
    chooseSource(kActivations);
    QCOMPARE(asked.size(), 0);
    QVERIFY(isSaid("There is no trained network yet"));
    QVERIFY(!named<QComboBox>("Model")->isVisible());
    button("Open run folder...")->click();
    QCOMPARE(opened.size(), 1);
    page_->setRuns({runOf("Monday", "/runs/monday")});
    QVERIFY(!isSaid("There is no trained network yet"));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0].front().value<SampleRequest>().run, "/runs/monday");
    QVERIFY(!button("Refresh")->isVisible());
    page_->setRuns({runOf("This training", {}), runOf("Monday", "/runs/monday")});
    QCOMPARE(named<QComboBox>("Run")->currentText(), "Monday");
    page_->moveRun("/runs/monday", "/runs/best");
    page_->setRuns({runOf("This training", {}), runOf("Best", "/runs/best")});
    QCOMPARE(named<QComboBox>("Run")->currentText(), "Best");
    named<QComboBox>("Run")->setCurrentIndex(0);
    QVERIFY(button("Refresh")->isVisible());
    const auto count = asked.size();
    button("Refresh")->click();
    QCOMPARE(asked.size(), count + 1);
    QVERIFY(asked.back().front().value<SampleRequest>().run.isEmpty());
}

void NormalizePageTest::activationsBringTheirMethod() {
    QSignalSpy asked(page_.get(), &NormalizePage::sampleRequested);
    page_->setRuns({runOf("Monday", "/runs/monday")});
    chooseSource(kActivations);
    named<QComboBox>("Model")->setCurrentIndex(1);
    named<QComboBox>("Norm layer")->setCurrentIndex(4);
    auto request = asked.back().front().value<SampleRequest>();
    QCOMPARE(request.model, 1);
    QCOMPARE(request.normLayer, 4);
    QCOMPARE(request.channels, 15);
    QCOMPARE(named<QSpinBox>("First channel")->maximum(), 15);

    const int steps = page_->undoStack().count();
    Sample sample = answerTo(request);
    sample.activations.spec.kind = NormKind::Group;
    sample.activations.spec.groups = 3;
    sample.activations.affine.gamma[3] = 4.5;
    page_->showSample(sample);
    QCOMPARE(page_->undoStack().count(), steps + 1);
    QCOMPARE(state().spec.kind, NormKind::Group);
    QCOMPARE(state().spec.groups, 3);
    QCOMPARE(state().affine.gamma[3], 4.5);

    // On the same layer the reader's own choice of a method stays.
    chooseKind(NormKind::Layer);
    named<QSpinBox>("First image")->setValue(9);
    sample.request = asked.back().front().value<SampleRequest>();
    sample.source = "Another image";
    page_->showSample(sample);
    QCOMPARE(state().source, "Another image");
    QCOMPARE(state().spec.kind, NormKind::Layer);

    // A part of a set has statistics of its own, and that is said where the method is the model's.
    const auto isSaidToBeAPart = [this] { return remark().contains("the shown channels only"); };
    QVERIFY(!isSaidToBeAPart());
    named<QSpinBox>("Channels")->setValue(6);
    request = asked.back().front().value<SampleRequest>();
    QCOMPARE(request.channels, 6);
    sample = answerTo(request);
    sample.activations.spec.kind = NormKind::Layer;
    page_->showSample(sample);
    QVERIFY(!isSaidToBeAPart());
    named<QSpinBox>("First image")->setValue(3);
    request = asked.back().front().value<SampleRequest>();
    QCOMPARE(request.channels, 6);
    sample = answerTo(request);
    sample.activations.spec.kind = NormKind::Layer;
    sample.activations.hasCutSets = true;
    page_->showSample(sample);
    QVERIFY(remark().contains("shown channels only; the model’s layer has 15."));
    chooseKind(NormKind::Batch);
    QVERIFY(!isSaidToBeAPart());

    // No more channels than the layer has.
    named<QSpinBox>("Channels")->setValue(32);
    QCOMPARE(asked.back().front().value<SampleRequest>().channels, 15);
}

void NormalizePageTest::undoBringsTheSourceBack() {
    chooseSource(kSmallIntegers);
    named<QSpinBox>("Seed")->setValue(5);
    chooseSource(kConstant);
    page_->undoStack().undo();
    QCOMPARE(named<QComboBox>("Source")->currentIndex(), static_cast<int>(kSmallIntegers));
    QCOMPARE(named<QSpinBox>("Seed")->value(), 5);
    page_->undoStack().undo();
    QCOMPARE(named<QSpinBox>("Seed")->value(), 1);
    page_->undoStack().undo();
    QCOMPARE(named<QComboBox>("Source")->currentIndex(), static_cast<int>(kClassExample));

    SheetState opened = state();
    opened.source = "numbers.csv";
    document().setState(opened, "Open a sheet");
    QCOMPARE(named<QComboBox>("Source")->currentIndex(), -1);
    QVERIFY(isSaid("numbers.csv"));
}

void NormalizePageTest::settingsAndDetailsCanBeHidden() {
    const int width = page_->view().width();
    named<QToolButton>("Setup")->click();
    QVERIFY(!page_->isSetupShown());
    QTRY_VERIFY(page_->view().width() > width);
    page_->setSetupShown(true);
    QVERIFY(named<QToolButton>("Setup")->isChecked());

    auto* histograms = named<QWidget>("Histograms");
    QVERIFY(!histograms->isVisible());  // no room unasked
    named<QToolButton>("Details")->click();
    QTRY_VERIFY(histograms->isVisible());
    QTRY_VERIFY(histograms->accessibleDescription().contains("Before: x. All: Mean 1.25"));
    page_->view().setCurrent(SheetCell{SheetPart::Input, {0, 2, 0, 0}});
    QTRY_VERIFY(histograms->accessibleDescription().contains("S3: Mean"));
    document().setBeta({}, 5.0);
    QTRY_VERIFY(histograms->accessibleDescription().contains("y. All: Mean 5"));
    page_->resize(1800, 1000);
    QTRY_VERIFY(histograms->height() > histograms->width());
    named<QToolButton>("Details")->click();
    QVERIFY(!histograms->isVisible());
}

void NormalizePageTest::picturesAndCaption() {
    QCOMPARE(page_->pictures().size(), 3U);
    for (const Picture& picture : page_->pictures()) {
        QImage image(picture.naturalSize, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        picture.paint(painter, picture.naturalSize);
        QVERIFY2(image.pixelColor(1, 1).alpha() == 255, qPrintable(picture.title));
    }
    document().setKind(NormKind::Group);
    document().setGamma(1, 2.0);
    QCOMPARE(page_->caption(),
             "Group norm with 2 groups · Four images of a class · 4 images × 4 channels × 2 × 2 · "
             "ε 0.00001 · γ by channel · β 0");
}

void NormalizePageTest::messagesStayUntilClosed() {
    page_->setMessage("The run cannot be read.");
    QVERIFY(isSaid("The run cannot be read."));
    QTest::mouseClick(named<QToolButton>("Close message"), Qt::LeftButton);
    QVERIFY(!isSaid("The run cannot be read."));
}

void NormalizePageTest::theWheelMovesTheColumnAlone() {
    page_->resize(1170, 500);
    auto* bar = page_->findChild<SettingsColumn*>()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    auto* images = named<QSpinBox>("Images");
    page_->view().setFocus();
    QVERIFY(!images->hasFocus());
    const int before = images->value();
    const auto turn = [](QWidget* widget) {
        const QPointF middle = widget->rect().center();
        QWheelEvent event(middle, widget->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event);  // a parent gets no other kind
        qApp->notify(widget, &event);
    };
    QWidget* label = images->parentWidget()->findChild<QLabel*>();
    for (QWidget* widget : {label, static_cast<QWidget*>(images)}) {
        bar->setValue(0);
        turn(widget);
        QVERIFY(bar->value() > 0);
    }
    QCOMPARE(images->value(), before);
}

void NormalizePageTest::aSheetOfAFileStaysOne() {
    SheetState opened = state();
    opened.source = "numbers.csv";
    document().setState(opened, "Open a sheet");
    page_->setRuns({runOf("Monday", "/runs/monday")});
    QCOMPARE(named<QComboBox>("Source")->currentIndex(), -1);
    QVERIFY(isSaid("numbers.csv"));
}

void NormalizePageTest::oneValuePerChannelIsNotFed() {
    QVERIFY(button("Feed another batch")->isEnabled());
    document().setShape({1, 4, 1, 1});
    QVERIFY(!button("Feed another batch")->isEnabled());
    QVERIFY(button("Feed another batch")->toolTip().contains("PyTorch refuses"));
    QVERIFY(isSaid("A batch of one value per channel"));
    QVERIFY(remark().contains("of 1 cell each"));
    QVERIFY(remark().contains("The variance of S1 and of 3 other sets is 0: only ε"));
    document().setShape({2, 4, 1, 1});
    QVERIFY(button("Feed another batch")->isEnabled());
}

void NormalizePageTest::refusalsAreForgottenWithTheNextChange() {
    document().setEps(1.0);
    emit page_->view().problem("There is no text to paste.");
    QVERIFY(isSaid("There is no text to paste."));
    page_->undoStack().undo();
    QVERIFY(!isSaid("There is no text to paste."));
    QVERIFY(named<QLabel>("Remark")->isVisible());
}

void NormalizePageTest::groupNormHasMoreThanOneGroup() {
    chooseKind(NormKind::Group);
    document().setShape({4, 1, 2, 2});
    QCOMPARE(state().spec.groups, 1);
    chooseKind(NormKind::Batch);
    document().setShape({4, 7, 2, 2});
    chooseKind(NormKind::Group);
    QCOMPARE(state().spec.groups, 7);
    document().setGroups(1);
    chooseKind(NormKind::Batch);
    chooseKind(NormKind::Group);
    QCOMPARE(state().spec.groups, 1);  // the reader's own choice
}

void NormalizePageTest::breathesAtEverySize_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("textScale");
    QTest::newRow("1280x800") << QSize(1170, 724) << 100;
    QTest::newRow("1920x1080") << QSize(1810, 1000) << 100;
    QTest::newRow("1920x1080, large text") << QSize(1720, 960) << 200;
}

void NormalizePageTest::breathesAtEverySize() {
    QFETCH(QSize, size);
    QFETCH(int, textScale);
    applyTheme(/*dark=*/false, textScale);
    page_->resize(size);
    QTRY_VERIFY(page_->width() <= size.width() && page_->height() <= size.height());
    QTRY_VERIFY2(page_->view().height() >= size.height() / 3,
                 qPrintable(QString::number(page_->view().height())));
    for (const auto* field : page_->findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<const QAbstractButton*>(field) != nullptr ||
                               qobject_cast<const QAbstractSpinBox*>(field) != nullptr ||
                               qobject_cast<const QComboBox*>(field) != nullptr;
        if (!isControl || !field->isVisible()) {
            continue;
        }
        const QSize least = field->minimumSizeHint();
        QTRY_VERIFY2(field->width() >= least.width() && field->height() >= least.height(),
                     qPrintable(field->accessibleName()));
    }
}

}  // namespace normscope

QTEST_MAIN(normscope::NormalizePageTest)
#include "normalize_page_test.moc"
