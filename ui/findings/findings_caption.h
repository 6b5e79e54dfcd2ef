#pragma once

#include <QString>

#include "ui/compared_model.h"

namespace normscope {

/// The models of a comparison in one line, and what they were trained with in another.
QString comparisonCaption(const Comparison& models);

}  // namespace normscope
