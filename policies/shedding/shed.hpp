#pragma once
/// Load shedding by priority: its settings and its layer.

#include <cstdint>
#include <variant>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

struct ShedPartitions {
    std::vector<Share> guarantees{};

    static constexpr std::string_view name = "partitions";
    static constexpr std::string_view doc =
        "while all places are taken, a call is let in only where its class has not yet taken what it is guaranteed";
    static constexpr auto fields() {
        return std::tuple{field("guarantees", &ShedPartitions::guarantees,
                                "share of the places that calls of class 0, 1, … always find; at least one place each, "
                                "and one for classes beyond the list")
                              .required()};
    }
    void check(Problems& problems) const;
};

struct ShedRamp {
    Share from = 0.8;
    Share to = 1;

    static constexpr std::string_view doc = "how full it must be for calls of a class to be turned away";
    static constexpr auto fields() {
        return std::tuple{
            field("from", &ShedRamp::from, "share of the places taken up to which none is turned away").required(),
            field("to", &ShedRamp::to, "share from which all are; in between it is a matter of chance, in proportion")
                .required()};
    }
    void check(Problems& problems) const;
};

struct ShedByChance {
    std::vector<ShedRamp> classes{};

    static constexpr std::string_view name = "chance";
    static constexpr std::string_view doc =
        "the fuller it is, the more calls are turned away: of less important classes sooner";
    static constexpr auto fields() {
        return std::tuple{field("classes", &ShedByChance::classes,
                                "for class 0, 1, …; the last of the list is also for classes beyond it")
                              .required()};
    }
    void check(Problems& problems) const;
};

using ShedStrategy = std::variant<ShedPartitions, ShedByChance>;

struct ShedSettings {
    Scope scope = Scope::all;
    std::uint32_t max_concurrent = 100;
    ShedStrategy strategy = ShedPartitions{};

    static constexpr std::string_view name = "shed";
    static constexpr std::string_view doc =
        "Load shedding: when many calls are under way, turns away those of less important classes first.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &ShedSettings::scope, "whose calls are counted together"),
            field("max_concurrent", &ShedSettings::max_concurrent, "places: calls that may be under way at once")
                .from(1)
                .up_to(1'000'000),
            field("strategy", &ShedSettings::strategy, "who is turned away").required()};
    }
};

/// Refuses with Outcome::shed, by CallFacts::priority. By chance, never more than `max_concurrent` are under way; with
/// partitions, the guarantees of classes that come late are let in beyond it, so that it may be twice as many at the
/// worst (the rule of the partitioned limiters of Netflix concurrency-limits). By chance it is as Envoy's overload
/// manager scales its triggers: from `from` to `to`.
/// Frame: `narrow` the class.
///
/// The settings must outlive it. Allocates only for a class that it has not seen before.
class Shed final : public Layer {
public:
    explicit Shed(const ShedSettings& settings) : settings_(&settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    void cancel(Context&, Frame&) override;

    [[nodiscard]] std::uint32_t under_way() const noexcept { return under_way_; }

private:
    [[nodiscard]] bool admits(const ShedPartitions&, const Context&) const noexcept;
    [[nodiscard]] bool admits(const ShedByChance&, Context&) const noexcept;
    void release(const Frame&) noexcept;

    const ShedSettings* settings_;
    std::uint32_t under_way_ = 0;
    std::vector<std::uint32_t> by_class_;
};

}  // namespace stampede
