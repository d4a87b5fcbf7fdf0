#pragma once
/// What drivers say of a call that has ended.

#include <cstdint>
#include <exception>
#include <stdexcept>

#include "policies/core/outcome.hpp"

namespace stampede {

/// How a call ended.
struct CallResult {
    Outcome outcome;
    std::uint32_t attempts;  ///< started
    bool from_attempt;       ///< the outcome is the last attempt's own: no layer made or replaced it
};

/// A call that failed by decision of a layer: refused, timed out, or answered by a fallback that was not given.
class CallFailed : public std::runtime_error {
public:
    CallFailed(const CallResult& result, std::exception_ptr cause);

    [[nodiscard]] const CallResult& result() const noexcept { return result_; }
    /// What the last attempt threw, if it did.
    [[nodiscard]] const std::exception_ptr& cause() const noexcept { return cause_; }

private:
    CallResult result_;
    std::exception_ptr cause_;
};

/// Stands for "no fallback given".
struct NoFallback {};

}  // namespace stampede
