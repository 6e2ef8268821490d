#include "api/authorize_call.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/request_keys.h"
#include "base/arn.h"
#include "base/text.h"
#include "engine/request_keys.h"

namespace writ::api {
namespace {

std::string owner_of(const Target& target, const Call& call) {
    const auto arn = parse_arn(target.arn);
    // What AWS itself owns counts as the caller's (engine/request.h).
    if (!arn || arn->account.empty() || arn->account == "aws") return call.account();
    return std::string(arn->account);
}

engine::Context context_of(const Operation& operation, const Call& call, const Target& target,
                           const std::vector<FurtherDemand>& further) {
    engine::Context context;
    if (operation.decided_without_policies) return context;
    authz::set_caller_keys(context, call.caller, call.now);
    set_connection_keys(context, call);
    std::vector<std::string_view> actions{operation.action};
    for (const FurtherDemand& demand : further) actions.push_back(demand.action);
    set_parameter_keys(context, actions, call, target);
    const auto arn = parse_arn(target.arn);
    std::vector<std::pair<std::string, std::string>> tags;
    for (const directory::Tag& tag : target.tags) tags.emplace_back(tag.key, tag.value);
    engine::set_resource_keys(context, arn ? arn->service : "", owner_of(target, call), tags);
    return context;
}

authz::Demand demand_of(std::string_view action, const Target& target) {
    authz::Demand demand{.action = action,
                         .resource = target.arn,
                         .resource_account = {},
                         .trust = nullptr,
                         .shown = std::nullopt};
    if (!target.shown.empty()) demand.shown = target.shown;
    if (target.role != nullptr && target.role->trust) demand.trust = &*target.role->trust;
    return demand;
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

/// The action that a denial of `operation` names (spec S12).
std::string_view denied_action(const Operation& operation, const Call& call, const Target& target,
                               const std::vector<FurtherDemand>& further, const engine::Context& context) {
    for (const FurtherDemand& demand : further) {
        if (demand.blamed_for_key.empty()) continue;
        const auto explanation =
            call.at.authorizer.explain(call.caller, demand_of(operation.action, target), context);
        if (explanation && fails_only_for(*explanation, demand.blamed_for_key)) return demand.action;
    }
    return operation.action;
}

/// Asks for one pair and notes the answer. Nothing: allowed; else the sentence of the denial.
std::optional<std::string> refusal(std::string_view action, const Call& call, const Target& target,
                                   const engine::Context& context, RequestRecord& record) {
    authz::Ruling ruling = call.at.authorizer.authorize(call.caller, demand_of(action, target), context);
    record.decision = engine::name(ruling.decision.verdict);
    if (ruling.allowed()) return std::nullopt;
    record.decided_by = engine::name(ruling.decision.decided_by);
    record.defect = std::move(ruling.defect);
    if (record.defect.empty() && target.role != nullptr) record.defect = target.role->defect;
    return std::move(ruling.message);
}

}  // namespace

Result<void> authorize_call(const Operation& operation, const Call& call, const Target& target,
                            RequestRecord& record) {
    std::vector<FurtherDemand> further;
    if (operation.further != nullptr) further = operation.further(call, target);
    const engine::Context context = context_of(operation, call, target, further);
    const auto deny = [&](std::string_view action, const Target& on, std::string message) {
        if (operation.denied_without_reason) message = denial_without_reason(call.caller, action, on.arn);
        return fail("AccessDenied", 403, std::move(message));
    };
    if (auto message = refusal(operation.action, call, target, context, record)) {
        return deny(denied_action(operation, call, target, further, context), target, std::move(*message));
    }
    for (const FurtherDemand& demand : further) {
        if (auto message = refusal(demand.action, call, demand.target, context, record)) {
            return deny(demand.action, demand.target, std::move(*message));
        }
    }
    return {};
}

std::string denial_without_reason(const authz::Caller& caller, std::string_view action,
                                  std::string_view resource) {
    std::string message = "User: " + caller.principal->arn + " is not authorized to perform: ";
    message.append(action);
    if (!resource.empty()) message.append(" on resource: ").append(resource);
    return message;
}

}  // namespace writ::api
