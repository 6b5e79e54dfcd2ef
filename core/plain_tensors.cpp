#include "core/plain_tensors.h"

#include <stdexcept>

#include "core/byte_reader.h"
#include "core/stored_zip.h"
#include "core/tensor_pickle.h"

namespace normscope {
namespace {

/// Of all tensors together: more than a hundred times those of a checkpoint. Views of one storage
/// cost nothing in the file, so that its size bounds nothing.
constexpr std::int64_t kMostCells = 2'000'000;

constexpr auto kNonsense = "is damaged: a tensor lies outside its numbers";

/// The name of the folder that torch.save puts everything into.
std::string folderOf(const StoredZip& zip) {
    for (const auto& [name, bytes] : zip.entries()) {
        const std::size_t slash = name.find('/');
        if (slash != std::string_view::npos && name.substr(slash) == "/data.pkl") {
            return std::string(name.substr(0, slash));
        }
    }
    throw FormatError("is a zip archive, but not one of torch.save");
}

std::string_view entryOf(const StoredZip& zip, const std::string& name) {
    const auto entry = zip.find(name);
    if (!entry) {
        throw FormatError("is damaged: the numbers of a tensor are missing");
    }
    return *entry;
}

std::int64_t cellsOf(const StoredTensor& tensor) {
    std::int64_t cells = 1;
    for (const std::int64_t side : tensor.shape) {
        if (side < 0 || side > kMostCells) {
            throw FormatError(kNonsense);
        }
        cells *= side;
        if (cells > kMostCells) {
            throw FormatError("holds far more than a network");
        }
    }
    return cells;
}

/// Throws unless every cell lies among the `available` numbers.
void checkPlace(const StoredTensor& tensor, std::int64_t available) {
    if (tensor.first < 0 || tensor.first >= available) {
        throw FormatError(kNonsense);
    }
    std::int64_t room = available - 1 - tensor.first;  // beyond the first cell
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        const std::int64_t steps = tensor.shape[i] - 1;
        const std::int64_t stride = tensor.strides[i];
        if (stride < 0 || (steps > 0 && stride > room / steps)) {
            throw FormatError(kNonsense);
        }
        room -= steps * stride;
    }
}

/// Appends the cells one after the other, the last side fastest.
void gather(const StoredTensor& tensor, std::size_t side, std::int64_t at, std::string_view numbers,
            std::string& cells) {
    const std::size_t size = sizeOf(tensor.type);
    if (side == tensor.shape.size()) {
        cells += numbers.substr(static_cast<std::size_t>(at) * size, size);
        return;
    }
    for (std::int64_t i = 0; i < tensor.shape[side]; ++i) {
        gather(tensor, side + 1, at + i * tensor.strides[side], numbers, cells);
    }
}

PlainTensor plainTensor(const StoredTensor& tensor, std::string_view numbers, std::int64_t cells) {
    PlainTensor plain{.name = tensor.name, .type = tensor.type, .shape = tensor.shape, .bytes = {}};
    if (cells > 0) {
        const auto available = static_cast<std::int64_t>(numbers.size() / sizeOf(tensor.type));
        if (tensor.available > available) {
            throw FormatError(kNonsense);
        }
        checkPlace(tensor, tensor.available);
        gather(tensor, /*side=*/0, tensor.first, numbers, plain.bytes);
    }
    return plain;
}

std::vector<PlainTensor> read(std::string_view content) {
    const StoredZip zip(content);
    const std::string folder = folderOf(zip);
    if (zip.find(folder + "/byteorder").value_or("little") != "little") {
        throw FormatError("was written on a machine with another byte order");
    }
    std::vector<PlainTensor> tensors;
    std::int64_t total = 0;
    for (const StoredTensor& tensor : readTensorPickle(entryOf(zip, folder + "/data.pkl"))) {
        const std::int64_t cells = cellsOf(tensor);
        total += cells;
        if (total > kMostCells) {
            throw FormatError("holds far more than a network");
        }
        tensors.push_back(
            plainTensor(tensor, entryOf(zip, folder + "/data/" + tensor.storage), cells));
    }
    return tensors;
}

}  // namespace

std::vector<PlainTensor> readPlainTensors(std::string_view content, const std::string& name) {
    try {
        return read(content);
    } catch (const FormatError& error) {
        throw std::runtime_error(name + " " + error.what() + ".");
    }
}

}  // namespace normscope
