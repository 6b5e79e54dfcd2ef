#pragma once

#include <QApplication>
#include <memory>

namespace normscope {

/// What a command needs that paints without a display.
std::unique_ptr<QApplication> makePaintingApplication();

}  // namespace normscope
