#pragma once

#include <QString>

#include "ui/compared_model.h"

namespace normscope {

/// The label in quotation marks.
QString quoted(const ComparedModel& model);

/// "10,000"
QString count(int number);

/// Of a share: "0.58". The sign is left to the sentence.
QString percent(double share);

/// "p = 0.031", "p < 0.001": never rounded across the level of 0.05.
QString pValue(double p);

}  // namespace normscope
