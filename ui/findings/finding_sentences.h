#pragma once

#include <QString>
#include <vector>

#include "ui/compared_model.h"

namespace normscope {

enum class FindingKind {
    Measured,      ///< what was counted, without a claim
    Difference,    ///< a claim about trained networks, with the tests that carry it
    NoDifference,  ///< what the tests leave open
    Consistency,   ///< how much the last epochs vary
    Caution,       ///< what limits all of these
    PickedOnTest,  ///< why the best figures flatter
    Explanation,   ///< why a network cannot do better
    NextStep       ///< what a claim about methods needs
};

/// One sentence on what the measurements support, written from them.
struct Finding {
    FindingKind kind = FindingKind::Measured;
    QString text;
    QString support;  ///< the test or the numbers that it rests on, in words; may be empty

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// In the order in which they are read. Networks are named, never methods: a claim about methods
/// needs an experiment over seeds. Of no models there is nothing to say.
std::vector<Finding> findingsOf(const Comparison& models);

}  // namespace normscope
