#include "api/authorize_call.h"

#include <algorithm>
#include <expected>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "api/denied_question.h"
#include "api/request_keys.h"
#include "base/arn.h"
#include "base/text.h"
#include "engine/request_keys.h"

namespace writ::api {
namespace {

std::string owner_of(const Target& target, const Call& call) {
    if (!target.owner.empty()) return target.owner;
    const auto arn = parse_arn(target.arn);
    // What AWS itself owns counts as the caller's (engine/request.h).
    if (!arn || arn->account.empty() || arn->account == "aws") return call.account();
    return std::string(arn->account);
}

/// The account that owns the target, as its organization sees it. Null where it cannot be read, which denies.
authz::OrganizationPtr organization_of_owner(const Target& target, const Call& call) {
    const std::string owner = owner_of(target, call);
    if (owner == call.account()) return call.caller.organization;
    return call.at.subjects.organization(owner).value_or(authz::OrganizationPtr{});
}

authz::Demand demand_of(std::string_view action, const Target& target, const authz::Organization* owner) {
    authz::Demand demand{.action = action,
                         .resource = target.arn,
                         .resource_account = target.owner,
                         .owner = owner,
                         .trust = nullptr,
                         .resource_policy = target.policy,
                         .shown = std::nullopt};
    if (!target.shown.empty()) demand.shown = target.shown;
    if (target.role != nullptr) {
        const auto& trust = target.role->trust;
        if (trust.has_value()) demand.trust = &trust.value();
    }
    return demand;
}

bool is_role_of_aws(std::string_view text) {
    const auto arn = parse_arn(text);
    return arn && arn->service == "iam" &&
           (arn->resource.starts_with("role/aws-service-role/") ||
            arn->resource.starts_with("role/aws-reserved/"));
}

/// Whether some statement would have granted the demand but for its condition on `key`.
bool fails_only_for(const engine::Explanation& explanation, std::string_view key) {
    if (explanation.decision.verdict == engine::Verdict::explicit_deny) return false;
    const auto stands_in_the_way = [&](const engine::ConditionTrace& condition) {
        return !condition.held && !equals_ignoring_case(condition.key, key);
    };
    return std::ranges::any_of(explanation.statements, [&](const engine::StatementTrace& statement) {
        return statement.effect == policy::Effect::allow && statement.principal_matched &&
               statement.action_matched && statement.resource_matched && !statement.applied &&
               std::ranges::none_of(statement.conditions, stands_in_the_way);
    });
}

/// The pairs that one call demands, and what deciding them needs.
class Demands {
  public:
    Demands(const Operation& operation, const Call& call, const Target& target)
        : operation_(operation), call_(call), own_{operation.action, target} {
        for (const Target& also : target.also) further_.push_back({operation.action, also});
        if (operation.further != nullptr)
            std::ranges::move(operation.further(call, target), std::back_inserter(further_));
        if (operation.decided_without_policies) return;
        authz::set_caller_keys(common_, call.caller, call.now);
        set_connection_keys(common_, call);
    }

    Result<void> ask(RequestRecord& record) const {
        if (auto allowed = ask(own_, record); !allowed) return allowed;
        for (const FurtherDemand& pair : further_) {
            if (auto allowed = ask(pair, record); !allowed) return allowed;
        }
        return {};
    }

  private:
    /// One pair as the authorizer is asked for it. The demand looks into the pair and the owner.
    struct Question {
        authz::OrganizationPtr owner;
        authz::Demand demand;
        engine::Context context;
    };

    [[nodiscard]] Question question_about(const FurtherDemand& pair) const {
        const authz::OrganizationPtr owner = organization_of_owner(pair.target, call_);
        return {owner, demand_of(pair.action, pair.target, owner.get()),
                context_for(pair.target, owner.get())};
    }

    [[nodiscard]] engine::Context context_for(const Target& target, const authz::Organization* owner) const {
        engine::Context context = common_;
        if (operation_.decided_without_policies) return context;
        std::vector<std::string_view> actions{own_.action};
        for (const FurtherDemand& demand : further_) actions.push_back(demand.action);
        // What follows from the operation's own target holds for the further ones too.
        if (&target != &own_.target) set_parameter_keys(context, actions, call_, own_.target);
        set_parameter_keys(context, actions, call_, target);
        if (target.mfa_time) {  // S14.
            context.set("aws:MultiFactorAuthPresent", "true");
            context.set("aws:MultiFactorAuthAge", "0");
        }
        const auto arn = parse_arn(target.arn);
        std::vector<std::pair<std::string, std::string>> tags;
        tags.reserve(target.tags.size());
        for (const directory::Tag& tag : target.tags) tags.emplace_back(tag.key, tag.value);
        engine::set_resource_keys(context, arn ? arn->service : "", owner_of(target, call_), tags);
        if (owner != nullptr) authz::set_resource_organization_keys(context, *owner);
        return context;
    }

    /// Asks for one pair and notes the answer.
    Result<void> ask(const FurtherDemand& pair, RequestRecord& record) const {
        const Question question = question_about(pair);
        const authz::Ruling ruling =
            call_.at.authorizer.authorize(call_.caller, question.demand, question.context);
        record.decision = engine::name(ruling.decision.verdict);
        if (ruling.allowed()) return {};
        record.decided_by = engine::name(ruling.decision.decided_by);
        record.defect = ruling.defect;
        if (record.defect.empty() && pair.target.role != nullptr) record.defect = pair.target.role->defect;
        return deny(pair, question, ruling);
    }

    /// The action that a denial of the pair names: of the own pair, see FurtherDemand (spec S12).
    [[nodiscard]] std::string_view denied_action(const FurtherDemand& pair, const Question& question) const {
        if (&pair != &own_) return pair.action;
        const auto blames = [](const FurtherDemand& demand) { return !demand.blamed_for_key.empty(); };
        if (std::ranges::none_of(further_, blames)) return pair.action;
        const auto explanation = call_.at.authorizer.explain(call_.caller, question.demand, question.context);
        const auto blamed = std::ranges::find_if(further_, [&](const FurtherDemand& demand) {
            return blames(demand) && explanation && fails_only_for(*explanation, demand.blamed_for_key);
        });
        return blamed == further_.end() ? pair.action : blamed->action;
    }

    /// What the sentence of a denial ends in that can be looked up; empty: nothing.
    [[nodiscard]] std::string where_explained(const FurtherDemand& pair, const Question& question) const {
        if (!call_.at.config.denials_kept) return {};
        const auto policies = call_.at.authorizer.policies_in_force(call_.caller, question.demand);
        if (!policies) return {};
        authz::Demand owned = question.demand;
        const std::string owner = owner_of(pair.target, call_);
        owned.resource_account = owner;
        const std::string id = call_.at.denials.note(
            call_.account(), question_of(call_.caller, owned, question.context, *policies, call_.now));
        if (id.empty()) return {};
        return ". For complete details run writ why with the following authorization id: " + id;
    }

    [[nodiscard]] std::unexpected<Error> deny(const FurtherDemand& pair, const Question& question,
                                              const authz::Ruling& ruling) const {
        const engine::Decision& decision = ruling.decision;
        const bool is_there = std::holds_alternative<TargetInStore>(operation_.target);
        if (decision.decided_by == engine::Layer::always && is_there && is_role_of_aws(pair.target.arn)) {
            return fail("UnmodifiableEntity", 400,  // Spec 8.3.
                        "Cannot perform the operation on the protected role '" +
                            pair.target.arn.substr(pair.target.arn.rfind('/') + 1) +
                            "' - this role is only modifiable by AWS");
        }
        const bool is_closed = decision.verdict == engine::Verdict::implicit_deny &&
                               decision.decided_by == engine::Layer::resource;
        if (is_closed && !pair.target.closed_text.empty()) {
            return fail("AccessDenied", 403, std::string(pair.target.closed_text));
        }
        std::string sentence =
            operation_.denied_without_reason
                ? denial_without_reason(call_.caller, denied_action(pair, question), pair.target.arn)
                : ruling.message;
        return fail("AccessDenied", 403, sentence.append(where_explained(pair, question)));
    }

    const Operation& operation_;
    const Call& call_;
    FurtherDemand own_;
    std::vector<FurtherDemand> further_;
    engine::Context common_;  ///< Keys that are the same for every pair.
};

}  // namespace

Result<void> authorize_call(const Operation& operation, const Call& call, const Target& target,
                            RequestRecord& record) {
    return Demands(operation, call, target).ask(record);
}

std::string denial_without_reason(const authz::Caller& caller, std::string_view action,
                                  std::string_view resource) {
    std::string message = "User: " + caller.principal->arn + " is not authorized to perform: ";
    message.append(action);
    if (!resource.empty()) message.append(" on resource: ").append(resource);
    return message;
}

}  // namespace writ::api
