#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/norm_spec.h"
#include "core/tensor4.h"

namespace normscope {

// Batch, layer, group and instance normalization of an N x C x H x W tensor, in double precision
// and plain loops: what the pages show, cell by cell. Networks are trained with torch; tests hold
// the two equal.
//
// Batch Normalization, arXiv 1502.03167; Layer Normalization, arXiv 1607.06450; Instance
// Normalization, arXiv 1607.08022; Group Normalization, arXiv 1803.08494.

/// A statistics set S_i (Group Normalization, equation 3): the cells that share one mean and one
/// variance. All of `height` x `width` of these channels, in one image or in all.
struct StatisticsSet {
    std::optional<int> image;  ///< empty: all images
    int firstChannel = 0;
    int channels = 1;        ///< consecutive ones from firstChannel
    std::int64_t count = 0;  ///< cells

    friend bool operator==(const StatisticsSet&, const StatisticsSet&) = default;
};

/// Groups that `spec` divides the channels of one image into: 1 under layer, C under instance norm,
/// and under batch norm, whose sets are channels too.
int groupCount(const NormSpec& spec, int channels);

/// All sets. Batch: C of them, by channel. Layer: N, instance: N*C, group: N*G; by image, then by
/// channel. None: no set. Throws std::invalid_argument when the groups do not divide the channels.
std::vector<StatisticsSet> statisticsSets(const Shape4& shape, const NormSpec& spec);

/// Place in statisticsSets() of the set that holds this channel of this image; every channel and
/// image is in exactly one. Not to be called with NormKind::None.
int statisticsSetOf(const Shape4& shape, const NormSpec& spec, int image, int channel);

/// gamma and beta, one of each per channel, as PyTorch's BatchNorm2d, GroupNorm and
/// InstanceNorm2d(affine=True) have them.
struct Affine {
    std::vector<double> gamma;
    std::vector<double> beta;

    /// Ones and zeros: leaves x_hat as it is.
    static Affine identity(int channels);

    friend bool operator==(const Affine&, const Affine&) = default;
};

/// What batch norm keeps of the batches it has seen, one of each per channel.
struct RunningStatistics {
    std::vector<double> mean;
    std::vector<double> variance;
    std::int64_t batches = 0;

    /// As before the first batch: mean 0, variance 1.
    static RunningStatistics initial(int channels);

    friend bool operator==(const RunningStatistics&, const RunningStatistics&) = default;
};

/// Every number on the way from x to y.
struct NormTrace {
    std::vector<StatisticsSet> sets;
    std::vector<double> mean;      ///< per set
    std::vector<double> variance;  ///< per set, biased: divided by the count
    Tensor4 normalized;            ///< x_hat = (x - mean) / sqrt(variance + eps)
    std::vector<double> gamma;     ///< per channel
    std::vector<double> beta;      ///< per channel
    Tensor4 output;                ///< y = gamma * x_hat + beta
};

/// Why PyTorch would refuse this in training mode: batch and instance norm raise when a set holds
/// one value only, group and layer norm when moreover there is one image only (their check asks
/// whether N * C / G * H * W is 1). Empty if it would not. The mathematics goes through all the
/// same: x_hat is 0.
std::optional<std::string> refusalOfPyTorch(const Shape4& shape, const NormSpec& spec);

/// Normalizes with the statistics of `input` itself: every norm, and batch norm in training mode.
/// `affine` holds as many pairs as there are channels. NormKind::None leaves x_hat = x.
/// Throws std::invalid_argument when groups or affine do not fit, or eps is not above 0.
NormTrace normalize(const Tensor4& input, const NormSpec& spec, const Affine& affine);

/// The same into a trace that is there already: a large tensor fits into its memory once more.
void normalize(const Tensor4& input, const NormSpec& spec, const Affine& affine, NormTrace& trace);

/// Batch norm at evaluation: with the running statistics in place of the batch's own. The sets are
/// those of batch norm. Throws std::invalid_argument likewise.
NormTrace normalizeWithRunning(const Tensor4& input, const NormSpec& spec, const Affine& affine,
                               const RunningStatistics& running);
void normalizeWithRunning(const Tensor4& input, const NormSpec& spec, const Affine& affine,
                          const RunningStatistics& running, NormTrace& trace);

/// Other pairs on the same x_hat.
void applyAffine(NormTrace& trace, const Affine& affine);

/// Moves the running statistics towards those of one more batch:
///     running = (1 - momentum) * running + momentum * batch
/// where the batch's variance is the UNBIASED one, as in PyTorch, although x_hat divides by the
/// biased one. With a single value per channel the unbiased variance is undefined and the running
/// variance is left alone. `batch` is a trace of batch norm in training mode.
void feedBatch(RunningStatistics& running, const NormTrace& batch, double momentum);

/// d y_i / d x_j of one output cell i for every input cell j:
///     gamma_i / sqrt(variance + eps) * ([i = j] - 1 / M - x_hat_i * x_hat_j / M)
/// when j is among the M cells of i's statistics set, else 0. Where the statistics do not come from
/// the input (batch norm at evaluation, no norm) only j = i counts. Refers to the trace.
class OutputGradient {
  public:
    /// `training`: the statistics of the trace come from its input.
    OutputGradient(const NormTrace& trace, const NormSpec& spec, bool training,
                   const CellIndex& output);

    double at(const CellIndex& input) const;

    /// The set of the output cell: outside of it every derivative is 0. -1 without normalization.
    int set() const { return set_; }
    /// The largest absolute value over all input cells.
    double largest() const;

  private:
    const NormTrace& trace_;
    NormSpec spec_;
    CellIndex output_;
    int set_ = -1;
    double factor_ = 1.0;  ///< gamma / sqrt(variance + eps)
    double inverseCount_ = 0.0;
    double normalized_ = 0.0;  ///< x_hat of the output cell
};

/// Learned pairs of gamma and beta, counted three ways. Numbers of parameters, two a pair.
struct AffineCounts {
    std::int64_t simplified;  ///< as many courses say: batch 2C, layer 2, group 2G, instance 2C
    std::int64_t perChannel;  ///< PyTorch's BatchNorm2d and GroupNorm, and the papers: 2C
    std::int64_t perElement;  ///< nn.LayerNorm([C, H, W]): 2CHW
};
AffineCounts affineCounts(const Shape4& shape, const NormSpec& spec);

/// The pairs that undo the normalization of one image exactly: gamma = sqrt(variance + eps) and
/// beta = mean of that image's sets. Under batch norm that is every image.
Affine restoringAffine(const NormTrace& trace, const NormSpec& spec, int image);

/// How far from `input` these pairs leave the output: the largest |gamma * x_hat + beta - x| of all
/// images, or of this one.
double recoveryError(const Tensor4& input, const NormTrace& trace, const Affine& affine,
                     std::optional<int> image = {});

}  // namespace normscope
