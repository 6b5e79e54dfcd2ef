#pragma once

#include <filesystem>

namespace normscope {

class MainWindow;

/// While somebody looks at the first page: reads the images of the next training and warms up what
/// computes, each on a thread of its own, so that Start finds both ready. Nobody waits for it.
void startWarm(MainWindow& window, const std::filesystem::path& data);

}  // namespace normscope
