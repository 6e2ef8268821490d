#include "api/organizations/targets.h"

#include <utility>

#include "directory/organizations/arns.h"
#include "directory/organizations/targets.h"

namespace writ::api::organizations {
namespace {

namespace org = directory::organizations;

constexpr std::string_view closed = "You don't have permissions to access this resource.";

Target to_target(org::TargetFacts facts) {
    return {.arn = std::move(facts.arn), .tags = std::move(facts.tags)};
}

/// "arn:aws:organizations::M:KIND/o-x/…"; "*" where there is no organization.
std::string arn_below(const Call& call, std::string_view rest) {
    const authz::Organization& organization = *call.caller.organization;
    if (organization.id.empty()) return "*";
    std::string arn = "arn:" + call.at.config.partition;
    return arn.append(":organizations::").append(organization.management_account).append(":").append(rest);
}

/// Adds a resource that the same action must be allowed on.
Result<void> add(Target& target, Audience audience, const directory::AccountView& account, const Call& call,
                 std::string_view id) {
    auto further = named_target(audience, account, call, id);
    if (!further) return std::unexpected(std::move(further.error()));
    target.also.push_back(std::move(*further));
    return {};
}

}  // namespace

Result<Target> open_to(Audience audience, const directory::AccountView& account, const Call& call,
                       Target target) {
    const authz::Organization& organization = *call.caller.organization;
    const auto unchanged = org::is_member_of(account, organization.id, organization.management_account);
    if (!unchanged) return std::unexpected(unchanged.error());
    if (!*unchanged) {
        return fail(
            "ConcurrentModification", 409,
            "The target of the operation is currently being modified by a different request. Try again "
            "later.");
    }
    if (organization.id.empty() || organization.manages()) {
        target.owner = call.account();
        return target;
    }
    const bool by_membership = audience == Audience::members ||
                               (audience == Audience::readers && organization.delegated_administrator);
    if (by_membership) {  // What the resource-based policy denies beats membership (spec O7).
        target.owner = call.account();
        const auto& denials = organization.resource_denials;
        if (denials.has_value()) target.policy = &denials.value();
        return target;
    }
    target.owner = organization.management_account;
    target.closed_text = closed;
    const auto& policy = organization.resource_policy;
    if (audience != Audience::management && policy.has_value()) target.policy = &policy.value();
    return target;
}

Result<Target> named_target(Audience audience, const directory::AccountView& account, const Call& call,
                            std::string_view id) {
    auto facts = org::find_target(account, id);
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(audience, account, call, to_target(std::move(*facts)));
}

Result<Target> policy_and_target(const directory::AccountView& account, const Call& call) {
    auto target = named_target(Audience::delegates, account, call, call.input.text("PolicyId"));
    if (!target) return target;
    auto added = add(*target, Audience::delegates, account, call, call.input.text("TargetId"));
    if (!added) return std::unexpected(std::move(added.error()));
    return target;
}

Result<Target> account_and_parents(const directory::AccountView& account, const Call& call) {
    auto target = named_target(Audience::management, account, call, call.input.text("AccountId"));
    if (!target) return target;
    for (const std::string_view parent : {"SourceParentId", "DestinationParentId"}) {
        auto added = add(*target, Audience::management, account, call, call.input.text(parent));
        if (!added) return std::unexpected(std::move(added.error()));
    }
    return target;
}

Result<Target> policy_to_create(const directory::AccountView& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("Type"));
    std::string rest = "policy/" + call.caller.organization->id + "/";
    rest.append(type ? org::name_in_arn(*type) : "*").append("/*");
    return open_to(Audience::delegates, account, call, {.arn = arn_below(call, rest)});
}

Result<Target> resource_policy(const directory::AccountView& account, const Call& call) {
    auto facts = org::find_resource_policy_target(account);
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(Audience::management, account, call, to_target(std::move(*facts)));
}

Result<Target> account_to_invite(const directory::AccountView& account, const Call& call) {
    const Input* target = call.input.find("Target");
    const bool by_id = target->text("Type") == "ACCOUNT";
    std::string rest = "account/" + call.caller.organization->id + "/";
    rest.append(by_id ? target->text("Id") : "*");
    return open_to(Audience::management, account, call, {.arn = arn_below(call, rest)});
}

Result<Target> account_or_own(const directory::AccountView& account, const Call& call) {
    const auto id = call.input.maybe_text("TargetId");
    const bool own = !id || *id == call.account();
    return named_target(own ? Audience::members : Audience::readers, account, call,
                        id.value_or(call.account()));
}

Result<Target> handshake(const directory::AccountView& account, const Call& call) {
    auto facts = org::find_handshake_target(account, call.input.text("HandshakeId"));
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(Audience::members, account, call, to_target(std::move(*facts)));
}

std::vector<FurtherDemand> tags_on_creation(const Call& call, const Target& target) {
    if (call.input.list("Tags").empty()) return {};
    Target tagged = target;
    if (call.model.name == "CreateOrganizationalUnit" && !call.caller.organization->id.empty()) {
        tagged.arn = arn_below(call, "ou/" + call.caller.organization->id + "/*");
        tagged.tags.clear();
    }
    return {{"organizations:TagResource", std::move(tagged)}};
}

}  // namespace writ::api::organizations
