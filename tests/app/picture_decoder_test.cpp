#include "app/picture_decoder.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <QTest>
#include <cmath>
#include <optional>

#include "tests/core/support.h"

using namespace normscope;

namespace {

/// A thick bar on paper.
QImage pictureOfOne(const QColor& paper, const QColor& ink,
                    QImage::Format format = QImage::Format_RGB32) {
    QImage picture(300, 400, format);
    picture.fill(paper);
    QPainter(&picture).fillRect(140, 60, 30, 280, ink);
    return picture;
}

QByteArray encoded(const QImage& picture, const char* format) {
    QByteArray content;
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, format);
    return content;
}

}  // namespace

class PictureDecoderTest : public QObject {
    Q_OBJECT

    std::optional<testing::TemporaryFolder> folder_;
    std::optional<PictureDecoder> decoder_;
    std::optional<GreyImage> ink_;
    QString problem_;

    QString path(const char* name) const {
        return QString::fromStdString((folder_->path() / name).string());
    }

    void decode(const GivenPicture& given) {
        ink_.reset();
        problem_.clear();
        decoder_->decode(given);
        QTRY_VERIFY_WITH_TIMEOUT(ink_ || !problem_.isEmpty(), 30'000);
    }

    QString refusalOf(const GivenPicture& given) {
        decode(given);
        return ink_ ? QString() : problem_;
    }

    /// Whether what was decoded last is the bar, as high as the picture lets it be.
    bool isBar() const {
        const auto digit = ink_ ? prepareDigit(*ink_) : std::nullopt;
        return digit && digit->box.height == 20.0 &&
               std::abs(digit->box.width - 20.0 * 30 / 280) < 0.6;
    }

  private slots:
    void init() {
        folder_.emplace();
        decoder_.emplace();
        connect(&*decoder_, &PictureDecoder::decoded, this,
                [this](const GreyImage& ink) { ink_ = ink; });
        connect(&*decoder_, &PictureDecoder::failed, this,
                [this](const QString& sentence) { problem_ = sentence; });
    }

    void inkIsFoundEitherWayRound() {
        decode(pictureOfOne(QColor(220, 210, 200), QColor(40, 40, 90)));
        QVERIFY(isBar());
        decode(pictureOfOne(Qt::black, Qt::white));
        QVERIFY(isBar());
    }

    void transparentPicturesAreInkOnWhite() {
        decode(pictureOfOne(Qt::transparent, Qt::black, QImage::Format_ARGB32));
        QVERIFY(isBar());
    }

    void filesAndPastedContentAreDecoded() {
        const QImage large =
            pictureOfOne(Qt::white, Qt::black).scaled(3000, 4000, Qt::IgnoreAspectRatio);
        for (const char* format : {"png", "jpg"}) {
            const QByteArray content = encoded(large, format);
            testing::writeAll(folder_->path() / "large", content.toStdString());
            decode(path("large"));
            QVERIFY2(isBar(), format);
            decode(content);
            QVERIFY2(isBar(), format);
            QCOMPARE(ink_->height, 512);
        }
    }

    void largePicturesAreReadWhateverElseIsAllowed() {
        QImageReader::setAllocationLimit(/*mbLimit=*/1);
        decode(encoded(pictureOfOne(Qt::white, Qt::black).scaled(3000, 4000), "png"));
        QVERIFY(isBar());
    }

    void whatHoldsNoDigitIsRefused() {
        QImage plain(200, 200, QImage::Format_RGB32);
        plain.fill(Qt::lightGray);
        QVERIFY(refusalOf(plain).startsWith(QStringLiteral("No digit can be told")));
        QVERIFY(!refusalOf(QImage()).isEmpty());
    }

    void whatIsNoPictureIsRefused() {
        const QString sentence = refusalOf(path("nowhere.png"));
        QVERIFY(sentence.contains(path("nowhere.png")));
        QVERIFY(sentence.endsWith(QStringLiteral("it is not a file.")));
        testing::writeAll(folder_->path() / "text.png", "no picture");
        const auto neither = QStringLiteral("it is neither a PNG nor a JPEG.");
        QVERIFY(refusalOf(path("text.png")).endsWith(neither));
        QCOMPARE(refusalOf(QByteArray("no picture")),
                 QStringLiteral("The pasted picture could not be opened: ") + neither);
        QByteArray half = encoded(pictureOfOne(Qt::white, Qt::black), "png");
        half.truncate(half.size() / 2);
        QVERIFY(refusalOf(half).endsWith(QStringLiteral("it is damaged.")));
        // The header claims 2,000,000,000 pixels a row.
        half.replace(16, 4, QByteArray("\x77\x35\x94\x00", 4));
        testing::writeAll(folder_->path() / "bomb.png", half.toStdString());
        QVERIFY(!refusalOf(path("bomb.png")).isEmpty());
        QVERIFY(!refusalOf(half).isEmpty());
    }
};

QTEST_GUILESS_MAIN(PictureDecoderTest)
#include "picture_decoder_test.moc"
