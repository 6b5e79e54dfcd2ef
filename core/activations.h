#pragma once

#include <span>
#include <string>

#include "core/dataset.h"
#include "core/network.h"
#include "core/normalization.h"

namespace normscope {

/// What enters one norm layer of a trained network, and how that layer normalizes it.
struct Activations {
    Tensor4 input;              ///< images x channels x H x W, before the norm layer
    NormSpec spec;              ///< of that layer; NormKind::None without normalization
    Affine affine;              ///< the pairs it has learned; identity without normalization
    RunningStatistics running;  ///< of batch norm; initial() for all others
    /// Some statistics set of the layer is here in part: these numbers alone have another mean and
    /// variance than the layer takes.
    bool hasCutSets = false;
};

/// Runs these images of `set` through the network up to norm layer `normLayer` (0..5), in
/// evaluation mode: the layers before it normalize as they would at test time.
/// `model` is the content of a model.pt; `name` is what errors call it.
/// Throws std::runtime_error with one sentence when it does not fit `spec`.
Activations readActivations(const std::string& model, const std::string& name,
                            const NetworkSpec& spec, const DigitSet& set,
                            std::span<const int> images, int normLayer);

/// These channels alone, from `first`. The groups of group norm stay as large as they are where
/// whole ones are chosen; else there is one group of all.
Activations selectChannels(const Activations& all, int first, int count);

}  // namespace normscope
