#include <cerrno>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <system_error>

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

/// What is printed waits in a buffer, and a full disk shows no sooner than this. Without it, that
/// would be a success.
void flushOutput() {
    const bool failedBefore = std::ferror(stdout) != 0;  // and nobody has kept the reason
    if (std::fflush(stdout) != 0) {
        throw std::runtime_error(
            "Cannot write to standard output: " + std::generic_category().message(errno) + ".");
    }
    if (failedBefore) {
        throw std::runtime_error("Cannot write all to standard output.");
    }
}

}  // namespace

int main(int argc, char* argv[]) {
    try {
        const int status = run(argc, argv);
        flushOutput();
        return status;
    } catch (const UsageError& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 1;
    }
}
