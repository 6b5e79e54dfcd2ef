#pragma once

#include <QStringList>

#include "core/agreement.h"

namespace normscope {

/// "all", "only batch", "batch and layer": who misreads, of the models that are called `labels`.
QString misreadersText(ModelSet models, const QStringList& labels);

/// "Misread by batch and layer, not by group: 12 images."
QString spokenMistakes(const SharedMistakes& set, const QStringList& labels);

}  // namespace normscope
