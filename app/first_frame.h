#pragma once

#include <functional>

class QWidget;

namespace normscope {

/// Calls `then` once, as soon as the first frame of the window is on the screen.
void afterFirstFrame(QWidget& window, std::function<void()> then);

}  // namespace normscope
