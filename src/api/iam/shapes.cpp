#include "api/iam/shapes.h"

#include <utility>

#include "api/answers.h"
#include "reference/authorization.h"

namespace writ::api::iam {
namespace {

void set_boundary(Output& output, const std::optional<std::string>& boundary_arn) {
    if (!boundary_arn) return;
    Output boundary;
    boundary.set("PermissionsBoundaryType", "PermissionsBoundaryPolicy");
    boundary.set("PermissionsBoundaryArn", *boundary_arn);
    output.set("PermissionsBoundary", std::move(boundary));
}

enum class SessionDuration : bool { left_out, told };

Output role(const directory::Role& role, SessionDuration duration) {
    Output output;
    output.set("Path", role.path);
    output.set("RoleName", role.name);
    output.set("RoleId", role.role_id);
    output.set("Arn", role.arn);
    output.set("CreateDate", role.created_at);
    output.set("AssumeRolePolicyDocument", role.trust_document);
    if (!role.description.empty()) output.set("Description", role.description);
    if (duration == SessionDuration::told) output.set("MaxSessionDuration", role.max_session_s);
    set_boundary(output, role.boundary_arn);
    set_tags(output, role.tags);
    return output;
}

}  // namespace

Output user_shape(const directory::User& user) {
    Output output;
    output.set("Path", user.path);
    output.set("UserName", user.name);
    output.set("UserId", user.user_id);
    output.set("Arn", user.arn);
    output.set("CreateDate", user.created_at);
    set_boundary(output, user.boundary_arn);
    set_tags(output, user.tags);
    return output;
}

Output group_shape(const directory::Group& group) {
    Output output;
    output.set("Path", group.path);
    output.set("GroupName", group.name);
    output.set("GroupId", group.group_id);
    output.set("Arn", group.arn);
    output.set("CreateDate", group.created_at);
    return output;
}

Output role_shape(const directory::Role& of) {
    return role(of, SessionDuration::told);
}

Output new_role_shape(const directory::Role& of) {
    return role(of, SessionDuration::left_out);
}

Output role_with_use_shape(const directory::Role& of) {
    Output output = role(of, SessionDuration::told);
    output.set("RoleLastUsed", role_last_used_shape(of.last_used));
    return output;
}

Output role_last_used_shape(const std::optional<directory::RoleLastUsed>& last_used) {
    Output output;
    if (last_used) {
        output.set("LastUsedDate", last_used->used_at);
        output.set("Region", last_used->region);
    }
    return output;
}

Output policy_shape(const directory::Policy& policy) {
    Output output;
    output.set("PolicyName", policy.name);
    output.set("PolicyId", policy.policy_id);
    output.set("Arn", policy.arn);
    output.set("Path", policy.path);
    output.set("DefaultVersionId", policy.default_version_id);
    output.set("AttachmentCount", policy.attachment_count);
    output.set("PermissionsBoundaryUsageCount", policy.boundary_usage_count);
    output.set("IsAttachable", policy.attachable);
    if (!policy.description.empty()) output.set("Description", policy.description);
    output.set("CreateDate", policy.created_at);
    output.set("UpdateDate", policy.updated_at);
    set_tags(output, policy.tags);
    return output;
}

Output policy_version_shape(const directory::PolicyVersion& version) {
    Output output;
    if (!version.document.empty()) output.set("Document", version.document);
    output.set("VersionId", version.version_id);
    output.set("IsDefaultVersion", version.is_default);
    output.set("CreateDate", version.created_at);
    return output;
}

Output attached_policy_shape(const directory::AttachedPolicy& policy) {
    Output output;
    output.set("PolicyName", policy.name);
    output.set("PolicyArn", policy.arn);
    return output;
}

Output instance_profile_shape(const directory::InstanceProfile& profile) {
    Output roles = Output::list();
    if (profile.role) roles.add(new_role_shape(*profile.role));
    Output output;
    output.set("Path", profile.path);
    output.set("InstanceProfileName", profile.name);
    output.set("InstanceProfileId", profile.profile_id);
    output.set("Arn", profile.arn);
    output.set("CreateDate", profile.created_at);
    output.set("Roles", std::move(roles));
    set_tags(output, profile.tags);
    return output;
}

Output access_key_shape(const directory::AccessKey& key) {
    Output output;
    if (!key.user_name.empty()) output.set("UserName", key.user_name);
    output.set("AccessKeyId", key.access_key_id);
    output.set("Status", key.active ? "Active" : "Inactive");
    output.set("CreateDate", key.created_at);
    return output;
}

std::string_view title_of_service(std::string_view service) {
    const reference::Service* known = reference::find_service(service);
    return known == nullptr ? service : known->title;
}

}  // namespace writ::api::iam
