#pragma once
/// Works the metrics of the catalogue out of what was counted. One file a family of metrics.

#include <string>
#include <utility>
#include <vector>

#include "sim/measure/result.hpp"
#include "sim/measure/tally.hpp"
#include "sim/measure/windows.hpp"

namespace stampede::sim {

/// Takes the metrics of one subject. What has no meaning in a run (a share of nothing) is not entered.
class Sheet {
public:
    Sheet(Result& result, std::string subject) : result_(result), subject_(std::move(subject)) {}

    void add(Metric metric, double value) { result_.values.push_back({metric, subject_, value}); }
    void add(Metric metric, std::uint64_t count) { add(metric, static_cast<double>(count)); }
    /// numerator / denominator, if there is a denominator.
    void add_ratio(Metric metric, double numerator, double denominator) {
        if (denominator > 0) add(metric, numerator / denominator);
    }
    void add_indexed(Metric metric, std::vector<double> values) {
        result_.indexed.push_back({metric, subject_, std::move(values)});
    }
    /// Of a part of the subject; only of a whole run, where the part's name says all.
    void add_indexed_part(Metric metric, std::string part, std::vector<double> values) {
        if (subject_.empty()) result_.indexed.push_back({metric, std::move(part), std::move(values)});
    }

private:
    Result& result_;
    std::string subject_;
};

/// The breakers that a sheet is about, and their changes in the order of time.
struct BreakerHistory {
    std::size_t count = 0;
    std::vector<BreakerRecord> records;
};

/// What the families are given. A whole run has its populations' and its services' tallies merged; what cannot be told
/// from merged tallies (spare capacity of one service does not help another) is added up over its parts.
struct ClientView {
    const ClientTally& tally;
    const ServiceTally& service;  ///< that the clients call
    const BreakerHistory& breakers;
    const Windows& windows;
    const scenarios::RunSettings& run;
    const ConnectionTally* connections = nullptr;  ///< null where it has no pools of connections
    std::vector<ClientView> parts{};               ///< of a whole run: its populations
    bool messages_double = false;                  ///< the network may deliver some twice
};

struct ServiceView {
    const ServiceTally& tally;
    const Windows& windows;
    const scenarios::RunSettings& run;
    std::uint64_t requests = 0;        ///< of all clients
    std::vector<ServiceView> parts{};  ///< of a whole run: its services
};

void add_requests(const ClientView& view, Sheet& sheet);
void add_attempts(const ClientView& view, Sheet& sheet);
void add_latency(const ClientView& view, Sheet& sheet);
void add_retry(const ClientView& view, Sheet& sheet);
void add_recovery(const ClientView& view, Sheet& sheet);
void add_jitter(const ClientView& view, Sheet& sheet);
void add_breakers(const ClientView& view, Sheet& sheet);
void add_refusals(const ClientView& view, Sheet& sheet);
void add_connections(const ClientView& view, Sheet& sheet);

void add_herd(const ServiceView& view, Sheet& sheet);
void add_service(const ServiceView& view, Sheet& sheet);
void add_load(const ServiceView& view, Sheet& sheet);

/// Whole bins in so many seconds, at least one.
[[nodiscard]] inline std::size_t bins_in(const Windows& windows, double seconds) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(seconds / windows.bin_s + 0.5));
}

/// Bins in the 5 s for which a recovery must last.
[[nodiscard]] inline std::size_t bins_to_last(const Windows& windows) { return bins_in(windows, 5); }

}  // namespace stampede::sim
