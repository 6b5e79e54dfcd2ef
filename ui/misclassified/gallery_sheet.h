#pragma once

#include <QSize>
#include <memory>

#include "core/dataset.h"
#include "ui/compared_model.h"
#include "ui/picture/picture.h"

namespace normscope {

/// The digits that a model misreads with the most confidence, on one sheet: as many as there are
/// places, each with what it is and what was read. Places beyond the last mistake stay empty; a
/// model without mistakes, without a test, or whose test images are not these says so.
Picture gallerySheet(const ComparedModel& model, std::shared_ptr<const Dataset> dataset,
                     int columns, int rows);

/// What suits such a sheet that has no settings below it.
QSize gallerySheetSize(int columns, int rows);

}  // namespace normscope
