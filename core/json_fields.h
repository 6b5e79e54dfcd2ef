#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace normscope {

using Json = nlohmann::ordered_json;

/// Throws std::runtime_error with a sentence that names `file`.
inline Json parseJson(std::string_view text, const std::string& file) {
    try {
        return Json::parse(text);
    } catch (const Json::exception&) {
        throw std::runtime_error(file + " is not valid JSON.");
    }
}

/// Reads the fields of a JSON object and names the one that does not make sense.
class JsonFields {
  public:
    JsonFields(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
        if (!json_.is_object()) {
            throw std::runtime_error(where_ + " is not a JSON object.");
        }
    }

    template <typename Value>
    Value get(const char* name) const {
        const auto found = json_.find(name);
        if (found == json_.end()) {
            fail(name, "is missing");
        }
        try {
            return found->template get<Value>();
        } catch (const Json::exception&) {
            fail(name, "is of another kind than it should be");
        }
    }

    /// An integer that fits; JSON's own conversion would wrap round silently.
    int integer(const char* name) const {
        const auto value = get<double>(name);
        if (!(value >= -2147483648.0 && value <= 2147483647.0) ||
            value != static_cast<int>(value)) {
            fail(name, "is not a whole number of a sensible size");
        }
        return static_cast<int>(value);
    }

    template <typename Value>
    Value getOr(const char* name, Value otherwise) const {
        return isGiven(name) ? get<Value>(name) : otherwise;
    }

    bool isGiven(const char* name) const {
        return json_.contains(name) && !json_.at(name).is_null();
    }

    JsonFields object(const char* name) const {
        return {at(name), where_ + ", field " + name + ","};
    }

    /// The element at this place of the array `name`, itself an object.
    JsonFields element(const char* name, const Json& element, std::size_t place) const {
        return {element, where_ + " " + name + " " + std::to_string(place + 1) + ":"};
    }

    const Json& at(const char* name) const {
        if (!json_.contains(name)) {
            fail(name, "is missing");
        }
        return json_.at(name);
    }

    [[noreturn]] void fail(const std::string& name, const std::string& what) const {
        throw std::runtime_error(where_ + " the field " + name + " " + what + ".");
    }

  private:
    const Json& json_;
    std::string where_;
};

}  // namespace normscope
