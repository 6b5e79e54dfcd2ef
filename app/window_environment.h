#pragma once

#include "app/main_window.h"

namespace normscope {

/// Name, icon and number format of the program; once the QApplication is made.
void settleApplication();

/// Where the window finds its images and keeps its runs, and what it computes with.
MainWindow::Environment windowEnvironment();

/// What the window shows at the very first start.
StoredState firstState();

}  // namespace normscope
