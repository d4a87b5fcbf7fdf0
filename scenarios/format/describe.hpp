#pragma once
/// The tables as text, for `stampede list` and `stampede explain`.

#include <string>
#include <vector>

#include "scenarios/format/shape.hpp"

namespace stampede::scenarios {

/// One setting. Settings inside settings are named by their path ("window.count").
struct ParameterText {
    std::string name;
    std::string type;  ///< "duration", "whole number", "client | group | all", …
    std::string
        default_value;  ///< as it is written in a file; "required"; or "none" where leaving it out means nothing
    std::string range;  ///< "from 0s to 24h"; empty where there is none
    std::string doc;
};

/// What a dialect sets otherwise than we do.
struct DialectText {
    std::string name;
    std::vector<ParameterText> settings;
};

/// One thing that a scenario can name: a layer, a jitter, a fault, a section of the file.
struct ItemText {
    std::string name;
    std::string doc;
    std::vector<ParameterText> parameters;
    std::vector<DialectText> dialects{};
    std::string written{};  ///< what it stands for, as it would be written in a file; of presets
};

/// Things of one kind.
struct FamilyText {
    std::string name;  ///< plural: "policies", "jitters", "backoffs", "faults", "distributions", …
    std::string doc;
    std::vector<ItemText> items;
};

/// All families, in the order in which they are listed.
[[nodiscard]] const std::vector<FamilyText>& families();

/// The parameters of a shape that is an object.
[[nodiscard]] std::vector<ParameterText> parameters(const Shape& object);

/// The parameters of a settings struct.
template <Settings T>
[[nodiscard]] std::vector<ParameterText> parameters_of() {
    return parameters(shape_of<T>());
}

}  // namespace stampede::scenarios
