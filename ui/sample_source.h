#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "core/activations.h"

namespace normscope {

/// A trained or training network that activations can be taken from.
struct ModelChoice {
    QString label;
    NetworkSpec network;

    friend bool operator==(const ModelChoice&, const ModelChoice&) = default;
};

/// A run whose models are on offer.
struct RunChoice {
    QString name;    ///< "This training", "2026-11-25 14.03"
    QString folder;  ///< of the run; empty for the training under way
    std::vector<ModelChoice> models;

    friend bool operator==(const RunChoice&, const RunChoice&) = default;
};

/// Real numbers that a page asks for. Pages never read files: the app answers with a Sample.
struct SampleRequest {
    enum class Kind { Digits, Activations };

    Kind kind = Kind::Digits;
    int firstImage = 0;  ///< of the test images
    int images = 4;
    int side = 28;  ///< of digits: 28, 14 or 7, averaged down
    QString run;    ///< RunChoice::folder
    int model = 0;  ///< place in RunChoice::models
    int normLayer = 0;
    int firstChannel = 0;
    int channels = 4;

    friend bool operator==(const SampleRequest&, const SampleRequest&) = default;
};

/// The answer. Digits are ink from 0 to 1, one channel, with identity affine.
struct Sample {
    SampleRequest request;
    Activations activations;
    std::vector<int> labels;  ///< of the images
    int available = 0;        ///< test images in all
    QString source;           ///< one line: what it is
};

}  // namespace normscope
