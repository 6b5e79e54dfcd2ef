#pragma once

#include <initializer_list>

class QWidget;

namespace normscope {

/// Lets Tab go through these parts of a window one after the other, and through each as it did.
/// What a part makes later Qt puts at the very end, so call this again then.
void setReadingOrder(std::initializer_list<QWidget*> parts);

}  // namespace normscope
