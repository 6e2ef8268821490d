#include <array>

#include "gateway/services/services.h"

/// AWS Identity and Access Management of an upstream. Source: "API operations defined by AWS Identity and
/// Access Management (IAM)" in the Service Authorization Reference. Requests name users, roles and the like
/// without their path, which is a part of the ARN: they are taken to have none, and what has one is not made
/// through the gateway. Who names no user means itself, which to the upstream is the gateway: that is not
/// mapped.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view group = "arn:{partition}:iam::{account}:group[{Path,NewPath|path}]/{GroupName}";
constexpr std::string_view instance_profile =
    "arn:{partition}:iam::{account}:instance-profile/{InstanceProfileName}";
constexpr std::string_view new_device =
    "arn:{partition}:iam::{account}:mfa[{Path|path}]/{VirtualMFADeviceName}";
constexpr std::string_view new_instance_profile =
    "arn:{partition}:iam::{account}:instance-profile[{Path|path}]/{InstanceProfileName}";
constexpr std::string_view new_role = "arn:{partition}:iam::{account}:role[{Path|path}]/{RoleName}";
constexpr std::string_view new_oidc_provider = "arn:{partition}:iam::{account}:oidc-provider/{Url|issuer}";
constexpr std::string_view new_policy = "arn:{partition}:iam::{account}:policy[{Path|path}]/{PolicyName}";
constexpr std::string_view new_saml_provider = "arn:{partition}:iam::{account}:saml-provider/{Name}";
constexpr std::string_view role = "arn:{partition}:iam::{account}:role/{RoleName}";
constexpr std::string_view server_certificate =
    "arn:{partition}:iam::{account}:server-certificate[{Path,NewPath|path}]/{ServerCertificateName}";
constexpr std::string_view user = "arn:{partition}:iam::{account}:user[{Path,NewPath|path}]/{UserName}";

constexpr auto demands = std::to_array<DemandRow>({
    {"AddRoleToInstanceProfile", "iam:AddRoleToInstanceProfile", instance_profile},
    {"AddRoleToInstanceProfile", "iam:PassRole", role, "", "iam:PassedToService=ec2.amazonaws.com"},
    {"CreateDelegationRequest", "iam:CreateDelegationRequest",
     "arn:{partition}:iam::{account}:delegation-request/*"},
    {"CreateInstanceProfile", "iam:CreateInstanceProfile", new_instance_profile},
    {"CreateInstanceProfile", "iam:TagInstanceProfile", new_instance_profile, "Tags[]"},
    {"CreateOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider", new_oidc_provider},
    {"CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider", new_oidc_provider, "Tags[]"},
    {"CreatePolicy", "iam:CreatePolicy", new_policy},
    {"CreatePolicy", "iam:TagPolicy", new_policy, "Tags[]"},
    {"CreateRole", "iam:CreateRole", new_role},
    {"CreateRole", "iam:TagRole", new_role, "Tags[]"},
    {"CreateSAMLProvider", "iam:CreateSAMLProvider", new_saml_provider},
    {"CreateSAMLProvider", "iam:TagSAMLProvider", new_saml_provider, "Tags[]"},
    {"CreateServiceLinkedRole", "iam:CreateServiceLinkedRole",
     "arn:{partition}:iam::{account}:role/aws-service-role/{AWSServiceName}/*"},
    {"CreateUser", "iam:CreateUser", user},
    {"CreateUser", "iam:TagUser", user, "Tags[]"},
    {"CreateVirtualMFADevice", "iam:CreateVirtualMFADevice", new_device},
    {"CreateVirtualMFADevice", "iam:TagMFADevice", new_device, "Tags[]"},
    {"DeleteVirtualMFADevice", "iam:DeleteVirtualMFADevice", "{SerialNumber|arn}"},
    {"GetContextKeysForPrincipalPolicy", "iam:GetContextKeysForPrincipalPolicy", "{PolicySourceArn|arn}"},
    {"GetHumanReadableSummary", "iam:GetHumanReadableSummary", "{EntityArn|arn}"},
    {"GetRoleTemplateVersion", "iam:GetRoleTemplateVersion", "{TemplateArn|arn}"},
    {"SimulatePrincipalPolicy", "iam:SimulatePrincipalPolicy", "{PolicySourceArn|arn}"},
    // Who renames must be allowed to have the one and the other.
    {"UpdateGroup", "iam:UpdateGroup", group},
    {"UpdateGroup", "iam:UpdateGroup", "arn:{partition}:iam::{account}:group/{NewGroupName}", "NewGroupName"},
    {"UpdateServerCertificate", "iam:UpdateServerCertificate", server_certificate},
    {"UpdateServerCertificate", "iam:UpdateServerCertificate",
     "arn:{partition}:iam::{account}:server-certificate/{NewServerCertificateName}",
     "NewServerCertificateName"},
    {"UpdateUser", "iam:UpdateUser", user},
    {"UpdateUser", "iam:UpdateUser", "arn:{partition}:iam::{account}:user/{NewUserName}", "NewUserName"},
    {"UploadServerCertificate", "iam:UploadServerCertificate", server_certificate},
    {"UploadServerCertificate", "iam:TagServerCertificate", server_certificate, "Tags[]"},
});

Result<void> refuse_service_linked_role(const MappingCall& call, Demands&) {
    return cannot_map(call, "the name of a service-linked role does not tell its path");
}

constexpr auto rules = std::to_array<RuleRow>({
    {"DeleteServiceLinkedRole", refuse_service_linked_role,
     "denied: the name of a service-linked role does not tell its path"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"access-report", "arn:{partition}:iam::{account}:access-report/{EntityPath}"},
    {"delegation-request", "arn:{partition}:iam::{account}:delegation-request/{DelegationRequestId}"},
    {"group", group},
    {"instance-profile", instance_profile},
    {"mfa", "arn:{partition}:iam::{account}:mfa/{SerialNumber|arn}"},
    {"oidc-provider", "arn:{partition}:iam::{account}:oidc-provider/{OpenIDConnectProviderArn|arn}"},
    {"policy", "arn:{partition}:iam::{account}:policy/{PolicyArn|arn}"},
    {"role", role},
    {"saml-provider", "arn:{partition}:iam::{account}:saml-provider/{SAMLProviderArn|arn}"},
    {"server-certificate", server_certificate},
    {"user", user},
});

/// Of what is made the boundary that it gets; of what is there the one that it has, which only the upstream
/// knows.
Result<void> add_boundary(const MappingCall& call, MappedDemand& demand) {
    if (auto boundary = call.parameters.first("PermissionsBoundary")) {
        demand.keys.push_back({"iam:PermissionsBoundary", {std::move(*boundary)}, false});
    } else if (call.operation.name != "CreateRole" && call.operation.name != "CreateUser") {
        demand.untold_keys.emplace_back("iam:PermissionsBoundary");
    }
    return {};
}

Result<void> add_template(const MappingCall& call, MappedDemand& demand) {
    if (call.operation.name != "CreateRole") demand.untold_keys.emplace_back("iam:RoleTemplateARN");
    return {};
}

Result<void> add_credential_service(const MappingCall& call, MappedDemand& demand) {
    if (auto service = call.parameters.first("ServiceName")) {
        demand.keys.push_back({"iam:ServiceSpecificCredentialServiceName", {std::move(*service)}, false});
    } else {
        demand.untold_keys.emplace_back("iam:ServiceSpecificCredentialServiceName");
    }
    return {};
}

Result<void> add_security_key(const MappingCall&, MappedDemand& demand) {
    for (const std::string_view key : {"iam:FIDO-certification", "iam:FIDO-FIPS-140-2-certification",
                                       "iam:FIDO-FIPS-140-3-certification", "iam:RegisterSecurityKey"}) {
        demand.untold_keys.emplace_back(key);
    }
    return {};
}

Result<void> add_namespaces(const MappingCall&, MappedDemand& demand) {
    demand.untold_keys.emplace_back("iam:AccountPropertyNamespaces");
    return {};
}

constexpr std::string_view untold = "not told by the request: a policy that asks for it denies";
constexpr auto keys = std::to_array<KeyRow>({
    {"iam:AccountPropertyNamespaces", "", add_namespaces, untold},
    {"iam:DelegationDuration", "SessionDuration"},
    {"iam:DelegationRequestOwner", ""},
    {"iam:FIDO-FIPS-140-2-certification", ""},
    {"iam:FIDO-FIPS-140-3-certification", ""},
    {"iam:FIDO-certification", ""},
    {"iam:PermissionsBoundary", "", add_boundary,
     "`PermissionsBoundary`; that of a user or role that is there is not told, and a policy that asks for it "
     "denies"},
    {"iam:RegisterSecurityKey", "", add_security_key, untold},
    {"iam:RoleTemplateARN", "", add_template, untold},
    {"iam:ServiceSpecificCredentialAgeDays", "CredentialAgeDays"},
    {"iam:ServiceSpecificCredentialServiceName", "", add_credential_service,
     "`ServiceName`; where a credential is named by its id it is not told"},
    {"iam:TemplateArn", "Permissions.PolicyTemplateArn"},
});

Result<std::string> no_path(std::string_view path, const MappingCall& call) {
    if (path == "/") return std::string();
    return cannot_map(call, "what has a path could not be told from its name later");
}

/// "https://token.example.com/tenant": the ARN has what follows the scheme.
Result<std::string> issuer(std::string_view url, const MappingCall& call) {
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme) || url.size() == scheme.size()) {
        return cannot_map(call, "its URL does not begin with https://");
    }
    return std::string(url.substr(scheme.size()));
}

constexpr auto readers = std::to_array<ValueReader>({{"issuer", issuer}, {"path", no_path}});

}  // namespace

const ServiceRows iam_rows{.service = "iam",
                           .prefix = "iam",
                           .demands = demands,
                           .rules = rules,
                           .types = types,
                           .keys = keys,
                           .readers = readers};

}  // namespace writ::gateway::internal
