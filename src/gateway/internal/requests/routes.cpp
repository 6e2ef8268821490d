#include "gateway/internal/requests/routes.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestOperation;
using reference::RequestService;

/// Takes the text up to `separator` off the front of `text`.
std::string_view take(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

const RequestMember* find_label(const RequestOperation& operation, std::string_view wire_name) {
    if (operation.input == nullptr) return nullptr;
    for (const RequestMember& member : operation.input->members) {
        if (member.location == RequestMember::Location::uri && member.wire_name == wire_name) return &member;
    }
    return nullptr;
}

RoutePart read_part(const RequestOperation& operation, std::string_view text) {
    if (!text.starts_with('{')) return {RoutePart::Kind::literal, text, nullptr};
    const bool greedy = text.ends_with("+}");
    const std::string_view name = text.substr(1, text.size() - (greedy ? 3 : 2));
    return {greedy ? RoutePart::Kind::greedy : RoutePart::Kind::label, {}, find_label(operation, name)};
}

std::uint64_t rank_of(std::span<const RoutePart> parts) noexcept {
    assert(parts.size() <= 32);
    std::uint64_t rank = 0;
    unsigned shift = 64;
    for (const RoutePart& part : parts) {
        shift -= 2;
        rank |= (std::uint64_t{3} - static_cast<std::uint64_t>(part.kind)) << shift;
    }
    return rank;
}

Route read_route(const RequestService& service, const RequestOperation& operation) {
    Route route;
    route.service = &service;
    route.operation = &operation;
    std::string_view query = operation.request_uri;
    std::string_view path = take(query, '?');
    path.remove_prefix(1);
    while (!path.empty()) route.parts.push_back(read_part(operation, take(path, '/')));
    route.has_greedy = std::ranges::any_of(
        route.parts, [](const RoutePart& part) { return part.kind == RoutePart::Kind::greedy; });
    route.rank = rank_of(route.parts);
    while (!query.empty()) {
        std::string_view value = take(query, '&');
        const bool has_value = value.find('=') != std::string_view::npos;
        const std::string_view name = take(value, '=');
        route.fixed.push_back({name, value, has_value});
    }
    if (operation.input == nullptr) return route;
    for (const RequestMember& member : operation.input->members) {
        const bool chooses = member.location == RequestMember::Location::query_string ||
                             member.location == RequestMember::Location::header;
        if (member.required && chooses) route.required.push_back(&member);
    }
    return route;
}

/// Routes with a greedy label may match paths of any length: their number of parts counts as none.
std::pair<std::string_view, std::size_t> key_of(const Route& route) {
    return {route.operation->http_method, route.has_greedy ? 0 : 1 + route.parts.size()};
}

/// Whether a part that is no greedy label takes this text.
bool takes(const RoutePart& part, std::string_view text) noexcept {
    return part.kind == RoutePart::Kind::literal ? part.literal == text : !text.empty();
}

}  // namespace

bool Route::matches(const RequestPath& path) const noexcept {
    if (!has_greedy) {
        return path.size_without_end() == parts.size() &&
               std::ranges::equal(parts, std::span(path.parts).first(parts.size()), takes);
    }
    const std::size_t size = path.parts.size();
    if (size < parts.size()) return false;
    std::size_t at = 0;
    for (; parts[at].kind != RoutePart::Kind::greedy; ++at)
        if (!takes(parts[at], path.parts[at])) return false;
    const std::size_t behind = parts.size() - at - 1;
    for (std::size_t i = 1; i <= behind; ++i)
        if (!takes(parts[parts.size() - i], path.parts[size - i])) return false;
    return size - behind > at + 1 || !path.parts[at].empty();  // A greedy label is not empty.
}

std::vector<Label> Route::labels(const RequestPath& path) const {
    std::vector<Label> labels;
    std::size_t at = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string value = path.parts[at++];
        if (parts[i].kind == RoutePart::Kind::greedy) {
            const std::size_t end = path.parts.size() - (parts.size() - i - 1);
            for (; at < end; ++at) value += '/' + path.parts[at];
        }
        if (parts[i].member != nullptr) labels.push_back({parts[i].member, std::move(value)});
    }
    return labels;
}

Routes::Routes(const RequestService& service) {
    for (const RequestOperation& operation : reference::request_operations(service))
        routes_.push_back(read_route(service, operation));
    std::ranges::stable_sort(routes_, {}, key_of);
    for (std::span<const Route> rest(routes_); !rest.empty();) {
        const auto [method, parts] = key_of(rest.front());
        const auto end = std::ranges::upper_bound(rest, key_of(rest.front()), {}, key_of);
        const auto size = static_cast<std::size_t>(end - rest.begin());
        groups_.push_back({method, parts, rest.first(size)});
        rest = rest.subspan(size);
    }
    for (const Route& route : routes_)
        for (const FixedQuery& fixed : route.fixed) selectors_.push_back(fixed.name);
    std::ranges::sort(selectors_);
    const auto repeated = std::ranges::unique(selectors_);
    selectors_.erase(repeated.begin(), repeated.end());
}

std::span<const Route> Routes::group(std::string_view method, std::size_t parts) const noexcept {
    for (const Group& group : groups_)
        if (group.parts == parts && group.method == method) return group.routes;
    return {};
}

std::vector<const Route*> Routes::find(std::string_view method, const RequestPath& path) const {
    std::vector<const Route*> found;
    constexpr std::size_t usual_routes = 16;  // S3 has so many for one path.
    found.reserve(usual_routes);
    for (const std::size_t size : {1 + path.size_without_end(), std::size_t{0}}) {
        for (const Route& route : group(method, size)) {
            if (!route.matches(path)) continue;
            if (!found.empty() && found.front()->rank > route.rank) continue;
            if (!found.empty() && found.front()->rank < route.rank) found.clear();
            found.push_back(&route);
        }
    }
    return found;
}

bool Routes::chooses(std::string_view query_name) const noexcept {
    return std::ranges::binary_search(selectors_, query_name);
}

const Routes& routes_of(const RequestService& service) {
    struct Lazy {
        std::once_flag made;
        std::unique_ptr<const Routes> routes;
    };
    static std::deque<Lazy> all(reference::request_services().size());
    Lazy& lazy = all[service.number];
    std::call_once(lazy.made, [&] { lazy.routes = std::make_unique<Routes>(service); });
    return *lazy.routes;
}

}  // namespace writ::gateway::internal
