#pragma once

#include "ui/affine/pair_plane.h"
#include "ui/affine/relu_histogram.h"
#include "ui/affine/triptych.h"
#include "ui/picture/picture.h"

namespace normscope {

class RecoveryTableModel;

/// What the page shows, by value.
struct AffineFigures {
    TriptychContent triptych;
    HistogramContent histogram;
    PairPlaneContent plane;
};

/// All of it as one picture.
Picture affinePicture(const AffineFigures& figures);

/// The numbers under it: source, normalization, pair and what was recovered.
QString affineCaption(const QString& source, const AffineBench& bench,
                      const RecoveryTableModel& recovery);

}  // namespace normscope
