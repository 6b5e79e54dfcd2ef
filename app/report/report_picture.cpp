#include "app/report/report_picture.h"

#include <QBuffer>
#include <QPainter>
#include <QPicture>
#include <algorithm>

#include "ui/picture/picture_export.h"

namespace normscope {

Picture recorded(const Picture& picture) {
    QPicture recording;
    QPainter painter(&recording);
    prepareForPicture(painter);
    picture.paint(painter, picture.naturalSize);
    painter.end();
    const QSize natural = picture.naturalSize;
    return {picture.title, natural, [recording, natural](QPainter& target, QSize size) {
                const qreal scale = std::min(static_cast<qreal>(size.width()) / natural.width(),
                                             static_cast<qreal>(size.height()) / natural.height());
                target.save();
                target.scale(scale, scale);
                drawRecording(target, QPoint(), recording);
                target.restore();
            }};
}

QByteArray pngOf(const ReportFigure& figure) {
    const QImage image =
        pictureImage(figure.picture, /*caption=*/{}, {.size = figure.picture.naturalSize});
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    return !image.isNull() && image.save(&buffer, "PNG") ? buffer.data() : QByteArray();
}

}  // namespace normscope
