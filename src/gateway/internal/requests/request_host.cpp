#include "gateway/internal/requests/request_host.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestService;

constexpr auto aws_suffixes = std::to_array<std::string_view>(
    {".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonaws.eu", ".on.aws"});

std::string without_port(std::string_view host) {
    const std::size_t bracket = host.find(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return ascii_lower(host.substr(0, colon));
}

/// In names, and in IPv6 addresses with their brackets; in lower case.
bool may_stand_in_host(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
}

/// The services behind a name of the configuration: a signing name, or the id of one model.
void add_services(RequestHost& host, std::string_view name) {
    const auto signed_as = reference::request_services_signed_as(name);
    host.services.assign(signed_as.begin(), signed_as.end());
    if (const RequestService* service = reference::find_request_service(name); service != nullptr) {
        if (service->signing_name != name) host.services = {service};
        host.signing_name = service->signing_name;
    } else {
        host.signing_name = name;
    }
}

/// The configured host that is the end of `name`, the longest there is; null when none is.
const Hosts::Base* find_base(std::string_view name, const Hosts& hosts) {
    const Hosts::Base* found = nullptr;
    for (const Hosts::Base& base : hosts.bases) {
        const bool is_end = name.ends_with(base.host) && (name.size() == base.host.size() ||
                                                          name[name.size() - base.host.size() - 1] == '.');
        if (is_end && (found == nullptr || base.host.size() > found->host.size())) found = &base;
    }
    return found;
}

std::optional<RequestHost> configured_host(std::string_view name, const Hosts& hosts) {
    const Hosts::Base* base = find_base(name, hosts);
    if (base == nullptr) return std::nullopt;
    RequestHost host;
    add_services(host, base->service);
    if (name.size() == base->host.size()) return host;
    if (host.signing_name != "s3") return std::nullopt;
    host.bucket = name.substr(0, name.size() - base->host.size() - 1);
    std::erase_if(host.services, [](const RequestService* service) { return service->id != "s3"; });
    return host;
}

/// Takes the last label off `name`.
std::string_view take_last_label(std::string_view& name) {
    const std::size_t dot = name.rfind('.');
    const std::string_view label = dot == std::string_view::npos ? name : name.substr(dot + 1);
    name = dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
    return label;
}

bool is_access_point(std::string_view label) noexcept {
    return label == "s3-accesspoint" || label == "s3-accesspoint-fips" || label == "s3-object-lambda" ||
           label == "s3-outposts" || label == "s3-global";
}

/// "s3", "s3-eu-west-1", "s3-accelerate", "s3express-usw2-az1": the label that ends the name of a bucket.
bool is_object_storage(std::string_view label) noexcept {
    return label == "s3" || label.starts_with("s3-") || label.starts_with("s3express-");
}

/// Reads "[bucket.]s3[.dualstack][.region]"; `name` is without the suffix of AWS. Nothing when S3 is not in
/// it.
std::optional<Result<RequestHost>> object_storage_host(std::string_view name) {
    std::string_view rest = name;
    std::string_view label = take_last_label(rest);
    if (!is_object_storage(label)) label = take_last_label(rest);  // It was the region.
    if (label == "dualstack") label = take_last_label(rest);
    if (!is_object_storage(label)) return std::nullopt;
    if (is_access_point(label)) {
        if (rest.empty()) return std::nullopt;  // S3 on Outposts has an API of its own.
        return unknown_service("Access points that the host names are not supported: " + quoted(name) + ".");
    }
    RequestHost host;
    host.signing_name = "s3";
    const bool is_control = label == "s3-control" || label == "s3-control-fips";
    host.services = {reference::find_request_service(is_control ? "s3control" : "s3")};
    if (!is_control) host.bucket = rest;
    return host;
}

/// Whether the labels of `prefix` begin `name`, as in "streams.dynamodb" and "streams.dynamodb.us-east-1".
bool begins_with_labels(std::string_view name, std::string_view prefix) noexcept {
    if (!name.starts_with(prefix)) return false;
    const std::string_view rest = name.substr(prefix.size());
    return rest.empty() || rest.starts_with('.') || rest.starts_with("-fips.");
}

RequestHost service_host(std::string_view name) {
    RequestHost host;
    std::size_t longest = 0;
    for (const RequestService& service : reference::request_services()) {
        const std::size_t size = service.endpoint_prefix.size();
        if (size < longest || !begins_with_labels(name, service.endpoint_prefix)) continue;
        if (size > longest) host.services.clear();
        longest = size;
        host.services.push_back(&service);
    }
    // Services whose endpoints begin alike and that are signed differently: the name tells nothing.
    const auto is_other = [&](const RequestService* service) {
        return service->signing_name != host.services.front()->signing_name;
    };
    if (host.services.empty() || std::ranges::any_of(host.services, is_other)) return {};
    host.signing_name = host.services.front()->signing_name;
    return host;
}

}  // namespace

Result<RequestHost> read_host(const HttpRequest& head, const Hosts& hosts) {
    const std::string* header = nullptr;
    for (const auto& [name, value] : head.headers) {
        if (!equals_ignoring_case(name, "Host")) continue;
        if (header != nullptr) return malformed("The request has several Host headers.");
        header = &value;
    }
    if (header == nullptr) return RequestHost{};
    std::string name = without_port(trimmed(*header));
    if (!std::ranges::all_of(name, may_stand_in_host) || name.starts_with('.') ||
        name.find("..") != std::string::npos) {
        return malformed("The Host header is no host name.");
    }
    if (name.ends_with('.')) name.pop_back();
    if (auto host = configured_host(name, hosts)) return std::move(*host);
    for (const std::string_view suffix : aws_suffixes) {
        if (!name.ends_with(suffix)) continue;
        const auto rest = std::string_view(name).substr(0, name.size() - suffix.size());
        if (auto host = object_storage_host(rest)) return std::move(*host);
        return service_host(rest);
    }
    return RequestHost{};
}

}  // namespace writ::gateway::internal
