#pragma once

#include <QString>
#include <QStringList>

#include "ui/compared_model.h"

namespace normscope {

/// A setting besides the normalization in which compared models differ.
struct SettingDifference {
    QString name;        ///< "seed"
    QStringList values;  ///< one per model, in their order
};

std::vector<SettingDifference> settingDifferences(const Comparison& models);

}  // namespace normscope
