#pragma once
/// A stack of layers that owns all it needs, and one whose settings can be changed while calls go through it.
///
///     LiveStack checkout{{TimeoutSettings{2s}, RetrySettings{}, BreakerSettings{}}};
///     executor.call(checkout, work);                // from any thread, at any time
///     executor.swap(checkout, changed_settings);    // from any thread, at any time

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "policies/core/pipeline.hpp"
#include "policies/stack.hpp"

namespace stampede {

/// A pipeline together with its layers and their settings. A stack that a driver runs must not be touched without the
/// driver's lock, since its layers have state; sharing it between calls is what it is for.
class Stack {
public:
    /// Outermost first. The observer knows the outermost breaker by `first_number`, the next one by the number after
    /// it; give each stack under one observer its own range. Throws std::invalid_argument that names every mistake with
    /// its place, as in "layer 1: timeout.after: is …" (0 the outermost), also for more than `max_layers`.
    explicit Stack(const StackSettings& settings, std::uint32_t first_number = 0);

    [[nodiscard]] const Pipeline& pipeline() const noexcept { return pipeline_; }

private:
    friend class LiveStack;

    /// A layer and the settings that it refers to; shared by all stacks that it was kept in.
    struct Place {
        std::unique_ptr<const LayerSettings> settings;
        std::unique_ptr<Layer> layer;
    };
    using Places = std::vector<std::shared_ptr<Place>>;

    explicit Stack(Places places);
    [[nodiscard]] std::shared_ptr<Place> kept_as(const StackSettings& settings, std::size_t place) const;

    Places places_;
    Pipeline pipeline_;
};

/// A stack whose settings can be swapped while calls are running. Calls that begin after the swap go through the new
/// stack, calls under way finish in the order of layers in which they began.
///
/// What is kept. Layers correspond by kind and order: the first breaker of the old stack to the first breaker of the
/// new one, the second to the second; what stands between them does not matter.
/// - Breakers and bulkheads that correspond are kept, whatever changed in their settings: they are the same object in
///   both stacks, so state, window and occupancy go on, and calls under way are counted too. From the swap on they
///   follow the new settings, also for calls under way (see Breaker::change and Bulkhead::change).
/// - Any other layer is kept, with all state that it has, where its settings are exactly the same.
/// - All else starts anew, as made by `make_layer`; a call under way finishes with the settings under which it began.
/// A breaker that is kept keeps the number that the observer knows it by. A layer that has no counterpart in the new
/// stack lives on until the last call that went into it has finished.
class LiveStack {
public:
    /// As Stack.
    explicit LiveStack(const StackSettings& settings, std::uint32_t first_number = 0);

    /// What a call that begins now goes through: keep it until the call has finished. From any thread.
    [[nodiscard]] std::shared_ptr<const Stack> current() const;

    /// Must not run while a driver tells an event to a call of this stack: `BlockingExecutor::swap` sees to that; in an
    /// event loop, swap on the loop. `waker` is the driver's: calls that wait in a bulkhead get places that are new.
    /// Throws what Stack throws, and changes nothing then.
    void swap(const StackSettings& settings, Waker& waker);

private:
    /// One for every few threads, so that threads that all begin calls do not wait for each other's cache line.
    struct alignas(64) Door {
        mutable std::mutex mutex;
        std::shared_ptr<const Stack> current;  ///< counts its users apart from the other doors
    };
    void open_doors_to(const std::shared_ptr<const Stack>& stack);

    std::uint32_t first_number_;
    std::array<Door, 16> doors_;
};

}  // namespace stampede
