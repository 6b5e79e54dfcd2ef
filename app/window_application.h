#pragma once

namespace normscope {

/// Opens the window and returns the exit status once it is closed. Throws UsageError.
int runWindow(int argc, char* argv[]);

}  // namespace normscope
