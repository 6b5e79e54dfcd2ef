#include "app/settings_file.h"

#include "core/json_fields.h"

namespace normscope {
namespace {

/// People who edit the file may leave the quotes out around a number.
std::vector<std::string> textsOf(const Json& value) {
    std::vector<std::string> texts;
    for (const Json& text : value) {  // what is no list is its own only element
        if (text.is_string()) {
            texts.push_back(text.get<std::string>());
        } else if (text.is_number() || text.is_boolean()) {
            texts.push_back(text.dump());
        }
    }
    return texts;
}

}  // namespace

SettingsFile SettingsFile::parse(std::string_view json, const std::string& file) {
    const Json object = parseJson(json, file);
    if (!object.is_object()) {
        throw std::runtime_error(file + " is not a JSON object.");
    }
    SettingsFile parsed;
    for (const auto& [name, value] : object.items()) {
        if (!value.is_object() && !value.is_null()) {
            parsed.values_[name] = textsOf(value);
        }
    }
    return parsed;
}

std::string SettingsFile::format() const {
    Json json = Json::object();
    for (const auto& [name, texts] : values_) {
        json[name] = texts.size() == 1 ? Json(texts.front()) : Json(texts);
    }
    // A folder name need not be UTF-8.
    return json.dump(/*indent=*/2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) +
           "\n";
}

std::vector<std::string> SettingsFile::names() const {
    std::vector<std::string> names;
    for (const auto& [name, texts] : values_) {
        names.push_back(name);
    }
    return names;
}

std::string SettingsFile::text(const std::string& name) const {
    const std::vector<std::string> all = texts(name);
    return all.size() == 1 ? all.front() : std::string();
}

std::vector<std::string> SettingsFile::texts(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace normscope
