#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace stampede::sim {

/// Memory for blocks that live as long as it does. It is taken in regions that huge pages fit, and huge pages are asked
/// for: who reaches into millions of calls without order misses the caches either way, but no longer the translation of
/// addresses as well.
class Arena {
public:
    /// Aligned to a line of the cache. Throws std::bad_alloc. O(1), and seldom more.
    [[nodiscard]] std::byte* take(std::size_t bytes) {
        const std::size_t whole = (bytes + line - 1) / line * line;
        if (whole > left_) open_region(whole);
        std::byte* const taken = next_;
        next_ += whole;
        left_ -= whole;
        return taken;
    }

private:
    static constexpr std::size_t line = 64;
    static constexpr std::size_t huge_page = std::size_t{2} << 20U;
    struct Release {
        void operator()(std::byte* region) const noexcept { ::operator delete (region, std::align_val_t{huge_page}); }
    };

    void open_region(std::size_t bytes) {
        const std::size_t size = (bytes + huge_page - 1) / huge_page * huge_page;
        regions_.emplace_back(static_cast<std::byte*>(::operator new (size, std::align_val_t{huge_page})));
        next_ = regions_.back().get();
        left_ = size;
#if defined(MADV_HUGEPAGE)
        ::madvise(next_, size, MADV_HUGEPAGE);  // advice: where it is refused, nothing is lost
#endif
    }

    std::vector<std::unique_ptr<std::byte, Release>> regions_;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace stampede::sim
