#include "core/kernels/classification.h"
#include "core/kernels/convolution.h"
#include "core/kernels/image_group.h"
#include "core/kernels/lanes.h"
#include "core/kernels/norm_layer.h"
#include "core/kernels/pooling.h"
#include "core/kernels/winograd.h"

namespace normscope::NORMSCOPE_ISA {

using namespace kernels;

/// Of a convolution that is not tiled, in whole vectors.
constexpr int kMostWeights = (16 * 12 / kLanes + 1) * kLanes;

constexpr int tileOf(Convolution convolution) {
    return kConvolutionShapes[convolution].tile;
}
constexpr int backwardTileOf(Convolution convolution) {
    return kConvolutionShapes[convolution].backwardTile;
}

/// Whether row `y` is the last of those that a row of tiles sees.
constexpr bool completesTiles(int tile, int y) {
    return y > tile && y % tile == 1;
}

/// Rows that a row of tiles of the second convolution sees on the way back; on the way forward it
/// is fewer.
constexpr int kSeenRows = backwardTileOf(kConv2) + 2;

/// What lives for a call alone.
struct DigitWorkspace final : Workspace {
    // The ways back of the tiled convolutions.
    ConvolutionBackward<backwardTileOf(kConv6), Maps<15, 4, 1>, 15, 2> conv6;
    ConvolutionBackward<backwardTileOf(kConv5), Maps<12, 4, 1>, 15, 2> conv5;
    ConvolutionBackward<backwardTileOf(kConv4), Maps<12, 10>, 16, 8 / backwardTileOf(kConv4)> conv4;
    ConvolutionBackward<backwardTileOf(kConv3), Maps<8, 12>, 12> conv3;
    ConvolutionBackward<backwardTileOf(kConv2), LastRows<8, 26, kSeenRows>, 12> conv2;

    // What leaves the first norm layer: computed again on the way back, which takes less time than
    // to fetch it from memory.
    LastRows<8, 26, kSeenRows> normalized1;
    // What the poolings take.
    LastRows<8, 24, 2> point1;
    LastRows<12, 8, 2> point2;

    // dL/d of what the convolutions gave and of what the poolings took.
    Maps<15, 4> delta6;
    Maps<15, 4> delta5;
    LastRows<12, 8, 2> pointDelta2;
    Maps<16, 8> delta4;
    LastRows<12, 10, 2> delta3;
    LastRows<8, 24, 2> pointDelta1;
    LastRows<12, 24, backwardTileOf(kConv2)> delta2;
    LastRows<8, 26, 2> delta1;

    Lanes weights[kMostWeights];
};

/// See image_group.h. The parts are cut at the norm layers, and within a part the layers are
/// interleaved row by row: a row is used while it is still in the cache.
class DigitGroup final : public ImageGroup {
  public:
    void begin(const StepSettings& settings, const std::uint8_t* const* images,
               const std::uint8_t* labels, int count) override {
        settings_ = settings;
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
        for (int layer = 0; layer < kNormLayers; ++layer) {
            norms_[layer].begin(settings, layer, count, mask_);
        }
    }

    void forward(int part, Workspace& workspace) override {
        auto& space = static_cast<DigitWorkspace&>(workspace);
        switch (part) {
            case 0:
                return forward0();
            case 1:
                return forward1(space);
            case 2:
                return forward2(space);
            case 3:
                return forward3();
            case 4:
                return forward4(space);
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
        norms_[layer].moments(kNormChannels[layer], moments);
    }

    void setMoments(int layer, const Moments& moments, const PerChannel& inverse) override {
        norms_[layer].setMoments(kNormChannels[layer], moments, inverse);
    }

    void beginBackward() override {
        classifyBackward(settings_.parameters->forward + weightsBefore(kHead), answers_, labels_,
                         mask_ / static_cast<float>(settings_.batchSize),
                         gradient_ + settings_.layout->convolution[kHead], gradient6_);
        for (int y = 0; y < 4; ++y) {
            norms_[5].takeGradientRow(relu6_, gradient6_, y);
        }
        finishGradientSums(5, relu6_);
    }

    void gradientSums(int layer, PerChannel& beta, PerChannel& gamma) const override {
        norms_[layer].gradientSums(kNormChannels[layer], beta, gamma);
    }

    void setGradientMeans(int layer, const PerChannel& beta, const PerChannel& gamma) override {
        norms_[layer].setGradientMeans(kNormChannels[layer], beta, gamma);
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
                readFrom(relu1_, channel, cells, count, values);
                return in ? void() : norms_[0].normalize(channel, cells, count, values);
            case 1:
                readFrom(relu2_, channel, cells, count, values);
                return in ? void() : norms_[1].normalize(channel, cells, count, values);
            case 2:
                return readFrom(in ? relu3_ : normalized3_, channel, cells, count, values);
            case 3:
                readFrom(relu4_, channel, cells, count, values);
                return in ? void() : norms_[3].normalize(channel, cells, count, values);
            case 4:
                return in ? readFrom(relu5_, channel, cells, count, values)
                          : readFrom(normalized5_, channel, cells, count, values);
            default:
                return readFrom(in ? relu6_ : normalized6_, channel, cells, count, values);
        }
    }

  private:
    const float* forwardWeights(Convolution convolution) const {
        return settings_.parameters->forward + weightsBefore(convolution);
    }
    const float* tileWeights(Convolution convolution) const {
        return settings_.parameters->tiles + tileWeightsBefore(convolution);
    }
    const float* backwardTileWeights(Convolution convolution) const {
        if (backwardTileOf(convolution) == tileOf(convolution)) {
            return tileWeights(convolution);
        }
        return settings_.parameters->backwardTiles + backwardTileWeightsBefore(convolution);
    }
    const float* backwardWeights(Convolution convolution) const {
        return settings_.parameters->backward + weightsBefore(convolution);
    }

    /// The sum over the lanes of each weight's gradient, in the order of the layout. The last ones
    /// are summed up with what lies behind them in the workspace.
    void storeGradient(Convolution convolution, Lanes* weights) {
        const ConvolutionShape shape = kConvolutionShapes[convolution];
        float sums[kMostWeights];
        for (int first = 0; first < shape.weights(); first += kLanes) {
            const Lanes some = laneSums(weights + first);
            __builtin_memcpy(sums + first, &some, sizeof some);
        }
        const float* sum = sums;
        float* to = gradient_ + settings_.layout->convolution[convolution];
        for (int i = 0; i < shape.in; ++i) {
            for (int tap = 0; tap < shape.taps(); ++tap) {
                for (int o = 0; o < shape.out; ++o) {
                    to[(o * shape.in + i) * shape.taps() + tap] = *sum++;
                }
            }
        }
    }

    template <class Backward>
    void storeGradient(Convolution convolution, const Backward& backward) {
        backward.storeWeightGradients(gradient_ + settings_.layout->convolution[convolution]);
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
            convolveRow<3>(image_, AsItIs(), forwardWeights(kConv1), Relu(), relu1_, y);
            norms_[0].takeRow(relu1_, y);
        }
        norms_[0].finishMoments(relu1_);
    }

    void forward1(DigitWorkspace& space) {
        for (int y = 0; y < 26; ++y) {
            norms_[0].normalize(relu1_, space.normalized1, y);
            if (completesTiles(tileOf(kConv2), y)) {
                convolve<kConv2>(1, space.normalized1, relu2_, y - 1 - tileOf(kConv2));
            }
        }
        norms_[1].finishMoments(relu2_);
    }

    void forward2(DigitWorkspace& space) {
        Lanes shifts[8];
        norms_[1].enterWeights<12, 8>(forwardWeights(kPoint1), space.weights, shifts);
        for (int y = 0; y < 24; ++y) {
            convolveRow<1>(relu2_, norms_[1].centred(), space.weights, Plus{shifts}, space.point1,
                           y);
            if (y % 2 == 1) {
                const int pooled = y / 2;
                poolRow(space.point1, pooled1_, largest1_, pooled);
                if (pooled % 2 == 1 && pooled >= 3) {
                    convolve<kConv3>(2, pooled1_, relu3_, pooled - 3);
                }
            }
        }
        norms_[2].finishMoments(relu3_);
    }

    void forward3() {
        for (int y = 0; y < 10; ++y) {
            norms_[2].normalize(relu3_, normalized3_, y);
            if (completesTiles(tileOf(kConv4), y)) {
                convolve<kConv4>(3, normalized3_, relu4_, y - 1 - tileOf(kConv4));
            }
        }
        norms_[3].finishMoments(relu4_);
    }

    void forward4(DigitWorkspace& space) {
        Lanes shifts[12];
        norms_[3].enterWeights<16, 12>(forwardWeights(kPoint2), space.weights, shifts);
        for (int y = 0; y < 8; ++y) {
            convolveRow<1>(relu4_, norms_[3].centred(), space.weights, Plus{shifts}, space.point2,
                           y);
            if (y % 2 == 1) {
                poolRow(space.point2, pooled2_, largest2_, y / 2);
            }
        }
        for (int y = 0; y < 4; y += 2) {
            convolve<kConv5>(4, pooled2_, relu5_, y);
        }
        norms_[4].finishMoments(relu5_);
    }

    void forward5() {
        for (int y = 0; y < 4; ++y) {
            norms_[4].normalize(relu5_, normalized5_, y);
        }
        for (int y = 0; y < 4; y += 2) {
            convolve<kConv6>(5, normalized5_, relu6_, y);
        }
        norms_[5].finishMoments(relu6_);
    }

    void forward6() {
        for (int y = 0; y < 4; ++y) {
            norms_[5].normalize(relu6_, normalized6_, y);
        }
        classify(normalized6_, forwardWeights(kHead), answers_);
    }

    void backward5(DigitWorkspace& space) {
        for (int y = 0; y < 4; ++y) {
            norms_[5].leadBack(relu6_, gradient6_, space.delta6, y);
        }
        space.conv6.takeBand(normalized5_, space.delta6, backwardTileWeights(kConv6), gradient5_,
                             0);
        storeGradient(kConv6, space.conv6);
        for (int y = 0; y < 4; ++y) {
            norms_[4].takeGradientRow(relu5_, gradient5_, y);
        }
        finishGradientSums(4, relu5_);
    }

    void backward4(DigitWorkspace& space) {
        for (int y = 0; y < 4; ++y) {
            norms_[4].leadBack(relu5_, gradient5_, space.delta5, y);
        }
        space.conv5.takeBand(pooled2_, space.delta5, backwardTileWeights(kConv5), pooledGradient2_,
                             0);
        storeGradient(kConv5, space.conv5);
        Lanes sums[12] = {};
        clear(space.weights, kPoint2);
        for (int pooled = 0; pooled < 4; ++pooled) {
            const int y = 2 * pooled;
            poolRowBackward(largest2_, pooledGradient2_, space.pointDelta2, pooled);
            addPointGradient(3, relu4_, space.pointDelta2, space.weights, sums, y);
        }
        norms_[3].takeProducts<16, 12>(forwardWeights(kPoint2), sums, space.weights);
        storeGradient(kPoint2, space.weights);
        finishGradientSums(3, relu4_);
    }

    void backward3(DigitWorkspace& space) {
        for (int y = 0; y < 8; ++y) {
            if (y % 2 == 0) {
                poolRowBackward(largest2_, pooledGradient2_, space.pointDelta2, y / 2);
            }
            convolveRow<1>(space.pointDelta2, AsItIs(), backwardWeights(kPoint2),
                           norms_[3].leadBack(relu4_, y), space.delta4, y);
        }
        space.conv4.takeBand(normalized3_, space.delta4, backwardTileWeights(kConv4), gradient3_,
                             0);
        storeGradient(kConv4, space.conv4);
        for (int y = 0; y < 10; ++y) {
            norms_[2].takeGradientRow(relu3_, gradient3_, y);
        }
        finishGradientSums(2, relu3_);
    }

    void backward2(DigitWorkspace& space) {
        for (int y = 0; y < 10; ++y) {
            norms_[2].leadBack(relu3_, gradient3_, space.delta3, y);
            if (y % 2 == 1) {
                space.conv3.takeBand(pooled1_, space.delta3, backwardTileWeights(kConv3),
                                     pooledGradient1_, y - 1);
            }
        }
        storeGradient(kConv3, space.conv3);
        Lanes sums[8] = {};
        clear(space.weights, kPoint1);
        for (int pooled = 0; pooled < 12; ++pooled) {
            const int y = 2 * pooled;
            poolRowBackward(largest1_, pooledGradient1_, space.pointDelta1, pooled);
            addPointGradient(1, relu2_, space.pointDelta1, space.weights, sums, y);
        }
        norms_[1].takeProducts<12, 8>(forwardWeights(kPoint1), sums, space.weights);
        storeGradient(kPoint1, space.weights);
        finishGradientSums(1, relu2_);
    }

    void backward1(DigitWorkspace& space) {
        constexpr int kTile = backwardTileOf(kConv2);
        for (int y = 0; y < 26; ++y) {
            norms_[0].normalize(relu1_, space.normalized1, y);
            if (y >= 2) {
                leadBackFromPool1(space, y - 2);  // a tile has two rows less of these
            }
            if (completesTiles(kTile, y)) {
                const int first = y - 1 - kTile;
                space.conv2.takeBand(space.normalized1, space.delta2, backwardTileWeights(kConv2),
                                     gradient1_, first);
                const int complete = y == 25 ? 26 : first + kTile;
                for (int row = first; row < complete; ++row) {
                    norms_[0].takeGradientRow(relu1_, gradient1_, row);
                }
            }
        }
        storeGradient(kConv2, space.conv2);
        finishGradientSums(0, relu1_);
    }

    void backward0(DigitWorkspace& space) {
        clear(space.weights, kConv1);
        for (int y = 0; y < 26; y += 2) {
            norms_[0].leadBack(relu1_, gradient1_, space.delta1, y);
            norms_[0].leadBack(relu1_, gradient1_, space.delta1, y + 1);
            addWeightGradient<3>(image_, AsItIs(), space.delta1, space.weights, y, y + 2);
        }
        storeGradient(kConv1, space.weights);
    }

    /// Row `y` of dL/d of what the second convolution gave.
    void leadBackFromPool1(DigitWorkspace& space, int y) {
        if (y % 2 == 0) {
            poolRowBackward(largest1_, pooledGradient1_, space.pointDelta1, y / 2);
        }
        convolveRow<1>(space.pointDelta1, AsItIs(), backwardWeights(kPoint1),
                       norms_[1].leadBack(relu2_, y), space.delta2, y);
    }

    /// Adds rows `y` and y + 1 to what NormLayer::takeProducts() asks for; `maps` are what entered
    /// norm layer `layer`.
    template <class M, class Delta>
    void addPointGradient(int layer, const M& maps, const Delta& delta, Lanes* products,
                          Lanes* sums, int y) {
        addWeightGradient<1>(maps, norms_[layer].centred(), delta, products, y, y + 2);
        addSums(delta, y, sums);
        addSums(delta, y + 1, sums);
    }

    /// A row of tiles, from row `y` on, of what enters norm layer `layer`.
    template <Convolution kConvolution, class In, class Out>
    void convolve(int layer, const In& in, Out& out, int y) {
        constexpr int kTile = tileOf(kConvolution);
        convolveTiles<kTile, Relu>(in, tileWeights(kConvolution), out, y);
        for (int row = y; row < y + kTile; ++row) {
            norms_[layer].takeRow(out, row);
        }
    }

    /// `maps` are what entered the layer.
    template <class M>
    void finishGradientSums(int layer, const M& maps) {
        norms_[layer].finishGradientSums(maps, gradient_ + settings_.layout->gamma[layer],
                                         gradient_ + settings_.layout->beta[layer]);
    }

    template <class M>
    static void readFrom(const M& maps, int channel, const Cell* cells, int count, float* values) {
        for (int i = 0; i < count; ++i) {
            const int place = cells[i].place;
            values[i] = maps.row(place / M::side, channel)[place % M::side][cells[i].image];
        }
    }

    StepSettings settings_;
    Lanes mask_{};  ///< 1 for a lane with an image of its own, else 0
    std::uint8_t labels_[kLanes] = {};
    NormLayer norms_[kNormLayers];
    Answers answers_;
    float gradient_[kWeights + 2 * 78] = {};

    // What the layers give, in their order; relu is what enters a norm layer.
    Maps<1, 28> image_;
    Maps<8, 26> relu1_;
    union {
        Maps<12, 24> relu2_;
        // dL/d of what left the first norm layer: backward1() computes its rows behind those of
        // relu2_ that it needs for the last time. The cache holds that place already.
        Maps<8, 26> gradient1_;
    };
    LargestPlaces<8, 12> largest1_;
    Maps<8, 12> pooled1_;
    Maps<12, 10> relu3_;
    Maps<12, 10> normalized3_;
    Maps<16, 8> relu4_;
    LargestPlaces<12, 4> largest2_;
    Maps<12, 4, 1> pooled2_;
    Maps<15, 4> relu5_;
    Maps<15, 4, 1> normalized5_;
    Maps<15, 4> relu6_;
    Maps<15, 4> normalized6_;

    // dL/d of what left other norm layers and the poolings.
    Maps<8, 12> pooledGradient1_;
    Maps<12, 10> gradient3_;
    Maps<12, 4, 1> pooledGradient2_;
    Maps<15, 4, 1> gradient5_;
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
