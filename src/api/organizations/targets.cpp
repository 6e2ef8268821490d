#include "api/organizations/targets.h"

#include <initializer_list>
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

/// The target as the account of the call may reach it.
Target open_to(Audience audience, const Call& call, Target target) {
    const authz::Organization& organization = *call.caller.organization;
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

/// The organization of the account now, which must be the one that the caller was recognised with.
Result<org::Home> unchanged_home(const directory::AccountView& account, const Call& call) {
    auto home = org::find_home(account);
    if (!home) return home;
    const authz::Organization& known = *call.caller.organization;
    const bool unchanged = *home ? (*home)->organization_id == known.id &&
                                       (*home)->management_account_id == known.management_account
                                 : known.id.empty();
    if (unchanged) return home;
    return fail("ConcurrentModification", 409,
                "The target of the operation is currently being modified by a different request. Try again "
                "later.");
}

Result<Target> target_at(Audience audience, const directory::AccountView& account, const org::Home& home,
                         const Call& call, std::string_view id) {
    auto facts = org::find_target(account, home, id);
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(audience, call, to_target(std::move(*facts)));
}

/// A target by its id, and others that the same action must be allowed on.
Result<Target> targets_named(Audience audience, const directory::AccountView& account, const Call& call,
                             std::string_view id, std::initializer_list<std::string_view> further = {}) {
    const auto home = unchanged_home(account, call);
    if (!home) return std::unexpected(home.error());
    auto target = target_at(audience, account, *home, call, id);
    if (!target) return target;
    for (const std::string_view other : further) {
        auto also = target_at(audience, account, *home, call, other);
        if (!also) return also;
        target->also.push_back(std::move(*also));
    }
    return target;
}

/// What is not there yet, "KIND/o-x/…" below the ARN of the organization.
Result<Target> target_to_be(Audience audience, const directory::AccountView& account, const Call& call,
                            std::string_view rest) {
    if (auto home = unchanged_home(account, call); !home) return std::unexpected(std::move(home.error()));
    return open_to(audience, call, {.arn = arn_below(call, rest)});
}

}  // namespace

Result<Target> organization_for(Audience audience, const directory::AccountView& account, const Call& call) {
    if (auto home = unchanged_home(account, call); !home) return std::unexpected(std::move(home.error()));
    return open_to(audience, call, {});
}

Result<Target> named_target(Audience audience, const directory::AccountView& account, const Call& call,
                            std::string_view id) {
    return targets_named(audience, account, call, id);
}

Result<Target> policy_and_target(const directory::AccountView& account, const Call& call) {
    return targets_named(Audience::delegates, account, call, call.input.text("PolicyId"),
                         {call.input.text("TargetId")});
}

Result<Target> account_and_parents(const directory::AccountView& account, const Call& call) {
    return targets_named(Audience::management, account, call, call.input.text("AccountId"),
                         {call.input.text("SourceParentId"), call.input.text("DestinationParentId")});
}

Result<Target> policy_to_create(const directory::AccountView& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("Type"));
    std::string rest = "policy/" + call.caller.organization->id + "/";
    rest.append(type ? org::name_in_arn(*type) : "*").append("/*");
    return target_to_be(Audience::delegates, account, call, rest);
}

Result<Target> resource_policy(const directory::AccountView& account, const Call& call) {
    const auto home = unchanged_home(account, call);
    if (!home) return std::unexpected(home.error());
    auto facts = org::find_resource_policy_target(account, *home);
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(Audience::management, call, to_target(std::move(*facts)));
}

Result<Target> account_to_invite(const directory::AccountView& account, const Call& call) {
    const Input* target = call.input.find("Target");
    const bool by_id = target->text("Type") == "ACCOUNT";
    std::string rest = "account/" + call.caller.organization->id + "/";
    rest.append(by_id ? target->text("Id") : "*");
    return target_to_be(Audience::management, account, call, rest);
}

Result<Target> transfer(const directory::AccountView& account, const Call& call) {
    std::string rest = "transfer/" + call.caller.organization->id + "/*/*/";
    rest.append(call.input.text("Id"));
    return target_to_be(Audience::management, account, call, rest);
}

Result<Target> account_or_own(const directory::AccountView& account, const Call& call) {
    const auto id = call.input.maybe_text("TargetId");
    const bool own = !id || *id == call.account();
    return named_target(own ? Audience::members : Audience::readers, account, call,
                        id.value_or(call.account()));
}

Result<Target> handshake(const directory::AccountView& account, const Call& call) {
    if (auto home = unchanged_home(account, call); !home) return std::unexpected(std::move(home.error()));
    auto facts = org::find_handshake_target(account, call.input.text("HandshakeId"));
    if (!facts) return std::unexpected(std::move(facts.error()));
    return open_to(Audience::members, call, to_target(std::move(*facts)));
}

std::vector<FurtherDemand> leaving_on_the_way(const Call& call, const Target& handshake) {
    const bool joins = handshake.arn.find("/invite/") != std::string::npos;
    if (!joins || call.caller.organization->id.empty()) return {};
    return {{"organizations:LeaveOrganization", open_to(Audience::members, call, {})}};
}

std::vector<FurtherDemand> tags_on_creation(const Call& call, const Target& target) {
    if (call.input.list("Tags").empty()) return {};
    return {{"organizations:TagResource", target}};
}

std::vector<FurtherDemand> tags_on_new_unit(const Call& call, const Target& parent) {
    Target unit = parent;
    const std::string& organization_id = call.caller.organization->id;
    if (!organization_id.empty()) unit.arn = arn_below(call, "ou/" + organization_id + "/*");
    unit.tags.clear();
    return tags_on_creation(call, unit);
}

}  // namespace writ::api::organizations
