#include "gateway/internal/requests/rest.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/request_path.h"
#include "gateway/internal/requests/routes.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestService;

class Head {
  public:
    Head(const HttpRequest& request, const Fields& query) : request_(&request), query_(&query) {}

    [[nodiscard]] const Fields& query() const noexcept { return *query_; }

    [[nodiscard]] bool has(const FixedQuery& fixed) const {
        const Fields::Field* field = query_->find(fixed.name);
        return field != nullptr && (!fixed.has_value || field->value == fixed.value);
    }

    [[nodiscard]] bool has(const RequestMember& member, const RequestService& service) const {
        if (member.location == RequestMember::Location::query_string) return query_->has(member.wire_name);
        if (find_header(request_->headers, member.wire_name) != nullptr) return true;
        return may_stand_in_query(service, member) &&
               std::ranges::any_of(query_->all(), [&](const Fields::Field& field) {
                   return equals_ignoring_case(field.name, member.wire_name);
               });
    }

    [[nodiscard]] bool meets(const Route& route) const {
        return std::ranges::all_of(route.fixed, [&](const FixedQuery& fixed) { return has(fixed); }) &&
               std::ranges::all_of(route.required,
                                   [&](const RequestMember* member) { return has(*member, *route.service); });
    }

  private:
    const HttpRequest* request_;
    const Fields* query_;
};

bool asks_for(const Route& route, std::string_view name) noexcept {
    return std::ranges::find(route.fixed, name, &FixedQuery::name) != route.fixed.end() ||
           std::ranges::find(route.required, name, &RequestMember::wire_name) != route.required.end();
}

/// Whether `route` asks for that name in the query string or headers, or knows what to do with it.
bool takes(const Route& route, std::string_view name) {
    if (asks_for(route, name)) return true;
    if (route.operation->input == nullptr) return false;
    using enum RequestMember::Location;
    return std::ranges::any_of(route.operation->input->members, [&](const RequestMember& member) {
        if (member.location == query_string && member.shape->kind == reference::RequestShapeKind::map)
            return true;
        return (member.location == query_string || member.location == header) &&
               equals_ignoring_case(member.wire_name, name);
    });
}

/// Whether `a` asks for all that `b` asks for.
bool asks_for_all_of(const Route& a, const Route& b) {
    const auto asks = [&a](std::string_view name) { return asks_for(a, name); };
    return std::ranges::all_of(b.fixed, asks, &FixedQuery::name) &&
           std::ranges::all_of(b.required, asks, &RequestMember::wire_name);
}

/// S3 answers GET / in two ways: directory buckets have an endpoint and a signing name of their own.
bool is_of_other_endpoint(const Route& route, std::string_view signing_name) {
    if (route.service->id != "s3" || !route.parts.empty()) return false;
    return (route.operation->name == "ListDirectoryBuckets") != (signing_name == "s3express");
}

std::unexpected<Error> two_operations(const Route& a, const Route& b) {
    return ambiguous("The request could be " + std::string(a.service->id) + ":" +
                     std::string(a.operation->name) + " or " + std::string(b.service->id) + ":" +
                     std::string(b.operation->name) + ".");
}

/// Whether a request that meets `a` and `b` may be taken for `a`: `a` asks for the parts of the query that
/// `b` asks for, and knows all its members.
bool covers(const Route& a, const Route& b) {
    const auto asks = [&a](std::string_view name) { return asks_for(a, name); };
    const auto knows = [&a](std::string_view name) { return takes(a, name); };
    return std::ranges::all_of(b.fixed, asks, &FixedQuery::name) &&
           std::ranges::all_of(b.required, knows, &RequestMember::wire_name);
}

/// Of two that cover each other the one that asks for more, then the one that is not deprecated.
bool is_better(const Route& a, const Route& b) {
    if (covers(a, b) != covers(b, a)) return covers(a, b);
    const bool more = asks_for_all_of(a, b);
    const bool less = asks_for_all_of(b, a);
    return more != less ? more : more && b.operation->deprecated && !a.operation->deprecated;
}

/// The one that is better than every other.
Result<const Route*> choose(std::span<const Route* const> met) {
    const Route* best = met.front();
    for (const Route* route : met.subspan(1))
        if (is_better(*route, *best)) best = route;
    for (const Route* route : met)
        if (route != best && !is_better(*best, *route)) return two_operations(*best, *route);
    return best;
}

/// What chooses between operations must be taken by the one that was chosen.
Result<void> check_all_taken(const Route& chosen, std::span<const Route* const> same_path, const Head& head) {
    for (const Fields::Field& field : head.query().all()) {
        if (routes_of(*chosen.service).chooses(field.name) && !takes(chosen, field.name)) {
            return ambiguous(std::string(chosen.operation->name) + " does not take the parameter " +
                             quoted(field.name) + ", which chooses another operation.");
        }
    }
    for (const Route* other : same_path) {
        for (const RequestMember* member : other->required) {
            if (head.has(*member, *other->service) && !takes(chosen, member->wire_name)) {
                return ambiguous(std::string(chosen.operation->name) + " does not take " +
                                 std::string(member->wire_name) + ", which chooses " +
                                 std::string(other->operation->name) + ".");
            }
        }
    }
    return {};
}

/// The routes of one path: those of the most specific template among the services.
std::vector<const Route*> routes_for(std::string_view method, const RequestPath& path,
                                     std::span<const RequestService* const> services) {
    std::vector<const Route*> found;
    for (const RequestService* service : services) {
        if (!service->speaks(WireProtocol::rest_json) && !service->speaks(WireProtocol::rest_xml)) continue;
        auto of_service = routes_of(*service).find(method, path);
        if (of_service.empty()) continue;
        if (!found.empty() && found.front()->rank > of_service.front()->rank) continue;
        if (found.empty() || found.front()->rank < of_service.front()->rank) {
            found = std::move(of_service);
            continue;
        }
        found.insert(found.end(), of_service.begin(), of_service.end());
    }
    return found;
}

/// Whether slashes are encoded nowhere but in ARNs, where the operation wants ARNs. A server that cut those
/// would not serve the operation at all.
bool has_slashes_in_arns_only(const Route& route, const RequestPath& path) {
    if (route.has_greedy) return false;
    for (std::size_t i = 0; i < route.parts.size(); ++i) {
        const std::string& text = path.parts[i];
        if (text.find('/') == std::string::npos) continue;
        const RequestMember* member = route.parts[i].member;
        const bool wants_arn =
            member != nullptr && ascii_lower(member->name).find("arn") != std::string::npos;
        if (!wants_arn || !text.starts_with("arn:")) return false;
    }
    return true;
}

/// To a server that decodes the path before it cuts it, an encoded slash is one like the others. Such a
/// server must find nothing, or the same: names with slashes travel encoded in labels.
bool reads_otherwise_when_decoded(std::string_view method, const RequestPath& path,
                                  std::span<const RequestService* const> services, const Route& chosen) {
    if (has_slashes_in_arns_only(chosen, path)) return false;
    const RequestPath decoded = decoded_before_cut(path);
    const auto routes = routes_for(method, decoded, services);
    if (routes.empty()) return false;
    if (std::ranges::find(routes, &chosen) == routes.end()) return true;
    return !std::ranges::equal(chosen.labels(path), chosen.labels(decoded), {}, &Label::value, &Label::value);
}

/// Of services that answer the same path with operations of the same name, the first; other names are two
/// operations that only the host tells apart.
Result<const Route*> choose_service(std::span<const Route* const> met) {
    std::vector<const Route*> chosen;
    while (!met.empty()) {
        const auto end = std::ranges::find_if(
            met, [&](const Route* route) { return route->service != met.front()->service; });
        const auto count = static_cast<std::size_t>(end - met.begin());
        auto of_service = choose(met.first(count));
        if (!of_service) return std::unexpected(of_service.error());
        chosen.push_back(*of_service);
        met = met.subspan(count);
    }
    const Route* best = chosen.front();
    for (const Route* route : chosen) {
        if (route->operation->name == best->operation->name) continue;
        const bool is_deprecated = route->operation->deprecated != best->operation->deprecated;
        const bool better = is_better(*route, *best);
        // A deprecated operation of another model is another operation all the same.
        if (is_deprecated || better == is_better(*best, *route)) return two_operations(*best, *route);
        if (better) best = route;
    }
    return best;
}

bool travels_in_body(const RequestMember& member) noexcept {
    using enum RequestMember::Location;
    if (member.location == body) return true;
    const auto kind = member.shape->kind;
    return member.location == payload && !member.streaming && kind != reference::RequestShapeKind::blob &&
           kind != reference::RequestShapeKind::event_stream;
}

RecognizedRequest recognized_as(const Route& route, const RequestPath& path) {
    RecognizedRequest recognized;
    recognized.service = route.service;
    recognized.operation = route.operation;
    recognized.protocol =
        route.service->speaks(WireProtocol::rest_xml) ? WireProtocol::rest_xml : WireProtocol::rest_json;
    recognized.labels = route.labels(path);
    recognized.needs_body = route.operation->input != nullptr &&
                            std::ranges::any_of(route.operation->input->members, travels_in_body);
    return recognized;
}

/// A POST of a form to a bucket has no operation in the models; its fields are those of PutObject (key and
/// all).
std::optional<RecognizedRequest> recognize_upload(const HttpRequest& head, const RequestPath& path,
                                                  const Fields& query,
                                                  std::span<const RequestService* const> services) {
    const std::string* type = find_header(head.headers, "Content-Type");
    const bool is_upload = type != nullptr && is_form_upload(*type) && head.method == "POST" &&
                           query.all().empty() && path.size_without_end() == 1 && !path.has_encoded_slash;
    if (!is_upload) return std::nullopt;
    for (const RequestService* service : services) {
        if (service->id != "s3") continue;
        RecognizedRequest recognized;
        recognized.service = service;
        recognized.operation = reference::find_request_operation(*service, "PutObject");
        recognized.protocol = WireProtocol::rest_xml;
        recognized.form_upload = true;
        for (const RequestMember& member : recognized.operation->input->members)
            if (member.name == "Bucket") recognized.labels.push_back({&member, path.parts.front()});
        return recognized;
    }
    return std::nullopt;
}

}  // namespace

bool is_form_upload(std::string_view content_type) noexcept {
    return equals_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))),
                                "multipart/form-data");
}

bool may_stand_in_query(const RequestService& service, const RequestMember& member) noexcept {
    constexpr std::string_view prefix = "x-amz-";
    return service.id == "s3" && member.location == RequestMember::Location::header &&
           equals_ignoring_case(member.wire_name.substr(0, prefix.size()), prefix);
}

Result<RecognizedRequest> recognize_rest(const HttpRequest& head, const Fields& query,
                                         const RequestHost& host, std::string_view signing_name,
                                         std::span<const RequestService* const> services) {
    auto path = read_path(head.target);
    if (!path) return std::unexpected(path.error());
    if (!host.bucket.empty()) path->parts.insert(path->parts.begin(), host.bucket);
    if (auto upload = recognize_upload(head, *path, query, services)) {
        upload->bucket_in_host = !host.bucket.empty();
        return std::move(*upload);
    }
    auto same_path = routes_for(head.method, *path, services);
    std::erase_if(same_path, [&](const Route* route) { return is_of_other_endpoint(*route, signing_name); });
    std::vector<const Route*> met;
    met.reserve(same_path.size());
    std::ranges::copy_if(same_path, std::back_inserter(met),
                         [asked = Head(head, query)](const Route* route) { return asked.meets(*route); });
    if (met.empty()) {
        return unknown_operation("No operation of " + std::string(services.front()->signing_name) +
                                 " is addressed by " + head.method + " and this path.");
    }
    const auto chosen = choose_service(met);
    if (!chosen) return std::unexpected(chosen.error());
    if (auto taken = check_all_taken(**chosen, same_path, Head(head, query)); !taken)
        return std::unexpected(taken.error());
    if (path->has_encoded_slash && reads_otherwise_when_decoded(head.method, *path, services, **chosen))
        return ambiguous("A slash in the path is encoded; decoded it would address something else.");
    RecognizedRequest recognized = recognized_as(**chosen, *path);
    recognized.bucket_in_host = !host.bucket.empty();
    return recognized;
}

}  // namespace writ::gateway::internal
