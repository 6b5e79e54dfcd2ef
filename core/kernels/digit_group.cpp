#include "core/kernels/classification.h"
#include "core/kernels/convolution.h"
#include "core/kernels/image_group.h"
#include "core/kernels/lanes.h"
#include "core/kernels/normalization.h"
#include "core/kernels/pooling.h"
#include "core/kernels/winograd.h"

namespace normscope::NORMSCOPE_ISA {

using namespace kernels;

/// What lives for a call alone.
struct DigitWorkspace final : Workspace {
    // The ways back of the tiled convolutions.
    ConvolutionBackward<Maps<15, 4, 1>, 15> conv6;
    ConvolutionBackward<Maps<12, 4, 1>, 15> conv5;
    ConvolutionBackward<Maps<12, 10>, 16> conv4;
    ConvolutionBackward<Maps<8, 12>, 12> conv3;
    ConvolutionBackward<Maps<8, 26>, 12> conv2;

    // dL/d of what the convolutions gave, and of what the poolings took and gave.
    RowPair<15, 4> delta6;
    RowPair<15, 4> delta5;
    Maps<12, 4> pooled2;
    RowPair<12, 8> point2;
    RowPair<16, 8> delta4;
    RowPair<12, 10> delta3;
    Maps<8, 12> pooled1;
    RowPair<8, 24> point1;
    RowPair<12, 24> delta2;
    RowPair<8, 26> delta1;

    Lanes weights[15 * 15 * 9];
};

/// See image_group.h. The parts are cut at the norm layers, and within a part the layers are
/// interleaved row by row: a row is used while it is still in the cache.
class DigitGroup final : public ImageGroup {
  public:
    void begin(const StepSettings& settings, const std::uint8_t* const* images,
               const std::uint8_t* labels, int count) override {
        settings_ = settings;
        count_ = count;
        const std::uint8_t* from[kLanes];
        for (int lane = 0; lane < kLanes; ++lane) {
            const int image = lane < count ? lane : count - 1;
            from[lane] = images[image];
            labels_[lane] = labels[image];
            mask_[lane] = lane < count ? 1.0F : 0.0F;
        }
        for (int y = 0; y < kImageSide; ++y) {
            Lanes* row = image_.row(y, 0);
            for (int x = 0; x < kImageSide; ++x) {
                float greys[kLanes];
                for (int lane = 0; lane < kLanes; ++lane) {
                    greys[lane] = settings.inputOfGrey[from[lane][y * kImageSide + x]];
                }
                __builtin_memcpy(&row[x], greys, sizeof greys);
            }
        }
        for (Norm& norm : norms_) {
            // Mean and variance may have been given already.
            for (int channel = 0; channel < kMostChannels; ++channel) {
                norm.sums[channel] = Lanes{};
                norm.gradientSums[channel] = Lanes{};
                norm.deviationSums[channel] = Lanes{};
            }
        }
    }

    void forward(int part, Workspace& /*workspace*/) override {
        switch (part) {
            case 0:
                return forward0();
            case 1:
                return forward1();
            case 2:
                return forward2();
            case 3:
                return forward3();
            case 4:
                return forward4();
            case 5:
                return forward5();
            default:
                return forward6();
        }
    }

    void backward(int layer, Workspace& workspace) override {
        auto& space = static_cast<DigitWorkspace&>(workspace);
        switch (layer) {
            case 5:
                return backward5(space);
            case 4:
                return backward4(space);
            case 3:
                return backward3(space);
            case 2:
                return backward2(space);
            case 1:
                return backward1(space);
            default:
                return backward0(space);
        }
    }

    void moments(int layer, Moments& moments) const override {
        const Norm& norm = norms_[layer];
        for (int channel = 0; channel < kNormChannels[layer]; ++channel) {
            moments.mean[channel] = norm.mean[channel][0];
            moments.lack[channel] = norm.lack[channel][0];
            moments.squares[channel] = laneSum(norm.squares[channel] * mask_);
        }
    }

    void setMoments(int layer, const Moments& moments, const PerChannel& inverse) override {
        Norm& norm = norms_[layer];
        for (int channel = 0; channel < kNormChannels[layer]; ++channel) {
            norm.mean[channel] = everyLane(moments.mean[channel]);
            norm.lack[channel] = everyLane(moments.lack[channel]);
            norm.inverse[channel] = everyLane(inverse[channel]);
        }
    }

    void beginBackward() override {
        classifyBackward(settings_.parameters->forward + weightsBefore(kHead), answers_, labels_,
                         mask_ / static_cast<float>(settings_.batchSize),
                         gradient_ + settings_.layout->convolution[kHead], gradient6_);
        for (int y = 0; y < 4; ++y) {
            takeGradientRow<5>(relu6_, gradient6_, y);
        }
        finishGradientSums<5>();
    }

    void gradientSums(int layer, PerChannel& beta, PerChannel& gamma) const override {
        for (int channel = 0; channel < kNormChannels[layer]; ++channel) {
            beta[channel] = norms_[layer].gradientOfBeta[channel];
            gamma[channel] = norms_[layer].gradientOfGamma[channel];
        }
    }

    void setGradientMeans(int layer, const PerChannel& beta, const PerChannel& gamma) override {
        Norm& norm = norms_[layer];
        for (int channel = 0; channel < kNormChannels[layer]; ++channel) {
            const Lanes scale = settings_.parameters->gamma[layer][channel] * mask_;
            const Lanes slope = scale * norm.inverse[channel] * gamma[channel];
            norm.backward[channel] = {.inverse = norm.inverse[channel],
                                      .gamma = scale,
                                      .centre = everyLane(beta[channel]),
                                      .shift = -slope * norm.lack[channel],
                                      .slope = slope,
                                      .mean = norm.mean[channel]};
        }
    }

    const float* logProbabilities(int image) const override {
        return answers_.logProbabilities[image];
    }

    const float* gradient() const override { return gradient_; }

    void read(int layer, Side side, int channel, const Cell* cells, int count,
              float* values) const override {
        const bool in = side == Side::Input;
        switch (layer) {
            case 0:
                return readFrom(in ? relu1_ : normalized1_, channel, cells, count, values);
            case 1:
                return readFrom(in ? relu2_ : normalized2_, channel, cells, count, values);
            case 2:
                return readFrom(in ? relu3_ : normalized3_, channel, cells, count, values);
            case 3:
                return readFrom(in ? relu4_ : normalized4_, channel, cells, count, values);
            case 4:
                return in ? readFrom(relu5_, channel, cells, count, values)
                          : readFrom(normalized5_, channel, cells, count, values);
            default:
                return readFrom(in ? relu6_ : normalized6_, channel, cells, count, values);
        }
    }

  private:
    /// What is known of a norm layer.
    struct Norm {
        Lanes sums[kMostChannels];
        Lanes mean[kMostChannels];
        Lanes lack[kMostChannels];     ///< of the mean: its rounding error
        Lanes squares[kMostChannels];  ///< sums of the squared deviations from `mean`
        Lanes inverse[kMostChannels];  ///< 1 / sqrt(variance + eps)
        Lanes gradientSums[kMostChannels];
        Lanes deviationSums[kMostChannels];  ///< of dL/dy * (x - mean)
        float gradientOfBeta[kMostChannels];
        float gradientOfGamma[kMostChannels];
        ForwardFactors forward[kMostChannels];
        BackwardFactors backward[kMostChannels];
    };

    const float* forwardWeights(Convolution convolution) const {
        return settings_.parameters->forward + weightsBefore(convolution);
    }
    const float* tileWeights(Convolution convolution) const {
        return settings_.parameters->tiles + tileWeightsBefore(convolution);
    }
    const float* backwardWeights(Convolution convolution) const {
        return settings_.parameters->backward + weightsBefore(convolution);
    }

    // --- Normalization, forward ---

    bool takesMoments() const {
        return settings_.statistics == Statistics::Image ||
               settings_.statistics == Statistics::Batch;
    }

    /// A row of what enters the layer is there.
    template <int kLayer, class M>
    void takeRow(const M& maps, int y) {
        if (takesMoments()) {
            addSums(maps, y, norms_[kLayer].sums);
        }
    }

    /// All of it is there.
    template <int kLayer, class M>
    void finishMoments(const M& maps) {
        constexpr int kChannels = kNormChannels[kLayer];
        constexpr auto kCells = static_cast<float>(M::side * M::side);
        static_assert(M::channels == kChannels && M::side == kNormSides[kLayer]);
        Norm& norm = norms_[kLayer];
        if (settings_.statistics == Statistics::None) {
            for (int channel = 0; channel < kChannels; ++channel) {
                norm.mean[channel] = Lanes{};
                norm.inverse[channel] = everyLane(1.0F);
            }
        } else if (settings_.statistics == Statistics::Batch) {
            const float cells = kCells * static_cast<float>(count_);
            for (int channel = 0; channel < kChannels; ++channel) {
                norm.mean[channel] = everyLane(laneSum(norm.sums[channel] * mask_) / cells);
            }
            addDeviations(maps, norm.mean, norm.sums, norm.squares);
            for (int channel = 0; channel < kChannels; ++channel) {
                norm.lack[channel] = everyLane(laneSum(norm.sums[channel] * mask_) / cells);
            }
        } else if (settings_.statistics == Statistics::Image) {
            const int inSet = kChannels / settings_.sets[kLayer];
            const float cells = kCells * static_cast<float>(inSet);
            shareInSets(norm.sums, inSet, kChannels,
                        [&](Lanes sum, int channel) { norm.mean[channel] = sum / cells; });
            addDeviations(maps, norm.mean, norm.sums, norm.squares);
            shareInSets(norm.sums, inSet, kChannels,
                        [&](Lanes sum, int channel) { norm.lack[channel] = sum / cells; });
            shareInSets(norm.squares, inSet, kChannels, [&](Lanes sum, int channel) {
                norm.inverse[channel] =
                    inverseDeviation(sum / cells - norm.lack[channel] * norm.lack[channel]);
            });
        }
    }

    /// Adds up what the channels of each set have and gives the sum to every one of them.
    template <class Give>
    static void shareInSets(const Lanes* ofChannels, int inSet, int channels, Give give) {
        for (int first = 0; first < channels; first += inSet) {
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
            inverse[lane] =
                1.0F / __builtin_sqrtf(variance[lane] + static_cast<float>(settings_.eps));
        }
        return inverse;
    }

    /// Row `y` of what leaves the layer.
    template <int kLayer, class In, class Out>
    void normalize(const In& in, Out& out, int y) {
        Norm& norm = norms_[kLayer];
        if (y == 0) {
            for (int channel = 0; channel < kNormChannels[kLayer]; ++channel) {
                const Lanes scale =
                    norm.inverse[channel] * settings_.parameters->gamma[kLayer][channel];
                norm.forward[channel] = {.mean = norm.mean[channel],
                                         .scale = scale,
                                         .shift = settings_.parameters->beta[kLayer][channel] -
                                                  norm.lack[channel] * scale};
            }
        }
        normalizeRow(in, norm.forward, out, y);
    }

    // --- Normalization, backward ---

    /// A row of dL/dy is there.
    template <int kLayer, class M>
    void takeGradientRow(const M& maps, const M& gradients, int y) {
        if (settings_.statistics != Statistics::None) {
            Norm& norm = norms_[kLayer];
            addGradientSums(maps, gradients, norm.mean, y, norm.gradientSums, norm.deviationSums);
        }
    }

    /// All of it is there.
    template <int kLayer>
    void finishGradientSums() {
        constexpr int kChannels = kNormChannels[kLayer];
        Norm& norm = norms_[kLayer];
        if (settings_.statistics == Statistics::None) {
            for (int channel = 0; channel < kChannels; ++channel) {
                norm.backward[channel] = {.inverse = everyLane(1.0F),
                                          .gamma = everyLane(1.0F),
                                          .centre = Lanes{},
                                          .shift = Lanes{},
                                          .slope = Lanes{},
                                          .mean = Lanes{}};
            }
            return;
        }
        for (int channel = 0; channel < kChannels; ++channel) {
            norm.deviationSums[channel] -= norm.lack[channel] * norm.gradientSums[channel];
            norm.gradientOfBeta[channel] = laneSum(norm.gradientSums[channel]);
            norm.gradientOfGamma[channel] =
                laneSum(norm.deviationSums[channel] * norm.inverse[channel]);
            gradient_[settings_.layout->beta[kLayer] + channel] = norm.gradientOfBeta[channel];
            gradient_[settings_.layout->gamma[kLayer] + channel] = norm.gradientOfGamma[channel];
        }
        if (settings_.statistics == Statistics::Image) {
            setFactorsOfSets<kLayer>();
        }
    }

    template <int kLayer>
    void setFactorsOfSets() {
        constexpr int kChannels = kNormChannels[kLayer];
        constexpr auto kCells = static_cast<float>(kNormSides[kLayer] * kNormSides[kLayer]);
        Norm& norm = norms_[kLayer];
        const float* gamma = settings_.parameters->gamma[kLayer];
        const int inSet = kChannels / settings_.sets[kLayer];
        const float cells = kCells * static_cast<float>(inSet);
        Lanes gradients[kChannels];
        Lanes deviations[kChannels];
        for (int channel = 0; channel < kChannels; ++channel) {
            gradients[channel] = norm.gradientSums[channel] * gamma[channel];
            deviations[channel] = norm.deviationSums[channel] * gamma[channel];
        }
        shareInSets(deviations, inSet, kChannels, [&](Lanes sum, int channel) {
            const Lanes inverse = norm.inverse[channel];
            norm.backward[channel] = {.inverse = inverse,
                                      .gamma = everyLane(gamma[channel]),
                                      .centre = norm.gradientSums[channel] / kCells,
                                      .shift = Lanes{},
                                      .slope = inverse * inverse * sum / cells,
                                      .mean = norm.mean[channel]};
        });
        shareInSets(gradients, inSet, kChannels, [&](Lanes sum, int channel) {
            BackwardFactors& factors = norm.backward[channel];
            // In a set of one channel the two means are the same.
            if (inSet > 1) {
                factors.shift = sum / cells - factors.gamma * factors.centre;
            }
            factors.shift -= factors.slope * norm.lack[channel];
        });
    }

    /// The sum over the lanes of each weight's gradient, in the order of the layout.
    void storeGradient(Convolution convolution, const Lanes* weights) {
        const ConvolutionShape shape = kConvolutionShapes[convolution];
        float* to = gradient_ + settings_.layout->convolution[convolution];
        for (int i = 0; i < shape.in; ++i) {
            for (int tap = 0; tap < shape.taps(); ++tap) {
                for (int o = 0; o < shape.out; ++o) {
                    to[(o * shape.in + i) * shape.taps() + tap] = laneSum(*weights++);
                }
            }
        }
    }

    template <class Backward>
    void storeGradient(Convolution convolution, const Backward& backward, Lanes* weights) {
        backward.weightGradients(weights);
        storeGradient(convolution, weights);
    }

    static void clear(Lanes* weights, Convolution convolution) {
        const int count = kConvolutionShapes[convolution].weights();
        for (int weight = 0; weight < count; ++weight) {
            weights[weight] = Lanes{};
        }
    }

    // --- The parts of the way ---

    void forward0() {
        for (int y = 0; y < 26; ++y) {
            convolveRow<3, Relu>(image_, forwardWeights(kConv1), relu1_, y);
            takeRow<0>(relu1_, y);
        }
        finishMoments<0>(relu1_);
    }

    void forward1() {
        for (int y = 0; y < 26; ++y) {
            normalize<0>(relu1_, normalized1_, y);
            if (y % 2 == 1 && y >= 3) {
                convolvePair<1>(normalized1_, kConv2, relu2_, y - 3);
            }
        }
        finishMoments<1>(relu2_);
    }

    void forward2() {
        for (int y = 0; y < 24; ++y) {
            normalize<1>(relu2_, normalized2_, y);
            convolveRow<1, Nothing>(normalized2_, forwardWeights(kPoint1), point1_, y);
            if (y % 2 == 1) {
                const int pooled = y / 2;
                poolRow(point1_, pooled1_, pooled);
                if (pooled % 2 == 1 && pooled >= 3) {
                    convolvePair<2>(pooled1_, kConv3, relu3_, pooled - 3);
                }
            }
        }
        finishMoments<2>(relu3_);
    }

    void forward3() {
        for (int y = 0; y < 10; ++y) {
            normalize<2>(relu3_, normalized3_, y);
            if (y % 2 == 1 && y >= 3) {
                convolvePair<3>(normalized3_, kConv4, relu4_, y - 3);
            }
        }
        finishMoments<3>(relu4_);
    }

    void forward4() {
        for (int y = 0; y < 8; ++y) {
            normalize<3>(relu4_, normalized4_, y);
            convolveRow<1, Nothing>(normalized4_, forwardWeights(kPoint2), point2_, y);
            if (y % 2 == 1) {
                poolRow(point2_, pooled2_, y / 2);
            }
        }
        for (int y = 0; y < 4; y += 2) {
            convolvePair<4>(pooled2_, kConv5, relu5_, y);
        }
        finishMoments<4>(relu5_);
    }

    void forward5() {
        for (int y = 0; y < 4; ++y) {
            normalize<4>(relu5_, normalized5_, y);
        }
        for (int y = 0; y < 4; y += 2) {
            convolvePair<5>(normalized5_, kConv6, relu6_, y);
        }
        finishMoments<5>(relu6_);
    }

    void forward6() {
        for (int y = 0; y < 4; ++y) {
            normalize<5>(relu6_, normalized6_, y);
        }
        classify(normalized6_, forwardWeights(kHead), answers_);
    }

    void backward5(DigitWorkspace& space) {
        space.conv6.begin();
        for (int y = 0; y < 4; y += 2) {
            leadBack<5>(relu6_, gradient6_, space.delta6, y);
            space.conv6.takeRowPair(normalized5_, space.delta6, tileWeights(kConv6), gradient5_, y);
        }
        storeGradient(kConv6, space.conv6, space.weights);
        for (int y = 0; y < 4; ++y) {
            takeGradientRow<4>(relu5_, gradient5_, y);
        }
        finishGradientSums<4>();
    }

    void backward4(DigitWorkspace& space) {
        space.conv5.begin();
        for (int y = 0; y < 4; y += 2) {
            leadBack<4>(relu5_, gradient5_, space.delta5, y);
            space.conv5.takeRowPair(pooled2_, space.delta5, tileWeights(kConv5), space.pooled2, y);
        }
        storeGradient(kConv5, space.conv5, space.weights);
        clear(space.weights, kPoint2);
        for (int pooled = 0; pooled < 4; ++pooled) {
            poolRowBackward(point2_, pooled2_, space.pooled2, space.point2, pooled);
            const int y = 2 * pooled;
            addWeightGradient<1>(normalized4_, space.point2, space.weights, y, y + 2);
            for (int row = y; row < y + 2; ++row) {
                convolveRow<1, Nothing>(space.point2, backwardWeights(kPoint2), gradient4_, row);
                takeGradientRow<3>(relu4_, gradient4_, row);
            }
        }
        storeGradient(kPoint2, space.weights);
        finishGradientSums<3>();
    }

    void backward3(DigitWorkspace& space) {
        space.conv4.begin();
        for (int y = 0; y < 8; y += 2) {
            leadBack<3>(relu4_, gradient4_, space.delta4, y);
            space.conv4.takeRowPair(normalized3_, space.delta4, tileWeights(kConv4), gradient3_, y);
        }
        storeGradient(kConv4, space.conv4, space.weights);
        for (int y = 0; y < 10; ++y) {
            takeGradientRow<2>(relu3_, gradient3_, y);
        }
        finishGradientSums<2>();
    }

    void backward2(DigitWorkspace& space) {
        space.conv3.begin();
        for (int y = 0; y < 10; y += 2) {
            leadBack<2>(relu3_, gradient3_, space.delta3, y);
            space.conv3.takeRowPair(pooled1_, space.delta3, tileWeights(kConv3), space.pooled1, y);
        }
        storeGradient(kConv3, space.conv3, space.weights);
        clear(space.weights, kPoint1);
        for (int pooled = 0; pooled < 12; ++pooled) {
            poolRowBackward(point1_, pooled1_, space.pooled1, space.point1, pooled);
            const int y = 2 * pooled;
            addWeightGradient<1>(normalized2_, space.point1, space.weights, y, y + 2);
            for (int row = y; row < y + 2; ++row) {
                // What left the norm layer is not needed any more: its gradient takes its place.
                convolveRow<1, Nothing>(space.point1, backwardWeights(kPoint1), normalized2_, row);
                takeGradientRow<1>(relu2_, normalized2_, row);
            }
        }
        storeGradient(kPoint1, space.weights);
        finishGradientSums<1>();
    }

    void backward1(DigitWorkspace& space) {
        space.conv2.begin();
        for (int y = 0; y < 24; y += 2) {
            leadBack<1>(relu2_, normalized2_, space.delta2, y);
            space.conv2.takeRowPair(normalized1_, space.delta2, tileWeights(kConv2), normalized1_,
                                    y);
            const int complete = y == 22 ? 26 : y + 2;
            for (int row = y; row < complete; ++row) {
                takeGradientRow<0>(relu1_, normalized1_, row);
            }
        }
        storeGradient(kConv2, space.conv2, space.weights);
        finishGradientSums<0>();
    }

    void backward0(DigitWorkspace& space) {
        clear(space.weights, kConv1);
        for (int y = 0; y < 26; y += 2) {
            leadBack<0>(relu1_, normalized1_, space.delta1, y);
            addWeightGradient<3>(image_, space.delta1, space.weights, y, y + 2);
        }
        storeGradient(kConv1, space.weights);
    }

    /// Rows `y` and y + 1 of what enters norm layer kLayer.
    template <int kLayer, class In, class Out>
    void convolvePair(const In& in, Convolution convolution, Out& out, int y) {
        convolveRowPair<Relu>(in, tileWeights(convolution), out, y);
        takeRow<kLayer>(out, y);
        takeRow<kLayer>(out, y + 1);
    }

    /// Rows `y` and y + 1 of dL/d of what the convolution before norm layer kLayer gave.
    template <int kLayer, class M, class Delta>
    void leadBack(const M& maps, const M& gradients, Delta& delta, int y) {
        normalizeRowBackward(maps, gradients, norms_[kLayer].backward, delta, y);
        normalizeRowBackward(maps, gradients, norms_[kLayer].backward, delta, y + 1);
    }

    template <class M>
    static void readFrom(const M& maps, int channel, const Cell* cells, int count, float* values) {
        for (int i = 0; i < count; ++i) {
            const int place = cells[i].place;
            values[i] = maps.row(place / M::side, channel)[place % M::side][cells[i].image];
        }
    }

    StepSettings settings_;
    int count_ = 0;
    Lanes mask_{};  ///< 1 for a lane with an image of its own, else 0
    std::uint8_t labels_[kLanes] = {};
    Norm norms_[kNormLayers];
    Answers answers_;
    float gradient_[kWeights + 2 * 78] = {};

    // What the layers give, in their order; relu is what enters a norm layer.
    Maps<1, 28> image_;
    Maps<8, 26> relu1_;
    Maps<8, 26> normalized1_;
    Maps<12, 24> relu2_;
    Maps<12, 24> normalized2_;
    Maps<8, 24> point1_;
    Maps<8, 12> pooled1_;
    Maps<12, 10> relu3_;
    Maps<12, 10> normalized3_;
    Maps<16, 8> relu4_;
    Maps<16, 8> normalized4_;
    Maps<12, 8> point2_;
    Maps<12, 4, 1> pooled2_;
    Maps<15, 4> relu5_;
    Maps<15, 4, 1> normalized5_;
    Maps<15, 4> relu6_;
    Maps<15, 4> normalized6_;

    // dL/d of what left the last four norm layers.
    Maps<12, 10> gradient3_;
    Maps<16, 8> gradient4_;
    Maps<15, 4> gradient5_;
    Maps<15, 4> gradient6_;
};

ImageGroup* makeGroup() {
    return new DigitGroup();
}
Workspace* makeWorkspace() {
    return new DigitWorkspace();
}

extern const InstructionSet kInstructions;
const InstructionSet kInstructions{NORMSCOPE_ISA_NAME, kLanes, makeGroup, makeWorkspace};

}  // namespace normscope::NORMSCOPE_ISA
