#pragma once

/// The end of the network: the mean of each of 15 maps, a 1x1 convolution to 10 scores s, and
/// log-probabilities z[o] = s[o] - log(sum(exp(s))). The loss of an image is -z[label], and so
/// dL/ds[o] = exp(z[o]) - (o == label).

#include "core/kernels/digit_shape.h"
#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

using kernels::kClasses;

inline constexpr int kFeatures = 15;

struct Answers {
    Lanes features[kFeatures];  ///< mean of each map
    float logProbabilities[kLanes][kClasses];
};

/// `weights` in the order in, out.
template <class M>
void classify(const M& maps, const float* weights, Answers& answers) {
    static_assert(M::channels == kFeatures);
    constexpr auto kCells = static_cast<float>(M::side * M::side);
    for (int feature = 0; feature < kFeatures; ++feature) {
        Lanes sum{};
        for (int y = 0; y < M::side; ++y) {
            for (int x = 0; x < M::side; ++x) {
                sum += maps.row(y, feature)[x];
            }
        }
        answers.features[feature] = sum / kCells;
    }
    Lanes scores[kClasses] = {};
    for (int feature = 0; feature < kFeatures; ++feature) {
        for (int o = 0; o < kClasses; ++o) {
            scores[o] += weights[feature * kClasses + o] * answers.features[feature];
        }
    }
    for (int lane = 0; lane < kLanes; ++lane) {
        double largest = scores[0][lane];
        for (int o = 1; o < kClasses; ++o) {
            largest = scores[o][lane] > largest ? scores[o][lane] : largest;
        }
        double sum = 0.0;
        for (const Lanes& score : scores) {
            sum += __builtin_exp(score[lane] - largest);
        }
        const double logSum = largest + __builtin_log(sum);
        for (int o = 0; o < kClasses; ++o) {
            answers.logProbabilities[lane][o] = static_cast<float>(scores[o][lane] - logSum);
        }
    }
}

/// dL/d of the maps and, into `weightGradient` (out, in), of the weights. `share` is what the
/// loss of each lane's image counts in that of the mini-batch.
template <class M>
void classifyBackward(const float* weights, const Answers& answers, const unsigned char* labels,
                      Lanes share, float* weightGradient, M& gradients) {
    static_assert(M::channels == kFeatures);
    constexpr auto kCells = static_cast<float>(M::side * M::side);
    Lanes slopes[kClasses];
    for (int o = 0; o < kClasses; ++o) {
        for (int lane = 0; lane < kLanes; ++lane) {
            const double probability = __builtin_exp(answers.logProbabilities[lane][o]);
            slopes[o][lane] = static_cast<float>(probability - (o == labels[lane] ? 1.0 : 0.0));
        }
        slopes[o] *= share;
        for (int feature = 0; feature < kFeatures; ++feature) {
            weightGradient[o * kFeatures + feature] =
                laneSum(slopes[o] * answers.features[feature]);
        }
    }
    for (int feature = 0; feature < kFeatures; ++feature) {
        Lanes slope{};
        for (int o = 0; o < kClasses; ++o) {
            slope += weights[feature * kClasses + o] * slopes[o];
        }
        for (int y = 0; y < M::side; ++y) {
            for (int x = 0; x < M::side; ++x) {
                gradients.row(y, feature)[x] = slope / kCells;
            }
        }
    }
}

}  // namespace normscope::NORMSCOPE_ISA
