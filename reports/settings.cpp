#include "reports/settings.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

/// Names and texts of a scenario may be any bytes.
std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Json setting_value(const scenarios::Override& setting) {
    constexpr bool throws = false;
    constexpr bool ignores_comments = true;
    Json value = Json::parse(setting.value, nullptr, throws, ignores_comments);
    return value.is_discarded() ? Json(setting.value) : value;
}

scenarios::Override setting_of(std::string path, const Json& value) {
    if (value.is_string()) {
        scenarios::Override bare{path, value.get<std::string>()};
        if (setting_value(bare) == value) return bare;
    }
    return {std::move(path), dump(value)};
}

std::string setting_text(const Json& value) { return value.is_string() ? value.get<std::string>() : dump(value); }

}  // namespace stampede::reports
