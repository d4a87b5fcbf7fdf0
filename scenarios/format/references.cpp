/// Names that refer to other parts of a scenario.

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/checks.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::scenarios {
namespace {

/// Names are steps of override paths, so they must not look like several.
constexpr std::string_view not_in_names = ".[]=";

/// What a member of a table, or an element of a list of names, is called.
const std::string& name_of(const Node& node) { return node.key.empty() ? node.text : node.key; }

class Names {
public:
    /// Of the members of a table, or the elements of a list.
    explicit Names(const Node* named) {
        if (named == nullptr) return;
        for (const Node& child : named->children)
            if (!name_of(child).empty()) names_.push_back(name_of(child));
        sorted_ = names_;
        std::sort(sorted_.begin(), sorted_.end());
    }
    [[nodiscard]] bool contains(std::string_view name) const {
        return std::binary_search(sorted_.begin(), sorted_.end(), name);
    }
    [[nodiscard]] const std::vector<std::string_view>& in_order() const { return names_; }

private:
    std::vector<std::string_view> names_;
    std::vector<std::string_view> sorted_;
};

void check_name(const Node& reference, std::string_view kind, const Names& names, Mistakes& mistakes) {
    if (!reference.is(Node::Kind::string) || names.contains(reference.text)) return;
    mistakes.add(reference, fmt::format("there is no {} {}", kind, in_quotes(reference.text)),
                 mistakes.full() ? "" : suggest(reference.text, names.in_order()));
}

void check_reference(const Node& holder, std::string_view key, std::string_view kind, const Names& names,
                     Mistakes& mistakes) {
    if (const Node* reference = holder.find(key)) check_name(*reference, kind, names, mistakes);
}

/// Names that the file gives: keys of a table, or elements of a list.
void check_names(const Node* named, std::string_view kind, Mistakes& mistakes,
                 std::string_view forbidden = not_in_names) {
    if (named == nullptr) return;
    const bool is_table = named->is(Node::Kind::object);
    for (const Node& child : named->children) {
        const std::string& name = is_table ? child.key : child.text;
        const bool odd = std::any_of(name.begin(), name.end(), [&](char c) {
            return static_cast<unsigned char>(c) < 0x20 || forbidden.find(c) != std::string_view::npos;
        });
        if (!name.empty() && !odd) continue;
        const std::string message = fmt::format("{} cannot name a {}", in_quotes(name), kind);
        const std::string hint =
            "a name is not empty and has no . [ ] = or control character in it: paths are made of names";
        is_table ? mistakes.add_at_key(child, message, hint) : mistakes.add(child, message, hint);
    }
}

/// As `check_reference`, for a list of names.
void check_each(const Node& holder, std::string_view key, std::string_view kind, const Names& names,
                Mistakes& mistakes) {
    const Node* list = holder.find(key);
    if (list == nullptr || !list->is(Node::Kind::list)) return;
    for (const Node& child : list->children) check_name(child, kind, names, mistakes);
}

struct Known {
    Names services;
    Names clients;
    Names policies;
    Names zones;
    const Node* of_services;  ///< the table of services
};

/// A name among the endpoints of a service; of one that there is not, somebody else complains.
void check_endpoint(const Node& name, std::string_view service, const Known& known, Mistakes& mistakes) {
    const Node* called = known.of_services != nullptr ? known.of_services->find(service) : nullptr;
    if (called != nullptr)
        check_name(name, fmt::format("endpoint of {} called", in_quotes(service)), Names{called->find("endpoints")},
                   mistakes);
}

/// "api/checkout", "api[2]/checkout". Answers whether it is one of an endpoint of a service that there is.
bool check_endpoint_target(const Node& target, const Known& known, Mistakes& mistakes) {
    const std::size_t slash = target.text.find('/');
    if (slash == std::string::npos) return false;
    const std::string service = target.text.substr(0, std::min(slash, target.text.find('[')));
    if (!known.services.contains(service)) return false;
    Node endpoint = target;
    endpoint.text.erase(0, slash + 1);
    check_endpoint(endpoint, service, known, mistakes);
    return true;
}

/// The part of a target that names something: "api" of "api[2]", "east" of "zones.east", "web" of "clients.web".
void check_target(const Node& fault, std::string_view key, const Known& known, Mistakes& mistakes) {
    const Node* target = fault.find(key);
    if (target == nullptr || !target->is(Node::Kind::string)) return;
    Node name = *target;
    const auto names = [&](std::string_view prefix, std::string_view kind, const Names& known_names) {
        if (!name.text.starts_with(prefix)) return false;
        name.text.erase(0, prefix.size());
        check_name(name, kind, known_names, mistakes);
        return true;
    };
    if (names("zones.", "zone", known.zones) || names("clients.", "population of clients", known.clients)) return;
    if (!known.services.contains(name.text) && check_endpoint_target(name, known, mistakes)) return;
    if (name.text.ends_with(']')) name.text.erase(std::min(name.text.find('['), name.text.size()));
    check_name(name, "service", known.services, mistakes);
}

/// What calls something: a population, or a call of a service.
void check_caller(const Node& caller, std::string_view target, const Known& known, Mistakes& mistakes) {
    check_reference(caller, target, "service", known.services, mistakes);
    const Node* called = caller.find(target);
    if (const Node* endpoint = caller.find("endpoint"); endpoint != nullptr && called != nullptr)
        check_endpoint(*endpoint, called->text, known, mistakes);
    check_each(caller, "alternatives", "service", known.services, mistakes);
    check_reference(caller, "policy", "policy", known.policies, mistakes);
}

void check_services(const Node& services, const Known& known, Mistakes& mistakes) {
    for (const Node& service : services.children) {
        check_each(service, "zones", "zone", known.zones, mistakes);
        check_names(service.find("endpoints"), "service's endpoint", mistakes, ".[]=/");
        if (const Node* calls = service.find("calls"))
            for (const Node& call : calls->children) check_caller(call, "to", known, mistakes);
    }
}

}  // namespace

void check_policy_names(const Node& root, Mistakes& mistakes) {
    check_names(root.find("policies"), "policy", mistakes);
}

void check_references(const Node& root, Mistakes& mistakes) {
    const Node* network = root.find("network");
    const Node* zones = network != nullptr ? network->find("zones") : nullptr;
    const Known known{Names{root.find("services")}, Names{root.find("clients")}, Names{root.find("policies")},
                      Names{zones}, root.find("services")};
    check_names(root.find("services"), "service", mistakes);
    check_policy_names(root, mistakes);
    check_names(root.find("clients"), "population of clients", mistakes);
    check_names(zones, "zone", mistakes, "");  // hosts of a platform file have points in their names
    if (const Node* services = root.find("services")) check_services(*services, known, mistakes);
    if (const Node* links = network != nullptr ? network->find("links") : nullptr)
        for (const Node& link : links->children)
            for (const std::string_view end : {"from", "to"}) check_reference(link, end, "zone", known.zones, mistakes);
    if (const Node* clients = root.find("clients"))
        for (const Node& client : clients->children) {
            check_caller(client, "calls", known, mistakes);
            check_reference(client, "zone", "zone", known.zones, mistakes);
        }
    const Node* chaos = root.find("chaos");
    for (const Node* faults : {root.find("faults"), chaos != nullptr ? chaos->find("from") : nullptr}) {
        if (faults == nullptr) continue;
        for (const Node& fault : faults->children)
            for (const Node& settings : fault.children)
                for (const std::string_view key : {"on", "from", "to"}) check_target(settings, key, known, mistakes);
    }
    if (const Node* trace = root.find("fault_trace"))
        for (const Node& line : trace->children) check_target(line, "target", known, mistakes);
}

}  // namespace stampede::scenarios
