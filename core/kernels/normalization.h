#pragma once

/// Over a set of n cells that share mean m and (biased) variance v, with r = 1 / sqrt(v + eps):
///
///     x_hat = (x - m) * r                    y = gamma * x_hat + beta
///
/// The way back (batch norm paper, arXiv 1502.03167, section 3, gathered into one line). With
/// g = gamma * dL/dy and sums over the set:
///
///     dL/dx = r * (g - sum(g) / n - x_hat * sum(g * x_hat) / n)
///     dL/dbeta = sum(dL/dy)                  dL/dgamma = sum(dL/dy * x_hat)
///
/// the last two over all cells of a channel. The rows below are what every normalization has in
/// common; which cells make a set is for the caller to say.

#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

/// Adds the cells of row `y` to the sum of each channel.
template <class M>
void addSums(const M& maps, int y, Lanes* sums) {
    static_assert(M::side % 2 == 0);
    for (int channel = 0; channel < M::channels; ++channel) {
        const Lanes* x = maps.row(y, channel);
        Lanes even{};
        Lanes odd{};
        for (int column = 0; column < M::side; column += 2) {
            even += x[column];
            odd += x[column + 1];
        }
        sums[channel] += even + odd;
    }
}

/// Sums of x - mean and of (x - mean)^2 over each channel. The first would be zero if the mean were
/// exact; divided by the count it is what the mean lacks.
template <class M>
void addDeviations(const M& maps, const Lanes* means, Lanes* sums, Lanes* squares) {
    for (int channel = 0; channel < M::channels; ++channel) {
        sums[channel] = Lanes{};
        squares[channel] = Lanes{};
    }
    for (int y = 0; y < M::side; ++y) {
        for (int channel = 0; channel < M::channels; ++channel) {
            const Lanes* x = maps.row(y, channel);
            const Lanes mean = means[channel];
            Lanes sum{};
            Lanes even{};
            Lanes odd{};
            for (int column = 0; column < M::side; column += 2) {
                const Lanes first = x[column] - mean;
                const Lanes second = x[column + 1] - mean;
                sum += first + second;
                even += first * first;
                odd += second * second;
            }
            sums[channel] += sum;
            squares[channel] += even + odd;
        }
    }
}

/// y = scale * (x - mean) + shift, with gamma in the scale.
struct ForwardFactors {
    Lanes mean;
    Lanes scale;
    Lanes shift;
};

template <class In, class Out>
void normalizeRow(const In& in, const ForwardFactors* factors, Out& out, int y) {
    for (int channel = 0; channel < In::channels; ++channel) {
        const Lanes* x = in.row(y, channel);
        Lanes* normalized = out.row(y, channel);
        const ForwardFactors factor = factors[channel];
        for (int column = 0; column < In::side; ++column) {
            normalized[column] = (x[column] - factor.mean) * factor.scale + factor.shift;
        }
    }
}

/// Adds row `y` to the sums of dL/dy and of dL/dy * (x - mean) of each channel.
template <class M, class Gradients>
void addGradientSums(const M& maps, const Gradients& gradients, const Lanes* means, int y,
                     Lanes* sums, Lanes* deviationSums) {
    for (int channel = 0; channel < M::channels; ++channel) {
        const Lanes* x = maps.row(y, channel);
        const Lanes* gradient = gradients.row(y, channel);
        const Lanes mean = means[channel];
        Lanes even{};
        Lanes odd{};
        Lanes evenDeviation{};
        Lanes oddDeviation{};
        for (int column = 0; column < M::side; column += 2) {
            even += gradient[column];
            odd += gradient[column + 1];
            evenDeviation += gradient[column] * (x[column] - mean);
            oddDeviation += gradient[column + 1] * (x[column + 1] - mean);
        }
        sums[channel] += even + odd;
        deviationSums[channel] += evenDeviation + oddDeviation;
    }
}

/// dL/dx = r * (gamma * (dL/dy - centre) - shift - slope * (x - mean)): the line above. `centre` is
/// the mean of dL/dy over the channel, so that where all of them are alike nothing is left, not
/// even a rounding error; `shift` is what sum(g) / n differs by, in sets of several channels.
struct BackwardFactors {
    Lanes inverse;
    Lanes gamma;
    Lanes centre;
    Lanes shift;
    Lanes slope;
    Lanes mean;
};

/// dL/dx of a cell x, led on through the ReLU that made it: zero where that cut.
inline Lanes leadBack(Lanes x, Lanes gradient, const BackwardFactors& factors) {
    const Lanes slope = factors.gamma * (gradient - factors.centre) - factors.shift -
                        factors.slope * (x - factors.mean);
    return x > Lanes{} ? factors.inverse * slope : Lanes{};
}

/// Row `y` of it.
template <class M, class Gradients, class Out>
void normalizeRowBackward(const M& maps, const Gradients& gradients, const BackwardFactors* factors,
                          Out& out, int y) {
    for (int channel = 0; channel < M::channels; ++channel) {
        const Lanes* x = maps.row(y, channel);
        const Lanes* gradient = gradients.row(y, channel);
        Lanes* result = out.row(y, channel);
        const BackwardFactors factor = factors[channel];
        for (int column = 0; column < M::side; ++column) {
            result[column] = leadBack(x[column], gradient[column], factor);
        }
    }
}

/// The same for gradients that are computed at that moment.
template <class M>
struct LeadBack {
    const M& maps;
    const BackwardFactors* factors;
    int y;

    Lanes operator()(Lanes gradient, int channel, int column) const {
        return leadBack(maps.row(y, channel)[column], gradient, factors[channel]);
    }
};

}  // namespace normscope::NORMSCOPE_ISA
