#include "ui/affine/affine_picture.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include "ui/affine/recovery_table_model.h"
#include "ui/norm_style.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

struct AffinePictureTexts {
    Q_DECLARE_TR_FUNCTIONS(AffinePicture)
};
using Texts = AffinePictureTexts;

constexpr QSize kNaturalSize{1200, 800};

void paint(QPainter& painter, QSize size, const AffineFigures& figures) {
    FigureLook look{lightPalette(), applicationFont(100)};
    const int unit = gridUnit(look.font);
    const QRectF page =
        QRectF(QPointF(), QSizeF(size)).adjusted(2 * unit, 2 * unit, -2 * unit, -2 * unit);
    constexpr double kUpper = 0.55;
    constexpr double kLeft = 0.6;
    QRectF upper = page;
    upper.setHeight(page.height() * kUpper);
    QRectF left = page;
    left.setTop(upper.bottom() + 2 * unit);
    left.setWidth(page.width() * kLeft);
    QRectF right = left;
    right.setLeft(left.right() + 3 * unit);
    right.setRight(page.right());
    // Whole cells need not be whole pixels here: the size of a pixel is not known.
    constexpr double kFine = 1.0 / 16.0;
    paintTriptych(painter, layOutTriptych(upper, figures.triptych.planes, look.font, kFine),
                  figures.triptych, look, upper);
    paintHistogram(painter, left, figures.histogram, look);
    paintPairPlane(painter, right, figures.plane, look);
}

}  // namespace

Picture affinePicture(const AffineFigures& figures) {
    return {Texts::tr("Gamma and beta"), kNaturalSize,
            [figures](QPainter& painter, QSize size) { paint(painter, size, figures); }};
}

QString affineCaption(const QString& source, const AffineBench& bench,
                      const RecoveryTableModel& recovery) {
    const QLocale locale;
    const AffinePair pair = bench.pair();
    QString norm = displayName(bench.spec().kind);
    if (bench.spec().kind == NormKind::Group) {
        norm = Texts::tr("%1, groups %2").arg(norm, locale.toString(bench.spec().groups));
    }
    const AliveShare alive = bench.alive();
    QStringList facts{
        norm,
        Texts::tr("epsilon %1").arg(shortNumber(bench.spec().eps)),
        Texts::tr("image %1, channel %2")
            .arg(locale.toString(bench.image() + 1), locale.toString(bench.channel() + 1)),
        Texts::tr("mean %1, variance %2")
            .arg(figureNumber(bench.mean()), figureNumber(bench.variance())),
        Texts::tr("gamma %1, beta %2").arg(figureNumber(pair.gamma), figureNumber(pair.beta)),
        Texts::tr("alive after ReLU %1 of the image, %2 of the channel")
            .arg(percentText(alive.image), percentText(alive.channel)),
    };
    if (const auto measured = recovery.recovery(bench.spec().kind)) {
        facts << Texts::tr("largest error with the pairs of this image: %1 in it, %2 in all images")
                     .arg(recoveryText(measured->imageWithItsPairs),
                          recoveryText(measured->batchWithItsPairs));
    }
    return source + '\n' + facts.join(QStringLiteral(" · "));
}

}  // namespace normscope
