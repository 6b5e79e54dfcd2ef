#include "core/torch/tensor_file.h"

#include <ATen/ATen.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/import_read.h>
#include <torch/csrc/jit/serialization/pickler.h>

#include <sstream>
#include <stdexcept>

namespace normscope {

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
    c10::IValue value;
    try {
        // torch::jit::pickle_load reads past the end of a file that is cut short; a stream does
        // not.
        std::istringstream stream(content);
        caffe2::serialize::PyTorchStreamReader reader(&stream);
        value = torch::jit::readArchiveAndTensors(
            "data", /*pickle_prefix=*/"", /*tensor_prefix=*/"", /*type_resolver=*/c10::nullopt,
            /*obj_loader=*/c10::nullopt, /*device=*/c10::nullopt, reader);
    } catch (const std::exception&) {
        // LibTorch knows no OrderedDict, which is what state_dict() gives.
        if (content.find("OrderedDict") != std::string::npos) {
            throw std::runtime_error(name +
                                     " holds an OrderedDict; save it from Python as "
                                     "torch.save(dict(model.state_dict()), ...).");
        }
        throw std::runtime_error(name + " is damaged or was not written by torch.save.");
    }
    if (!value.isGenericDict()) {
        throw std::runtime_error(name + " does not hold a dict of tensors.");
    }
    TensorDict tensors;
    for (const auto& entry : value.toGenericDict()) {
        if (!entry.key().isString() || !entry.value().isTensor()) {
            throw std::runtime_error(name + " does not hold a dict of tensors.");
        }
        tensors.emplace_back(entry.key().toStringRef(), entry.value().toTensor());
    }
    return tensors;
}

}  // namespace normscope
