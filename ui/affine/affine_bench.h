#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/histogram.h"
#include "core/normalization.h"

namespace normscope {

/// gamma and beta of one channel.
struct AffinePair {
    double gamma = 1.0;
    double beta = 0.0;

    friend bool operator==(const AffinePair&, const AffinePair&) = default;
};

/// One channel of one image three ways: x, x_hat and y, row by row.
struct ThreePlanes {
    int height = 1;
    int width = 1;
    std::vector<double> original;
    std::vector<double> normalized;
    std::vector<double> output;
};

/// Share of the cells that ReLU lets through, from 0 to 1.
struct AliveShare {
    double image = 0.0;    ///< of the chosen channel of the chosen image
    double channel = 0.0;  ///< of the chosen channel of all images
};

/// Below this a value counts as 0, so that a cell brought back to 0 but for rounding is not taken
/// for alive.
inline constexpr double kRounding = 1e-12;

/// Where gamma and beta are tried out: images, a normalization, one pair per channel, and the one
/// channel of one image that is looked at.
///
/// The line: from the pair (1, 0), which leaves x_hat as it is, at 0, through the pair that brings
/// back the original, (sqrt(variance + eps), mean) of the chosen image's set, at 1, to kBeyond.
///
/// Pairs belong to channels, as in a network: choosing another image leaves them alone, and what
/// brings back one image may then turn out not to bring back the next.
class AffineBench {
  public:
    static constexpr double kBeyond = 1.25;

    AffineBench();

    /// Takes other images; place on the line is kept, or else the pairs start anew at (1, 0).
    void setInput(Tensor4 input);
    /// Any kind but None. Keeps the place on the line; pairs that are off it stay as they are.
    /// Throws std::invalid_argument as normalize() does, and then changes nothing.
    void setSpec(const NormSpec& spec);
    /// Images and spec together, for images that the present spec may not fit.
    void setInput(Tensor4 input, const NormSpec& spec);
    void choose(int image, int channel);

    /// Linked: all channels share one pair, that of the chosen channel when the link is made.
    void setLinked(bool linked);
    /// Of the chosen channel, or of all when linked.
    void setPair(const AffinePair& pair);
    /// Of every channel, such as the pairs a model has learned; unlinks them.
    void setAffine(const Affine& affine);
    /// Takes every channel to this place on its own line; linked, all to that of the chosen one.
    void setBetween(double place);

    const Tensor4& input() const { return input_; }
    const NormSpec& spec() const { return spec_; }
    int image() const { return image_; }
    int channel() const { return channel_; }
    bool isLinked() const { return linked_; }
    const Affine& affine() const { return affine_; }

    AffinePair pair() const { return pairOf(affine_, channel_); }
    /// Place of the chosen channel's pair, as far as the fields show digits; empty off the line.
    std::optional<double> between() const { return between_; }
    /// The place on the line that comes nearest to the pair, from 0 to kBeyond.
    double nearestBetween() const;

    /// The statistics set of the chosen channel and image.
    const StatisticsSet& set() const;
    double mean() const;
    double variance() const;
    /// The pair that brings back this channel of this image.
    AffinePair restoringPair(int image, int channel) const;

    ThreePlanes planes() const;
    AliveShare alive() const;
    /// Covers everything that the planes hold while the pair moves along the line.
    ValueRange rangeOnTheLine() const;

    static AffinePair pairOf(const Affine& affine, int channel);
    /// From (1, 0) at 0 to `restoring` at 1, and on.
    static AffinePair onTheLine(const AffinePair& restoring, double place);

  private:
    std::size_t chosenSet() const;
    void put(int channel, const AffinePair& pair);
    void findBetween();

    Tensor4 input_;
    NormSpec spec_;
    NormTrace trace_;
    int image_ = 0;
    int channel_ = 0;
    bool linked_ = false;
    Affine affine_;
    std::optional<double> between_ = 0.0;
};

}  // namespace normscope
