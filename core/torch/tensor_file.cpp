#include "core/torch/tensor_file.h"

#include <ATen/ATen.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/pickler.h>

#include <algorithm>

#include "core/plain_tensors.h"

namespace normscope {
namespace {

at::ScalarType scalarType(ElementType type) {
    switch (type) {
        case ElementType::Float32:
            return at::kFloat;
        case ElementType::Float64:
            return at::kDouble;
        case ElementType::Float16:
            return at::kHalf;
        case ElementType::BFloat16:
            return at::kBFloat16;
        case ElementType::Int64:
            return at::kLong;
        case ElementType::Int32:
            return at::kInt;
    }
    return at::kFloat;
}

}  // namespace

std::string packTensors(const TensorDict& tensors) {
    c10::Dict<std::string, at::Tensor> dict;
    for (const auto& [name, tensor] : tensors) {
        dict.insert(name, tensor.contiguous());
    }
    std::string pickled;
    // torch::pickle_save tags its containers with types of its own, which weights_only=True
    // refuses; without tags the dict is a plain one.
    torch::jit::Pickler pickler(
        [&](const char* bytes, std::size_t size) { pickled.append(bytes, size); },
        /*tensor_table=*/nullptr, /*type_renamer=*/nullptr, /*memoized_class_types=*/nullptr,
        /*get_tensor_id=*/nullptr, /*tag_aggregates=*/false);
    pickler.protocol();
    pickler.pushIValue(dict);
    pickler.stop();

    std::string content;
    caffe2::serialize::PyTorchStreamWriter writer([&](const void* bytes, std::size_t size) {
        content.append(static_cast<const char*>(bytes), size);
        return size;
    });
    std::size_t index = 0;
    for (const at::Tensor& tensor : pickler.tensorData()) {
        writer.writeRecord("data/" + std::to_string(index++), tensor.data_ptr(), tensor.nbytes());
    }
    writer.writeRecord("data.pkl", pickled.data(), pickled.size());
    writer.writeEndOfFile();
    return content;
}

TensorDict unpackTensors(const std::string& content, const std::string& name) {
    TensorDict tensors;
    for (const PlainTensor& plain : readPlainTensors(content, name)) {
        at::Tensor tensor = at::empty(plain.shape, scalarType(plain.type));
        std::ranges::copy(plain.bytes, static_cast<char*>(tensor.data_ptr()));
        tensors.emplace_back(plain.name, std::move(tensor));
    }
    return tensors;
}

}  // namespace normscope
