#include "core/json_fields.h"

namespace normscope {
namespace {

// Far above what this program writes. Values take several times their place in the file; names are
// compared with all others of their object; writing goes down the tree with the call stack.
constexpr std::size_t kMostValues = 10'000'000;
constexpr std::size_t kMostNames = 20'000;
constexpr int kDeepest = 32;

class TooMuch : public std::exception {};

}  // namespace

Json parseJson(std::string_view text, const std::string& file) {
    std::size_t values = 0;
    std::size_t names = 0;
    const auto watch = [&](int depth, Json::parse_event_t event, const Json& /*parsed*/) {
        names += event == Json::parse_event_t::key ? 1 : 0;
        ++values;
        if (depth > kDeepest || values > kMostValues || names > kMostNames) {
            throw TooMuch();
        }
        return true;
    };
    try {
        return Json::parse(text, watch);
    } catch (const TooMuch&) {
        throw std::runtime_error(file + " holds far more than this program writes.");
    } catch (const Json::exception&) {
        throw std::runtime_error(file + " is not valid JSON.");
    }
}

}  // namespace normscope
