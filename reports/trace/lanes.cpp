#include "reports/trace/lanes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stampede::reports {
namespace {

class Placing {
public:
    void add(const sim::TraceSpan& span) {
        std::vector<Lane>& lanes = agents_[span.agent];
        for (Lane& lane : lanes) lane.close_before(span.begin);
        const bool is_request = span.kind == sim::SpanKind::request;
        const auto parent = is_request ? requests_.end() : requests_.find(span.request);
        const Instant end =
            parent == requests_.end() ? span.end : std::max(span.begin, std::min(span.end, parent->second.end));
        Lane& lane = lane_for(lanes, span, parent == requests_.end() ? no_track : parent->second.track, end);
        lane.open.push_back(end);
        tracks_.spans.push_back({&span, lane.track, end});
        if (is_request) requests_[span.request] = {lane.track, span.end};
    }

    [[nodiscard]] Tracks take() { return std::move(tracks_); }

private:
    static constexpr std::size_t no_track = ~std::size_t{0};

    struct Lane {
        std::size_t track;
        std::vector<Instant> open;  ///< ends of the spans that are open, the innermost last

        void close_before(Instant now) {
            while (!open.empty() && open.back() <= now) open.pop_back();
        }
    };

    struct Request {
        std::size_t track;
        Instant end;
    };

    Lane& lane_for(std::vector<Lane>& lanes, const sim::TraceSpan& span, std::size_t preferred, Instant end) {
        for (Lane& lane : lanes)
            if (lane.track == preferred && (lane.open.empty() || end <= lane.open.back())) return lane;
        for (Lane& lane : lanes)
            if (lane.open.empty()) return lane;
        tracks_.names.push_back(fmt::format("agent {}{}", span.agent, lanes.empty() ? "" : ", also"));
        return lanes.emplace_back(Lane{tracks_.names.size() - 1, {}});
    }

    Tracks tracks_;
    std::map<std::uint32_t, std::vector<Lane>> agents_;
    std::map<std::uint64_t, Request> requests_;
};

}  // namespace

Tracks place(const sim::Trace& trace) {
    Placing placing;
    for (const sim::TraceSpan& span : trace.spans) placing.add(span);
    return placing.take();
}

}  // namespace stampede::reports
