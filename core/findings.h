#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/network.h"
#include "core/runs.h"
#include "core/statistics.h"

namespace normscope {

/// Level at which a difference counts as seen, after the correction for several tests.
inline constexpr double kSignificance = 0.05;

/// What one of the measures of an epoch came to.
struct LastAndBest {
    double last = 0.0;
    double best = 0.0;  ///< of any epoch; of the test measures: picked on test data
};

struct EpochFigures {
    LastAndBest trainAccuracy;
    LastAndBest trainLoss;
    LastAndBest testAccuracy;
    LastAndBest testLoss;
};

/// The figures of one model in the table of findings; empty where nothing is measured yet.
struct ModelFigures {
    ModelSummary summary;
    int testTotal = 0;
    std::optional<EpochFigures> epochs;
    std::vector<int> lastWrong;  ///< in the last epochs, at most kLastEpochs, the oldest first

    /// 95 % Wilson interval of the share that is read wrongly.
    std::optional<Interval> wrongShare() const;
};
ModelFigures figuresOf(const Run& run, std::size_t model);

/// Of how many last epochs each model can tell that can tell of any: what is held side by side is
/// of as many. At most kLastEpochs; 0 if no epoch is measured.
std::size_t sharedLastEpochs(std::span<const ModelFigures> models);

/// Images of each digit, and how many of them are read wrongly.
struct DigitErrors {
    std::array<int, kClassCount> total{};
    std::array<int, kClassCount> wrong{};
};
DigitErrors digitErrors(const Evaluation& evaluation);

/// Two networks on the same images.
struct PairedTest {
    std::size_t first = 0;  ///< places in what was compared
    std::size_t second = 0;
    int onlyFirst = 0;  ///< images that the first alone misreads
    int onlySecond = 0;
    double p = 1.0;         ///< exact McNemar
    double adjusted = 1.0;  ///< by Holm, over all pairs that could be tested

    bool showsDifference() const { return adjusted <= kSignificance; }
};

/// Of every two of the models whose reading of the same images is known; a null one is in no pair.
std::vector<PairedTest> pairedTests(std::span<const Evaluation* const> models);

/// Whether these are the images of MNIST.
bool isMnist(const DatasetInfo& dataset);

/// Wrong of 10,000 in the course work that this comparison repeats, "20-odd epochs", for the model
/// whose settings match as far as they are known of it; else empty.
std::optional<int> originalWrong(const Run& run, std::size_t model);

}  // namespace normscope
