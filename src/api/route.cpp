#include "api/route.h"

#include <algorithm>

#include "base/text.h"

namespace writ::api {
namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";

/// A charset may follow the type (spec Q1).
bool is_form(const HttpRequest& request) {
    const std::string* type = find_header(request.headers, "Content-Type");
    return type != nullptr && type->size() >= form_type.size() &&
           equals_ignoring_case(std::string_view(*type).substr(0, form_type.size()), form_type);
}

std::string_view query_of(std::string_view target) noexcept {
    const std::size_t mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

/// "/analyzer/{analyzerName}" takes any one segment in place of the hole.
bool matches_template(std::string_view pattern, std::string_view path) noexcept {
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = pattern.substr(0, pattern.find('/', 1));
        const std::string_view segment = path.substr(0, path.find('/', 1));
        const bool hole = expected.starts_with("/{");
        if (hole ? segment.size() < 2 : expected != segment) return false;
        pattern.remove_prefix(expected.size());
        path.remove_prefix(segment.size());
    }
    return pattern.empty() && path.empty();
}

}  // namespace

std::string_view path_of(std::string_view target) noexcept {
    return target.substr(0, target.find('?'));
}

Result<QueryRequest> read_query_request(const HttpRequest& request) {
    QueryRequest read;
    if (auto added = read.form.add(query_of(request.target)); !added) return std::unexpected(added.error());
    if (is_form(request)) {
        if (auto added = read.form.add(request.body); !added) return std::unexpected(added.error());
    }
    read.form.sort();
    if (const std::string* action = read.form.find("Action")) read.action = *action;
    if (const std::string* version = read.form.find("Version")) read.version = *version;
    return read;
}

const reference::ApiService* find_service_by_version(std::string_view version) noexcept {
    for (const reference::ApiService& service : reference::api_services()) {
        if (service.protocol == reference::Protocol::query && service.api_version == version) return &service;
    }
    return nullptr;
}

const reference::ApiService* find_addressed_json_service(const HttpRequest& request) noexcept {
    const std::string* target = find_header(request.headers, "X-Amz-Target");
    const bool at_root = path_of(request.target) == "/";
    if (target == nullptr && at_root) return nullptr;  // The Query services, and nearly all requests.
    for (const reference::ApiService& service : reference::api_services()) {
        if (service.protocol == reference::Protocol::query) continue;
        const bool addressed = service.protocol == reference::Protocol::json_1_1
                                   ? target != nullptr && target->starts_with(service.target_prefix) &&
                                         target->substr(service.target_prefix.size()).starts_with('.')
                                   : !at_root && find_addressed_operation(service, request) != nullptr;
        if (addressed) return &service;
    }
    return nullptr;
}

const reference::Operation* find_addressed_operation(const reference::ApiService& service,
                                                     const HttpRequest& request) noexcept {
    if (service.protocol == reference::Protocol::json_1_1) {
        const std::string* target = find_header(request.headers, "X-Amz-Target");
        if (target == nullptr) return nullptr;
        return reference::find_operation(service, std::string_view(*target).substr(target->rfind('.') + 1));
    }
    const std::string_view path = path_of(request.target);
    for (const reference::Operation& operation : service.operations) {
        if (operation.http_method == request.method &&
            matches_template(path_of(operation.request_uri), path)) {
            return &operation;
        }
    }
    return nullptr;
}

}  // namespace writ::api
