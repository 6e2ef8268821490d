#include "directory/internal/organizations/allowed_services.h"

#include <algorithm>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/organizations/aws_policies.h"
#include "directory/internal/organizations/policy_records.h"
#include "directory/internal/reports/granted_actions.h"
#include "reference/authorization.h"

namespace writ::directory::organizations {
namespace {

using Actions = std::vector<const reference::Action*>;
using store::OrganizationAttachment;

constexpr auto scp = store::OrganizationPolicyType::service_control;

/// Nothing: no such SCP.
Result<std::optional<std::string>> content_of_scp(const AccountView& account,
                                                  const store::Organization& organization,
                                                  std::string_view policy_id) {
    if (const AwsPolicy* aws = find_aws_policy(policy_id)) {
        return aws->type == scp ? std::optional(content_of(*aws)) : std::nullopt;
    }
    auto record = find_policy(account, organization, policy_id);
    if (!record) return std::unexpected(std::move(record.error()));
    if (!*record || (*record)->type != scp) return std::nullopt;
    return std::move((*record)->content);
}

Result<Actions> allowed_at_node(const AccountView& account, const store::Organization& organization,
                                const Node& node) {
    const auto rows = account.records.list<OrganizationAttachment>(
        OrganizationAttachment::by_target,
        {.equal = {organization.organization_id, node.id, static_cast<std::int64_t>(scp)}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    GrantedActions granted;
    for (const OrganizationAttachment& row : *rows) {
        const auto content = content_of_scp(account, organization, row.policy_id);
        if (!content) return std::unexpected(content.error());
        granted.add(content->value_or(std::string()));
    }
    return granted.actions();
}

}  // namespace

Services all_services() {
    return services_of(reference::expand_action("*"));
}

Result<Services> services_allowed_at(const AccountView& account, const store::Organization& organization,
                                     const std::vector<Node>& path) {
    std::optional<Actions> allowed;
    for (const Node& node : path) {
        const auto here = allowed_at_node(account, organization, node);
        if (!here) return std::unexpected(here.error());
        if (!allowed) {
            allowed = *here;
            continue;
        }
        std::erase_if(*allowed, [&](const reference::Action* action) {
            return !std::ranges::binary_search(*here, action->name, {}, &reference::Action::name);
        });
    }
    return services_of(allowed.value_or(Actions{}));
}

Result<std::optional<Services>> services_allowed_by(const AccountView& account,
                                                    const store::Organization& organization,
                                                    std::string_view policy_id) {
    const auto content = content_of_scp(account, organization, policy_id);
    if (!content) return std::unexpected(content.error());
    if (!*content) return std::nullopt;
    GrantedActions granted;
    granted.add(**content);
    return services_of(granted.actions());
}

}  // namespace writ::directory::organizations
