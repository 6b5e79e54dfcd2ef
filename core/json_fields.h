#pragma once

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace normscope {

using Json = nlohmann::ordered_json;

/// Throws std::runtime_error with a sentence that names `file`.
Json parseJson(std::string_view text, const std::string& file);

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

    // JSON's own conversion to integers would wrap round silently.

    int integer(const char* name) const { return integerOf(name, at(name)); }

    int count(const char* name) const {
        const int value = integer(name);
        if (value < 0) {
            fail(name, "is negative");
        }
        return value;
    }

    std::uint64_t seed(const char* name) const {
        if (!at(name).is_number_unsigned()) {
            fail(name, "is not a whole number from 0 to 18446744073709551615");
        }
        return get<std::uint64_t>(name);
    }

    std::vector<int> integers(const char* name) const {
        if (!at(name).is_array()) {
            fail(name, "is not a list of whole numbers");
        }
        std::vector<int> values;
        for (const Json& value : at(name)) {
            values.push_back(integerOf(name, value));
        }
        return values;
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
    int integerOf(const char* name, const Json& json) const {
        const double value = json.is_number() ? json.get<double>() : std::nan("");
        if (!(value >= -2147483648.0 && value <= 2147483647.0) ||
            value != static_cast<int>(value)) {
            fail(name, "is not a whole number of a sensible size");
        }
        return static_cast<int>(value);
    }

    const Json& json_;
    std::string where_;
};

}  // namespace normscope
