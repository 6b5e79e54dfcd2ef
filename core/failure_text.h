#pragma once

#include <exception>
#include <string>

namespace normscope {

/// What people are told of an exception, as a sentence.
std::string failureText(const std::exception& failure);

}  // namespace normscope
