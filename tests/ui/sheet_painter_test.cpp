#include "ui/normalize/sheet_painter.h"

#include <QImage>
#include <QRegularExpression>
#include <QTest>
#include <cmath>

#include "core/sample_tensors.h"
#include "ui/norm_style.h"
#include "ui/normalize/sheet_colours.h"
#include "ui/theme.h"

using namespace normscope;

namespace {

/// A sheet and everything that it takes to paint it.
struct Sheet {
    Sheet(const Tensor4& input, const NormSpec& spec)
        : layout(input.shape, spec, Arrangement::Beside,
                 sheetMetrics(input.shape, QFontMetricsF(applicationFont(100)))) {
        state.input = std::make_shared<const Tensor4>(input);
        state.spec = spec;
        state.affine = Affine::identity(input.shape.channels);
        state.running = RunningStatistics::initial(input.shape.channels);
        trace = normalize(input, spec, state.affine);
    }

    SheetScene scene() const {
        return {state, trace, layout, palette, applicationFont(100), gradientOf, poke};
    }

    /// `exposed`: of the sheet; the picture is always that of the whole.
    QImage painted(qreal zoom, std::optional<QRectF> exposed = {},
                   const SheetHighlight& highlight = {}) const {
        const QRectF all(QPointF(), layout.size());
        QImage image((layout.size() * zoom).toSize() + QSize(1, 1),
                     QImage::Format_ARGB32_Premultiplied);
        image.fill(palette.color(QPalette::Base));
        QPainter painter(&image);
        painter.scale(zoom, zoom);
        if (exposed) {
            painter.setClipRect(*exposed);
        }
        paintSheet(painter, scene(), exposed.value_or(all), zoom);
        paintHighlight(painter, scene(), highlight, exposed.value_or(all), zoom);
        return image;
    }

    QPoint pixel(const SheetCell& cell, qreal zoom) const {
        return (layout.cell(cell).center() * zoom).toPoint();
    }

    /// In the cell, close to its left edge, where no number is.
    QPoint pixelBesideNumber(const SheetCell& cell, qreal zoom) const {
        const QRectF rect = layout.cell(cell);
        return QPointF(rect.left() * zoom + 3, rect.top() * zoom + 3).toPoint();
    }

    SheetState state;
    NormTrace trace;
    SheetLayout layout;
    QPalette palette = lightPalette();
    std::optional<CellIndex> gradientOf;
    std::optional<PokeResult> poke;
};

int pixelsOf(const QImage& image, const QRectF& rect, const QColor& colour) {
    int count = 0;
    const QRect pixels = rect.toRect() & image.rect();
    for (int y = pixels.top(); y <= pixels.bottom(); ++y) {
        for (int x = pixels.left(); x <= pixels.right(); ++x) {
            count += image.pixelColor(x, y) == colour ? 1 : 0;
        }
    }
    return count;
}

/// Smooth edges that are cut off come out a shade different.
constexpr int kAtCutEdges = 20;
int differingPixels(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
        }
    }
    return count;
}

constexpr Shape4 kToy{4, 4, 2, 2};
constexpr NormSpec kBatch{.kind = NormKind::Batch};
constexpr NormSpec kGroup{.kind = NormKind::Group, .groups = 2};
constexpr qreal kSmall = 0.2;  ///< no number can be read

double lightness(const QColor& colour) {
    return 0.2126 * colour.redF() + 0.7152 * colour.greenF() + 0.0722 * colour.blueF();
}

}  // namespace

class SheetPainterTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void textIsReadableOnEveryTint() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            for (int set = 0; set < 100; ++set) {
                const SetColours colours = setColours(set, palette);
                QVERIFY(contrastRatio(colours.tint, palette.color(QPalette::Text)) >= 4.5);
                QVERIFY(contrastRatio(colours.line, textOn(colours.line)) >= 4.5);
                QVERIFY(contrastRatio(colours.line, palette.color(QPalette::Base)) >= 3.0);
                QVERIFY(contrastRatio(colours.line, colours.tint) >= 3.0);
            }
        }
    }

    void textIsReadableOnEveryDerivative() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            for (const QRgb colour : derivativeRamp(palette)) {
                QVERIFY(contrastRatio(QColor(colour), textOn(QColor(colour))) >= 4.5);
            }
        }
    }

    /// Beside each other and, for the usual numbers of groups, below each other.
    void neighboursDifferInColour() {
        const auto distance = [](const QColor& a, const QColor& b) {
            return std::hypot(a.red() - b.red(), a.green() - b.green(), a.blue() - b.blue());
        };
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            for (int set = 0; set < 100; ++set) {
                for (const auto& [step, least] :
                     {std::pair(1, 70.0), std::pair(2, 70.0), std::pair(4, 25.0),
                      std::pair(8, 25.0), std::pair(16, 25.0), std::pair(32, 25.0)}) {
                    const QColor line = setColours(set, palette).line;
                    const QColor other = setColours(set + step, palette).line;
                    QVERIFY2(distance(line, other) >= least,
                             qPrintable(QStringLiteral("%1 + %2: %3")
                                            .arg(set)
                                            .arg(step)
                                            .arg(distance(line, other))));
                }
            }
        }
    }

    void labelsCountFromOne() {
        QCOMPARE(setLabel(0), QStringLiteral("S1"));
        QCOMPARE(setLabel(1023), QStringLiteral("S1024"));
    }

    void numbersHaveFourDigitsAtMost() {
        QLocale::setDefault(QLocale::c());
        QCOMPARE(cellText(0.0), QStringLiteral("0"));
        QCOMPARE(cellText(-3.0), QStringLiteral("-3"));
        QCOMPARE(cellText(12345.0), QStringLiteral("12345"));
        QCOMPARE(cellText(0.123456), QStringLiteral("0.123"));
        QCOMPARE(cellText(-0.0671), QStringLiteral("-0.067"));
        QCOMPARE(cellText(12.3456), QStringLiteral("12.35"));
        QCOMPARE(cellText(-123.456), QStringLiteral("-123.5"));
        QCOMPARE(cellText(99.9996), QStringLiteral("100"));
        QCOMPARE(cellText(-1.41421356), QStringLiteral("-1.414"));
        QCOMPARE(cellText(0.5), QStringLiteral("0.5"));
        QCOMPARE(cellText(1.5e-7), QStringLiteral("1.5e-07"));
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(cellText(1234.5678), QStringLiteral("1235"));
        QCOMPARE(cellText(12345.0), QStringLiteral("12345"));
        QCOMPARE(cellText(0.123456), QStringLiteral("0,123"));
        QLocale::setDefault(QLocale::c());
    }

    void cellsStandOnTheTintOfTheirSet() {
        const Sheet sheet(classExample(), kGroup);
        const QImage image = sheet.painted(1.0);
        for (const SheetPart part : {SheetPart::Normalized, SheetPart::Output}) {
            for (int image_ = 0; image_ < kToy.images; ++image_) {
                for (int channel = 0; channel < kToy.channels; ++channel) {
                    const SheetCell cell{part, {image_, channel, 1, 1}};
                    const int set = statisticsSetOf(kToy, kGroup, image_, channel);
                    QCOMPARE(image.pixelColor(sheet.pixelBesideNumber(cell, 1.0)),
                             setColours(set, sheet.palette).tint);
                }
            }
        }
    }

    void everyCellHasItsNumber() {
        const Sheet sheet(classExample(), kBatch);
        const QImage image = sheet.painted(2.0);
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 2; ++column) {
                const QRectF cell = sheet.layout.cell({SheetPart::Output, {1, 2, row, column}});
                const QRectF inner(cell.topLeft() * 2.0 + QPointF(4, 4),
                                   cell.bottomRight() * 2.0 - QPointF(4, 4));
                const int ground = pixelsOf(image, inner, setColours(2, sheet.palette).tint);
                QVERIFY(ground < inner.width() * inner.height() - 20);
                QVERIFY(ground > inner.width() * inner.height() / 2);
            }
        }
    }

    void smallCellsShowTheirValueAsLightness_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void smallCellsShowTheirValueAsLightness() {
        QFETCH(bool, dark);
        Tensor4 ramp{{1, 1, 8, 8}, std::vector<double>(64)};
        for (std::size_t i = 0; i < 64; ++i) {
            ramp.values[i] = static_cast<double>(i);
        }
        Sheet sheet(ramp, {.kind = NormKind::Layer});
        sheet.palette = dark ? darkPalette() : lightPalette();
        const QImage image = sheet.painted(kSmall);
        for (const SheetPart part : {SheetPart::Input, SheetPart::Normalized, SheetPart::Output}) {
            double before = dark ? -1.0 : 2.0;
            for (int row = 0; row < 8; ++row) {
                if (part == SheetPart::Input && row >= 2 && row < 6) {
                    continue;  // there the arrow lies over them
                }
                for (int column = 0; column < 8; ++column) {
                    const QColor colour =
                        image.pixelColor(sheet.pixel({part, {0, 0, row, column}}, kSmall));
                    const double now = lightness(colour);
                    QVERIFY(dark ? now > before : now < before);
                    before = now;
                }
            }
        }
    }

    void aPieceIsPaintedAsInTheWhole_data() {
        QTest::addColumn<qreal>("zoom");
        QTest::addColumn<bool>("backwards");
        for (const qreal zoom : {1.0, 2.0, kSmall}) {
            for (const bool backwards : {false, true}) {
                QTest::addRow("%g%s", zoom, backwards ? " backwards" : "") << zoom << backwards;
            }
        }
    }

    void aPieceIsPaintedAsInTheWhole() {
        QFETCH(qreal, zoom);
        QFETCH(bool, backwards);
        Sheet sheet(smallIntegers({3, 4, 3, 3}, 1), kGroup);
        if (backwards) {
            sheet.gradientOf = CellIndex{1, 1, 1, 1};
        }
        const QImage whole = sheet.painted(zoom);
        const QSizeF size = sheet.layout.size();
        for (qreal x = 0; x < size.width(); x += size.width() / 4) {
            for (qreal y = 0; y < size.height(); y += size.height() / 3) {
                const QRectF exposed(std::round(x * zoom) / zoom, std::round(y * zoom) / zoom,
                                     std::round(size.width() / 4 * zoom) / zoom,
                                     std::round(size.height() / 3 * zoom) / zoom);
                const QImage piece = sheet.painted(zoom, exposed);
                const QRect pixels =
                    QRectF(exposed.topLeft() * zoom, exposed.size() * zoom).toRect() & whole.rect();
                QVERIFY(differingPixels(piece.copy(pixels), whole.copy(pixels)) <= kAtCutEdges);
            }
        }
    }

    /// The line does not end at the pictures that it crosses, nor does it hide their strokes.
    void arrowsCrossPictures() {
        Tensor4 strokes{{3, 2, 8, 8}, std::vector<double>(3 * 2 * 64)};
        for (std::size_t i = 0; i < strokes.values.size(); ++i) {
            strokes.values[i] = i / 8 % 2 == 0 ? 0.0 : 1.0;  // row by row
        }
        const Sheet sheet(strokes, kBatch);
        constexpr qreal kZoom = 0.3;
        const QImage image = sheet.painted(kZoom);
        const SheetArrow arrow =
            sheetArrow(sheet.layout, sheet.trace.sets.front(), 0, ArrowFlow::IntoStatistics);
        const auto rowAt = [&](int row, qreal x) {
            const QRectF cell = sheet.layout.cell({SheetPart::Input, {1, 0, row, 0}});
            return image.pixelColor(QPointF(x * kZoom, cell.center().y() * kZoom).toPoint());
        };
        const qreal beside = arrow.shaft.x1() - 2.0 * sheet.layout.metrics().cell.width();
        for (int row = 2; row < 6; ++row) {
            QVERIFY(rowAt(row, arrow.shaft.x1()) != rowAt(row, beside));
            QVERIFY(rowAt(row, arrow.shaft.x1()) != rowAt(row + 1, arrow.shaft.x1()));
        }
    }

    void constantTensorsAreOneColour() {
        const Sheet sheet(constantTensor({1, 1, 8, 8}, 5.0), {.kind = NormKind::Layer});
        const QImage image = sheet.painted(kSmall);
        const QColor first = image.pixelColor(sheet.pixel({SheetPart::Input, {}}, kSmall));
        QCOMPARE(image.pixelColor(sheet.pixel({SheetPart::Input, {0, 0, 7, 7}}, kSmall)), first);
        QVERIFY(first != sheet.palette.color(QPalette::Base));
    }

    void derivativesAreBlueBelowAndOrangeAboveZero_data() {
        QTest::addColumn<qreal>("zoom");
        QTest::newRow("numbers") << 1.0;
        QTest::newRow("picture") << kSmall;
    }

    void derivativesAreBlueBelowAndOrangeAboveZero() {
        QFETCH(qreal, zoom);
        Sheet sheet(classExample(), kGroup);
        const CellIndex output{2, 1, 0, 1};
        sheet.gradientOf = output;
        const OutputGradient gradient(sheet.trace, kGroup, true, output);
        const QImage image = sheet.painted(zoom);
        CellIndex at;
        for (at.image = 0; at.image < 4; ++at.image) {
            for (at.channel = 0; at.channel < 4; ++at.channel) {
                const SheetCell cell{SheetPart::Input, at};
                const QColor colour = image.pixelColor(
                    zoom < 1.0 ? sheet.pixel(cell, zoom) : sheet.pixelBesideNumber(cell, zoom));
                const double derivative = gradient.at(at);
                if (derivative < 0.0) {
                    QVERIFY(colour.blue() > colour.red());
                } else if (derivative > 0.0) {
                    QVERIFY(colour.red() > colour.blue());
                } else {
                    QCOMPARE(colour.red(), colour.blue());
                }
            }
        }
    }

    void derivativesGrowAwayFromZero() {
        QCOMPARE(derivativeStep(0.0, 1.0), 128);
        QCOMPARE(derivativeStep(1.0, 1.0), 255);
        QCOMPARE(derivativeStep(-1.0, 1.0), 0);
        QVERIFY(derivativeStep(1e-9, 1.0) > 128);
        QVERIFY(derivativeStep(-1e-9, 1.0) < 128);
        QVERIFY(derivativeStep(0.5, 1.0) > derivativeStep(0.1, 1.0));
        QCOMPARE(derivativeStep(0.0, 0.0), 128);
    }

    void movedCellsAreMarkedAndNoOthers() {
        for (const qreal zoom : {1.0, 0.35}) {
            Sheet sheet(classExample(), kBatch);
            auto before = std::make_shared<Tensor4>(sheet.trace.output);
            before->at({1, 2, 0, 0}) += 0.5;
            before->at({3, 0, 1, 1}) += 0.5 * PokeResult::kMoved;
            sheet.poke = PokeResult{0, before, 1, 0.5};
            const QImage image = sheet.painted(zoom);
            const QColor mark = sheet.palette.color(QPalette::Highlight);
            const auto marked = [&](const CellIndex& cell) {
                const QRectF rect = sheet.layout.cell({SheetPart::Output, cell});
                return pixelsOf(image, QRectF(rect.topLeft() * zoom, rect.size() * zoom), mark);
            };
            QVERIFY(marked({1, 2, 0, 0}) > 4);
            QCOMPARE(marked({3, 0, 1, 1}), 0);
            QCOMPARE(marked({0, 0, 0, 0}), 0);
        }
    }

    void theSetOfTheCellLightsUpAndOthersStepBack() {
        const Sheet sheet(classExample(), kGroup);
        const QImage plain = sheet.painted(1.0);
        const QImage lit =
            sheet.painted(1.0, {}, {.hovered = SheetCell{SheetPart::Output, {1, 2, 0, 0}}});
        for (const SheetPart part : {SheetPart::Input, SheetPart::Normalized, SheetPart::Output}) {
            for (int channel = 0; channel < 4; ++channel) {
                const QPoint pixel = sheet.pixelBesideNumber({part, {1, channel, 1, 1}}, 1.0);
                QCOMPARE(lit.pixelColor(pixel) == plain.pixelColor(pixel), channel >= 2);
                const QRectF block = sheet.layout.block(part, 1, channel);
                const QColor frame = setColours(3, sheet.palette).line;
                const int pixels = pixelsOf(lit, block.adjusted(-2, -2, 2, 2), frame);
                QVERIFY(channel >= 2 ? pixels > block.width() : pixels == 0);
            }
        }
    }

    void statisticsAreFramedOnlyWhereTheyCanBeRead() {
        for (const NormSpec& spec : {kBatch, kGroup}) {
            const Sheet sheet(classExample(), spec);
            int framed = 0;
            int shown = 0;
            for (const qreal zoom : {0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.8, 1.0}) {
                const QRectF box = sheet.layout.statistics(0);
                const QRectF pixels(box.topLeft() * zoom, box.size() * zoom);
                const QImage plain = sheet.painted(zoom);
                const QImage lit =
                    sheet.painted(zoom, {}, {.current = SheetCell{SheetPart::Output, {}}});
                const QRect frame = pixels.toRect();
                const bool hasFrame = lit.pixel(frame.center().x(), frame.top()) !=
                                      plain.pixel(frame.center().x(), frame.top());
                const QColor base = sheet.palette.color(QPalette::Base);
                const QRectF inside = pixels.adjusted(2, 2, -2, -2);
                const bool hasNumbers = pixelsOf(plain, inside, base) !=
                                        inside.toRect().width() * inside.toRect().height();
                QVERIFY2(!hasFrame || hasNumbers, qPrintable(QString::number(zoom)));
                framed += hasFrame ? 1 : 0;
                shown += hasNumbers ? 1 : 0;
            }
            QVERIFY(framed > 0);
            QVERIFY(framed < 8);
            QVERIFY(shown > 0);
        }
    }

    void theCurrentCellIsFramedMoreStronglyWithFocus() {
        const Sheet sheet(classExample(), kBatch);
        const SheetCell cell{SheetPart::Input, {2, 1, 1, 0}};
        const QColor accent = sheet.palette.color(QPalette::Highlight);
        const QRectF around = sheet.layout.cell(cell).adjusted(-4, -4, 4, 4);
        const auto frame = [&](bool focus) {
            return pixelsOf(sheet.painted(1.0, {}, {.current = cell, .hasFocus = focus}), around,
                            accent);
        };
        QVERIFY(frame(false) > 2 * sheet.layout.cell(cell).width());
        QVERIFY(frame(true) > frame(false));
    }

    void withoutACellNothingIsPaintedOnTop() {
        const Sheet sheet(classExample(), kBatch);
        QCOMPARE(sheet.painted(1.0, {}, SheetHighlight{}), sheet.painted(1.0));
    }

    void runningStatisticsAreCalledSo() {
        Sheet sheet(classExample(), kBatch);
        const QImage training = sheet.painted(1.0);
        sheet.state.training = false;
        const QImage evaluation = sheet.painted(1.0);
        const QRectF beside(0.0, sheet.layout.statistics(0).top(), sheet.layout.metrics().rowHead,
                            sheet.layout.statistics(0).height() / 4);
        QVERIFY(evaluation.copy(beside.toRect()) != training.copy(beside.toRect()));
    }

    /// The head leaves the lower end of the column for the upper one.
    void arrowsComeFromRunningStatistics() {
        Sheet sheet(classExample(), kBatch);
        const QColor ink = curveStyle(NormKind::Batch, 0, false).color;
        const SheetArrow arrow =
            sheetArrow(sheet.layout, sheet.trace.sets.front(), 0, ArrowFlow::FromStatistics);
        const qreal head = sheet.layout.arrowHead();
        const auto headAt = [&](qreal top) {
            return pixelsOf(sheet.painted(1.0),
                            QRectF(arrow.shaft.x1() - head / 2, top, head, head), ink);
        };
        const int training = headAt(arrow.shaft.y2());
        sheet.state.training = false;
        QVERIFY(headAt(arrow.shaft.y2()) > training);
        QVERIFY(headAt(arrow.shaft.y2()) > 0.25 * head * head);
    }

    void theLargestSheetIsPaintedWhole() {
        const Sheet sheet(smallIntegers({32, 32, 28, 28}, 3), {.kind = NormKind::Instance});
        const qreal zoom = 1400 / sheet.layout.size().width();
        const QImage image = sheet.painted(zoom);
        for (const SheetPart part : {SheetPart::Input, SheetPart::Normalized, SheetPart::Output}) {
            for (const CellIndex cell : {CellIndex{0, 0, 14, 14}, CellIndex{31, 31, 14, 14}}) {
                QVERIFY(image.pixelColor(sheet.pixel({part, cell}, zoom)) !=
                        sheet.palette.color(QPalette::Base));
            }
        }
    }
};

QTEST_MAIN(SheetPainterTest)
#include "sheet_painter_test.moc"
