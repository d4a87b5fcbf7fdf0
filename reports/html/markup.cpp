#include "reports/html/markup.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text/width.hpp"

namespace stampede::reports::html {
namespace {

constexpr std::size_t palette = 8;

}  // namespace

std::string escape(std::string_view text) {
    std::string out;
    for (char c : plain(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string escape_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += escape(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string section(std::string_view id, std::string_view title, std::string_view lead, const std::string& body) {
    if (body.empty()) return {};
    std::string out = fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
                                  id, escape(title));
    if (!lead.empty()) out += fmt::format("<p class=\"lead\">{}</p>\n", lead);
    return out + body + "</section>\n";
}

std::string figure(const std::string& title, const std::string& body, const std::string& note) {
    std::string out = "<figure>\n<figcaption>" + title + "</figcaption>\n<div>" + body;
    if (!note.empty()) out += "<p class=\"note\">" + note + "</p>\n";
    return out + "</div></figure>\n";
}

std::string grid(const std::string& figures) {
    return figures.empty() ? figures : "<div class=\"grid\">\n" + figures + "</div>\n";
}

std::string colour_class(std::size_t i) {
    return fmt::format("c{}{}", i % palette, (i / palette) % 2 == 1 ? " dashed" : "");
}

std::string key(const Key& key) {
    return fmt::format("<span class=\"key\"><i class=\"swatch {}\"></i>{}</span>\n", key.colours, escape(key.label));
}

}  // namespace stampede::reports::html
