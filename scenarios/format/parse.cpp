#include "scenarios/format/parse.hpp"

#include <fmt/format.h>

#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>

namespace stampede::scenarios {
namespace {

/// Tells how far the parser has read: nlohmann's SAX events come without positions.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, std::size_t* count) : at_(at), count_(count) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        ++at_;
        ++*count_;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    std::size_t* count_;
};

bool is_number_character(char c) { return c != '\0' && std::strchr("+-.0123456789eE", c) != nullptr; }

/// Where the string literal begins that ends before `end`: an unescaped quote cannot stand inside it.
std::size_t string_begin(std::string_view text, std::size_t end) {
    std::size_t at = end - 1;
    while (at > 0) {
        --at;
        if (text[at] != '"') continue;
        std::size_t backslashes = 0;
        while (backslashes < at && text[at - 1 - backslashes] == '\\') ++backslashes;
        if (backslashes % 2 == 0) return at;
    }
    return 0;
}

std::size_t number_begin(std::string_view text, std::size_t end) {
    while (end > 0 && is_number_character(text[end - 1])) --end;
    return end;
}

/// The parser's own words without its bookkeeping and without the raw bytes that it quotes.
std::string plain_words(std::string message) {
    if (const auto at = message.find("syntax error "); at != std::string::npos) message.erase(0, at);
    if (const auto last_read = message.find("; last read: '"); last_read != std::string::npos) {
        const auto expected = message.rfind("'; expected ");
        const bool has_tail = expected != std::string::npos && expected > last_read;
        message.erase(last_read, has_tail ? expected + 1 - last_read : std::string::npos);
    }
    return message;
}

/// Builds the tree. `read` is how many bytes of the stretch the parser has taken.
class Builder {
public:
    Builder(const Source& source, Span within, const std::size_t& read, Mistakes& mistakes, std::size_t most_values)
        : source_(source),
          text_(std::string_view(source.text).substr(within.begin, within.end - within.begin)),
          offset_(within.begin),
          read_(read),
          mistakes_(mistakes),
          most_values_(most_values) {}

    bool null() { return literal(Node::Kind::null, 4); }
    bool boolean(bool value) {
        if (!literal(Node::Kind::boolean, value ? 4 : 5)) return false;
        last_->boolean = value;
        return true;
    }
    bool number_integer(std::int64_t) { return number(); }
    bool number_unsigned(std::uint64_t) { return number(); }
    bool number_float(double, const std::string&) { return number(); }
    bool string(std::string& value) {
        if (!add(Node::Kind::string, {string_begin(text_, read_), read_})) return false;
        last_->text = std::move(value);
        return true;
    }
    bool binary(std::vector<std::uint8_t>&) { return false; }
    bool start_object(std::size_t) { return open(Node::Kind::object); }
    bool start_array(std::size_t) { return open(Node::Kind::list); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& value) {
        key_ = std::move(value);
        key_span_ = placed({string_begin(text_, read_), read_});
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
        const bool overflow = std::strstr(error.what(), "number overflow") != nullptr;
        const std::string message = overflow ? "number too large" : plain_words(error.what());
        mistakes_.add(source_, placed(last_token(message)), message);
        return false;
    }

    [[nodiscard]] Node take() { return std::move(root_); }

private:
    [[nodiscard]] Span placed(Span span) const { return {span.begin + offset_, span.end + offset_}; }

    /// A number ends where the first byte after it has been read, or with the text.
    [[nodiscard]] Span number_span() const {
        const std::size_t end = read_ > 0 && !is_number_character(text_[read_ - 1]) ? read_ - 1 : read_;
        return {number_begin(text_, end), end};
    }

    /// What the parser stumbled over.
    [[nodiscard]] Span last_token(std::string_view message) const {
        const bool names = message.find("unexpected string") != std::string_view::npos;
        if (names) return {string_begin(text_, read_), read_};
        const bool is_number =
            message.find("unexpected number") != std::string_view::npos || message == "number too large";
        if (is_number) return number_span();
        if (message.find("unexpected end of input") != std::string_view::npos) return {text_.size(), text_.size()};
        return {read_ > 0 ? read_ - 1 : 0, read_};
    }

    bool literal(Node::Kind kind, std::size_t length) { return add(kind, {read_ - length, read_}); }

    bool number() {
        const Span span = number_span();
        if (!add(Node::Kind::number, span)) return false;
        last_->text = text_.substr(span.begin, span.end - span.begin);
        return true;
    }

    bool open(Node::Kind kind) {
        if (!add(kind, {read_ - 1, read_})) return false;
        if (open_.size() == max_depth) {
            mistakes_.add(source_, last_->span, fmt::format("nested deeper than {} levels", max_depth));
            return false;
        }
        open_.push_back(last_);
        return true;
    }

    bool close() {
        open_.back()->span.end = offset_ + read_;
        open_.pop_back();
        return true;
    }

    /// The nodes that are open are last among their siblings, so that growing the innermost list moves none of them.
    bool add(Node::Kind kind, Span span) {
        if (++values_ > most_values_) {
            mistakes_.add(source_, placed(span), fmt::format("more than {} values", most_values_));
            return false;
        }
        last_ = open_.empty() ? &root_ : &open_.back()->children.emplace_back();
        last_->kind = kind;
        last_->span = placed(span);
        last_->source = &source_;
        if (!open_.empty() && open_.back()->is(Node::Kind::object)) {
            last_->key = std::move(key_);
            last_->key_span = key_span_;
        }
        return true;
    }

    const Source& source_;
    std::string_view text_;
    std::size_t offset_;
    const std::size_t& read_;
    Mistakes& mistakes_;
    std::size_t most_values_;
    Node root_;
    Node* last_ = nullptr;
    std::vector<Node*> open_;
    std::string key_;
    Span key_span_;
    std::size_t values_ = 0;
};

}  // namespace

std::optional<Node> parse_json(const Source& source, Span within, Mistakes& mistakes, std::size_t most_values) {
    const char* const begin = source.text.data() + within.begin;
    const char* const end = source.text.data() + within.end;
    if (const void* nul =
            std::memchr(begin, '\0', within.end - within.begin)) {  // the parser would stop there silently
        const auto at = static_cast<std::size_t>(static_cast<const char*>(nul) - source.text.data());
        mistakes.add(source, {at, at + 1}, "a zero byte: this is not a text");
        return std::nullopt;
    }
    std::size_t read = 0;
    Builder builder{source, within, read, mistakes, most_values};
    const bool strict = true;
    const bool ignore_comments = true;
    if (!nlohmann::json::sax_parse(CountingIterator{begin, &read}, CountingIterator{end, &read}, &builder,
                                   nlohmann::json::input_format_t::json, strict, ignore_comments))
        return std::nullopt;
    return builder.take();
}

}  // namespace stampede::scenarios
