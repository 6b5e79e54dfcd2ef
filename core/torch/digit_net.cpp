#include "core/torch/digit_net.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/instancenorm.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/modules/pooling.h>

#include <cmath>
#include <map>
#include <sstream>
#include <stdexcept>

#include "core/excerpt.h"
#include "core/random.h"

namespace normscope {
namespace {

void addNorm(torch::nn::Sequential& layers, const NormSpec& norm, int channels) {
    switch (norm.kind) {
        case NormKind::None:
            layers->push_back(torch::nn::Identity());
            return;
        case NormKind::Batch:
            layers->push_back(torch::nn::BatchNorm2d(torch::nn::BatchNorm2dOptions(channels)
                                                         .eps(norm.eps)
                                                         .momentum(norm.momentum)
                                                         .affine(norm.affine)));
            return;
        case NormKind::Layer:
        case NormKind::Group:
            layers->push_back(
                torch::nn::GroupNorm(torch::nn::GroupNormOptions(norm.groups, channels)
                                         .eps(norm.eps)
                                         .affine(norm.affine)));
            return;
        case NormKind::Instance:
            layers->push_back(torch::nn::InstanceNorm2d(
                torch::nn::InstanceNorm2dOptions(channels).eps(norm.eps).affine(norm.affine)));
            return;
    }
}

void addLayer(torch::nn::Sequential& layers, const LayerPlan& layer, const NetworkSpec& spec) {
    switch (layer.kind) {
        case LayerPlan::Kind::Convolution:
            layers->push_back(torch::nn::Conv2d(
                torch::nn::Conv2dOptions(layer.inChannels, layer.outChannels, layer.kernel)
                    .padding(layer.padding)
                    .bias(false)));
            return;
        case LayerPlan::Kind::Relu:
            layers->push_back(torch::nn::ReLU());
            return;
        case LayerPlan::Kind::Norm:
            addNorm(layers, spec.normAt(layer.normLayer), layer.outChannels);
            return;
        case LayerPlan::Kind::MaxPool:
            layers->push_back(torch::nn::MaxPool2d(layer.kernel));
            return;
        case LayerPlan::Kind::AveragePool:
            layers->push_back(torch::nn::AvgPool2d(layer.kernel));
            return;
    }
}

std::string shapeText(const at::Tensor& tensor) {
    std::ostringstream text;
    text << tensor.sizes();
    return text.str();
}

}  // namespace

DigitNet::DigitNet(const NetworkSpec& spec, std::uint64_t seed) {
    for (const LayerPlan& layer : digitNetPlan()) {
        addLayer(layers_, layer, spec);
    }
    flattenParameters();
    torch::NoGradGuard noGrad;
    RandomStream random(seed, RandomPurpose::Weights, /*epoch=*/0);
    for (torch::Tensor& parameter : layers_->parameters()) {
        if (parameter.dim() != 4) {
            continue;  // gamma and beta keep their ones and zeros
        }
        const double bound = 1.0 / std::sqrt(static_cast<double>(parameter[0].numel()));
        float* weight = parameter.data_ptr<float>();
        for (std::int64_t i = 0; i < parameter.numel(); ++i) {
            weight[i] = static_cast<float>(random.between(-bound, bound));
        }
    }
}

void DigitNet::flattenParameters() {
    torch::NoGradGuard noGrad;
    std::int64_t count = 0;
    for (const torch::Tensor& parameter : layers_->parameters()) {
        count += parameter.numel();
    }
    parameters_ = torch::zeros({count});
    parameters_.mutable_grad() = torch::zeros({count});
    std::int64_t start = 0;
    for (torch::Tensor& parameter : layers_->parameters()) {
        const auto slice = [&](const torch::Tensor& flat) {
            return flat.narrow(/*dim=*/0, start, parameter.numel()).view(parameter.sizes());
        };
        torch::Tensor place = slice(parameters_);
        place.copy_(parameter);
        parameter.set_data(place);
        // Autograd adds into a gradient that is already there.
        parameter.mutable_grad() = slice(parameters_.grad());
        start += parameter.numel();
    }
}

torch::Tensor DigitNet::forward(const torch::Tensor& images) {
    return torch::log_softmax(layers_->forward(images).flatten(/*start_dim=*/1), /*dim=*/1);
}

torch::Tensor DigitNet::forward(const torch::Tensor& images, const NormWatcher& watch) {
    torch::Tensor reached = images;
    auto module = layers_->begin();
    for (const LayerPlan& layer : digitNetPlan()) {
        torch::Tensor output = (module++)->forward(reached);
        if (layer.kind == LayerPlan::Kind::Norm) {
            watch(layer.normLayer, reached.detach(), output.detach());
        }
        reached = std::move(output);
    }
    return torch::log_softmax(reached.flatten(/*start_dim=*/1), /*dim=*/1);
}

TensorDict DigitNet::state() const {
    TensorDict state;
    for (const auto& layer : layers_->named_children()) {
        const auto add = [&](const torch::OrderedDict<std::string, torch::Tensor>& tensors) {
            for (const auto& tensor : tensors) {
                state.emplace_back(layer.key() + "." + tensor.key(),
                                   tensor.value().detach().clone());
            }
        };
        add(layer.value()->named_parameters());
        add(layer.value()->named_buffers());
    }
    return state;
}

RunningBuffers DigitNet::runningBuffers() {
    const auto valuesOf = [](torch::Tensor& buffer) {
        return std::span(buffer.data_ptr<float>(), static_cast<std::size_t>(buffer.numel()));
    };
    RunningBuffers statistics;
    std::size_t normLayer = 0;
    for (const auto& module : *layers_) {
        if (auto* norm = module.ptr()->as<torch::nn::BatchNorm2d>()) {
            statistics.at(normLayer++) = {.mean = valuesOf(norm->running_mean),
                                          .variance = valuesOf(norm->running_var)};
        }
    }
    return statistics;
}

void DigitNet::countMiniBatch() {
    for (const auto& module : *layers_) {
        if (auto* norm = module.ptr()->as<torch::nn::BatchNorm2d>()) {
            ++*norm->num_batches_tracked.data_ptr<std::int64_t>();
        }
    }
}

void DigitNet::load(const TensorDict& state) {
    torch::NoGradGuard noGrad;
    std::map<std::string, torch::Tensor> places;
    for (const auto& entry : layers_->named_parameters()) {
        places.emplace(entry.key(), entry.value());
    }
    for (const auto& entry : layers_->named_buffers()) {
        places.emplace(entry.key(), entry.value());
    }
    for (const auto& [name, tensor] : state) {
        const auto place = places.find(name);
        if (place == places.end()) {
            throw std::runtime_error("the network has no place for " + excerpt(name));
        }
        if (place->second.sizes() != tensor.sizes()) {
            throw std::runtime_error(name + " is of shape " + shapeText(tensor) + " instead of " +
                                     shapeText(place->second));
        }
        if (place->second.is_floating_point() != tensor.is_floating_point()) {
            throw std::runtime_error(name + " holds numbers of another kind");
        }
    }
    std::map<std::string, torch::Tensor> given(state.begin(), state.end());
    for (const auto& [name, place] : places) {
        if (!given.contains(name)) {
            throw std::runtime_error(name + " is missing");
        }
    }
    for (auto& [name, place] : places) {
        place.copy_(given.at(name));
    }
}

DigitNet unpackNetwork(const std::string& content, const std::string& name,
                       const NetworkSpec& spec) {
    DigitNet net(spec, /*seed=*/0);
    const TensorDict state = unpackTensors(content, name);
    try {
        net.load(state);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(name + " does not fit the network with " +
                                 std::string(nameOf(spec.kind)) +
                                 " normalization: " + error.what() + ".");
    }
    return net;
}

torch::Tensor networkInput(std::span<const std::uint8_t* const> images) {
    const std::array<float, 256>& inputs = networkInputOfGrey();
    torch::Tensor input = torch::empty(
        {static_cast<std::int64_t>(images.size()), 1, kImageSide, kImageSide}, torch::kFloat);
    float* out = input.data_ptr<float>();
    for (const std::uint8_t* image : images) {
        for (const std::uint8_t grey : std::span(image, kImagePixels)) {
            *out++ = inputs[grey];
        }
    }
    return input;
}

torch::Tensor networkInput(const DigitSet& set, std::span<const int> indices) {
    std::vector<const std::uint8_t*> images;
    for (const int index : indices) {
        images.push_back(set.image(index).data());
    }
    return networkInput(images);
}

void setTorchThreads(int threads) {
    at::set_num_threads(threads);
    // OpenBLAS has threads of its own, one pool for the whole process, which torch does not know.
    // They gain nothing on matrices this small, so they stay off.
    using SetThreads = void (*)(int);
    static const auto setBlasThreads =
        reinterpret_cast<SetThreads>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (setBlasThreads != nullptr) {
        setBlasThreads(1);
    }
}

}  // namespace normscope
