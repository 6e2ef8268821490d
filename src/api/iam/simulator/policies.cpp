#include "api/iam/simulator/policies.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/iam/simulator/exclusions.h"
#include "directory/targets.h"
#include "policy/parse.h"
#include "policy/validate.h"

namespace writ::api::iam::simulator {
namespace {

using engine::PolicySet;
using policy::PolicyType;
using Members = std::vector<PolicySet::Member>;

constexpr std::size_t stored_characters_max = 1'000'000;  // AWS's own policies are longer than inputs may be.

std::unexpected<Error> not_evaluated(std::string_view what) {
    return fail("PolicyEvaluation", 500, std::string(what) + " could not be evaluated.");
}

Set make_set(Members members) {
    return std::make_unique<const PolicySet>(std::move(members));
}

/// Appends the documents of an input list under the ids "NAME.1", "NAME.2" ….
Result<void> add_inputs(const Input& input, std::string_view list, PolicyType type, Members& members) {
    for (const Input& text : input.list(list)) {
        auto document = read_document(text.text(), type);
        if (!document) return std::unexpected(document.error());
        std::string id = std::string(list) + "." + std::to_string(members.size() + 1);
        members.push_back({engine::compile(std::move(*document), type), {std::move(id), {}, {}}});
    }
    return {};
}

Result<void> add_stored(const std::string& text, PolicyType type, engine::PolicySource source,
                        Members& members) {
    auto document = policy::parse(text, {.characters_max = stored_characters_max, .type = type});
    if (!document) return not_evaluated("The policy " + source.name);
    members.push_back({engine::compile(std::move(*document), type), std::move(source)});
    return {};
}

/// "role_ops_ReadOrders": how the simulator calls inline policies.
std::string inline_id(const directory::PrincipalRecord& source,
                      const directory::InlinePolicyInForce& policy) {
    if (!policy.attached_to.empty()) return "group_" + policy.attached_to + "_" + policy.name;
    std::string_view kind = "user";
    if (source.kind == store::EntityKind::group) kind = "group";
    if (source.kind == store::EntityKind::role) kind = "role";
    return std::string(kind) + "_" + source.name + "_" + policy.name;
}

Result<void> add_source(const directory::AccountView& account, const directory::PrincipalRecord& source,
                        Members& members) {
    for (const auto& policy : source.inline_policies) {
        auto added = add_stored(policy.document, PolicyType::identity,
                                {inline_id(source, policy), {}, policy.attached_to}, members);
        if (!added) return added;
    }
    for (const auto& policy : source.managed_policies) {
        const auto text = document_of(account, policy);
        if (!text) return std::unexpected(text.error());
        auto added =
            add_stored(*text, PolicyType::identity, {policy.name, policy.arn, policy.attached_to}, members);
        if (!added) return added;
    }
    return {};
}

Result<void> set_boundary(const Input& input, Policies& policies) {
    constexpr std::string_view list = "PermissionsBoundaryPolicyInputList";
    if (input.list(list).empty()) return {};
    if (input.list(list).size() > 1) {
        return fail("InvalidInput", 400, "Only one permissions boundary policy can be simulated.");
    }
    Members members;
    if (auto added = add_inputs(input, list, PolicyType::boundary, members); !added) return added;
    policies.boundary = make_set(std::move(members));
    return {};
}

Result<void> set_resource(const Input& input, Policies& policies) {
    const auto text = input.maybe_text("ResourcePolicy");
    if (!text) return {};
    auto document = read_document(*text, PolicyType::resource);
    if (!document) return std::unexpected(document.error());
    Members members;
    members.push_back(
        {engine::compile(std::move(*document), PolicyType::resource), {"ResourcePolicy", {}, {}}});
    policies.resource = make_set(std::move(members));
    return {};
}

Result<void> set_levels(const Input& input, Policies& policies) {
    for (const Input& level : input.list("OrderedOrganizationPolicyInputList")) {
        Members members;
        auto added = add_inputs(level, "ServiceControlPolicyInputList", PolicyType::scp, members);
        if (!added) return added;
        policies.scp.push_back(make_set(std::move(members)));
    }
    return {};
}

/// Adds what the input gives; ids of its documents count from 1, whatever `identity` holds already.
Result<Policies> finish(const Input& input, Members identity, Policies policies) {
    Members given;
    auto added = add_inputs(input, "PolicyInputList", PolicyType::identity, given);
    if (added) added = set_boundary(input, policies);
    if (added) added = set_resource(input, policies);
    if (added) added = set_levels(input, policies);
    if (!added) return std::unexpected(added.error());
    for (PolicySet::Member& member : given) identity.push_back(std::move(member));
    policies.identity = make_set(std::move(identity));
    return policies;
}

Error no_such_source(const directory::PolicyOwner& owner) {
    constexpr std::array<std::string_view, 3> kinds{"user", "group", "role"};
    return {"NoSuchEntity", 404,
            "The " + std::string(kinds.at(static_cast<std::size_t>(owner.kind))) + " with name " +
                std::string(owner.name) + " cannot be found."};
}

/// SCPs as a whole can be excluded, single ones not.
bool excludes_scps(const Input& input) {
    return std::ranges::any_of(input.list("PolicyExclusionList"), [](const Input& identifier) {
        return identifier.text("PolicyType") == "scp";
    });
}

Result<void> set_organization(const Call& call, Policies& policies) {
    const authz::OrganizationPtr& organization = call.caller.organization;
    if (excludes_scps(call.input)) return {};
    // Before anything else: of policies that could not be read it is not known whether they act.
    if (!organization->defect.empty()) return not_evaluated("A service control policy");
    if (!organization->service_control) return {};
    policies.organization = organization;
    return {};
}

}  // namespace

std::vector<const engine::PolicySet*> Policies::scp_levels() const {
    std::vector<const engine::PolicySet*> levels;
    levels.reserve(scp.size());
    for (const Set& level : scp) levels.push_back(level.get());
    if (organization == nullptr) return levels;
    const auto views = organization->service_control->views();
    return {views.begin(), views.end()};
}

Result<Policies> policies_of_input(const Input& input) {
    return finish(input, {}, {});
}

Result<Policies> policies_of_source(const directory::AccountView& account, directory::PrincipalRecord source,
                                    const Call& call) {
    const Input& input = call.input;
    if (auto left_out = exclude(input.list("PolicyExclusionList"), source); !left_out) {
        return std::unexpected(left_out.error());
    }
    Members identity;
    if (auto added = add_source(account, source, identity); !added) return std::unexpected(added.error());
    Policies policies;
    if (auto set = set_organization(call, policies); !set) return std::unexpected(set.error());
    if (source.boundary) {
        const auto text = document_of(account, *source.boundary);
        if (!text) return std::unexpected(text.error());
        Members members;
        auto added = add_stored(*text, PolicyType::boundary,
                                {source.boundary->name, source.boundary->arn, {}}, members);
        if (!added) return std::unexpected(added.error());
        policies.boundary = make_set(std::move(members));
    }
    return finish(input, std::move(identity), std::move(policies));
}

Result<directory::PrincipalRecord> read_source(const directory::AccountView& account, std::string_view arn) {
    const auto owner = directory::owner_of_arn(arn);
    if (!owner) return std::unexpected(owner.error());
    const auto target = directory::find_owner_target(account, arn);
    if (!target) return std::unexpected(target.error());
    if (!target->exists) return std::unexpected(no_such_source(*owner));
    constexpr std::array readers{directory::read_user, directory::read_group, directory::read_role};
    auto record = readers.at(static_cast<std::size_t>(owner->kind))(account.records, account.environment,
                                                                    account.account_id, target->id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return std::unexpected(no_such_source(*owner));
    return std::move(**record);
}

Result<std::string> document_of(const directory::AccountView& account,
                                const directory::ManagedPolicyInForce& policy) {
    auto text = directory::read_document(account.records, account.environment, account.account_id, policy);
    if (!text) return std::unexpected(text.error());
    if (!*text) return not_evaluated("The policy " + policy.arn);
    return std::move(**text);
}

Result<policy::DocumentPtr> read_document(std::string_view text, PolicyType type) {
    auto document = policy::parse(text, {.type = type});
    if (!document) return fail("InvalidInput", 400, std::move(document.error().message));
    const auto defects = policy::validate(**document, {.type = type});
    if (!defects.empty()) return fail("InvalidInput", 400, defects.front().message);
    return std::move(*document);
}

}  // namespace writ::api::iam::simulator
