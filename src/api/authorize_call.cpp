#include "api/authorize_call.h"

#include <utility>

#include "api/request_keys.h"
#include "base/arn.h"
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

Result<void> demand(const Operation& operation, std::string_view action, const Call& call,
                    const Target& target, const engine::Context& context, RequestRecord& record) {
    authz::Demand wanted{.action = action,
                         .resource = target.arn,
                         .resource_account = {},
                         .trust = nullptr,
                         .shown = std::nullopt};
    if (!target.shown.empty()) wanted.shown = target.shown;
    if (target.role != nullptr && target.role->trust) wanted.trust = &*target.role->trust;

    authz::Ruling ruling = call.at.authorizer.authorize(call.caller, wanted, context);
    record.decision = engine::name(ruling.decision.verdict);
    if (ruling.allowed()) return {};
    record.decided_by = engine::name(ruling.decision.decided_by);
    record.defect = std::move(ruling.defect);
    if (record.defect.empty() && target.role != nullptr) record.defect = target.role->defect;
    return fail("AccessDenied", 403,
                operation.denied_without_reason ? denial_without_reason(call.caller, action, target.arn)
                                                : std::move(ruling.message));
}

}  // namespace

Result<void> authorize_call(const Operation& operation, const Call& call, const Target& target,
                            RequestRecord& record) {
    std::vector<FurtherDemand> further;
    if (operation.further != nullptr) further = operation.further(call, target);
    const engine::Context context = context_of(operation, call, target, further);
    auto allowed = demand(operation, operation.action, call, target, context, record);
    for (const FurtherDemand& next : further) {
        if (!allowed) break;
        allowed = demand(operation, next.action, call, next.target, context, record);
    }
    return allowed;
}

std::string denial_without_reason(const authz::Caller& caller, std::string_view action,
                                  std::string_view resource) {
    std::string message = "User: " + caller.principal->arn + " is not authorized to perform: ";
    message.append(action);
    if (!resource.empty()) message.append(" on resource: ").append(resource);
    return message;
}

}  // namespace writ::api
