#include "sim/replications/archive.hpp"

#include <cstring>
#include <type_traits>

namespace stampede::sim {
namespace {

/// What is written plainly, byte for byte: both ends are the same program on the same machine.
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, Instant>;

/// Appends.
class Writer {
public:
    template <class... Fields>
    void operator()(const Fields&... fields) {
        (write(fields), ...);
    }
    std::string bytes;

private:
    template <Plain T>
    void write(const T& value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void write(const std::string& text) {
        write(text.size());
        bytes += text;
    }
    template <class T>
    void write(const std::vector<T>& list) {
        write(list.size());
        if constexpr (Plain<T>)
            bytes.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
        else
            for (const T& element : list) write(element);
    }
    template <class T>
    requires(!Plain<T>) void write(const T& record);
};

/// Reads what Writer wrote; `ok` turns false, and stays so, at the first sign of a cut.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    template <class... Fields>
    void operator()(Fields&... fields) {
        (read(fields), ...);
    }
    [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }

private:
    template <Plain T>
    void read(T& value) {
        if (rest_.size() < sizeof value) ok_ = false;
        if (!ok_) return;
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
    }
    /// A length that what is left could hold.
    std::size_t length() {
        std::size_t length = 0;
        read(length);
        if (length > rest_.size()) ok_ = false;
        return ok_ ? length : 0;
    }
    void read(std::string& text) {
        const std::size_t size = length();
        text.assign(rest_.substr(0, size));
        rest_.remove_prefix(size);
    }
    template <class T>
    void read(std::vector<T>& list) {
        const std::size_t size = length();
        list.clear();
        if constexpr (Plain<T>) {
            if (size > rest_.size() / sizeof(T)) ok_ = false;
            if (!ok_) return;
            list.resize(size);
            if (size > 0) std::memcpy(list.data(), rest_.data(), size * sizeof(T));
            rest_.remove_prefix(size * sizeof(T));
        } else {
            for (std::size_t i = 0; i < size && ok_; ++i) read(list.emplace_back());
        }
    }
    template <class T>
    requires(!Plain<T>) void read(T& record);

    std::string_view rest_;
    bool ok_ = true;
};

// The fields of each record, for both directions.
template <class Archive, class Record>
void fields(Archive& archive, Record& r) {
    using T = std::remove_const_t<Record>;
    if constexpr (std::is_same_v<T, Value>) archive(r.metric, r.subject, r.value);
    if constexpr (std::is_same_v<T, IndexedValue>) archive(r.metric, r.subject, r.values);
    if constexpr (std::is_same_v<T, Series>) archive(r.name, r.subject, r.unit, r.values);
    if constexpr (std::is_same_v<T, BreakerChange>) archive(r.at, r.from, r.to, r.reason);
    if constexpr (std::is_same_v<T, BreakerLane>) archive(r.name, r.changes);
    if constexpr (std::is_same_v<T, FaultWindow>) archive(r.kind, r.subject, r.begin, r.end, r.drawn, r.strength);
    if constexpr (std::is_same_v<T, LatencyHistogram>) archive(r.subject, r.upper_s, r.counts);
    if constexpr (std::is_same_v<T, TraceSpan>) archive(r.kind, r.agent, r.request, r.number, r.begin, r.end, r.how);
    if constexpr (std::is_same_v<T, Trace>) archive(r.spans, r.truncated);
    if constexpr (std::is_same_v<T, Result>)
        archive(r.seed, r.values, r.indexed, r.bin_s, r.series, r.faults, r.breakers, r.breaker_count, r.latencies,
                r.trace, r.stopped_by, r.end, r.fingerprint, r.wall_s, r.events, r.attempts, r.peak_rss_mib);
}

template <class T>
requires(!Plain<T>) void Writer::write(const T& record) { fields(*this, record); }

template <class T>
requires(!Plain<T>) void Reader::read(T& record) { fields(*this, record); }

}  // namespace

std::string encode(const Result& result) {
    Writer writer;
    writer.bytes.reserve(most_results);
    writer(result);
    return std::move(writer.bytes);
}

std::optional<Result> decode(std::string_view bytes) {
    Reader reader(bytes);
    Result result;
    reader(result);
    if (!reader.at_end()) return std::nullopt;
    return result;
}

}  // namespace stampede::sim
