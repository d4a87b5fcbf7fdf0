#pragma once
/// Libraries that teams run in production. A dialect is nothing but a named set of defaults: a layer that names one
/// starts from that library's settings instead of ours, and says it all in ordinary settings.
///
///     { "retry": { "dialect": "polly", "max_attempts": 6 } }      RetrySettings::of(Dialect::polly)
///
/// A family that knows some offers
///
///     static constexpr std::array dialects{Dialect::polly, …};
///     static RetrySettings of(Dialect);                           // of one of `dialects`
///
/// and that is all: the reader, its diagnostics, the schema, paths, `stampede list` and `explain` know them by then.
/// A required setting that `of` leaves as in a default-constructed struct stays required: the library has no default
/// either.

#include <array>
#include <concepts>
#include <cstdint>

#include "policies/core/settings.hpp"

namespace stampede {

enum class Dialect : std::uint8_t {
    resilience4j,
    polly,
    failsafe,
    envoy,
    istio,
    grpc,
    aws_standard,
    aws_adaptive,
    gobreaker,
    cockatiel,
    opossum,
    hystrix,
    semian,
    finagle,
};

[[nodiscard]] constexpr auto choices(Dialect) {
    using enum Dialect;
    return std::array{
        Choice<Dialect>{resilience4j, "resilience4j", "resilience4j 2 (Java)"},
        Choice<Dialect>{polly, "polly", "Polly 8 (.NET)"},
        Choice<Dialect>{failsafe, "failsafe", "Failsafe (Java) and failsafe-go"},
        Choice<Dialect>{envoy, "envoy", "Envoy's routes and clusters"},
        Choice<Dialect>{istio, "istio", "Istio's VirtualService and DestinationRule"},
        Choice<Dialect>{grpc, "grpc", "gRPC's service config (A6, A50)"},
        Choice<Dialect>{aws_standard, "aws-standard", "AWS SDKs, retry mode standard"},
        Choice<Dialect>{aws_adaptive, "aws-adaptive", "AWS SDKs, retry mode adaptive"},
        Choice<Dialect>{gobreaker, "gobreaker", "gobreaker 2 (Go)"},
        Choice<Dialect>{cockatiel, "cockatiel", "cockatiel 3 (Node)"},
        Choice<Dialect>{opossum, "opossum", "opossum 9 (Node)"},
        Choice<Dialect>{hystrix, "hystrix", "Hystrix (Java)"},
        Choice<Dialect>{semian, "semian", "semian (Ruby)"},
        Choice<Dialect>{finagle, "finagle", "Finagle (Scala)"},
    };
}

/// A family that knows dialects.
template <class T>
concept Dialectal = Settings<T> && requires(Dialect dialect) {
    { T::of(dialect) } -> std::same_as<T>;
    T::dialects.size();
};

/// Whether a family's list has it.
[[nodiscard]] constexpr bool knows(const auto& dialects, Dialect dialect) {
    for (const Dialect each : dialects)
        if (each == dialect) return true;
    return false;
}

/// The key that names one.
inline constexpr std::string_view dialect_key = "dialect";

}  // namespace stampede
