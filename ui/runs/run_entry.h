#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/norm_spec.h"

namespace normscope {

/// A model of a run, as people point at it.
struct ModelRef {
    QString run;    ///< its folder; empty for the training of this window that is not saved
    int model = 0;  ///< place among the models of the run

    friend bool operator==(const ModelRef&, const ModelRef&) = default;
};

/// A row of the run browser below that of its run.
struct ModelEntry {
    QString label;
    NormKind kind = NormKind::None;
    QString normalization;     ///< "Group norm 2, 2, 2, 2, 3, 3"
    int epochs = 0;            ///< finished
    std::optional<int> wrong;  ///< after the last one
    int testTotal = 0;

    friend bool operator==(const ModelEntry&, const ModelEntry&) = default;
};

/// A run as the browser lists it.
struct RunEntry {
    /// What may be done to it: a kept one can be renamed and thrown away, an opened one leaves the
    /// list, and one that came with the program, is under way (here or in another window) or was
    /// not saved stays as it is.
    enum class Kind { Kept, Opened, Bundled, UnderWay, UnderWayElsewhere, Unsaved };

    QString folder;  ///< names it; empty for the training of this window that is not saved
    QString name;
    QDateTime when;
    Kind kind = Kind::Kept;
    bool canGoOn = false;  ///< it was stopped or interrupted before its last epoch
    QString notes;
    QStringList problems;  ///< what is missing or damaged, a sentence each
    std::vector<ModelEntry> models;

    friend bool operator==(const RunEntry&, const RunEntry&) = default;
};

}  // namespace normscope
