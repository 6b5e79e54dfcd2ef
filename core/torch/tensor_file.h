#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace normscope {

using TensorDict = std::vector<std::pair<std::string, at::Tensor>>;

/// A plain dict of tensors in the zip format of torch.save, which Python's torch.load opens with
/// and without weights_only=True.
std::string packTensors(const TensorDict& tensors);

/// The dict of tensors in such a file; see readPlainTensors(). torch's own reader is not used: it
/// trusts what it reads.
TensorDict unpackTensors(const std::string& content, const std::string& name);

}  // namespace normscope
