#include "ui/normalize/sheet_document.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>
#include <cmath>
#include <functional>
#include <limits>

#include "core/sample_tensors.h"

namespace normscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// The trace is that of the state, to the last bit.
bool isUpToDate(const SheetDocument& document) {
    const SheetState& state = document.state();
    const NormTrace expected =
        state.usesRunning()
            ? normalizeWithRunning(*state.input, state.spec, state.affine, state.running)
            : normalize(*state.input, state.spec, state.affine);
    const NormTrace& trace = document.trace();
    return trace.sets == expected.sets && trace.mean == expected.mean &&
           trace.variance == expected.variance && trace.normalized == expected.normalized &&
           trace.gamma == expected.gamma && trace.beta == expected.beta &&
           trace.output == expected.output;
}

}  // namespace

class SheetDocumentTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void startsWithTheClassExample();
    void everyChangeIsOneStepBackAndForth_data();
    void everyChangeIsOneStepBackAndForth();
    void whatIsThereAlreadyIsNoStep();
    void seriesOfOneFieldMerge();
    void aSeriesBackToItsStartLeavesNoStep();
    void gammaOfAnotherChannelIsAnotherStep();
    void aSavedSheetEndsASeries();
    void cellsAreStepsOfTheirOwn();
    void refusesNumbersThatMakeNoSense();
    void resizingKeepsWhatBothHave();
    void cellsComeBackWhileASizeIsTyped();
    void groupsStayADivisor();
    void newInputResetsAffineAndRunning();
    void feedsBatches();
    void evaluationUsesTheRunningStatistics();
    void pokeReachesOthersOnlyUnderBatchNormInTraining();
    void pokeIsForgotten();
    void undoKeepsABoundedNumberOfLargeSheets();
    void pasteIsOneStep();
    void undoSharesInputs();
};

void SheetDocumentTest::startsWithTheClassExample() {
    SheetDocument document;
    QCOMPARE(document.shape(), classExample().shape);
    QVERIFY(*document.state().input == classExample());
    QCOMPARE(document.state().spec.kind, NormKind::Batch);
    QCOMPARE(document.state().spec.groups, 2);
    QVERIFY(document.state().training);
    QVERIFY(!document.state().source.isEmpty());
    QVERIFY(isUpToDate(document));
    QVERIFY(!document.undoStack().canUndo());
    const CellIndex cell{1, 2, 0, 1};
    QCOMPARE(document.value({SheetPart::Input, cell}), classExample().at(cell));
    QCOMPARE(document.value({SheetPart::Normalized, cell}), document.trace().normalized.at(cell));
    QCOMPARE(document.value({SheetPart::Output, cell}), document.trace().output.at(cell));
}

using Change = std::function<void(SheetDocument&)>;

void SheetDocumentTest::everyChangeIsOneStepBackAndForth_data() {
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << change; };
    row("cell", [](SheetDocument& d) { d.setCell({3, 3, 1, 1}, 7.5); });
    row("shape", [](SheetDocument& d) { d.setShape({2, 6, 3, 1}); });
    row("kind", [](SheetDocument& d) { d.setKind(NormKind::Group); });
    row("groups", [](SheetDocument& d) { d.setGroups(4); });
    row("eps", [](SheetDocument& d) { d.setEps(0.5); });
    row("momentum", [](SheetDocument& d) { d.setMomentum(0.5); });
    row("evaluation", [](SheetDocument& d) { d.setTraining(false); });
    row("gamma", [](SheetDocument& d) { d.setGamma(2, 3.0); });
    row("all gammas", [](SheetDocument& d) { d.setGamma({}, 3.0); });
    row("beta", [](SheetDocument& d) { d.setBeta(0, -3.0); });
    row("all betas", [](SheetDocument& d) { d.setBeta({}, 1.0); });
    row("input", [](SheetDocument& d) { d.setInput(smallIntegers({2, 3, 4, 5}, 1), "seed 1"); });
    row("state", [](SheetDocument& d) {
        SheetState state = d.state();
        state.spec.kind = NormKind::Layer;
        state.affine.gamma[0] = 5.0;
        d.setState(state, "Open");
    });
    row("batch", [](SheetDocument& d) { d.feedBatch(); });
    row("poke", [](SheetDocument& d) { d.poke(1); });
    row("paste", [](SheetDocument& d) { d.pasteCells({0, 0, 0, 0}, "9\t8\n7\t6"); });
}

void SheetDocumentTest::everyChangeIsOneStepBackAndForth() {
    QFETCH(Change, change);
    SheetDocument document;
    const SheetState before = document.state();
    QSignalSpy changed(&document, &SheetDocument::changed);

    change(document);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(document.undoStack().count(), 1);
    QVERIFY(!document.undoStack().undoText().isEmpty());
    QVERIFY(isUpToDate(document));
    const SheetState after = document.state();
    QVERIFY(after != before);

    document.undoStack().undo();
    QCOMPARE(changed.size(), 2);
    QVERIFY(document.state() == before);
    QVERIFY(isUpToDate(document));

    document.undoStack().redo();
    QVERIFY(document.state() == after);
    QVERIFY(isUpToDate(document));
}

void SheetDocumentTest::whatIsThereAlreadyIsNoStep() {
    SheetDocument document;
    QSignalSpy changed(&document, &SheetDocument::changed);
    const SheetState& state = document.state();
    document.setCell({0, 0, 0, 0}, state.input->at({0, 0, 0, 0}));
    document.setShape(document.shape());
    document.setKind(state.spec.kind);
    document.setGroups(state.spec.groups);
    document.setEps(state.spec.eps);
    document.setMomentum(state.spec.momentum);
    document.setTraining(true);
    document.setGamma({}, 1.0);
    document.setBeta(1, 0.0);
    document.setInput(classExample(), state.source);
    document.setState(state, "Open");
    document.resetRunning();
    document.pasteCells({1, 0, 0, 0},
                        document.copyCells(SheetPart::Input, {1, 0, 0, 0}, {2, 3, 1, 1}));
    QCOMPARE(document.undoStack().count(), 0);
    QCOMPARE(changed.size(), 0);
}

void SheetDocumentTest::seriesOfOneFieldMerge() {
    SheetDocument document;
    for (const double gamma : {1.1, 1.2, 1.3}) {
        document.setGamma(0, gamma);
    }
    QCOMPARE(document.undoStack().count(), 1);
    document.setBeta(0, 1.0);
    document.setBeta(0, 2.0);
    QCOMPARE(document.undoStack().count(), 2);
    document.setGamma(0, 1.4);
    QCOMPARE(document.undoStack().count(), 3);
    document.undoStack().undo();
    QCOMPARE(document.state().affine.gamma[0], 1.3);
    QCOMPARE(document.state().affine.beta[0], 2.0);
    document.undoStack().undo();
    QCOMPARE(document.state().affine.beta[0], 0.0);
    document.undoStack().undo();
    QCOMPARE(document.state().affine.gamma[0], 1.0);

    document.setKind(NormKind::Group);
    document.setGroups(4);
    document.setGroups(1);
    QCOMPARE(document.undoStack().count(), 2);
    document.setEps(0.1);
    document.setEps(0.2);
    document.setMomentum(0.3);
    document.setMomentum(0.4);
    QCOMPARE(document.undoStack().count(), 4);
}

void SheetDocumentTest::aSeriesBackToItsStartLeavesNoStep() {
    SheetDocument document;
    document.setEps(0.1);
    document.setGroups(4);
    document.setGroups(1);
    document.setGroups(2);
    QCOMPARE(document.undoStack().count(), 1);
    QCOMPARE(document.state().spec.groups, 2);
    QCOMPARE(document.undoStack().undoText(), "Change epsilon");
}

void SheetDocumentTest::gammaOfAnotherChannelIsAnotherStep() {
    SheetDocument document;
    document.setGamma(0, 2.0);
    document.setGamma(1, 2.0);
    document.setGamma({}, 3.0);
    document.setBeta({}, 3.0);
    QCOMPARE(document.undoStack().count(), 4);
    QCOMPARE(document.state().affine.gamma, (std::vector{3.0, 3.0, 3.0, 3.0}));
}

void SheetDocumentTest::aSavedSheetEndsASeries() {
    SheetDocument document;
    document.setGamma(0, 2.0);
    document.undoStack().setClean();
    document.setGamma(0, 3.0);
    document.undoStack().undo();
    QVERIFY(document.undoStack().isClean());
    QCOMPARE(document.state().affine.gamma[0], 2.0);

    document.setShape({4, 4, 2, 1});
    document.undoStack().setClean();
    document.setShape({4, 4, 2, 2});
    QCOMPARE(document.undoStack().count(), 3);
    QCOMPARE(document.state().input->at({0, 0, 0, 1}), 0.0);
}

void SheetDocumentTest::cellsAreStepsOfTheirOwn() {
    SheetDocument document;
    document.setCell({0, 0, 0, 0}, 10.0);
    document.setCell({0, 0, 0, 0}, 11.0);
    QCOMPARE(document.undoStack().count(), 2);
}

void SheetDocumentTest::refusesNumbersThatMakeNoSense() {
    SheetDocument document;
    const SheetState before = document.state();
    for (const double number : {kNoNumber, kInfinity, -kInfinity, 1e151, -1e300}) {
        QVERIFY(!document.setCell({0, 0, 0, 0}, number).isEmpty());
        QVERIFY(!document.setGamma(0, number).isEmpty());
        QVERIFY(!document.setBeta({}, number).isEmpty());
        QVERIFY(!document.setEps(number).isEmpty());
        QVERIFY(!document.setMomentum(number).isEmpty());
    }
    QVERIFY(!document.setEps(0.0).isEmpty());
    QVERIFY(!document.setEps(-1e-5).isEmpty());
    QVERIFY(!document.setMomentum(1.001).isEmpty());
    QVERIFY(!document.setMomentum(-0.001).isEmpty());
    QCOMPARE(document.undoStack().count(), 0);
    QVERIFY(document.state() == before);

    QCOMPARE(document.setMomentum(0.0), QString());
    QCOMPARE(document.setMomentum(1.0), QString());
    QCOMPARE(document.setEps(1e-300), QString());
    QCOMPARE(document.setCell({0, 0, 0, 0}, -kLargestNumber), QString());
    QCOMPARE(document.setCell({1, 0, 0, 0}, kLargestNumber), QString());
    for (const double value : document.trace().output.values) {
        QVERIFY(std::isfinite(value));
    }
}

void SheetDocumentTest::resizingKeepsWhatBothHave() {
    SheetDocument document;
    document.setInput(smallIntegers({3, 2, 2, 3}, 5), "seed 5", Affine{{2.0, 3.0}, {0.5, 0.25}},
                      RunningStatistics{{7.0, 8.0}, {4.0, 9.0}, 6});
    document.setShape({2, 3, 3, 2});
    const Tensor4 whole = smallIntegers({3, 2, 2, 3}, 5);
    const Tensor4& input = *document.state().input;
    for (int image = 0; image < 2; ++image) {
        for (int channel = 0; channel < 3; ++channel) {
            for (int row = 0; row < 3; ++row) {
                for (int column = 0; column < 2; ++column) {
                    const CellIndex cell{image, channel, row, column};
                    QCOMPARE(input.at(cell), contains(whole.shape, cell) ? whole.at(cell) : 0.0);
                }
            }
        }
    }
    const SheetState& state = document.state();
    QVERIFY(state.affine == (Affine{{2.0, 3.0, 1.0}, {0.5, 0.25, 0.0}}));
    QVERIFY(state.running == (RunningStatistics{{7.0, 8.0, 0.0}, {4.0, 9.0, 1.0}, 6}));
    document.setShape({2, 1, 3, 2});
    QVERIFY(state.affine == (Affine{{2.0}, {0.5}}));
    QVERIFY(state.running == (RunningStatistics{{7.0}, {4.0}, 6}));
}

void SheetDocumentTest::cellsComeBackWhileASizeIsTyped() {
    SheetDocument document;
    document.setGamma(3, 2.0);
    document.setKind(NormKind::Group);
    const SheetState before = document.state();
    document.setShape({4, 1, 2, 2});
    QCOMPARE(document.state().spec.groups, 1);
    document.setShape({4, 12, 2, 2});
    QCOMPARE(document.undoStack().count(), 3);
    QCOMPARE(document.state().input->at({3, 3, 1, 1}), classExample().at({3, 3, 1, 1}));
    QCOMPARE(document.state().affine.gamma[3], 2.0);
    QCOMPARE(document.state().affine.gamma[11], 1.0);
    QCOMPARE(document.state().spec.groups, 2);
    document.setShape({4, 4, 2, 2});
    QCOMPARE(document.undoStack().count(), 2);
    QVERIFY(document.state() == before);
}

void SheetDocumentTest::groupsStayADivisor() {
    SheetDocument document;
    document.setShape({1, 9, 1, 1});
    QCOMPARE(document.state().spec.groups, 2);
    document.setKind(NormKind::Group);
    QCOMPARE(document.state().spec.groups, 3);  // 1 is as near, and would be layer norm
    document.setShape({1, 10, 1, 1});
    QCOMPARE(document.state().spec.groups, 2);
    document.setGroups(10);
    document.setShape({1, 7, 1, 1});
    QCOMPARE(document.state().spec.groups, 7);
    document.setInput(constantTensor({1, 12, 1, 1}, 1.0), "constant");
    QCOMPARE(document.state().spec.groups, 6);
    QVERIFY(isUpToDate(document));
}

void SheetDocumentTest::newInputResetsAffineAndRunning() {
    SheetDocument document;
    document.setGamma({}, 2.0);
    document.feedBatch();
    document.setInput(smallIntegers({1, 2, 3, 4}, 1), "Small integers, seed 1");
    QCOMPARE(document.state().source, "Small integers, seed 1");
    QVERIFY(document.state().affine == Affine::identity(2));
    QVERIFY(document.state().running == RunningStatistics::initial(2));
}

void SheetDocumentTest::feedsBatches() {
    SheetDocument document;
    document.feedBatch();
    document.feedBatch();
    QCOMPARE(document.undoStack().count(), 2);
    QCOMPARE(document.state().running.batches, 2);
    const NormTrace& trace = document.trace();
    for (std::size_t channel = 0; channel < 4; ++channel) {
        // After two batches of the same numbers, 1 - 0.9^2 of the way is done.
        QVERIFY(std::abs(document.state().running.mean[channel] - 0.19 * trace.mean[channel]) <
                1e-12);
        const double unbiased = trace.variance[channel] * 16.0 / 15.0;
        QVERIFY(std::abs(document.state().running.variance[channel] - (0.81 + 0.19 * unbiased)) <
                1e-12);
    }
    document.setTraining(false);
    document.feedBatch();
    QCOMPARE(document.state().running.batches, 2);
    document.resetRunning();
    QVERIFY(document.state().running == RunningStatistics::initial(4));
    document.setTraining(true);
    document.setKind(NormKind::Layer);
    document.feedBatch();
    QCOMPARE(document.state().running.batches, 0);
}

void SheetDocumentTest::evaluationUsesTheRunningStatistics() {
    SheetDocument document;
    document.setTraining(false);
    QVERIFY(isUpToDate(document));
    const CellIndex cell{2, 1, 0, 0};
    const double eps = document.state().spec.eps;
    QCOMPARE(document.value({SheetPart::Output, cell}),
             document.value({SheetPart::Input, cell}) / std::sqrt(1.0 + eps));
    document.setKind(NormKind::Layer);
    QVERIFY(!document.state().usesRunning());
    QVERIFY(isUpToDate(document));
}

void SheetDocumentTest::pokeReachesOthersOnlyUnderBatchNormInTraining() {
    SheetDocument document;
    const Tensor4 before = document.trace().output;
    document.poke(1);
    const auto& poke = document.pokeResult();
    QVERIFY(poke.has_value());
    QCOMPARE(poke->image, 1);
    QVERIFY(*poke->before == before);
    std::int64_t moved = 0;
    double largest = 0.0;
    for (const int image : {0, 2, 3}) {
        for (std::size_t i = 0; i < 16; ++i) {
            const std::size_t cell = static_cast<std::size_t>(image) * 16 + i;
            const double change =
                std::abs(document.trace().output.values[cell] - before.values[cell]);
            moved += change > 1e-12 ? 1 : 0;
            largest = std::max(largest, change);
        }
    }
    QVERIFY(moved > 0);
    QCOMPARE(poke->movedElsewhere, moved);
    QCOMPARE(poke->largestElsewhere, largest);
    const Tensor4 example = classExample();
    for (int channel = 0; channel < 4; ++channel) {
        QCOMPARE(document.state().input->at({1, channel, 0, 0}),
                 example.at({1, channel, 0, 0}) + SheetDocument::kPoke);
    }

    for (const NormKind kind : {NormKind::Layer, NormKind::Group, NormKind::Instance}) {
        document.setKind(kind);
        document.poke(2);
        QCOMPARE(document.pokeResult()->movedElsewhere, 0);
        QCOMPARE(document.pokeResult()->largestElsewhere, 0.0);
    }
    document.setKind(NormKind::Batch);
    document.setTraining(false);
    document.poke(0);
    QCOMPARE(document.pokeResult()->movedElsewhere, 0);
}

void SheetDocumentTest::pokeIsForgotten() {
    SheetDocument document;
    document.poke(1);
    document.undoStack().undo();
    QVERIFY(!document.pokeResult());
    document.undoStack().redo();
    QVERIFY(document.pokeResult().has_value());
    QVERIFY(document.pokeResult()->movedElsewhere > 0);
    document.setEps(document.state().spec.eps);
    QVERIFY(document.pokeResult().has_value());
    document.setGamma({}, 2.0);
    QVERIFY(!document.pokeResult());
}

void SheetDocumentTest::undoKeepsABoundedNumberOfLargeSheets() {
    SheetDocument document;
    const std::size_t largest =
        sizeof(double) * kLargestImages * kLargestChannels * kLargestSide * kLargestSide;
    QVERIFY(document.undoStack().undoLimit() > 0);
    QVERIFY(static_cast<std::size_t>(document.undoStack().undoLimit()) * largest <= 256U << 20);
}

void SheetDocumentTest::pasteIsOneStep() {
    SheetDocument document;
    QCOMPARE(document.pasteCells({0, 3, 1, 1}, "5\r\n6\r\n"), QString());
    QCOMPARE(document.state().input->at({0, 3, 1, 1}), 5.0);
    QCOMPARE(document.state().input->at({1, 3, 0, 1}), 6.0);
    QCOMPARE(document.undoStack().count(), 1);
    QVERIFY(isUpToDate(document));
    const SheetState before = document.state();
    for (const char* text : {"1\t2", "1\n2\n3\n4\n5\n6\n7\n8", "x", "", "1\n\n2"}) {
        QVERIFY(!document.pasteCells({0, 3, 1, 1}, QString::fromLatin1(text)).isEmpty());
    }
    QVERIFY(document.state() == before);
    QCOMPARE(document.undoStack().count(), 1);
}

void SheetDocumentTest::undoSharesInputs() {
    SheetDocument document;
    const Tensor4* const input = document.state().input.get();
    document.setKind(NormKind::Layer);
    document.setGamma({}, 2.0);
    QCOMPARE(document.state().input.get(), input);
    document.setCell({0, 0, 0, 0}, 99.0);
    QVERIFY(document.state().input.get() != input);
    document.undoStack().undo();
    QCOMPARE(document.state().input.get(), input);
}

}  // namespace normscope

QTEST_GUILESS_MAIN(normscope::SheetDocumentTest)
#include "sheet_document_test.moc"
