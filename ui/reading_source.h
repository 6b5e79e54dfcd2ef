#pragma once

#include <QString>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/dataset.h"
#include "core/reading.h"

namespace normscope {

/// What pages ask of the compared models. Pages never read files nor run a network: the app answers
/// with one ReadingAnswer per request, in the order of the requests.
struct ReadingRequest {
    std::uint64_t id = 0;  ///< answers to all but the latest are ignored
    DigitImage image{};    ///< of the test images, or drawn
    int index = -1;        ///< of the test image; -1: drawn
    /// Companions in the mini-batch, by index of the test images: then the models also read the
    /// image in training mode among them. Empty: in evaluation mode alone.
    std::vector<int> companions;
};

/// One per compared model, in their order.
struct ModelReading {
    Reading reading;                                    ///< in evaluation mode
    std::array<double, kClassCount> amongCompanions{};  ///< in training mode, if asked for
    QString problem;  ///< why there is none, in one sentence; empty if there is
};

struct ReadingAnswer {
    ReadingRequest request;
    std::vector<ModelReading> models;
};

}  // namespace normscope
