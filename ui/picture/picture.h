#pragma once

#include <QSize>
#include <QString>
#include <functional>

class QPainter;

namespace normscope {

/// Something that can be saved, copied or printed at any size, drawn anew for each: a chart, the
/// charts of a page as one sheet, the normalization sheet.
struct Picture {
    QString title;                 ///< names it in the panel and the file
    QSize naturalSize{1200, 800};  ///< logical pixels that suit it
    /// Draws into `size` logical pixels, in light colours whatever the screen's. The painter comes
    /// with the font and the pen of text in pictures.
    std::function<void(QPainter& painter, QSize size)> paint;
};

}  // namespace normscope
