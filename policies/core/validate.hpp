#pragma once
/// Checks settings that were made in code against the same tables that files are read by: ranges, and `check`.

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// Finds everything that is out of range or contradictory, in settings within settings too.
class Validator {
public:
    explicit Validator(Problems& problems) : problems_(problems) {}

    template <Settings T>
    void check(const T& settings, const std::string& path) {
        for_each_field<T>(
            [&](const auto& each) { value(settings.*each.member, each.limits, path + "." + std::string(each.name)); });
        if constexpr (Checked<T>) {
            Below below(problems_, path);
            settings.check(below);
        }
    }

private:
    /// Names a field by its whole path.
    class Below final : public Problems {
    public:
        Below(Problems& problems, const std::string& path) : problems_(problems), path_(path) {}
        void add(std::string_view field, std::string message) override {
            problems_.add(path_ + "." + std::string(field), std::move(message));
        }

    private:
        Problems& problems_;
        const std::string& path_;
    };

    void number(double x, const Limits& limits, const std::string& path) {
        if (limits.contains(x)) return;  // not-a-number is never in range
        problems_.add(path, "is " + std::to_string(x) + ", must be " + (limits.low_open ? "above " : "at least ") +
                                std::to_string(limits.low) + " and at most " + std::to_string(limits.high));
    }

    template <class T>
    void value(const T& x, const Limits& limits, const std::string& path) {
        if constexpr (std::same_as<T, Duration>) {
            number(to_seconds(x), limits, path);
        } else if constexpr (std::same_as<T, Rate>) {
            number(x.per_second, limits, path);
        } else if constexpr (std::same_as<T, Share>) {
            Limits share = limits;
            if (!(share.low >= 0)) share.low = 0;
            if (!(share.high <= 1)) share.high = 1;
            number(x, share, path);
        } else if constexpr (std::is_arithmetic_v<T>) {
            number(static_cast<double>(x), limits, path);
        } else if constexpr (Settings<T>) {
            check(x, path);
        }
        // Enumerations, names and sets of outcomes cannot be out of range.
    }
    template <class T>
    void value(const std::optional<T>& x, const Limits& limits, const std::string& path) {
        if (x) value(*x, limits, path);
    }
    template <class T>
    void value(const std::vector<T>& x, const Limits& limits, const std::string& path) {
        for (std::size_t i = 0; i < x.size(); ++i) value(x[i], limits, path + "[" + std::to_string(i) + "]");
    }
    template <Settings... T>
    void value(const std::variant<T...>& x, const Limits&, const std::string& path) {
        std::visit([&](const auto& one) { check(one, path + "." + std::string(one.name)); }, x);
    }

    Problems& problems_;
};

}  // namespace stampede
