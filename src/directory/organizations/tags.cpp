#include "directory/organizations/tags.h"

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/node_tags.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/paging.h"

namespace writ::directory::organizations {
namespace {

Result<bool> exists(const AccountView& account, const store::Organization& organization,
                    std::string_view id) {
    if (id.starts_with("p-")) {
        const auto policy = find_policy(account, organization, id);
        if (!policy) return std::unexpected(policy.error());
        return policy->has_value();
    }
    if (id.starts_with("rp-")) {
        const auto policy = account.records.find<store::OrganizationResourcePolicy>(
            store::OrganizationResourcePolicy::by_organization, {organization.organization_id});
        if (!policy) return std::unexpected(to_error(policy.error()));
        return *policy && (*policy)->policy_id == id;
    }
    const auto node = find_node(account, organization, id);
    if (!node) return std::unexpected(node.error());
    return node->has_value();
}

/// The organization, when it has that resource.
Result<store::Organization> organization_with(const AccountView& account, std::string_view id) {
    auto organization = own_organization(account);
    if (!organization) return organization;
    if (find_aws_policy(id) != nullptr) return bad_input("TARGET_NOT_SUPPORTED");
    const auto found = exists(account, *organization, id);
    if (!found) return std::unexpected(found.error());
    if (!*found) return refuse(fault::no_target);
    return organization;
}

}  // namespace

Result<void> tag_resource(AccountEdit& account, std::string_view id, const std::vector<Tag>& tags) {
    const auto organization = organization_with(account, id);
    if (!organization) return std::unexpected(organization.error());
    return put_resource_tags(account, *organization, id, tags);
}

Result<void> untag_resource(AccountEdit& account, std::string_view id, const std::vector<std::string>& keys) {
    const auto organization = organization_with(account, id);
    if (!organization) return std::unexpected(organization.error());
    return erase_resource_tags(account, *organization, id, keys);
}

Result<Page<Tag>> list_resource_tags(const AccountView& account, std::string_view id,
                                     const PageRequest& page) {
    const auto organization = organization_with(account, id);
    if (!organization) return std::unexpected(organization.error());
    auto tags = read_resource_tags(account, *organization, id);
    if (!tags) return std::unexpected(tags.error());
    return page_of(account, {.operation = "ListTagsForResource", .filter = std::string(id)}, page,
                   std::move(*tags), [](const Tag& tag) { return tag.key; });
}

}  // namespace writ::directory::organizations
