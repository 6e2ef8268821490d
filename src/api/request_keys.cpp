#include "api/request_keys.h"

#include <algorithm>
#include <optional>

#include "api/iam/account_properties.h"
#include "authz/connection_keys.h"
#include "base/text.h"
#include "directory/credentials/service_credentials.h"
#include "directory/organizations/arns.h"
#include "reference/authorization.h"

namespace writ::api {
namespace {

void set_text(engine::Context& context, std::string_view key, const Input& input,
              std::string_view parameter) {
    if (const auto value = input.maybe_text(parameter)) context.set(key, *value);
}
void set_text(engine::Context& context, std::string_view key, const Call& call, std::string_view parameter) {
    set_text(context, key, call.input, parameter);
}

std::vector<std::string> texts(std::span<const Input> items) {
    std::vector<std::string> values;
    for (const Input& item : items) values.push_back(item.text());
    return values;
}

void set_request_tags(engine::Context& context, const Call& call, const Target&) {
    for (const Input& tag : call.input.list("Tags")) {
        context.set("aws:RequestTag/" + std::string(tag.text("Key")), tag.text("Value"));
    }
}

/// Of what is set as well as of what is removed.
void set_tag_keys(engine::Context& context, const Call& call, const Target&) {
    std::vector<std::string> keys = texts(call.input.list("TagKeys"));
    for (const Input& tag : call.input.list("Tags")) keys.emplace_back(tag.text("Key"));
    if (!keys.empty()) context.set_list("aws:TagKeys", keys);
}

/// The boundary that the call sets, else the one that its target carries (spec 4.2).
void set_permissions_boundary(engine::Context& context, const Call& call, const Target& target) {
    if (target.boundary_arn) context.set("iam:PermissionsBoundary", *target.boundary_arn);
    set_text(context, "iam:PermissionsBoundary", call, "PermissionsBoundary");
}

/// An inherited source identity is one of the call (spec S12).
void set_source_identity(engine::Context& context, const Call& call, const Target&) {
    if (call.caller.session != nullptr && !call.caller.session->source_identity.empty()) {
        context.set("sts:SourceIdentity", call.caller.session->source_identity);
    }
    set_text(context, "sts:SourceIdentity", call, "SourceIdentity");
}

void set_transitive_keys(engine::Context& context, const Call& call, const Target&) {
    const std::vector<std::string> keys = texts(call.input.list("TransitiveTagKeys"));
    if (!keys.empty()) context.set_list("sts:TransitiveTagKeys", keys);
}

void set_task_policy(engine::Context& context, const Call& call, const Target&) {
    const Input* task = call.input.find("TaskPolicyArn");
    if (task != nullptr) set_text(context, "sts:TaskPolicyArn", *task, "arn");
}

/// In the service's own spelling: of the credential that is there, else of the one that is asked for.
void set_credential_service(engine::Context& context, const Call& call, const Target& target) {
    const std::string_view name = call.input.text("ServiceName");
    const auto service = target.credential_service.empty()
                             ? directory::find_credential_service(name)
                             : std::optional<std::string_view>(target.credential_service);
    if (service || !name.empty()) {
        context.set("iam:ServiceSpecificCredentialServiceName", service.value_or(name));
    }
}

void set_credential_age(engine::Context& context, const Call& call, const Target&) {
    const auto days = call.input.integer("CredentialAgeDays");
    if (days) context.set("iam:ServiceSpecificCredentialAgeDays", std::to_string(*days));
}

/// Whoever owns the request that the call is about; a list is about those of one owner.
void set_delegation_owner(engine::Context& context, const Call& call, const Target& target) {
    set_text(context, "iam:DelegationRequestOwner", call, "OwnerId");
    if (!target.delegation_owner.empty()) {
        context.set("iam:DelegationRequestOwner", target.delegation_owner);
    }
}

void set_delegation_duration(engine::Context& context, const Call& call, const Target&) {
    const auto seconds = call.input.integer("SessionDuration");
    if (seconds) context.set("iam:DelegationDuration", std::to_string(*seconds));
}

void set_policy_template(engine::Context& context, const Call& call, const Target&) {
    const Input* permissions = call.input.find("Permissions");
    if (permissions != nullptr) set_text(context, "iam:TemplateArn", *permissions, "PolicyTemplateArn");
}

/// That of the request, else of the policy that it is about, which its ARN tells (spec 9.1).
void set_policy_type(engine::Context& context, const Call& call, const Target& target) {
    for (const std::string_view parameter : {"PolicyType", "Type", "Filter"}) {
        set_text(context, "organizations:PolicyType", call, parameter);
    }
    if (const auto type = directory::organizations::policy_type_in_arn(target.arn)) {
        context.set("organizations:PolicyType", directory::organizations::name_of(*type));
    }
}

void set_property_namespaces(engine::Context& context, const Call& call, const Target&) {
    context.set_list("iam:AccountPropertyNamespaces", iam::account_property_namespaces(call.input));
}

struct ParameterKey {
    std::string_view name;  ///< As the reference declares it.
    void (*set)(engine::Context&, const Call&, const Target&);
};

constexpr auto parameter_keys = std::to_array<ParameterKey>({
    {"aws:RequestTag/${TagKey}", set_request_tags},
    {"aws:TagKeys", set_tag_keys},
    {"iam:PermissionsBoundary", set_permissions_boundary},
    {"iam:AccountPropertyNamespaces", set_property_namespaces},
    {"iam:AWSServiceName",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "iam:AWSServiceName", call, "AWSServiceName");
     }},
    {"iam:DelegationDuration", set_delegation_duration},
    {"iam:DelegationRequestOwner", set_delegation_owner},
    {"iam:NotificationChannel",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "iam:NotificationChannel", call, "NotificationChannel");
     }},
    {"iam:OrganizationsPolicyId",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "iam:OrganizationsPolicyId", call, "OrganizationsPolicyId");
     }},
    {"iam:PassedToService",
     [](engine::Context& context, const Call&, const Target& target) {
         if (!target.passed_to.empty()) context.set("iam:PassedToService", target.passed_to);
     }},
    {"iam:PolicyARN", [](engine::Context& context, const Call& call,
                         const Target&) { set_text(context, "iam:PolicyARN", call, "PolicyArn"); }},
    {"iam:RoleTemplateARN",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "iam:RoleTemplateARN", call, "TemplateArn");
     }},
    {"iam:ServiceSpecificCredentialAgeDays", set_credential_age},
    {"iam:ServiceSpecificCredentialServiceName", set_credential_service},
    {"iam:TemplateArn", set_policy_template},
    {"organizations:PolicyType", set_policy_type},
    {"organizations:ServicePrincipal",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "organizations:ServicePrincipal", call, "ServicePrincipal");
     }},
    {"sts:ExternalId", [](engine::Context& context, const Call& call,
                          const Target&) { set_text(context, "sts:ExternalId", call, "ExternalId"); }},
    {"sts:RoleSessionName",
     [](engine::Context& context, const Call& call, const Target&) {
         set_text(context, "sts:RoleSessionName", call, "RoleSessionName");
     }},
    {"sts:SourceIdentity", set_source_identity},
    {"sts:TaskPolicyArn", set_task_policy},
    {"sts:TransitiveTagKeys", set_transitive_keys},
});

const ParameterKey* find_parameter_key(std::string_view name) noexcept {
    const auto at = std::ranges::find_if(
        parameter_keys, [&](const ParameterKey& row) { return equals_ignoring_case(row.name, name); });
    return at == parameter_keys.end() ? nullptr : &*at;
}

}  // namespace

void set_connection_keys(engine::Context& context, const Call& call) {
    const bool global = call.service.name == "iam" || call.service.name == "organizations";
    authz::set_connection_keys(context, call.http,
                               global ? call.at.global_region() : std::string_view(call.at.config.region));
}

void set_parameter_keys(engine::Context& context, std::span<const std::string_view> actions, const Call& call,
                        const Target& target) {
    const auto set = [&](std::span<const std::uint32_t> keys) {
        for (const std::uint32_t index : keys) {
            const ParameterKey* row = find_parameter_key(reference::condition_keys()[index].name);
            if (row != nullptr) row->set(context, call, target);
        }
    };
    for (const std::string_view name : actions) {
        const reference::Action* action = reference::find_action(name);
        if (action == nullptr) continue;
        set(action->condition_keys);
        for (const reference::ActionResource& resource : action->resources)
            set(resource.type->condition_keys);
    }
}

bool is_parameter_key(std::string_view declared_name) noexcept {
    return find_parameter_key(declared_name) != nullptr;
}

}  // namespace writ::api
