#pragma once
/// Scenarios to try things on.

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/document.hpp"

namespace stampede::scenarios {

/// Valid, and uses every kind of value.
inline const std::string example = R"({
  "stampede": 1,
  "name": "example",
  "run": { "duration": "60s", "warmup": "5s", "seeds": 3 },
  "services": {
    "payments": { "workers": 8, "service_time": { "lognormal": { "median": "20ms", "p99": "120ms" } },
                  "queue": { "limit": 50 }, "errors": { "rate": 0.001, "class": "client_error" } }
  },
  "network": { "latency": "5ms", "jitter": "1ms", "loss": 0.01 },
  "policies": {
    "checkout": [
      { "fallback": { "value": "cached", "hit_rate": 0.6 } },
      { "timeout": { "after": "5s" } },
      { "retry": { "max_attempts": 5, "on": ["transient", "timeout"],
                   "backoff": { "exponential": { "initial": "100ms", "max": "10s" } }, "jitter": "full" } },
      { "breaker": { "scope": "group", "window": { "count": 50 } } },
      "bulkhead",
      { "timeout": { "after": "1s" } }
    ]
  },
  "clients": {
    "web": { "count": 100, "groups": 4, "load": { "open": { "rate": "30/m" } }, "calls": "payments", "policy": "checkout" },
    "batch": { "count": 2, "load": { "closed": { "think": { "constant": { "value": "1s" } } } }, "calls": "payments" }
  },
  "faults": [ { "outage": { "at": "20s", "for": "10s", "on": "payments" } } ],
  "variants": { "none": { "policies.checkout.retry.jitter": "none" }, "slow": { "network.latency": "50ms" } },
  "thresholds": { "herd.peak_ratio": ["< 3"], "recovery.time": ["p95 < 20s", "max <= 1m"] }
}
)";

/// A text, the example unless another is given, with one part of it replaced; the part must be there.
inline std::string changed(std::string_view from, std::string_view to, std::string text = example) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(from));
    return text.replace(at, from.size(), to);
}

struct Reading {
    std::optional<Scenario> scenario;
    Diagnostics diagnostics;
};

inline Reading read(const std::string& text, const std::vector<Override>& overrides = {}) {
    Reading result;
    auto document = Document::parse(text, "test.json", result.diagnostics);
    if (document && !overrides.empty()) document = document->with(overrides, result.diagnostics);
    if (document) result.scenario = document->read(result.diagnostics);
    return result;
}

/// The part of the source that a diagnostic underlines.
inline std::string underlined(const Diagnostic& d) { return d.text.substr(d.indent, d.length); }

}  // namespace stampede::scenarios
