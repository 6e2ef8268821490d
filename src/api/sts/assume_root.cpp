#include <chrono>

#include "api/authorize_call.h"
#include "api/sts/credentials.h"
#include "api/sts/handlers.h"
#include "base/arn.h"
#include "directory/accounts/accounts.h"

namespace writ::api::sts {
namespace {

constexpr std::chrono::seconds default_duration{900};  // Spec 7.3.

/// The account whose root is meant: by its id or by the ARN of the root user. Empty: neither.
std::string target_account(const Call& call) {
    const std::string_view text = call.input.text("TargetPrincipal");
    if (is_account_id(text)) return std::string(text);
    const auto arn = parse_arn(text);
    if (!arn || text != directory::root_arn(call.at.config.partition, arn->account)) return {};
    return is_account_id(arn->account) ? std::string(arn->account) : std::string();
}

std::string target_arn(const Call& call) {
    return directory::root_arn(call.at.config.partition, target_account(call));
}

std::string_view task_policy(const Call& call) {
    const Input* descriptor = call.input.find("TaskPolicyArn");
    return descriptor == nullptr ? std::string_view{} : descriptor->text("arn");
}

crypto::SessionClaims claims_of(const Call& call) {
    const auto asked = call.input.integer("DurationSeconds");
    const std::chrono::seconds duration = asked ? std::chrono::seconds(*asked) : default_duration;
    auto claims = begin_session(crypto::SessionKind::assumed_root, target_account(call), call, duration);
    claims.policy_arns.emplace_back(task_policy(call));
    if (call.caller.session != nullptr) claims.source_identity = call.caller.session->source_identity;
    return claims;
}

}  // namespace

Result<void> check_assume_root(const Call& call) {
    if (target_account(call).empty()) {
        return fail("ValidationError", 400, std::string(call.input.text("TargetPrincipal")) + " is invalid");
    }
    if (task_policy(call).empty()) {
        return fail("ValidationError", 400,
                    "1 validation error detected: Value null at 'taskPolicyArn.arn' failed to satisfy "
                    "constraint: Member must not be null");
    }
    if (!call.caller.is_root()) return {};
    return fail("AccessDenied", 403, denial_without_reason(call.caller, "sts:AssumeRoot", target_arn(call)));
}

Result<Target> root_to_assume(const Call& call) {
    Target target{.arn = target_arn(call)};
    const auto& access = call.caller.organization->root_access;
    if (access.has_value()) target.policy = &access.value();
    return target;
}

Result<Output> assume_root(const Call& call, const Target&) {
    const crypto::SessionClaims claims = claims_of(call);
    auto session = issue_session(call, claims);
    if (!session) return std::unexpected(std::move(session.error()));
    Output output;
    output.set("Credentials", std::move(session->credentials));
    if (!claims.source_identity.empty()) output.set("SourceIdentity", claims.source_identity);
    set_token_size(output, call, *session);
    return output;
}

}  // namespace writ::api::sts
