#include "core/failure_text.h"

#include <new>

namespace normscope {

std::string failureText(const std::exception& failure) {
    if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) {
        return "There was not enough memory; close other programs, or train fewer models or "
               "smaller mini-batches at once.";
    }
    return failure.what();
}

}  // namespace normscope
