#include "ui/misclassified/gallery_sheet.h"

#include <QImage>
#include <QLocale>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include "tests/compared_models.h"
#include "tests/picture_svg.h"
#include "ui/affine/value_colors.h"
#include "ui/picture/picture_export.h"

using namespace normscope;
using namespace normscope::testing;

namespace {

const QColor kInk = ValueColors::ink(/*dark=*/false);
const QColor kPaper = ValueColors::paper(/*dark=*/false);

/// What stands in a picture, and its images, in the order in which they were painted.
struct SvgContent {
    QStringList texts;
    QList<QImage> images;
};

SvgContent contentOf(const Picture& picture) {
    SvgContent content;
    for (QXmlStreamReader reader(svgOf(picture)); !reader.atEnd(); reader.readNext()) {
        if (!reader.isStartElement()) {
            continue;
        }
        if (reader.name() == QLatin1String("text")) {
            content.texts << reader.readElementText().trimmed();
        } else if (reader.name() == QLatin1String("image")) {
            for (const QXmlStreamAttribute& attribute : reader.attributes()) {
                if (attribute.name() == QLatin1String("href")) {
                    content.images << QImage::fromData(QByteArray::fromBase64(
                        attribute.value().toString().section(u',', 1).toLatin1()));
                }
            }
        }
    }
    return content;
}

ComparedModel modelWith(const std::vector<Mistake>& mistakes, const Dataset& dataset) {
    ModelConfig config;
    config.label = "L1 run";
    config.network.kind = NormKind::Group;
    config.l1 = 1e-4;
    return trainedModels({{config, evaluationWith(dataset, mistakes)}}, dataset).front();
}

}  // namespace

class GallerySheetTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English)); }

    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void showsTheSurestFirstAndSaysWhatEachIs() {
        const auto dataset = dottedDigits(1'500);
        const ComparedModel model =
            modelWith({{3, 8, 0.625F}, {1'234, 9, 0.999F}, {58, 0, 0.98F}}, *dataset);
        QCOMPARE(contentOf(gallerySheet(model, dataset, 5, 2)).texts.front(),
                 "L1 run: Group norm 2, 2, 2, 2, 3, 3, L1 0.0001 · 3 of 1,500 test digits misread");
        const SvgContent svg = contentOf(gallerySheet(model, dataset, 2, 1));
        QCOMPARE(svg.texts.mid(1),
                 QStringList({"2 of 3, the surest first", "true 4, read 9 (>99 %)", "image 1235",
                              "true 8, read 0 (98 %)", "image 59"}));
        QCOMPARE(svg.images.size(), 2);
    }

    void digitsStaySharpInVectorFormats() {
        const auto dataset = dottedDigits(100);
        const SvgContent svg =
            contentOf(gallerySheet(modelWith({{31, 8, 0.75F}}, *dataset), dataset, 5, 2));
        QCOMPARE(svg.images.size(), 1);
        const QImage& image = svg.images.front();
        const int dot = image.width() / 28;
        QVERIFY2(dot >= 16, "a viewer that smooths would blur it");
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const bool ink = y / dot == 3 && x / dot == 1;
                QCOMPARE(image.pixel(x, y) | 0xff000000, ink ? kInk.rgb() : kPaper.rgb());
            }
        }
    }

    void digitsHaveDotsOfOneSizeInPixels() {
        const auto dataset = dottedDigits(100);
        const Picture picture = gallerySheet(modelWith({{31, 8, 0.75F}}, *dataset), dataset, 5, 2);
        for (const double scale : {1.0, 1.37, 2.0, 3.0}) {
            const QImage image = pictureImage(picture, {}, {picture.naturalSize, scale});
            // Text is anti-aliased, the digit is not: look at it alone.
            const int top = static_cast<int>(96 * scale);
            const QImage digit =
                image.copy(0, top, static_cast<int>(180 * scale), static_cast<int>(130 * scale));
            QRect ink;
            for (int y = 0; y < digit.height(); ++y) {
                for (int x = 0; x < digit.width(); ++x) {
                    const QRgb pixel = digit.pixel(x, y);
                    QVERIFY2(pixel == kInk.rgb() || pixel == kPaper.rgb(), "a dot is blurred");
                    ink |= pixel == kInk.rgb() ? QRect(x, y, 1, 1) : QRect();
                }
            }
            QVERIFY(ink.width() >= static_cast<int>(4 * scale));
            QCOMPARE(ink.width(), ink.height());
        }
    }

    void leavesPlacesEmptyWhereThereAreFewerMistakes() {
        const auto dataset = dottedDigits(100);
        const SvgContent svg = contentOf(
            gallerySheet(modelWith({{31, 8, 0.75F}, {32, 1, 0.5F}}, *dataset), dataset, 5, 4));
        QCOMPARE(svg.images.size(), 2);
        QCOMPARE(svg.texts[1], "2 of 2, the surest first");
    }

    void saysWhyItIsEmpty() {
        const auto dataset = dottedDigits(100);
        const auto remark = [](const ComparedModel& model, std::shared_ptr<const Dataset> images) {
            const SvgContent svg = contentOf(gallerySheet(model, std::move(images), 5, 2));
            return svg.images.isEmpty() && svg.texts.size() == 2 ? svg.texts[1] : QString();
        };
        QCOMPARE(remark(modelWith({}, *dataset), dataset), "It read every test digit rightly.");
        const ComparedModel one = modelWith({{31, 8, 0.75F}}, *dataset);
        QCOMPARE(remark(one, nullptr), "The images that it was tested on are not at hand.");
        QCOMPARE(remark(one, dottedDigits(99)),
                 "The images that it was tested on are not at hand.");
        const ComparedModel untested =
            trainedModels({{ModelConfig{.label = "new", .network = {}}, nullptr}}, *dataset)
                .front();
        QCOMPARE(remark(untested, dataset),
                 "No epoch is finished yet. Mistakes come with the first.");
        ComparedModel damaged = one;
        auto run = std::make_shared<Run>(*one.run);
        run->models.front().evaluation.reset();
        damaged.run = run;
        QCOMPARE(remark(damaged, dataset),
                 "What it read in each test image is missing or damaged in this run.");
    }

    void nothingIsCutOffAtAnySize() {
        const auto dataset = dottedDigits(100);
        const Picture picture = gallerySheet(modelWith({{31, 8, 0.75F}}, *dataset), dataset, 5, 2);
        for (const QSize size : {QSize(300, 900), QSize(900, 200), QSize(2'000, 2'000)}) {
            QImage image(size + QSize(40, 40), QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            prepareForPicture(painter);
            picture.paint(painter, size);
            painter.end();
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    QVERIFY((x < size.width() && y < size.height()) ||
                            image.pixel(x, y) == qRgb(255, 255, 255));
                }
            }
        }
    }
};

QTEST_MAIN(GallerySheetTest)
#include "gallery_sheet_test.moc"
