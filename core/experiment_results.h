#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/experiment.h"
#include "core/statistics.h"

namespace normscope {

/// One epoch of one model, over the seeds that have had it and did not diverge.
struct EpochBand {
    int epoch = 0;  ///< from 1
    MeanEstimate trainLoss;
    MeanEstimate trainAccuracy;  ///< 0..1
    MeanEstimate testLoss;
    MeanEstimate testAccuracy;  ///< 0..1
};

struct SeedModelResults {
    std::vector<EpochBand> epochs;
    /// Test images misread after the last epoch, one per seed; empty where the model has not had
    /// all its epochs, or diverged.
    std::vector<std::optional<int>> wrong;
    int diverged = 0;   ///< seeds
    MeanEstimate mean;  ///< of `wrong`, with its 95 % interval
};

/// How much more the first of two models misreads than the second, seed by seed.
struct PairedDifference {
    std::size_t first = 0;
    std::size_t second = 0;
    /// Its interval is Bonferroni's: of all pairs together, 95 % hold what is true of every pair.
    MeanEstimate difference;

    /// Whether a claim about the two methods is supported: the interval leaves out zero. A few
    /// seeds that happen to differ by the same count have no spread to take an interval from.
    bool isClear() const {
        return difference.deviation > 0.0 &&
               (difference.interval.low > 0.0 || difference.interval.high < 0.0);
    }
};

struct SeedResults {
    std::vector<std::uint64_t> seeds;
    int testTotal = 0;  ///< 0: no run was begun
    std::vector<SeedModelResults> models;
    std::vector<PairedDifference> pairs;  ///< (0, 1), (0, 2), ..., (1, 2), ...
};
SeedResults seedResults(const Experiment& experiment);

/// The median test error of the last epochs, in percent; empty where the model has not had all its
/// epochs, or diverged.
struct SweepPoint {
    std::optional<double> error;
    bool diverged = false;
};

struct SweepResults {
    std::vector<int> sizes;    ///< in the order of the experiment
    int epochs = kLastEpochs;  ///< that each median is of: fewer where there are fewer
    std::vector<std::vector<SweepPoint>> models;  ///< [model][size]
};
SweepResults sweepResults(const Experiment& experiment);

/// What Wu and He measured: ResNet-50 on ImageNet, validation error in percent against images per
/// worker, learning rate 0.1 N / 32, median of the last five epochs (Group Normalization, arXiv
/// 1803.08494, tables 1 and 2).
struct PaperPoint {
    NormKind kind;
    int size;
    double error;
};
inline constexpr std::array kPaperPoints{
    PaperPoint{NormKind::Batch, 32, 23.6}, PaperPoint{NormKind::Batch, 16, 23.7},
    PaperPoint{NormKind::Batch, 8, 24.8},  PaperPoint{NormKind::Batch, 4, 27.3},
    PaperPoint{NormKind::Batch, 2, 34.7},  PaperPoint{NormKind::Group, 32, 24.1},
    PaperPoint{NormKind::Group, 16, 24.2}, PaperPoint{NormKind::Group, 8, 24.0},
    PaperPoint{NormKind::Group, 4, 24.2},  PaperPoint{NormKind::Group, 2, 24.1},
    PaperPoint{NormKind::Layer, 32, 25.3}, PaperPoint{NormKind::Instance, 32, 28.4}};

}  // namespace normscope
