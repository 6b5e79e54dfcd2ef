#pragma once

#include <QString>
#include <filesystem>
#include <memory>

#include "app/main_window.h"

namespace normscope {

/// All of the program but the frame of its window. To load the pages with Qt Charts, QCustomPlot
/// and what else is behind them takes half as long as a bare window does altogether, so they lie in
/// a library of their own, which is loaded when something in here is first asked for.
class LateRoom {
  public:
    virtual ~LateRoom() = default;

    virtual std::unique_ptr<WindowContent> makeContent(MainWindow& window,
                                                       const MainWindow::Environment& environment,
                                                       const StoredState& stored) const = 0;
    virtual void startWarm(MainWindow& window, const std::filesystem::path& data) const = 0;
    /// Without images.
    virtual QString diagnostics() const = 0;
    /// The whole command line of a subcommand, or --help.
    virtual int runCommand(int argc, char* argv[]) const = 0;
};

/// On the first thread. Throws std::runtime_error when it cannot be loaded.
const LateRoom& lateRoom();

/// What the library shows, as "normscopeLateRoom".
using LateRoomEntry = const LateRoom*();

}  // namespace normscope
