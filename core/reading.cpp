#include "core/reading.h"

#include "core/torch_room.h"

namespace normscope {

std::unique_ptr<DigitReader> makeDigitReader(const std::string& model, const std::string& name,
                                             const NetworkSpec& spec) {
    return torchRoom().makeDigitReader(model, name, spec);
}

}  // namespace normscope
