#include "ui/norm_style.h"

#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace normscope;

namespace {

double luminance(const QColor& color) {
    const auto linear = [](float part) {
        return part <= 0.04045F ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrastWith(const QColor& color, const QColor& ground) {
    const auto [darker, lighter] = std::minmax({luminance(color), luminance(ground)});
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace

class NormStyleTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void coloursAreOkabeAndItos() {
        QCOMPARE(curveStyle(NormKind::Batch, 0, false).color, QColor(0xd5, 0x5e, 0x00));
        QCOMPARE(curveStyle(NormKind::Layer, 0, false).color, QColor(Qt::black));
        QCOMPARE(curveStyle(NormKind::Layer, 0, true).color, QColor(Qt::white));
        QCOMPARE(curveStyle(NormKind::Group, 0, false).color, QColor(0x00, 0x72, 0xb2));
        QCOMPARE(curveStyle(NormKind::Instance, 0, false).color, QColor(0x00, 0x9e, 0x73));
    }

    void onlyBatchIsSolid() {
        for (const NormKind kind : kNormKinds) {
            QCOMPARE(curveStyle(kind, 0, false).dashes.isEmpty(), kind == NormKind::Batch);
        }
    }

    void dashesComeInPairs() {
        for (const NormKind kind : kNormKinds) {
            for (int variant = 0; variant < 6; ++variant) {
                QCOMPARE(curveStyle(kind, variant, false).dashes.size() % 2, 0);
            }
        }
    }

    /// Any two of a comparison differ in dash and marker, or at least in dash and colour.
    void everyModelIsToldApart() {
        for (const bool dark : {false, true}) {
            std::vector<CurveStyle> styles;
            for (const NormKind kind : kNormKinds) {
                for (int variant = 0; variant < 4; ++variant) {
                    styles.push_back(curveStyle(kind, variant, dark));
                }
            }
            for (std::size_t a = 0; a < styles.size(); ++a) {
                for (std::size_t b = 0; b < a; ++b) {
                    QVERIFY(styles[a].color != styles[b].color);
                    QVERIFY(styles[a].dashes != styles[b].dashes ||
                            styles[a].marker != styles[b].marker);
                }
            }
        }
    }

    /// Contrast by WCAG's relative luminance; 2 is enough for a thick line, 3 is asked of base
    /// looks.
    void curvesStandOutFromTheGround() {
        for (const bool dark : {false, true}) {
            for (const NormKind kind : kNormKinds) {
                for (int variant = 0; variant < 4; ++variant) {
                    const double contrast = contrastWith(curveStyle(kind, variant, dark).color,
                                                         dark ? QColor(0x1e1e1e) : Qt::white);
                    QVERIFY2(contrast >= (variant == 0 ? 3.0 : 2.0),
                             qPrintable(QStringLiteral("%1 %2 %3: %4")
                                            .arg(dark)
                                            .arg(static_cast<int>(kind))
                                            .arg(variant)
                                            .arg(contrast)));
                }
            }
        }
    }

    void variantsCountTheSameNormBefore() {
        const std::vector kinds{NormKind::Group, NormKind::Batch, NormKind::Group, NormKind::Group,
                                NormKind::Batch};
        QCOMPARE(styleVariants(kinds), (std::vector<int>{0, 0, 1, 2, 1}));
        QVERIFY(styleVariants({}).empty());
    }

    void namesDiffer() {
        QSet<QString> names;
        for (const NormKind kind : kNormKinds) {
            names.insert(displayName(kind));
        }
        QCOMPARE(names.size(), static_cast<qsizetype>(kNormKinds.size()));
    }

    void swatchShowsTheColour() {
        const CurveStyle style = curveStyle(NormKind::Batch, 0, false);
        const QImage image = swatchPixmap(style, {48, 16}, 2.0).toImage();
        QCOMPARE(image.size(), QSize(96, 32));
        QCOMPARE(image.pixelColor(48, 16), style.color);
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    }
};

QTEST_MAIN(NormStyleTest)
#include "norm_style_test.moc"
