#pragma once

#include <QRectF>
#include <optional>
#include <vector>

#include "ui/affine/figure.h"
#include "ui/train/inside_content.h"

class QPainter;

namespace normscope {

/// Where each part of the panel's drawing goes: a column of two plots for each model, input above
/// output, in as many rows of columns as the width asks for.
struct InsideLayout {
    /// The plots of one model.
    struct Column {
        QRectF header;  ///< swatch and label
        /// Of one side of the norm layer.
        struct Plot {
            QRectF text;       ///< its name and the three percentiles
            QRectF bands;      ///< over the training
            QRectF histogram;  ///< of the moment, on the same axis; empty without one
        };
        Plot input;
        Plot output;
        QRectF axis;        ///< the texts of the axis of epochs
        bool isFirst;       ///< of its row: it carries the texts of the axis of values
        double valueTexts;  ///< left edge of these
    };
    std::vector<Column> columns;
    double leastHeight = 0.0;  ///< below that the plots cannot be read
};
InsideLayout layOutInside(const QRectF& area, const InsideContent& content, const QFont& font);

/// Draws the content; `epoch` is where it is read out, else the latest values stand above the
/// plots.
void paintInside(QPainter& painter, const InsideLayout& layout, const InsideContent& content,
                 const std::optional<double>& epoch, const FigureLook& look);

}  // namespace normscope
