#pragma once
/// Which bins of a run come before the faults, lie in them, and come after them.

#include <cstddef>
#include <optional>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "sim/measure/result.hpp"

namespace stampede::sim {

/// Bins `first` to `last` - 1.
struct BinRange {
    std::size_t first = 0;
    std::size_t last = 0;
    [[nodiscard]] std::size_t size() const noexcept { return last > first ? last - first : 0; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
};

/// Only whole bins count: a bin that a fault's edge cuts belongs to the fault.
struct Windows {
    double bin_s = 0;
    BinRange measured;             ///< after the warm-up
    BinRange baseline;             ///< before the first fault; all that is measured where there is none
    std::vector<BinRange> faults;  ///< merged where they overlap
    std::vector<BinRange>
        recovery;  ///< from the end of a fault to the next or to the end; all measured without a fault
    std::optional<Instant> first_fault_begin;
    std::optional<Instant> last_fault_end;  ///< none where the last fault outlasts the run
    /// The window after the last fault; none without a fault, or where no whole bin comes after the last.
    std::optional<BinRange> after_faults;

    [[nodiscard]] bool in_fault(std::size_t bin) const noexcept;
};

/// `faults` in any order; `bins` is how many whole bins the run has.
[[nodiscard]] Windows windows_of(const scenarios::RunSettings& run, const std::vector<FaultWindow>& faults,
                                 std::size_t bins);

/// The faults of a run as windows of time: as many for each as times that it comes, those that follow each other
/// without a gap in one. The last so many faults as `drawn` has elements were drawn.
[[nodiscard]] std::vector<FaultWindow> fault_windows(const scenarios::Scenario& scenario,
                                                     const std::vector<scenarios::Fault>& faults,
                                                     const std::vector<std::uint32_t>& drawn = {});

}  // namespace stampede::sim
