#include "api/sts/mfa.h"

#include <string>

#include "directory/credentials/mfa_devices.h"

namespace writ::api::sts {
namespace {

using directory::CodeUse;

/// The id that devices of the caller carry; empty for those who have none: sessions of roles.
std::string_view owner_id(const authz::Caller& caller) {
    if (caller.is_root()) return caller.principal->account;
    return caller.is(engine::PrincipalKind::user) ? std::string_view(caller.subject->id) : std::string_view{};
}

Result<CodeUse> use_code(const Call& call) {
    const std::string_view owner = owner_id(call.caller);
    if (owner.empty()) return CodeUse::not_usable;
    auto transaction = call.at.store.write();
    if (!transaction) return std::unexpected(directory::to_error(transaction.error()));
    directory::AccountEdit account(**transaction, call.account(), call.at.environment);
    auto use = directory::use_one_time_code(account, owner, call.input.text("SerialNumber"),
                                            call.input.text("TokenCode"));
    if (!use) return use;
    if (auto committed = (*transaction)->commit(); !committed) {
        return std::unexpected(directory::to_error(committed.error()));
    }
    return use;
}

std::unexpected<Error> refusal(CodeUse use) {
    if (use == CodeUse::wrong_code) {
        return fail("AccessDenied", 403,
                    "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
    }
    return fail(
        "AccessDenied", 403,
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
        "number is valid and associated with this user.");
}

}  // namespace

Result<void> check_mfa(const Input& input) {
    if (input.has("SerialNumber") == input.has("TokenCode")) return {};
    return fail("AccessDenied", 403,
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass "
                "code.");
}

Result<std::optional<Instant>> prove_mfa(const Call& call) {
    if (!call.input.has("TokenCode")) return std::nullopt;
    const auto use = use_code(call);
    if (!use) return std::unexpected(use.error());
    if (*use != CodeUse::accepted) return refusal(*use);
    return std::chrono::floor<std::chrono::seconds>(call.now);
}

}  // namespace writ::api::sts
