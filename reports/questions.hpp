#pragma once
/// The questions that people bring, and the metrics that answer them: what every reporter for people shows first.

#include <span>
#include <string_view>

#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports {

struct Question {
    std::string_view title;
    std::span<const Metric> metrics;  ///< the first is the one that verdicts are about
};

[[nodiscard]] std::span<const Question> questions();

}  // namespace stampede::reports
