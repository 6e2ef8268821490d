#include <nlohmann/json.hpp>

#include "base/time.h"
#include "cli/account_json.h"

namespace writ::cli {
namespace {

using Json = nlohmann::ordered_json;
using directory::AttachedPolicy;
using directory::Group;
using directory::GroupDetail;
using directory::InlineDocument;
using directory::InstanceProfile;
using directory::Policy;
using directory::PolicyDetail;
using directory::PolicyVersion;
using directory::ResourceDetail;
using directory::Role;
using directory::RoleDetail;
using directory::Tag;
using directory::User;
using directory::UserDetail;

/// The AWS CLI shows times with an offset.
std::string date(Instant instant) {
    std::string text = format_iso8601(instant);
    text.replace(text.size() - 1, 1, "+00:00");
    return text;
}

/// A text that is no JSON (nothing stores one) stays a text.
Json document(const std::string& text) {
    Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_discarded()) parsed = text;
    return parsed;
}

template <class T>
Json list(const std::vector<T>& items, Json (*print)(const T&)) {
    Json array = Json::array();
    for (const T& item : items) array.push_back(print(item));
    return array;
}

Json print(const InlineDocument& policy) {
    return {{"PolicyName", policy.name}, {"PolicyDocument", document(policy.document)}};
}

Json print(const AttachedPolicy& policy) {
    return {{"PolicyName", policy.name}, {"PolicyArn", policy.arn}};
}

Json print(const Tag& tag) {
    return {{"Key", tag.key}, {"Value", tag.value}};
}

Json print(const std::string& text) {
    return text;
}

void set_boundary_and_tags(Json& object, const std::optional<std::string>& boundary_arn,
                           const std::vector<Tag>& tags) {
    if (boundary_arn) {
        object["PermissionsBoundary"] = {{"PermissionsBoundaryType", "PermissionsBoundaryPolicy"},
                                         {"PermissionsBoundaryArn", *boundary_arn}};
    }
    if (!tags.empty()) object["Tags"] = list(tags, print);
}

Json print(const UserDetail& detail) {
    const User& user = detail.user;
    Json object{{"Path", user.path},
                {"UserName", user.name},
                {"UserId", user.user_id},
                {"Arn", user.arn},
                {"CreateDate", date(user.created_at)}};
    const auto& inline_policies = detail.policies.inline_policies;
    if (!inline_policies.empty()) object["UserPolicyList"] = list(inline_policies, print);
    object["GroupList"] = list(detail.group_names, print);
    object["AttachedManagedPolicies"] = list(detail.policies.attached, print);
    set_boundary_and_tags(object, user.boundary_arn, user.tags);
    return object;
}

Json print(const GroupDetail& detail) {
    const Group& group = detail.group;
    return {{"Path", group.path},
            {"GroupName", group.name},
            {"GroupId", group.group_id},
            {"Arn", group.arn},
            {"CreateDate", date(group.created_at)},
            {"GroupPolicyList", list(detail.policies.inline_policies, print)},
            {"AttachedManagedPolicies", list(detail.policies.attached, print)}};
}

Json identity(const Role& role) {
    return {{"Path", role.path},
            {"RoleName", role.name},
            {"RoleId", role.role_id},
            {"Arn", role.arn},
            {"CreateDate", date(role.created_at)},
            {"AssumeRolePolicyDocument", document(role.trust_document)}};
}

Json print(const InstanceProfile& profile) {
    Json roles = Json::array();
    if (profile.role) roles.push_back(identity(*profile.role));
    return {{"Path", profile.path},
            {"InstanceProfileName", profile.name},
            {"InstanceProfileId", profile.profile_id},
            {"Arn", profile.arn},
            {"CreateDate", date(profile.created_at)},
            {"Roles", std::move(roles)}};
}

Json print(const RoleDetail& detail) {
    Json object = identity(detail.role);
    object["InstanceProfileList"] = list(detail.profiles, print);
    object["RolePolicyList"] = list(detail.policies.inline_policies, print);
    object["AttachedManagedPolicies"] = list(detail.policies.attached, print);
    set_boundary_and_tags(object, detail.role.boundary_arn, detail.role.tags);
    object["RoleLastUsed"] = Json::object();
    if (const auto& used = detail.role.last_used) {
        object["RoleLastUsed"] = {{"LastUsedDate", date(used->used_at)}, {"Region", used->region}};
    }
    return object;
}

Json print(const PolicyVersion& version) {
    return {{"Document", document(version.document)},
            {"VersionId", version.version_id},
            {"IsDefaultVersion", version.is_default},
            {"CreateDate", date(version.created_at)}};
}

Json print(const PolicyDetail& detail) {
    const Policy& policy = detail.policy;
    return {{"PolicyName", policy.name},
            {"PolicyId", policy.policy_id},
            {"Arn", policy.arn},
            {"Path", policy.path},
            {"DefaultVersionId", policy.default_version_id},
            {"AttachmentCount", policy.attachment_count},
            {"PermissionsBoundaryUsageCount", policy.boundary_usage_count},
            {"IsAttachable", policy.attachable},
            {"CreateDate", date(policy.created_at)},
            {"UpdateDate", date(policy.updated_at)},
            {"PolicyVersionList", list(detail.versions, print)}};
}

Json print(const ResourceDetail& detail) {
    Json json{{"Arn", detail.arn}};
    if (detail.policy) {
        json["ResourcePolicyDocument"] = detail.policy->empty() ? Json(nullptr) : document(*detail.policy);
    }
    json["Tags"] = list(detail.tags, print);
    return json;
}

}  // namespace

std::string print_account(const directory::AccountDetails& details) {
    Json account{{"UserDetailList", list(details.users, print)},
                 {"GroupDetailList", list(details.groups, print)},
                 {"RoleDetailList", list(details.roles, print)},
                 {"Policies", list(details.policies, print)}};
    // What AWS does not print.
    if (!details.resources.empty()) account["ResourceDetailList"] = list(details.resources, print);
    if (!details.buckets.empty()) account["OwnedBuckets"] = details.buckets;
    return account.dump(4) + "\n";
}

}  // namespace writ::cli
