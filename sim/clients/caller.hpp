#pragma once
/// Whoever sends calls to a service through policies: a population of clients, or the instances of a service that calls
/// another.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "policies/stack.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::sim {

/// Numbers the breakers of a run across its callers.
class BreakerRegistry {
public:
    struct Entry {
        std::uint16_t caller;
        std::uint8_t layer;
        std::uint32_t instance;  ///< client (or instance of a service), group, or 0 for the one of all
    };

    void add(const Entry& entry) { entries_.push_back(entry); }
    /// By number.
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// Its members are clients, or instances of a service: each has what layers of scope `client` keep to themselves.
class Caller {
public:
    struct Members {
        std::uint32_t count;
        std::uint32_t groups;                         ///< that they are dealt into, for layers of scope `group`
        std::vector<std::uint16_t> zones{};           ///< that they are dealt to in turn; the first if empty
        std::vector<std::uint16_t> zones_of_hosts{};  ///< of the usual service's instances, by number
    };

    /// The stack must outlive the caller. `services` are those that it calls: the usual one, then its stand-ins.
    /// `subject` is what reports call it.
    Caller(std::string subject, const StackSettings& stack, std::uint16_t number, Members members,
           std::vector<std::uint16_t> services, BreakerRegistry& breakers);

    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
    [[nodiscard]] std::size_t service() const noexcept { return services_.front(); }
    /// Where an attempt goes: `alternative` as in CallFacts; one that there is not is the last.
    [[nodiscard]] std::size_t service(std::uint8_t alternative) const noexcept {
        return alternative < services_.size() ? services_[alternative] : services_.back();
    }
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }

    /// The run has come to its end: breakers report what was due by the clock since somebody last called.
    void catch_up(Instant end, Observer& observer, Waker& waker);

    /// The policies of the first so many members start anew: what belongs to nobody else.
    void forget(std::uint32_t members, Instant now, Observer& observer, Waker& waker);

    /// The layers as this member meets them.
    [[nodiscard]] const Pipeline& pipeline(std::uint32_t member) const noexcept {
        return pipelines_[pipeline_index(member)];
    }

    /// Some of the layers are a member's own.
    [[nodiscard]] bool has_own_layers() const noexcept { return sharing_ == Scope::client; }

    /// An attempt cut by a layer further out than every retry is given up for good, not tried again.
    [[nodiscard]] bool outside_retries(std::uint8_t layer) const noexcept { return layer < first_retry_; }
    /// An attempt cut by a hedge layer lost to another one of the same call.
    [[nodiscard]] bool hedges(std::uint8_t layer) const noexcept { return (hedges_ >> layer & 1U) != 0; }

private:
    [[nodiscard]] std::size_t pipeline_index(std::uint32_t member) const noexcept {
        switch (sharing_) {
            case Scope::all:
                return 0;
            case Scope::group:
                return member % members_.groups;
            case Scope::client:
                break;
        }
        return member;
    }
    [[nodiscard]] std::size_t instances(Scope scope) const noexcept;
    [[nodiscard]] std::unique_ptr<Layer> make(std::size_t layer, std::uint32_t instance, std::uint32_t breaker) const;
    void make_layers(std::uint16_t number, BreakerRegistry& breakers);
    void connect(std::size_t pipeline);
    [[nodiscard]] bool belongs_to_first(std::uint32_t members, Scope scope, std::uint32_t instance) const noexcept;
    void renew(std::size_t layer, std::uint32_t instance, Instant now, Observer& observer, Waker& waker);

    std::string subject_;
    const StackSettings* stack_;
    Members members_;
    std::vector<std::uint16_t> services_;
    std::size_t depth_;
    std::uint8_t first_retry_ = 0;
    std::uint32_t hedges_ = 0;    ///< one bit a layer
    Scope sharing_ = Scope::all;  ///< who shares a whole pipeline: the narrowest scope of its layers
    std::vector<std::unique_ptr<Layer>> layers_;
    std::vector<std::size_t> first_of_layer_;    ///< by place in the stack: the first of its instances among these
    std::vector<std::uint32_t> first_breakers_;  ///< likewise: the number of its first instance, where it is a breaker
    std::vector<Pipeline> pipelines_;
};

/// All that send calls: the populations, then the calls of each service, in the order of the scenario.
[[nodiscard]] std::vector<Caller> build_callers(const scenarios::Scenario& scenario, BreakerRegistry& breakers);

}  // namespace stampede::sim
