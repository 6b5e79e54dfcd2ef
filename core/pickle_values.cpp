#include "core/pickle_values.h"

#include "core/excerpt.h"

namespace normscope {

Value valueOfWord(std::string_view module, std::string_view name) {
    if (module == "collections" && name == "OrderedDict") {
        return Callable::OrderedDict;
    }
    if (module == "torch._utils" && name == "_rebuild_tensor_v2") {
        return Callable::RebuildTensor;
    }
    if (module == "torch") {
        if (const auto type = elementTypeOfStorage(name)) {
            return StorageClass{*type};
        }
    }
    throw FormatError(std::string(kNoDictOfTensors) + " but a " + excerpt(name) +
                      "; save it from Python as torch.save(model.state_dict(), ...)");
}

}  // namespace normscope
