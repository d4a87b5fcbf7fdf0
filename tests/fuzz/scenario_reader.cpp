/// libFuzzer target: any bytes are read or answered with diagnostics, never with a crash or a hang.
/// After the first RS character (0x1E) an override PATH=VALUE may follow.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/reader_properties.hpp"

using namespace stampede::scenarios;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string all(reinterpret_cast<const char*>(data), size);
    const auto separator = all.find('\x1e');
    const std::string text = all.substr(0, separator);
    std::string broken = broken_by_reading(text);
    if (broken.empty() && separator != std::string::npos) {
        const std::string change = all.substr(separator + 1);
        const auto equals = change.find('=');
        if (equals != std::string::npos)
            broken = broken_by_override(text, {change.substr(0, equals), change.substr(equals + 1)});
    }
    if (!broken.empty()) {
        std::fprintf(stderr, "%s\n", broken.c_str());
        std::abort();
    }
    return 0;
}
