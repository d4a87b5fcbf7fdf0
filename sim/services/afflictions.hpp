#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stampede::sim {

/// What is wrong with something at present, each with the number of the fault's episode that causes it, in the order of
/// beginning.
template <class T>
class Afflictions {
public:
    struct Affliction {
        std::uint32_t fault;
        T value;
    };

    /// Adds it, or changes what the fault does already.
    void set(std::uint32_t fault, const T& value) {
        const auto found =
            std::find_if(active_.begin(), active_.end(), [&](const auto& a) { return a.fault == fault; });
        if (found == active_.end())
            active_.push_back({fault, value});
        else
            found->value = value;
    }
    void remove(std::uint32_t fault) {
        active_.erase(std::remove_if(active_.begin(), active_.end(), [&](const auto& a) { return a.fault == fault; }),
                      active_.end());
    }

    [[nodiscard]] bool empty() const noexcept { return active_.empty(); }
    [[nodiscard]] const T& latest() const noexcept { return active_.back().value; }
    [[nodiscard]] auto begin() const noexcept { return active_.begin(); }
    [[nodiscard]] auto end() const noexcept { return active_.end(); }

private:
    std::vector<Affliction> active_;
};

}  // namespace stampede::sim
