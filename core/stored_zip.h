#pragma once

#include <map>
#include <optional>
#include <string_view>

namespace normscope {

/// The entries of a zip archive as torch.save writes it: each lies in the file as it is, never
/// compressed, so that nothing has to be unpacked and no entry can be larger than the file.
/// A library would read any archive; the one in Debian would bring a TLS stack into every start.
class StoredZip {
  public:
    /// Checks the directory and every checksum; keeps views into `content`. Throws FormatError.
    explicit StoredZip(std::string_view content);

    std::optional<std::string_view> find(std::string_view name) const;
    const std::map<std::string_view, std::string_view>& entries() const { return entries_; }

  private:
    std::map<std::string_view, std::string_view> entries_;
};

}  // namespace normscope
