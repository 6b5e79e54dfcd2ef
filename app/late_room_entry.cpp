#include "app/cli/commands.h"
#include "app/diagnostics.h"
#include "app/late_room.h"
#include "app/pages.h"
#include "app/warm_start.h"

namespace normscope {
namespace {

class LoadedRoom final : public LateRoom {
  public:
    std::unique_ptr<WindowContent> makeContent(MainWindow& window,
                                               const MainWindow::Environment& environment,
                                               const StoredState& stored) const override {
        return std::make_unique<Pages>(window, environment, stored);
    }
    void startWarm(MainWindow& window, const std::filesystem::path& data) const override {
        new WarmStart(window, data);
    }
    QString diagnostics() const override { return normscope::diagnostics({}); }
    int runCommand(int argc, char* argv[]) const override {
        return normscope::runCommand(argc, argv);
    }
};

}  // namespace
}  // namespace normscope

extern "C" const normscope::LateRoom* normscopeLateRoom() {
    static const normscope::LoadedRoom room;
    return &room;
}
