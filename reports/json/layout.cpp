#include "reports/json/layout.hpp"

#include <algorithm>

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string compact(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Objects of more members than this are easier to read one a line.
constexpr std::size_t most_on_a_line = 8;

bool on_one_line(const Json& json) {
    if (!json.is_structured()) return true;
    if (json.is_object() && json.size() > most_on_a_line) return false;
    const auto is_plain = [](const Json& each) { return each.is_primitive(); };
    const auto is_pair = [&](const Json& each) {
        return each.is_array() && each.size() == 2 && std::all_of(each.begin(), each.end(), is_plain);
    };
    return std::all_of(json.begin(), json.end(), is_plain) ||
           (json.is_array() && std::all_of(json.begin(), json.end(), is_pair));
}

void write(std::string& out, const Json& json, std::size_t indent) {
    if (on_one_line(json)) {
        out += compact(json);
        return;
    }
    const std::string margin(indent + 2, ' ');
    out += json.is_object() ? "{\n" : "[\n";
    for (auto each = json.begin(); each != json.end(); ++each) {
        if (each != json.begin()) out += ",\n";
        out += margin;
        if (json.is_object()) out += compact(Json(each.key())) + ": ";
        write(out, *each, indent + 2);
    }
    out += '\n' + std::string(indent, ' ') + (json.is_object() ? '}' : ']');
}

}  // namespace

std::string lay_out(const Json& json) {
    std::string out;
    write(out, json, 0);
    return out + '\n';
}

}  // namespace stampede::reports
