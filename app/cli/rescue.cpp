#include "app/cli/rescue.h"

#include <array>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "app/save_elsewhere.h"
#include "app/window_environment.h"
#include "core/run_writer.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

/// What the disk says; empty: all is written.
std::string writeAgain(RunWriter& writer) {
    try {
        writer.writeMissing();
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

std::optional<fs::path> savedIn(const fs::path& parent, RunWriter& writer) {
    try {
        return saveElsewhere(writer, parent);
    } catch (const std::exception&) {
        return std::nullopt;  // the next place may do
    }
}

}  // namespace

void saveSomewhere(RunWriter& writer) {
    const std::string problem = writeAgain(writer);
    if (problem.empty()) {
        return;
    }
    std::error_code none;
    for (const fs::path& parent :
         std::array{windowEnvironment().folders.runs, fs::temp_directory_path(none)}) {
        if (const auto folder = savedIn(parent, writer)) {
            throw std::runtime_error(problem + " The whole run is in " + folder->string() +
                                     " instead; move it where it should be.");
        }
    }
    throw std::runtime_error(problem +
                             " There was no room for the run elsewhere either: only what had been "
                             "written before is kept.");
}

}  // namespace normscope
