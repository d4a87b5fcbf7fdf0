#pragma once
/// How large a message is, and how fast bytes go: "16KiB", "100Mbit/s".

#include <compare>

namespace stampede::scenarios {

struct Size {
    double bytes = 0;
    friend constexpr bool operator==(Size, Size) = default;
};

struct Bandwidth {
    double bytes_per_s = 0;
    friend constexpr bool operator==(Bandwidth, Bandwidth) = default;
};

}  // namespace stampede::scenarios
