#include "gateway/services/apigateway_paths.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <ranges>

#include "base/arn.h"
#include "base/text.h"
#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"
#include "reference/authorization.h"

namespace writ::gateway::internal {
namespace {

/// What a condition key is told by, in the operations that it is about.
struct KeyPlace {
    std::string_view key;
    std::string_view operations;  ///< With blanks between them.
    std::string_view paths;
};

constexpr auto key_places = std::to_array<KeyPlace>({
    {"apigateway:Request/AccessAssociationSource", "CreateDomainNameAccessAssociation",
     "accessAssociationSource"},
    {"apigateway:Request/AccessLoggingDestination", "CreateStage UpdateStage",
     "AccessLogSettings.DestinationArn"},
    {"apigateway:Request/AccessLoggingFormat", "CreateStage UpdateStage", "AccessLogSettings.Format"},
    {"apigateway:Request/ApiKeyRequired", "PutMethod CreateRoute UpdateRoute",
     "apiKeyRequired,ApiKeyRequired"},
    {"apigateway:Request/ApiName", "CreateRestApi CreateApi UpdateApi", "name,Name"},
    {"apigateway:Request/AuthorizerType", "CreateAuthorizer UpdateAuthorizer", "type,AuthorizerType"},
    {"apigateway:Request/AuthorizerUri", "CreateAuthorizer UpdateAuthorizer", "authorizerUri,AuthorizerUri"},
    {"apigateway:Request/DisableExecuteApiEndpoint", "CreateRestApi CreateApi UpdateApi",
     "disableExecuteApiEndpoint,DisableExecuteApiEndpoint"},
    {"apigateway:Request/DomainNameArn", "CreateDomainNameAccessAssociation", "domainNameArn"},
    {"apigateway:Request/EndpointType", "CreateRestApi CreateDomainName UpdateDomainName",
     "endpointConfiguration.types[],DomainNameConfigurations[].EndpointType"},
    {"apigateway:Request/MtlsTrustStoreUri", "CreateDomainName UpdateDomainName",
     "mutualTlsAuthentication.truststoreUri,MutualTlsAuthentication.TruststoreUri"},
    {"apigateway:Request/MtlsTrustStoreVersion", "CreateDomainName UpdateDomainName",
     "mutualTlsAuthentication.truststoreVersion,MutualTlsAuthentication.TruststoreVersion"},
    {"apigateway:Request/RouteAuthorizationType", "PutMethod CreateRoute UpdateRoute",
     "authorizationType,AuthorizationType"},
    {"apigateway:Request/SecurityPolicy", "CreateRestApi CreateDomainName UpdateDomainName",
     "securityPolicy,DomainNameConfigurations[].SecurityPolicy"},
    {"apigateway:Request/StageName", "CreateDeployment", "stageName,StageName"},
});

/// Members that hold the ARN of a role, or of users whose own credentials are used.
constexpr std::string_view role_members =
    "credentials,authorizerCredentials,CredentialsArn,AuthorizerCredentialsArn";
/// The same as paths of a patch.
constexpr auto role_patches =
    std::to_array<std::string_view>({"/authorizerCredentials", "/cloudwatchRoleArn", "/credentials"});

bool lists(std::string_view words, std::string_view word) {
    return std::ranges::any_of(words | std::views::split(' '),
                               [&](const auto& part) { return std::string_view(part) == word; });
}

struct Patch {
    std::string path, value;
};

std::vector<Patch> patches_of(const Parameters& parameters) {
    std::vector<Patch> patches;
    const std::size_t count = element_count(parameters, "patchOperations");
    for (std::size_t i = 0; i < count; ++i) {
        const auto member = [&](std::string_view name) {
            return parameters.first(fmt::format("patchOperations[{}].{}", i, name)).value_or("");
        };
        patches.push_back({member("path"), member("value")});
        if (auto from = member("from"); !from.empty()) patches.push_back({std::move(from), ""});
    }
    return patches;
}

bool patches(const Parameters& parameters, std::string_view path) {
    return std::ranges::any_of(patches_of(parameters), [&](const Patch& patch) {
        return patch.path == path || patch.path.starts_with(std::string(path) + "/");
    });
}

Result<std::string> value_of_label(const MappingCall& call, std::string_view label) {
    using Location = reference::RequestMember::Location;
    for (const reference::RequestMember& member : call.operation.input->members) {
        if (member.location != Location::uri || member.wire_name != label) continue;
        auto value = call.parameters.first(member.name);
        if (value && !value->empty()) return std::move(*value);
    }
    return cannot_map(call, fmt::format("it does not tell {}", label));
}

/// "/restapis/abc/stages/prod": the path of the operation with the request's labels.
Result<std::string> path_of(const MappingCall& call) {
    std::string_view uri = call.operation.request_uri;
    uri = uri.substr(0, uri.find('?'));
    if (uri.starts_with("/v2/")) uri.remove_prefix(3);
    const bool is_of_tags = uri.starts_with("/tags/");
    std::string path;
    while (!uri.empty()) {
        const auto open = std::min(uri.find('{'), uri.size());
        path += uri.substr(0, open);
        uri.remove_prefix(open);
        if (uri.empty()) break;
        const auto close = std::min(uri.find('}'), uri.size() - 1);
        const std::string_view label = uri.substr(1, close - 1);
        uri.remove_prefix(close + 1);
        auto value = value_of_label(call, label);
        if (!value) return value;
        if (is_of_tags) {
            path += percent_encode(*value);
            continue;
        }
        if (value->starts_with("arn:")) return name_or_arn("", *value, call);
        if (value->contains('/')) return cannot_map(call, "a part of its path has a slash");
        path += *value;
        if (label != "domain_name") continue;
        if (auto id = call.parameters.first("domainNameId")) path += "+" + *id;
    }
    return path;
}

/// Domain names of a private API and what is shared with other accounts have an account in their ARN.
bool is_of_account(std::string_view path) {
    const bool is_private_name =
        path.starts_with("/domainnames/") && path.contains('+') && std::ranges::count(path, '/') == 2;
    return is_private_name || path.starts_with("/domainnameaccessassociations");
}

Result<std::string> resource_of(const MappingCall& call) {
    auto path = path_of(call);
    if (!path || path->starts_with("arn:")) return path;
    const std::string_view account = is_of_account(*path) ? call.place.account : "";
    return fmt::format("arn:{}:apigateway:{}:{}:{}", call.place.partition, call.place.region, account, *path);
}

void add_keys(const MappingCall& call, MappedDemand& demand) {
    const bool is_patch = call.parameters.has("patchOperations");
    for (const KeyPlace& place : key_places) {
        if (is_patch) {  // What it leaves as it is belongs to the request as well.
            demand.untold_keys.emplace_back(place.key);
            continue;
        }
        if (!lists(place.operations, call.operation.name)) continue;
        auto values = told_values(place.paths, call.parameters);
        const auto* key = reference::find_condition_key(place.key);
        if (values.empty() || key == nullptr) continue;
        demand.keys.push_back({std::string(place.key), std::move(values), key->multivalued});
    }
}

void add_tag_keys(MappedDemand& demand, const RequestTags& tags) {
    for (const auto& [key, value] : tags.tags)
        demand.keys.push_back({"aws:RequestTag/" + key, {value}, false});
    if (!tags.keys.empty()) demand.keys.push_back({"aws:TagKeys", tags.keys, true});
}

void add_roles(const MappingCall& call, Demands& demands) {
    std::vector<std::string> roles = told_values(role_members, call.parameters);
    for (Patch& patch : patches_of(call.parameters)) {
        if (std::ranges::find(role_patches, patch.path) != role_patches.end()) {
            roles.push_back(std::move(patch.value));
        }
    }
    for (std::string& role : roles) {
        const auto arn = parse_arn(role);
        if (!arn || arn->service != "iam" || !arn->resource.starts_with("role/")) continue;
        demands.push_back({.action = "iam:PassRole",
                           .resource = std::move(role),
                           .keys = {{"iam:PassedToService", {"apigateway.amazonaws.com"}, false}}});
    }
}

/// One more action on what the first demand is about, under the same conditions.
void add_action(Demands& demands, std::string_view action) {
    MappedDemand demand = demands.front();
    demand.action = action;
    demands.push_back(std::move(demand));
}

}  // namespace

Result<void> apigateway_by_path(const MappingCall& call, Demands& demands) {
    auto resource = resource_of(call);
    if (!resource) return std::unexpected(std::move(resource.error()));
    const RequestTags tags = read_tags(find_tag_places(call.operation, {}), call.parameters);
    MappedDemand demand{.action = fmt::format("apigateway:{}", call.operation.http_method),
                        .resource = *resource};
    add_keys(call, demand);
    add_tag_keys(demand, tags);
    demands.push_back(std::move(demand));
    add_roles(call, demands);
    const bool makes =
        call.operation.name.starts_with("Create") || call.operation.name.starts_with("Generate");
    if (makes && !tags.tags.empty()) {
        MappedDemand tagging{
            .action = "apigateway:PUT",
            .resource = fmt::format("arn:{}:apigateway:{}::/tags/{}%2F*", call.place.partition,
                                    call.place.region, percent_encode(*resource))};
        add_tag_keys(tagging, tags);
        demands.push_back(std::move(tagging));
    }
    return {};
}

Result<void> apigateway_rest_api(const MappingCall& call, Demands& demands) {
    if (auto added = apigateway_by_path(call, demands); !added) return added;
    if (call.parameters.has("policy") || patches(call.parameters, "/policy")) {
        add_action(demands, "apigateway:UpdateRestApiPolicy");
    }
    return {};
}

/// Whether a domain name that is deleted or changed has certificates is not known here.
Result<void> apigateway_domain(const MappingCall& call, Demands& demands) {
    if (auto added = apigateway_by_path(call, demands); !added) return added;
    const Parameters& parameters = call.parameters;
    const bool has_certificates = parameters.has("mutualTlsAuthentication") ||
                                  parameters.has("MutualTlsAuthentication") ||
                                  patches(parameters, "/mutualTlsAuthentication");
    const bool makes = call.operation.name == "CreateDomainName";
    const bool deletes = call.operation.name == "DeleteDomainName";
    if (has_certificates) add_action(demands, "apigateway:AddCertificateToDomain");
    if (deletes || (has_certificates && !makes)) {
        add_action(demands, "apigateway:RemoveCertificateFromDomain");
    }
    if (parameters.has("policy") || patches(parameters, "/policy")) {
        add_action(demands, "apigateway:UpdateDomainNamePolicy");
    }
    if (patches(parameters, "/managementPolicy")) {
        add_action(demands, "apigateway:UpdateDomainNameManagementPolicy");
    }
    return {};
}

Result<void> apigateway_access_association(const MappingCall& call, Demands& demands) {
    if (auto added = apigateway_by_path(call, demands); !added) return added;
    auto domain = name_or_arn("", call.parameters.first("domainNameArn").value_or(""), call);
    if (!domain || !domain->starts_with("arn:")) return cannot_map(call, "it does not tell domainNameArn");
    demands.push_back({.action = "apigateway:CreateAccessAssociation", .resource = std::move(*domain)});
    return {};
}

Result<void> apigateway_import(const MappingCall& call, Demands&) {
    return cannot_map(call, "which roles its definition passes is not known here");
}

}  // namespace writ::gateway::internal
