#pragma once
/// What one attempt of the user's function left behind: a value or an exception, and how it is classified.

#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "policies/core/outcome.hpp"

namespace stampede {

/// Every value is a success and every exception a transient failure.
struct DefaultClassifier {};

/// Of an attempt that returns `T`, which may be void.
template <class T>
class AttemptResult {
    static_assert(!std::is_reference_v<T>, "return a value or a pointer: the result outlives the attempt");
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    /// Runs `work`, keeps what it returns or throws, and says how it ended. Never throws: where the classifier does,
    /// the attempt counts as a transient failure with that exception.
    template <class Work, class Classifier>
    Outcome settle(Work&& work, Classifier& classify) noexcept {
        value_.reset();
        error_ = nullptr;
        try {
            try {
                return classified_value(work, classify);
            } catch (...) {
                error_ = std::current_exception();
                return classified_error(classify);
            }
        } catch (...) {
            error_ = std::current_exception();
            return Outcome::transient;
        }
    }

    /// Nothing but an outcome is known of the attempt.
    void clear() noexcept {
        value_.reset();
        error_ = nullptr;
    }
    [[nodiscard]] bool empty() const noexcept { return !value_ && !error_; }

    [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

    /// The value, or throws the exception as it was. Must not be empty.
    T take() {
        if (error_) std::rethrow_exception(error_);
        if constexpr (!std::is_void_v<T>) return std::move(*value_);
    }

private:
    template <class Work, class Classifier>
    Outcome classified_value(Work& work, Classifier& classify) {
        if constexpr (std::is_void_v<T>) {
            work();
            value_.emplace();
            return Outcome::success;
        } else {
            value_.emplace(work());
            if constexpr (std::is_invocable_r_v<Outcome, Classifier&, const T&>) {
                return std::invoke(classify, std::as_const(*value_));
            } else {
                return Outcome::success;
            }
        }
    }

    template <class Classifier>
    Outcome classified_error(Classifier& classify) {
        if constexpr (std::is_invocable_r_v<Outcome, Classifier&, const std::exception_ptr&>) {
            return std::invoke(classify, std::as_const(error_));
        } else {
            return Outcome::transient;
        }
    }

    std::optional<Stored> value_;
    std::exception_ptr error_;
};

}  // namespace stampede
