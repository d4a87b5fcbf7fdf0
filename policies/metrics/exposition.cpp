#include "policies/metrics/exposition.hpp"

#include <array>
#include <charconv>
#include <initializer_list>

namespace stampede {
namespace {

std::string text_of(double number) {
    std::array<char, 64> buffer;  // enough for any count of 64 bits and any time in seconds
    char* const end = buffer.data() + buffer.size();
    return {buffer.data(), std::to_chars(buffer.data(), end, number, std::chars_format::fixed).ptr};
}

/// A label's value: both formats escape these three.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') {
            result += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result;
}

struct Label {
    std::string_view name;
    std::string_view value;
};

/// Writes one family after the other; each is announced once, then come the samples of all clients.
class Page {
public:
    Page(const std::vector<NamedSnapshot>& clients, bool named, TextFormat format)
        : clients_(clients), named_(named), format_(format) {}

    /// `samples(snapshot)` writes the samples of one client.
    template <class Samples>
    void family(std::string_view name, std::string_view type, std::string_view help, Samples samples) {
        name_ = name;
        std::string announced(name);
        if (type == "counter" && format_ == TextFormat::prometheus) announced += "_total";
        text_ +=
            "# HELP " + announced + ' ' + std::string(help) + "\n# TYPE " + announced + ' ' + std::string(type) + '\n';
        if (format_ == TextFormat::openmetrics && name.ends_with("_seconds"))
            text_ += "# UNIT " + announced + " seconds\n";
        for (const NamedSnapshot& client : clients_) {
            client_ = &client.name;
            samples(client.snapshot);
        }
    }

    void sample(std::string_view suffix, std::initializer_list<Label> labels, double value) {
        text_ += name_;
        text_ += suffix;
        char before = '{';
        const auto add = [&](std::string_view name, std::string_view label_value) {
            text_ += before + std::string(name) + "=\"" + escaped(label_value) + '"';
            before = ',';
        };
        if (named_) add("client", *client_);
        for (const Label& label : labels)
            if (!label.name.empty()) add(label.name, label.value);
        if (before == ',') text_ += '}';
        text_ += ' ' + text_of(value) + '\n';
    }
    void count(std::initializer_list<Label> labels, std::uint64_t value) {
        sample("_total", labels, static_cast<double>(value));
    }

    void histogram(Label label, const DurationHistogram& histogram) {
        std::uint64_t so_far = 0;
        for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
            so_far += histogram.counts[i];
            const bool last = i == DurationHistogram::bounds.size();
            const std::string bound = last ? "+Inf" : text_of(to_seconds(DurationHistogram::bounds[i]));
            sample("_bucket", {label, {"le", bound}}, static_cast<double>(so_far));
        }
        sample("_count", {label}, static_cast<double>(so_far));
        sample("_sum", {label}, to_seconds(histogram.sum));
    }

    [[nodiscard]] std::string end() && { return std::move(text_) + "# EOF\n"; }

private:
    const std::vector<NamedSnapshot>& clients_;
    bool named_;
    TextFormat format_;
    std::string_view name_;
    const std::string* client_ = nullptr;
    std::string text_;
};

void calls(Page& page) {
    page.family("stampede_calls_started", "counter", "Calls that began.",
                [&](const Snapshot& s) { page.count({}, s.calls_started); });
    page.family("stampede_calls", "counter", "Calls that ended, by how.", [&](const Snapshot& s) {
        for (const OutcomeName& each : outcome_names)
            page.count({{"outcome", each.name}}, s.calls[static_cast<std::size_t>(each.outcome)]);
    });
    page.family("stampede_calls_cancelled", "counter", "Calls that their caller gave up.",
                [&](const Snapshot& s) { page.count({}, s.calls_cancelled); });
    page.family("stampede_call_duration_seconds", "histogram", "Time of calls, back-offs and waits included.",
                [&](const Snapshot& s) { page.histogram({}, s.latency); });
    page.family(
        "stampede_call_attempts", "histogram", "Attempts of calls that ended; 0 where a policy refused them.",
        [&](const Snapshot& s) {
            std::uint64_t so_far = 0;
            for (std::size_t i = 0; i < s.calls_by_attempts.size(); ++i) {
                so_far += s.calls_by_attempts[i];
                const bool last = i + 1 == s.calls_by_attempts.size();
                page.sample("_bucket", {{"le", last ? "+Inf" : std::to_string(i)}}, static_cast<double>(so_far));
            }
            page.sample("_count", {}, static_cast<double>(so_far));
            page.sample("_sum", {}, static_cast<double>(s.attempts_of_calls));
        });
}

void attempts(Page& page) {
    page.family("stampede_attempts_started", "counter", "Attempts that began.",
                [&](const Snapshot& s) { page.count({}, s.attempts_started); });
    page.family("stampede_attempts_abandoned", "counter", "Attempts that nobody waits for any more.",
                [&](const Snapshot& s) { page.count({}, s.attempts_abandoned); });
    page.family("stampede_attempts", "counter", "Attempts that settled, by number (1 the first) and outcome.",
                [&](const Snapshot& s) {
                    for (std::size_t i = 0; i < s.attempts.size(); ++i)
                        for (const OutcomeName& each : outcome_names) {
                            const std::uint64_t n = s.attempts[i][static_cast<std::size_t>(each.outcome)];
                            const bool last = i + 1 == s.attempts.size();
                            const std::string number = last ? "more" : std::to_string(i + 1);
                            if (n != 0) page.count({{"attempt", number}, {"outcome", each.name}}, n);
                        }
                });
    page.family("stampede_retries", "counter", "Retries that were scheduled.",
                [&](const Snapshot& s) { page.count({}, s.retries); });
    page.family("stampede_retries_at_cap", "counter", "Retries whose delay was exactly the cap of the backoff.",
                [&](const Snapshot& s) { page.count({}, s.retries_at_cap); });
    page.family("stampede_backoff_seconds", "counter", "Sum of the delays before retries.",
                [&](const Snapshot& s) { page.sample("_total", {}, to_seconds(s.backoff)); });
    page.family("stampede_refusals", "counter", "Calls and attempts that a policy turned away, by its outcome.",
                [&](const Snapshot& s) {
                    for (const OutcomeName& each : outcome_names)
                        if (is_refusal(each.outcome))
                            page.count({{"outcome", each.name}}, s.refusals[static_cast<std::size_t>(each.outcome)]);
                });
    page.family("stampede_budget_denied", "counter", "Retries and hedges that a budget did not allow.",
                [&](const Snapshot& s) { page.count({}, s.budget_denied); });
    page.family("stampede_hedges", "counter", "Tries that were started beside the first one.",
                [&](const Snapshot& s) { page.count({}, s.hedges); });
    page.family("stampede_hedge_decisions", "counter", "Calls through a hedge, by the try that decided and how.",
                [&](const Snapshot& s) {
                    for (const OutcomeName& each : outcome_names) {
                        const auto n = static_cast<std::size_t>(each.outcome);
                        if (s.first_chosen[n] != 0)
                            page.count({{"by", "first"}, {"outcome", each.name}}, s.first_chosen[n]);
                        if (s.hedge_chosen[n] != 0)
                            page.count({{"by", "hedge"}, {"outcome", each.name}}, s.hedge_chosen[n]);
                    }
                });
    page.family("stampede_fallbacks", "counter", "Answers by a fallback, by where the value came from.",
                [&](const Snapshot& s) {
                    page.count({{"value", "default"}}, s.fallbacks_default);
                    page.count({{"value", "cached"}}, s.fallbacks_cached);
                });
}

void breakers(Page& page) {
    const auto each = [&](auto samples) {
        return [samples](const Snapshot& s) {
            for (const BreakerSnapshot& b : s.breakers) samples(b, std::to_string(b.number));
        };
    };
    page.family("stampede_breaker_state", "gauge", "1 for the state that the breaker is in.",
                each([&](const BreakerSnapshot& b, const std::string& number) {
                    for (const BreakerState state : {BreakerState::closed, BreakerState::open, BreakerState::half_open})
                        page.sample("", {{"breaker", number}, {"state", to_string(state)}}, b.state == state ? 1 : 0);
                }));
    page.family("stampede_breaker_transitions", "counter", "Moves of the breaker.",
                each([&](const BreakerSnapshot& b, const std::string& number) {
                    for (std::size_t i = 0; i < breaker_moves.size(); ++i)
                        page.count({{"breaker", number},
                                    {"from", to_string(breaker_moves[i].from)},
                                    {"to", to_string(breaker_moves[i].to)},
                                    {"reason", to_string(breaker_moves[i].reason)}},
                                   b.transitions[i]);
                }));
    page.family("stampede_breaker_outcomes", "counter", "Outcomes that the breaker counted.",
                each([&](const BreakerSnapshot& b, const std::string& number) {
                    page.count({{"breaker", number}, {"counted_as", "success"}}, b.successes);
                    page.count({{"breaker", number}, {"counted_as", "failure"}}, b.failures);
                }));
    page.family("stampede_breaker_failure_ratio", "gauge", "Failures among the last 100 outcomes that it counted.",
                each([&](const BreakerSnapshot& b, const std::string& number) {
                    if (const auto rate = b.failure_rate()) page.sample("", {{"breaker", number}}, *rate);
                }));
    page.family("stampede_breaker_recovery_seconds", "histogram", "Time from opening until it closed again.",
                each([&](const BreakerSnapshot& b, const std::string& number) {
                    page.histogram({"breaker", number}, b.recovery);
                }));
}

std::string write(const std::vector<NamedSnapshot>& clients, bool named, TextFormat format) {
    Page page{clients, named, format};
    calls(page);
    attempts(page);
    breakers(page);
    return std::move(page).end();
}

}  // namespace

std::string_view content_type(TextFormat format) noexcept {
    return format == TextFormat::prometheus ? "text/plain; version=0.0.4; charset=utf-8"
                                            : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

std::string exposition(const std::vector<NamedSnapshot>& clients, TextFormat format) {
    return write(clients, true, format);
}

std::string exposition(const Snapshot& snapshot, TextFormat format) { return write({{{}, snapshot}}, false, format); }

}  // namespace stampede
