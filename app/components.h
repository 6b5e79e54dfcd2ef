#pragma once

#include <vector>

#include "ui/about_panel.h"

namespace normscope {

/// The libraries the program is built on, with the versions it runs with.
std::vector<Component> components();

}  // namespace normscope
