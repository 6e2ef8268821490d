#include "authz/internal/compile_organization.h"

#include <utility>

#include "authz/internal/compile.h"
#include "policy/parse.h"

namespace writ::authz {
namespace {

using directory::organizations::LevelInForce;
using directory::organizations::Membership;
using directory::organizations::PolicyInForce;
using Members = std::vector<engine::PolicySet::Member>;

Result<PolicyLevels> compile_levels(const Membership& membership, OrganizationDocuments& documents,
                                    std::vector<PolicyInForce> LevelInForce::* policies,
                                    policy::PolicyType type) {
    std::vector<engine::PolicySet> levels;
    for (const LevelInForce& level : membership.levels) {
        Members members;
        for (const PolicyInForce& policy : level.*policies) {
            auto document = documents.get(membership.organization_id, policy, type);
            if (!document) return std::unexpected(document.error());
            members.push_back({std::move(*document), {policy.name, policy.arn, {}}});
        }
        levels.emplace_back(std::move(members));
    }
    return PolicyLevels(std::move(levels));
}

engine::PolicySet set_of(engine::CompiledDocumentPtr document) {
    Members members;
    members.push_back({std::move(document), {}});
    return engine::PolicySet(std::move(members));
}

/// The document with its Deny statements only; nothing when it has none.
std::string denials_of(const policy::Document& document) {
    std::string denials;
    for (const policy::Statement& statement : document.statements()) {
        if (statement.effect != policy::Effect::deny) continue;
        if (!denials.empty()) denials += ',';
        const std::uint32_t begin = statement.span.begin.byte;
        denials += document.text().substr(begin, statement.span.end.byte - begin);
    }
    if (denials.empty()) return denials;
    const std::string_view version =
        document.version() == policy::Version::v2012_10_17 ? "2012-10-17" : "2008-10-17";
    return std::string(R"({"Version":")").append(version) + R"(","Statement":[)" + denials + "]}";
}

Result<void> compile_resource_policy(const std::string& text, Organization& organization) {
    auto document = compile_text(text, policy::PolicyType::resource);
    if (!document) return std::unexpected(document.error());
    organization.resource_policy.emplace(set_of(std::move(*document)));
    const auto parsed = policy::parse(text, {.type = policy::PolicyType::resource});
    if (!parsed) return fail(std::string(corrupt_document), 500, parsed.error().message);
    const std::string denials = denials_of(**parsed);
    if (denials.empty()) return {};
    auto compiled = compile_text(denials, policy::PolicyType::resource);
    if (!compiled) return std::unexpected(compiled.error());
    organization.resource_denials.emplace(set_of(std::move(*compiled)));
    return {};
}

std::string json_list(const std::vector<std::string>& values) {
    std::string list;
    for (const std::string& value : values) {
        if (!list.empty()) list += ',';
        list.append(1, '"').append(value).append(1, '"');
    }
    return '[' + list + ']';
}

/// Members of the same organization only, and never the account that manages it. It names the account and
/// not everybody, so that the caller's own policies must allow it too, even for the root of its own account.
std::string root_access_text(const Membership& membership) {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":")" +
           membership.account_id + R"("},"Action":"sts:AssumeRoot","Resource":"*","Condition":{)" +
           R"("StringEquals":{"aws:ResourceOrgID":")" + membership.organization_id + R"("},)" +
           R"("StringNotEquals":{"aws:ResourceAccount":")" + membership.management_account_id + R"("},)" +
           R"("ArnEquals":{"sts:TaskPolicyArn":)" + json_list(membership.root_tasks) + "}}}]}";
}

Result<void> compile_policies(const Membership& membership, OrganizationDocuments& documents,
                              Organization& organization) {
    if (membership.has_service_control) {
        auto levels =
            compile_levels(membership, documents, &LevelInForce::service_control, policy::PolicyType::scp);
        if (!levels) return std::unexpected(levels.error());
        organization.service_control.emplace(std::move(*levels));
    }
    if (membership.has_resource_control) {
        engine::prepare_for_rcps();
        auto levels =
            compile_levels(membership, documents, &LevelInForce::resource_control, policy::PolicyType::rcp);
        if (!levels) return std::unexpected(levels.error());
        organization.resource_control.emplace(std::move(*levels));
    }
    if (!membership.root_tasks.empty()) {
        auto document = compile_text(root_access_text(membership), policy::PolicyType::resource);
        if (!document) return std::unexpected(document.error());
        organization.root_access.emplace(set_of(std::move(*document)));
    }
    if (membership.resource_policy) return compile_resource_policy(*membership.resource_policy, organization);
    return {};
}

}  // namespace

Result<OrganizationPtr> compile_organization(const Membership& membership, OrganizationDocuments& documents) {
    auto organization = std::make_shared<Organization>();
    organization->account = membership.account_id;
    organization->account_closed = membership.closed;
    organization->id = membership.organization_id;
    organization->management_account = membership.management_account_id;
    organization->parent_path = membership.parent_path;
    organization->delegated_administrator = membership.delegated_administrator;
    if (auto done = compile_policies(membership, documents, *organization); !done) {
        if (done.error().code != corrupt_document) return std::unexpected(done.error());
        organization->defect = done.error().message;
    }
    return organization;
}

}  // namespace writ::authz
