#include <cstdio>
#include <exception>
#include <string_view>

#include "app/cli/command_line.h"
#include "app/late_room.h"
#include "app/window_application.h"
#include "core/versions.h"

namespace {

using normscope::UsageError;

int run(int argc, char* argv[]) {
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "--version") {
        std::printf("normscope %s\n", normscope::programVersion().c_str());
        return 0;
    }
    const bool isCommand = !first.empty() && !first.starts_with('-');
    if (isCommand || first == "--help" || first == "-h") {
        return normscope::lateRoom().runCommand(argc, argv);
    }
    return normscope::runWindow(argc, argv);
}

}  // namespace

int main(int argc, char* argv[]) {
    try {
        return run(argc, argv);
    } catch (const UsageError& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 1;
    }
}
