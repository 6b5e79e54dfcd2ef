#include "ui/misclassified/gallery_sheet.h"

#include <QCoreApplication>
#include <QImage>
#include <QLocale>
#include <QPaintEngine>
#include <QPainter>
#include <algorithm>
#include <span>
#include <vector>

#include "ui/misclassified/gallery_answers.h"
#include "ui/misclassified/gallery_image.h"
#include "ui/misclassified/gallery_words.h"
#include "ui/train/model_texts.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(GallerySheet)
};

// In logical pixels of the sheet at its natural size.
constexpr int kDigitSide = 140;
constexpr int kTextGap = 6;  ///< between a digit and what is said of it
constexpr int kLine = 20;
constexpr int kColumnWidth = 192;
constexpr int kRowHeight = kDigitSide + kTextGap + 2 * kLine + 22;
constexpr int kHeadHeight = 3 * kLine + 8;
constexpr int kTextPixels = 15;
/// What an exported picture adds about its content: margins and, below, two lines of settings.
constexpr QSize kMargins(48, 48);
constexpr QSize kSettings(0, 56);
constexpr QColor kQuietText(0x55, 0x55, 0x55);

/// Device pixels for each of the digit in vector formats: viewers smooth an image that they
/// enlarge, and so many keep its edges sharp at any zoom.
constexpr int kVectorScale = 24;

/// Of squares of whole pixels where there are pixels, as large as the place lets them be.
void paintDigitIn(QPainter& painter, const QRectF& place,
                  std::span<const std::uint8_t, kImagePixels> ink) {
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        painter.setRenderHint(QPainter::LosslessImageRendering);
        painter.drawImage(place, digitImage(ink, {kVectorScale, 1.0}, /*dark=*/false));
        return;
    }
    const QRectF device = painter.deviceTransform().mapRect(place);
    const int scale = std::max(1, static_cast<int>(device.width()) / kImageSide);
    const QImage digit = digitImage(ink, {scale, 1.0}, /*dark=*/false);
    painter.save();
    painter.resetTransform();
    painter.drawImage((device.center() - QRectF(digit.rect()).center()).toPoint(), digit);
    painter.restore();
}

/// The misread images, the most confidently misread first.
std::vector<int> surestFirst(const Evaluation& read) {
    std::vector<int> images;
    for (int i = 0; i < read.total; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (read.predictions[at] != read.labels[at]) {
            images.push_back(i);
        }
    }
    std::ranges::stable_sort(images, std::ranges::greater(), [&](int image) {
        return read.probabilityOfPrediction[static_cast<std::size_t>(image)];
    });
    return images;
}

/// Everything that the sheet says, for as long as it may be painted.
struct Sheet {
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<const Evaluation> read;
    std::vector<int> mistakes;
    QString title;
    QString remark;  ///< below the title: which are shown, or why none is
    int columns = 0;
    int rows = 0;

    int shown() const { return std::min(static_cast<int>(mistakes.size()), columns * rows); }
    QSize size() const { return gallerySheetSize(columns, rows) - kMargins; }
};

/// "batch: Batch norm with L1 0.0001".
QString modelTitle(const ComparedModel& model) {
    const ModelConfig& config = model.config();
    const QString title = Texts::tr("%1: %2").arg(model.label, networkTitle(config.network));
    return config.l1 > 0.0
               ? Texts::tr("%1, L1 %2").arg(title, QLocale().toString(config.l1, 'g', 6))
               : title;
}

Sheet sheetOf(const ComparedModel& model, std::shared_ptr<const Dataset> dataset, int columns,
              int rows) {
    const QLocale locale;
    Sheet sheet;
    sheet.columns = columns;
    sheet.rows = rows;
    sheet.title = modelTitle(model);
    const auto& read = model.history().evaluation;
    if (!read) {
        sheet.remark = answersAfter(model, /*epoch=*/std::nullopt).problem;
        return sheet;
    }
    sheet.title = Texts::tr("%1 · %2 of %3 test digits misread")
                      .arg(sheet.title, locale.toString(read->wrong), locale.toString(read->total));
    if (read->wrong == 0) {
        sheet.remark = Texts::tr("It read every test digit rightly.");
    } else if (!dataset || dataset->test.labels != read->labels) {
        sheet.remark = Texts::tr("The images that it was tested on are not at hand.");
    } else {
        sheet.dataset = std::move(dataset);
        sheet.read = read;
        sheet.mistakes = surestFirst(*read);
        sheet.remark = Texts::tr("%1 of %2, the surest first")
                           .arg(locale.toString(sheet.shown()), locale.toString(read->wrong));
    }
    return sheet;
}

void paintHead(QPainter& painter, const Sheet& sheet) {
    const int width = sheet.size().width();
    QFont bold = painter.font();
    bold.setBold(true);
    const QFont plain = painter.font();
    painter.setFont(bold);
    const QString title = painter.fontMetrics().elidedText(sheet.title, Qt::ElideMiddle, width);
    painter.drawText(QRect(0, 0, width, kLine), Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(plain);
    painter.drawText(QRect(0, kLine + 4, width, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(sheet.remark, Qt::ElideRight, width));
}

/// A digit in its place, and below it what it is, what was read, and which image it is.
void paintMistake(QPainter& painter, const Sheet& sheet, int image, QPoint corner) {
    const auto at = static_cast<std::size_t>(image);
    paintDigitIn(painter, QRectF(corner, QSizeF(kDigitSide, kDigitSide)),
                 sheet.dataset->test.image(image));
    const QString answer = Texts::tr("true %1, read %2 (%3 %)")
                               .arg(sheet.read->labels[at])
                               .arg(sheet.read->predictions[at])
                               .arg(wholePercents(sheet.read->probabilityOfPrediction[at]));
    QRect line(corner + QPoint(0, kDigitSide + kTextGap), QSize(kColumnWidth, kLine));
    const QPen text = painter.pen();
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, answer);
    line.translate(0, kLine);
    painter.setPen(kQuietText);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     Texts::tr("image %1").arg(imageNumber(image)));
    painter.setPen(text);
}

/// The whole sheet at the scale that fits, so that nothing of it is ever cut off.
void paintSheet(QPainter& painter, QSize room, const Sheet& sheet) {
    const QSize size = sheet.size();
    const qreal scale = std::min(static_cast<qreal>(room.width()) / size.width(),
                                 static_cast<qreal>(room.height()) / size.height());
    painter.save();
    painter.scale(scale, scale);
    QFont font = painter.font();
    font.setPixelSize(kTextPixels);
    painter.setFont(font);
    paintHead(painter, sheet);
    for (int place = 0; place < sheet.shown(); ++place) {
        const QPoint corner(place % sheet.columns * kColumnWidth,
                            kHeadHeight + place / sheet.columns * kRowHeight);
        paintMistake(painter, sheet, sheet.mistakes[static_cast<std::size_t>(place)], corner);
    }
    painter.restore();
}

}  // namespace

QSize gallerySheetSize(int columns, int rows) {
    return QSize(columns * kColumnWidth, kHeadHeight + rows * kRowHeight) + kMargins;
}

Picture gallerySheet(const ComparedModel& model, std::shared_ptr<const Dataset> dataset,
                     int columns, int rows) {
    const auto sheet =
        std::make_shared<const Sheet>(sheetOf(model, std::move(dataset), columns, rows));
    return {Texts::tr("Misread by %1, %2 x %3").arg(model.label).arg(columns).arg(rows),
            gallerySheetSize(columns, rows) + kSettings,
            [sheet](QPainter& painter, QSize size) { paintSheet(painter, size, *sheet); }};
}

}  // namespace normscope
