#include "api/iam/targets.h"

#include <array>
#include <optional>
#include <utility>

#include "api/iam/inputs.h"
#include "base/arn.h"
#include "directory/accounts/accounts.h"
#include "directory/credentials/mfa_devices.h"
#include "directory/credentials/service_credentials.h"
#include "directory/federation/oidc_providers.h"
#include "directory/policies/attachments.h"
#include "directory/principals/instance_profiles.h"
#include "directory/principals/service_linked_roles.h"
#include "directory/reports/last_accessed.h"
#include "directory/targets.h"

namespace writ::api::iam {
namespace {

using directory::OwnerKind;

Target shown_as(directory::Target found, std::string shown) {
    return {.arn = std::move(found.arn),
            .shown = std::move(shown),
            .tags = std::move(found.tags),
            .boundary_arn = std::move(found.boundary_arn)};
}

Result<Target> on_owner(const View& account, OwnerKind kind, std::string_view word, std::string_view name) {
    auto found = directory::find_target(account, {kind, name});
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), std::string(word) + " " + std::string(name));
}

std::string arn_in_account(const Call& call, std::string_view type, std::string_view path,
                           std::string_view name) {
    return directory::entity_arn(call.at.config.partition, call.account(), type, path, name);
}

/// The calling user: a user of that name who came after the caller was recognised is somebody else.
Result<Target> on_caller(const View& account, const Call& call) {
    const std::string& name = call.caller.subject->name;
    auto found = directory::find_target(account, {OwnerKind::user, name});
    if (!found) return std::unexpected(found.error());
    if (found->id != call.caller.subject->id) {
        return fail("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
    }
    return shown_as(std::move(*found), "user " + name);
}

Result<Target> on_new(const Call& call, std::string_view type, std::string_view name_parameter) {
    return Target{
        .arn = arn_in_account(call, type, path_or_root(call.input, "Path"), call.input.text(name_parameter))};
}

Result<Target> on_all(const Call& call, std::string_view type) {
    return Target{.arn = arn_in_account(call, type, path_or_root(call.input, "PathPrefix"), "")};
}

/// The ARN after NewPath and a new name; "user/path/name" without what is kept.
std::vector<FurtherDemand> on_renamed(const Call& call, const Target& old, std::string_view action,
                                      std::string_view type, std::string_view new_name_parameter) {
    const auto arn = parse_arn(old.arn);
    if (!arn) return {};
    const std::size_t begin = arn->resource.find('/');
    const std::size_t end = arn->resource.rfind('/');
    if (begin == std::string_view::npos) return {};
    const std::string_view path =
        call.input.maybe_text("NewPath").value_or(arn->resource.substr(begin, end + 1 - begin));
    const std::string_view name =
        call.input.maybe_text(new_name_parameter).value_or(arn->resource.substr(end + 1));
    Target renamed = old;
    renamed.arn = arn_in_account(call, type, path, name);
    if (renamed.arn == old.arn) return {};
    renamed.shown = renamed.arn;
    return {{action, std::move(renamed)}};
}

std::vector<FurtherDemand> on_tagged(const Call& call, const Target& created, std::string_view action) {
    if (call.input.list("Tags").empty()) return {};
    return {{action, created}};
}

}  // namespace

Result<Target> on_user(const View& account, const Call& call) {
    return on_owner(account, OwnerKind::user, "user", call.input.text("UserName"));
}

Result<Target> on_group(const View& account, const Call& call) {
    return on_owner(account, OwnerKind::group, "group", call.input.text("GroupName"));
}

Result<Target> on_role(const View& account, const Call& call) {
    return on_owner(account, OwnerKind::role, "role", call.input.text("RoleName"));
}

Result<Target> on_user_or_caller(const View& account, const Call& call) {
    if (call.input.has("UserName")) return on_user(account, call);
    if (call.caller.is_root()) {
        return Target{.arn = directory::root_arn(call.at.config.partition, call.account())};
    }
    if (call.caller.is(engine::PrincipalKind::user)) {
        return on_caller(account, call);
    }
    return fail("ValidationError", 400, "Must specify userName when calling with non-User credentials");
}

Result<Target> on_own_password(const View& account, const Call& call) {
    if (call.caller.is(engine::PrincipalKind::user)) return on_caller(account, call);
    return Target{.arn = call.caller.principal->arn};
}

Result<Target> on_mfa_owner(const View& account, const Call& call) {
    if (!mfa_owner(call).user_name) {
        return Target{.arn = directory::root_arn(call.at.config.partition, call.account())};
    }
    return on_user_or_caller(account, call);
}

Result<Target> on_mfa_device(const View& account, const Call& call) {
    auto found = directory::find_mfa_target(account, call.input.text("SerialNumber"));
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), {});
}

Result<Target> on_new_mfa_device(const Call& call) {
    return on_new(call, "mfa", "VirtualMFADeviceName");
}

Result<Target> on_server_certificate(const View& account, const Call& call) {
    auto found = directory::find_server_certificate_target(account, call.input.text("ServerCertificateName"));
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), {});
}

Result<Target> on_oidc_provider(const View& account, const Call& call) {
    auto found = directory::find_oidc_provider_target(account, call.input.text("OpenIDConnectProviderArn"));
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), {});
}

Result<Target> on_saml_provider(const View& account, const Call& call) {
    auto found = directory::find_saml_provider_target(account, call.input.text("SAMLProviderArn"));
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), {});
}

Result<Target> on_service_credential(const View& account, const Call& call) {
    auto target = on_user_or_caller(account, call);
    if (!target) return target;
    auto service = directory::service_of_credential(account, call.input.text("ServiceSpecificCredentialId"));
    if (!service) return std::unexpected(service.error());
    target->credential_service = std::move(*service);
    return target;
}

Result<Target> on_service_credentials(const View& account, const Call& call) {
    if (!call.input.boolean("AllUsers").value_or(false)) return on_user_or_caller(account, call);
    return Target{.arn = arn_in_account(call, "user", "/", "*")};
}

Result<Target> on_instance_profile(const View& account, const Call& call) {
    const std::string_view name = call.input.text("InstanceProfileName");
    auto found = directory::find_instance_profile_target(account, name);
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), "instance profile " + std::string(name));
}

Result<Target> on_instance_profile_and_role(const View& account, const Call& call) {
    auto profile = on_instance_profile(account, call);
    if (!profile) return profile;
    auto role = directory::find_target(account, {OwnerKind::role, call.input.text("RoleName")});
    if (!role) return std::unexpected(role.error());
    profile->companions.push_back(shown_as(std::move(*role), {}));
    return profile;
}

Result<Target> on_policy(const View& account, const Call& call) {
    const std::string_view arn = call.input.text("PolicyArn");
    if (!parse_arn(arn)) return fail("ValidationError", 400, "Invalid ARN:  Could not be parsed!");
    auto found = directory::find_policy_target(account, arn);
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), "policy " + std::string(arn));
}

Result<Target> on_policy_source(const View& account, const Call& call) {
    const std::string_view arn = call.input.maybe_text("PolicySourceArn").value_or(call.input.text("Arn"));
    auto found = directory::find_owner_target(account, arn);
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), std::string(arn));
}

Result<Target> on_report_subject(const View& account, const Call& call) {
    const std::string_view arn = call.input.text("Arn");
    auto found = directory::find_report_target(account, arn);
    if (!found) return std::unexpected(found.error());
    return shown_as(std::move(*found), std::string(arn));
}

Result<Target> on_organizations_entity(const Call& call) {
    return Target{.arn = arn_in_account(call, "access-report", "/", call.input.text("EntityPath"))};
}

std::vector<FurtherDemand> on_reported_organization(const Call&, const Target&) {
    constexpr std::array actions{
        "organizations:DescribePolicy", "organizations:ListChildren",
        "organizations:ListParents",    "organizations:ListPoliciesForTarget",
        "organizations:ListRoots",      "organizations:ListTargetsForPolicy",
    };
    std::vector<FurtherDemand> demands;
    demands.reserve(actions.size());
    for (const char* action : actions) demands.push_back({.action = action, .target = {}});
    return demands;
}

Result<Target> on_access_key_owner(const View& account, const Call& call) {
    auto owner = directory::find_key_owner(account, call.input.text("AccessKeyId"));
    if (!owner) return std::unexpected(owner.error());
    std::optional<directory::Target>& found = *owner;
    if (!found) return Target{.arn = arn_in_account(call, "user", "/", "*")};  // Nobody's key [I].
    return shown_as(std::move(*found), {});
}

Result<Target> on_new_user(const Call& call) {
    return on_new(call, "user", "UserName");
}

Result<Target> on_new_group(const Call& call) {
    return on_new(call, "group", "GroupName");
}

Result<Target> on_new_role(const Call& call) {
    return on_new(call, "role", "RoleName");
}

Result<Target> on_new_policy(const Call& call) {
    auto target = on_new(call, "policy", "PolicyName");
    if (target) target->shown = "policy " + std::string(call.input.text("PolicyName"));
    return target;
}

Result<Target> on_new_server_certificate(const Call& call) {
    return on_new(call, "server-certificate", "ServerCertificateName");
}

/// Of a URL that is none, whatever it says: the handler refuses it.
Result<Target> on_new_oidc_provider(const Call& call) {
    const std::string_view url = call.input.text("Url");
    const auto name = directory::oidc_provider_name(url);
    return Target{.arn = arn_in_account(call, "oidc-provider", "/", name ? *name : std::string(url))};
}

Result<Target> on_new_saml_provider(const Call& call) {
    return Target{.arn = arn_in_account(call, "saml-provider", "/", call.input.text("Name"))};
}

Result<Target> on_new_instance_profile(const Call& call) {
    return on_new(call, "instance-profile", "InstanceProfileName");
}

Result<Target> on_new_service_linked_role(const View& account, const Call& call) {
    return Target{
        .arn = directory::service_linked_role_arn(account, {.service_name = call.input.text("AWSServiceName"),
                                                            .suffix = call.input.text("CustomSuffix")})};
}

Result<Target> on_deleted_service_linked_role(const View& account, const Call& call) {
    auto arn = directory::role_arn_of_task(account, call.input.text("DeletionTaskId"));
    if (!arn) return std::unexpected(std::move(arn.error()));
    return Target{.arn = std::move(*arn)};
}

Result<Target> on_users(const Call& call) {
    return on_all(call, "user");
}

Result<Target> on_groups(const Call& call) {
    return on_all(call, "group");
}

Result<Target> on_roles(const Call& call) {
    return on_all(call, "role");
}

Result<Target> on_policies(const Call& call) {
    auto target = on_all(call, "policy");
    if (target) target->shown = "policy path " + path_or_root(call.input, "PathPrefix");
    return target;
}

Result<Target> on_instance_profiles(const Call& call) {
    return on_all(call, "instance-profile");
}

std::vector<FurtherDemand> on_renamed_user(const Call& call, const Target& user) {
    return on_renamed(call, user, "iam:UpdateUser", "user", "NewUserName");
}

std::vector<FurtherDemand> on_renamed_group(const Call& call, const Target& group) {
    return on_renamed(call, group, "iam:UpdateGroup", "group", "NewGroupName");
}

std::vector<FurtherDemand> on_renamed_server_certificate(const Call& call, const Target& certificate) {
    return on_renamed(call, certificate, "iam:UpdateServerCertificate", "server-certificate",
                      "NewServerCertificateName");
}

std::vector<FurtherDemand> on_tagged_user(const Call& call, const Target& user) {
    return on_tagged(call, user, "iam:TagUser");
}

std::vector<FurtherDemand> on_tagged_role(const Call& call, const Target& role) {
    return on_tagged(call, role, "iam:TagRole");
}

std::vector<FurtherDemand> on_tagged_mfa_device(const Call& call, const Target& device) {
    return on_tagged(call, device, "iam:TagMFADevice");
}

std::vector<FurtherDemand> on_tagged_server_certificate(const Call& call, const Target& certificate) {
    return on_tagged(call, certificate, "iam:TagServerCertificate");
}

std::vector<FurtherDemand> on_tagged_oidc_provider(const Call& call, const Target& provider) {
    return on_tagged(call, provider, "iam:TagOpenIDConnectProvider");
}

std::vector<FurtherDemand> on_tagged_saml_provider(const Call& call, const Target& provider) {
    return on_tagged(call, provider, "iam:TagSAMLProvider");
}

std::vector<FurtherDemand> on_tagged_policy(const Call& call, const Target& policy) {
    return on_tagged(call, policy, "iam:TagPolicy");
}

std::vector<FurtherDemand> on_tagged_instance_profile(const Call& call, const Target& profile) {
    return on_tagged(call, profile, "iam:TagInstanceProfile");
}

std::vector<FurtherDemand> on_passed_role(const Call&, const Target& profile) {
    Target role = profile.companions.front();
    role.passed_to = "ec2.amazonaws.com";
    return {{"iam:PassRole", std::move(role)}};
}

}  // namespace writ::api::iam
