#pragma once

#include <QString>
#include <QStringList>

#include "core/training_config.h"

namespace normscope {

/// "None", "Batch", "Layer", "Group", "Instance": where displayName() would be too long.
QString normTitle(NormKind kind);

/// "Batch norm", or "Group norm 2, 2, 2, 2, 3, 3".
QString networkTitle(const NetworkSpec& network);

/// "2, 2, 2, 2, 3, 3", as it is typed.
QString groupsText(const GroupCounts& groups);

/// "group", or "group 2" when that is taken. Upper and lower case count as the same.
QString freeLabel(NormKind kind, const QStringList& taken);

/// The settings of a comparison for the caption of a picture: its models, then what they share.
QString configurationText(const TrainingConfig& config, const QString& dataName);

}  // namespace normscope
