#pragma once

#include <QObject>
#include <filesystem>

#include "app/task_thread.h"

namespace normscope {

class MainWindow;

/// While somebody looks at the first page: reads the images of the next training and warms up what
/// computes, each on a thread of its own, so that Start finds both ready. Nobody waits for it.
class WarmStart final : public QObject {
    Q_OBJECT

  public:
    /// A child of the window until what computes is warm.
    WarmStart(MainWindow& window, const std::filesystem::path& data);

  private:
    TaskThread thread_;
};

}  // namespace normscope
