#pragma once

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include "ui/picture/picture_export.h"

namespace normscope::testing {

/// The picture as SVG, in which every text of it stands.
inline QByteArray svgOf(const Picture& picture) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.naturalSize);
    QPainter painter(&generator);
    prepareForPicture(painter);
    picture.paint(painter, picture.naturalSize);
    painter.end();
    return buffer.data();
}

}  // namespace normscope::testing
