#include "directory/policies/attachments.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/owners.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

using directory::OwnerKind;

/// LocalManagedPolicy and AWSManagedPolicy are values of the filter too, for which nothing is listed.
struct EntityKind {
    std::string_view filter;  ///< Value of EntityFilter.
    OwnerKind kind;
    std::string_view list, name, id;  ///< Members of the answer.
};
constexpr auto entity_kinds = std::to_array<EntityKind>({
    {"Group", OwnerKind::group, "PolicyGroups", "GroupName", "GroupId"},
    {"User", OwnerKind::user, "PolicyUsers", "UserName", "UserId"},
    {"Role", OwnerKind::role, "PolicyRoles", "RoleName", "RoleId"},
});

Output entities_of(const EntityKind& kind, const std::vector<directory::PolicyEntity>& entities) {
    Output list = Output::list();
    for (const directory::PolicyEntity& entity : entities) {
        if (entity.kind != kind.kind) continue;
        Output item;
        item.set(kind.name, entity.name);
        item.set(kind.id, entity.id);
        list.add(std::move(item));
    }
    return list;
}

}  // namespace

Result<Output> attach_policy(Edit& account, const Call& call) {
    return done(directory::attach_policy(account, owner_of(call), call.input.text("PolicyArn")));
}

Result<Output> detach_policy(Edit& account, const Call& call) {
    return done(directory::detach_policy(account, owner_of(call), call.input.text("PolicyArn")));
}

Result<Output> list_attached_policies(const View& account, const Call& call) {
    return answer_page(
        directory::list_attached_policies(account, owner_of(call), path_or_root(call.input, "PathPrefix"),
                                          page_of(call.input)),
        "AttachedPolicies", attached_policy_shape);
}

Result<Output> list_entities_for_policy(const View& account, const Call& call) {
    directory::EntityFilter filter{.path_prefix = path_or_root(call.input, "PathPrefix"),
                                   .used_as_boundary = usage_filter(call.input)};
    const std::string_view wanted = call.input.text("EntityFilter");
    for (const EntityKind& kind : entity_kinds) {
        if (kind.filter == wanted) filter.kind = kind.kind;
    }
    auto page = directory::list_entities_for_policy(account, call.input.text("PolicyArn"), filter,
                                                    page_of(call.input));
    if (!page) return std::unexpected(page.error());
    if (!wanted.empty() && !filter.kind) *page = {};
    Output output;
    for (const EntityKind& kind : entity_kinds) output.set(kind.list, entities_of(kind, page->items));
    output.set("IsTruncated", page->marker.has_value());
    if (const auto& marker = page->marker; marker.has_value()) output.set("Marker", *marker);
    return output;
}

}  // namespace writ::api::iam
