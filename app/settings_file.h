#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace normscope {

/// Texts, and lists of them, under names: an object of JSON, which people may edit and programs may
/// damage. QSettings is not used for it: an INI file may hold any value that Qt can build, pictures
/// among them, and Qt builds it before anybody asks.
class SettingsFile {
  public:
    SettingsFile() = default;

    /// Whatever makes sense in there. Throws std::runtime_error with a sentence that starts with
    /// `file` where that is not an object.
    static SettingsFile parse(std::string_view json, const std::string& file);
    std::string format() const;

    std::vector<std::string> names() const;
    bool contains(const std::string& name) const { return values_.contains(name); }

    /// Empty where there is none, or a list.
    std::string text(const std::string& name) const;
    std::vector<std::string> texts(const std::string& name) const;

    void set(const std::string& name, std::string text) { values_[name] = {std::move(text)}; }
    void set(const std::string& name, std::vector<std::string> texts) {
        values_[name] = std::move(texts);
    }

  private:
    std::map<std::string, std::vector<std::string>> values_;
};

}  // namespace normscope
