#include "scenarios/format/shape.hpp"

#include <algorithm>
#include <cmath>

namespace stampede::scenarios {

const Property* Shape::find(std::string_view name) const {
    const auto found =
        std::find_if(properties.begin(), properties.end(), [&](const Property& p) { return p.name == name; });
    return found == properties.end() ? nullptr : &*found;
}

std::vector<std::string_view> Shape::names() const {
    std::vector<std::string_view> result;
    for (const Property& property : properties) result.push_back(property.name);
    return result;
}

bool may_stand_bare(const Shape& alternative) {
    return std::none_of(alternative.properties.begin(), alternative.properties.end(),
                        [](const Property& property) { return property.is_required; });
}

Json written_number(double value) {
    constexpr double exact = 9007199254740992;  // 2^53: every whole number up to it is a double
    if (std::trunc(value) == value && std::abs(value) <= exact) return static_cast<std::int64_t>(value);
    return value;
}

const Shape& scenario_shape() {
    static const Shape shape = shape_of<Scenario>();
    return shape;
}

}  // namespace stampede::scenarios
