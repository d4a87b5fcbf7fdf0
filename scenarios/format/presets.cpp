#include "scenarios/format/presets.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "scenarios/format/overrides.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::scenarios {
namespace {

/// The orders: resilience4j's Spring aspects; AddStandardResilienceHandler of Microsoft.Extensions.Http.Resilience;
/// Envoy's router; gRPC's service config (A6); the AWS SDKs' retry strategy around a client's own timeouts.
constexpr std::array all{
    Preset{"resilience4j", "retry, breaker, rate limiter, time limiter, bulkhead: the order of its Spring aspects",
           R"([
  { "retry": { "dialect": "resilience4j" } },
  { "breaker": { "dialect": "resilience4j" } },
  { "rate_limit": { "dialect": "resilience4j" } },
  { "timeout": { "dialect": "resilience4j" } },
  { "bulkhead": { "dialect": "resilience4j" } }
])"},
    Preset{"microsoft-standard",
           "rate limiter, total timeout, retry, breaker, attempt timeout: AddStandardResilienceHandler",
           R"([
  { "bulkhead": { "dialect": "polly" } },
  { "timeout": { "after": "30s" } },
  { "retry": { "dialect": "polly", "backoff": { "exponential": { "initial": "2s", "multiplier": 2, "max": "24h" } },
               "jitter": "decorrelated_v2", "retry_after": "exact" } },
  { "breaker": { "dialect": "polly" } },
  { "timeout": { "after": "10s" } }
])"},
    Preset{"envoy-route", "route timeout, retry, per-try timeout, the cluster's limit on requests",
           R"([
  { "timeout": { "after": "15s" } },
  { "retry": { "dialect": "envoy" } },
  { "timeout": { "after": "15s" } },
  { "bulkhead": { "dialect": "envoy" } }
])"},
    Preset{"grpc-method", "one deadline over all attempts, and a retry that its throttling bounds",
           R"([
  { "timeout": { "after": "10s" } },
  { "retry": { "dialect": "grpc", "budget": { "scope": "client", "rule": "half_bucket" } } }
])"},
    Preset{"aws-sdk", "the standard retry mode around an attempt timeout",
           R"([
  { "retry": { "dialect": "aws-standard" } },
  { "timeout": { "after": "60s" } }
])"},
};

const Preset* find_preset(const Node& name, Mistakes& mistakes) {
    std::vector<std::string_view> known;
    for (const Preset& each : all) {
        if (name.is(Node::Kind::string) && each.name == name.text) return &each;
        known.push_back(each.name);
    }
    mistakes.add(name, "unknown preset " + in_quotes(name.text), suggest(name.text, known));
    return nullptr;
}

void expand(Node& root, std::size_t place, Mistakes& mistakes) {
    Node& stack = root.find("policies")->children[place];
    const Node written = stack;
    const Node& name = *written.find(preset_key);
    const Preset* preset = find_preset(name, mistakes);
    stack = to_node(preset != nullptr ? nlohmann::ordered_json::parse(preset->layers) : nlohmann::ordered_json::array(),
                    *name.source, name.span);
    stack.key = written.key;
    stack.key_span = written.key_span;
    if (preset == nullptr) return;
    for (const Node& change : written.children) {
        if (change.key == preset_key) continue;
        const std::string path = "policies." + written.key + '.' + change.key;
        set_value(root, {path, change.source, change.key_span}, change, mistakes);
    }
}

}  // namespace

std::span<const Preset> presets() { return all; }

void expand_presets(Node& root, Mistakes& mistakes) {
    const Node* policies = root.find("policies");
    for (std::size_t i = 0; policies != nullptr && i < policies->children.size(); ++i)
        if (policies->children[i].find(preset_key) != nullptr) expand(root, i, mistakes);
}

}  // namespace stampede::scenarios
