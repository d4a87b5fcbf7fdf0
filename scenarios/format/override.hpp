#pragma once
/// Settings put over those of a scenario's file.

#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/diagnostics.hpp"

namespace stampede::scenarios {

/// One value replaced: `path` as in `policies.checkout.retry.jitter` or `policies.checkout.timeout[1].after`;
/// `value` is JSON, or a bare word that is taken as a string (`full`, `20ms`).
/// A path through a choice such as `backoff.exponential.max` addresses inside it.
struct Override {
    /// Where a file says it, so that mistakes in it are shown there.
    struct Origin {
        Span path;   ///< the key, in quotes
        Span value;  ///< the value
    };

    std::string path;
    std::string value;
    std::optional<Origin> origin = {};  ///< of what `Document::variants` answers
};

/// What `compare` compares: overrides over the base.
struct Variant {
    std::string name;
    std::vector<Override> overrides;
};

}  // namespace stampede::scenarios
