#pragma once

/// A norm layer of a group of images: which cells share mean and variance, and what has to be
/// remembered of them between the way forward and the way back. See normalization.h for the
/// formulas.

#include "core/kernels/convolution.h"
#include "core/kernels/image_group.h"
#include "core/kernels/lanes.h"
#include "core/kernels/normalization.h"

namespace normscope::NORMSCOPE_ISA {

using kernels::kMostChannels;
using kernels::Moments;
using kernels::PerChannel;
using kernels::Statistics;
using kernels::StepSettings;

/// The maps tell how many channels it has, and how many cells each of them.
class NormLayer {
  public:
    /// For norm layer `layer` and `count` images, those with a 1 in `mask`. Moments may have been
    /// given before.
    void begin(const StepSettings& settings, int layer, int count, Lanes mask) {
        statistics_ = settings.statistics;
        sets_ = settings.sets[layer];
        eps_ = static_cast<float>(settings.eps);
        gamma_ = settings.parameters->gamma[layer];
        beta_ = settings.parameters->beta[layer];
        count_ = count;
        mask_ = mask;
        for (int channel = 0; channel < kMostChannels; ++channel) {
            sums_[channel] = Lanes{};
            gradientSums_[channel] = Lanes{};
            deviationSums_[channel] = Lanes{};
        }
    }

    /// Row `y` of what enters is there.
    template <class M>
    void takeRow(const M& maps, int y) {
        if (takesMoments()) {
            addSums(maps, y, sums_);
        }
    }

    /// All of it is there.
    template <class M>
    void finishMoments(const M& maps) {
        constexpr int kChannels = M::channels;
        if (statistics_ == Statistics::None) {
            for (int channel = 0; channel < kChannels; ++channel) {
                mean_[channel] = Lanes{};
                lack_[channel] = Lanes{};
                inverse_[channel] = everyLane(1.0F);
            }
        } else if (statistics_ == Statistics::Batch) {
            const float cells = kCells<M> * static_cast<float>(count_);
            for (int channel = 0; channel < kChannels; ++channel) {
                mean_[channel] = everyLane(laneSum(sums_[channel] * mask_) / cells);
            }
            addDeviations(maps, mean_, sums_, squares_);
            for (int channel = 0; channel < kChannels; ++channel) {
                lack_[channel] = everyLane(laneSum(sums_[channel] * mask_) / cells);
            }
        } else if (statistics_ == Statistics::Image) {
            const int inSet = kChannels / sets_;
            const float cells = kCells<M> * static_cast<float>(inSet);
            shareInSets<kChannels>(sums_, inSet,
                                   [&](Lanes sum, int channel) { mean_[channel] = sum / cells; });
            addDeviations(maps, mean_, sums_, squares_);
            shareInSets<kChannels>(sums_, inSet,
                                   [&](Lanes sum, int channel) { lack_[channel] = sum / cells; });
            shareInSets<kChannels>(squares_, inSet, [&](Lanes sum, int channel) {
                inverse_[channel] = inverseDeviation(sum / cells - lack_[channel] * lack_[channel]);
            });
        }
    }

    /// See ImageGroup.
    void moments(int channels, Moments& moments) const {
        for (int channel = 0; channel < channels; ++channel) {
            moments.mean[channel] = mean_[channel][0];
            moments.lack[channel] = lack_[channel][0];
            moments.squares[channel] = laneSum(squares_[channel] * mask_);
        }
    }
    void setMoments(int channels, const Moments& moments, const PerChannel& inverse) {
        for (int channel = 0; channel < channels; ++channel) {
            mean_[channel] = everyLane(moments.mean[channel]);
            lack_[channel] = everyLane(moments.lack[channel]);
            inverse_[channel] = everyLane(inverse[channel]);
        }
    }

    /// Row `y` of what leaves the layer; from the first to the last.
    template <class In, class Out>
    void normalize(const In& in, Out& out, int y) {
        if (y == 0) {
            setForwardFactors<In::channels>();
        }
        normalizeRow(in, forward_, out, y);
    }

    /// Instead, where a convolution of 1 x 1 takes what leaves the layer: the weights (in, out) and
    /// shifts by which it finds its results in x - mean.
    template <int kChannels, int kOuts>
    void enterWeights(const float* weights, Lanes* entered, Lanes* shifts) {
        setForwardFactors<kChannels>();
        for (int o = 0; o < kOuts; ++o) {
            shifts[o] = Lanes{};
        }
        for (int channel = 0; channel < kChannels; ++channel) {
            for (int o = 0; o < kOuts; ++o) {
                const float weight = weights[channel * kOuts + o];
                entered[channel * kOuts + o] = weight * forward_[channel].scale;
                shifts[o] += weight * forward_[channel].shift;
            }
        }
    }
    Centred centred() const { return {mean_}; }

    /// What leaves the layer, of the values of some cells of one channel, after that.
    void normalize(int channel, const kernels::ImageGroup::Cell* cells, int count,
                   float* values) const {
        const ForwardFactors& factors = forward_[channel];
        for (int i = 0; i < count; ++i) {
            const int image = cells[i].image;
            values[i] =
                (values[i] - factors.mean[image]) * factors.scale[image] + factors.shift[image];
        }
    }

    /// Row `y` of dL/d of what left is there; `maps` is what entered.
    template <class M, class Gradients>
    void takeGradientRow(const M& maps, const Gradients& gradients, int y) {
        if (statistics_ != Statistics::None) {
            addGradientSums(maps, gradients, mean_, y, gradientSums_, deviationSums_);
        }
    }

    /// Instead of all rows, where a convolution of 1 x 1, z[o] = sum of w[o][c] * y[c], takes what
    /// leaves the layer. Then dL/dy[c] = sum of w[o][c] * dL/dz[o], and its sums follow from
    ///
    ///     s[o] = sum(dL/dz[o])        p[c][o] = sum(dL/dz[o] * (x[c] - mean[c]))
    ///
    /// over the cells, and so does dL/dw[o][c], which takes the place of p.
    template <int kChannels, int kOuts>
    void takeProducts(const float* weights, const Lanes* s, Lanes* p) {
        for (int channel = 0; channel < kChannels; ++channel) {
            Lanes sum{};
            Lanes deviationSum{};
            for (int o = 0; o < kOuts; ++o) {
                const float weight = weights[channel * kOuts + o];
                Lanes& product = p[channel * kOuts + o];
                sum += weight * s[o];
                deviationSum += weight * product;
                product = forward_[channel].scale * product + forward_[channel].shift * s[o];
            }
            gradientSums_[channel] = sum;
            deviationSums_[channel] = deviationSum;
        }
    }

    /// All of it is there: dL/dgamma and dL/dbeta, which are left alone without normalization.
    template <class M>
    void finishGradientSums(const M& /*maps*/, float* gammaGradient, float* betaGradient) {
        constexpr int kChannels = M::channels;
        if (statistics_ == Statistics::None) {
            for (int channel = 0; channel < kChannels; ++channel) {
                backward_[channel] = {.inverse = everyLane(1.0F),
                                      .gamma = everyLane(1.0F),
                                      .centre = Lanes{},
                                      .shift = Lanes{},
                                      .slope = Lanes{},
                                      .mean = Lanes{}};
            }
            return;
        }
        for (int channel = 0; channel < kChannels; ++channel) {
            deviationSums_[channel] -= lack_[channel] * gradientSums_[channel];
            betaGradient[channel] = betaGradient_[channel] = laneSum(gradientSums_[channel]);
            gammaGradient[channel] = gammaGradient_[channel] =
                laneSum(deviationSums_[channel] * inverse_[channel]);
        }
        if (statistics_ == Statistics::Image) {
            setFactorsOfSets<kChannels>(kCells<M>);
        }
    }

    /// See ImageGroup.
    void gradientSums(int channels, PerChannel& beta, PerChannel& gamma) const {
        for (int channel = 0; channel < channels; ++channel) {
            beta[channel] = betaGradient_[channel];
            gamma[channel] = gammaGradient_[channel];
        }
    }
    void setGradientMeans(int channels, const PerChannel& beta, const PerChannel& gamma) {
        for (int channel = 0; channel < channels; ++channel) {
            const Lanes scale = gamma_[channel] * mask_;
            const Lanes slope = scale * inverse_[channel] * gamma[channel];
            backward_[channel] = {.inverse = inverse_[channel],
                                  .gamma = scale,
                                  .centre = everyLane(beta[channel]),
                                  .shift = -slope * lack_[channel],
                                  .slope = slope,
                                  .mean = mean_[channel]};
        }
    }

    /// Row `y` of dL/d of what the convolution before the layer gave.
    template <class M, class Gradients, class Delta>
    void leadBack(const M& maps, const Gradients& gradients, Delta& delta, int y) const {
        normalizeRowBackward(maps, gradients, backward_, delta, y);
    }
    /// The same of gradients as they are computed.
    template <class M>
    LeadBack<M> leadBack(const M& maps, int y) const {
        return {maps, backward_, y};
    }

  private:
    template <class M>
    static constexpr auto kCells = static_cast<float>(M::side* M::side);

    template <int kChannels>
    void setForwardFactors() {
        for (int channel = 0; channel < kChannels; ++channel) {
            const Lanes scale = inverse_[channel] * gamma_[channel];
            forward_[channel] = {.mean = mean_[channel],
                                 .scale = scale,
                                 .shift = beta_[channel] - lack_[channel] * scale};
        }
    }

    bool takesMoments() const {
        return statistics_ == Statistics::Image || statistics_ == Statistics::Batch;
    }

    /// Adds up what the channels of each set have and gives the sum to every one of them.
    template <int kChannels, class Give>
    static void shareInSets(const Lanes* ofChannels, int inSet, Give give) {
        for (int first = 0; first < kChannels; first += inSet) {
            Lanes sum{};
            for (int channel = first; channel < first + inSet; ++channel) {
                sum += ofChannels[channel];
            }
            for (int channel = first; channel < first + inSet; ++channel) {
                give(sum, channel);
            }
        }
    }

    Lanes inverseDeviation(Lanes variance) const {
        Lanes inverse{};
        for (int lane = 0; lane < kLanes; ++lane) {
            inverse[lane] = 1.0F / __builtin_sqrtf(variance[lane] + eps_);
        }
        return inverse;
    }

    template <int kChannels>
    void setFactorsOfSets(float cellsOfMap) {
        const int inSet = kChannels / sets_;
        const float cells = cellsOfMap * static_cast<float>(inSet);
        Lanes gradients[kChannels];
        Lanes deviations[kChannels];
        for (int channel = 0; channel < kChannels; ++channel) {
            gradients[channel] = gradientSums_[channel] * gamma_[channel];
            deviations[channel] = deviationSums_[channel] * gamma_[channel];
        }
        shareInSets<kChannels>(deviations, inSet, [&](Lanes sum, int channel) {
            const Lanes inverse = inverse_[channel];
            backward_[channel] = {.inverse = inverse,
                                  .gamma = everyLane(gamma_[channel]),
                                  .centre = gradientSums_[channel] / cellsOfMap,
                                  .shift = Lanes{},
                                  .slope = inverse * inverse * sum / cells,
                                  .mean = mean_[channel]};
        });
        shareInSets<kChannels>(gradients, inSet, [&](Lanes sum, int channel) {
            BackwardFactors& factors = backward_[channel];
            // In a set of one channel the two means are the same.
            if (inSet > 1) {
                factors.shift = sum / cells - factors.gamma * factors.centre;
            }
            factors.shift -= factors.slope * lack_[channel];
        });
    }

    Statistics statistics_ = Statistics::None;
    int sets_ = 0;
    float eps_ = 0.0F;
    const float* gamma_ = nullptr;
    const float* beta_ = nullptr;
    int count_ = 0;
    Lanes mask_{};

    Lanes sums_[kMostChannels];
    Lanes mean_[kMostChannels];
    Lanes lack_[kMostChannels];     ///< of the mean: its rounding error
    Lanes squares_[kMostChannels];  ///< sums of the squared deviations from the mean
    Lanes inverse_[kMostChannels];  ///< 1 / sqrt(variance + eps)
    ForwardFactors forward_[kMostChannels];

    Lanes gradientSums_[kMostChannels];
    Lanes deviationSums_[kMostChannels];  ///< of dL/dy * (x - mean)
    float betaGradient_[kMostChannels];
    float gammaGradient_[kMostChannels];
    BackwardFactors backward_[kMostChannels];
};

}  // namespace normscope::NORMSCOPE_ISA
