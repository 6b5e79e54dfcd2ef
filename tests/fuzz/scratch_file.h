#pragma once

#include <fstream>
#include <string_view>

#include "tests/temporary_folder.h"

namespace normscope::fuzz {

/// For readers that take a file and not its content.
class ScratchFolder : public testing::TemporaryFolder {
  public:
    std::filesystem::path write(const std::string& name, std::string_view content) const {
        std::ofstream(path() / name, std::ios::binary) << content;
        return path() / name;
    }
};

}  // namespace normscope::fuzz
