#include "api/session_limits.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "api/authorize_call.h"

namespace writ::api {
namespace {

using crypto::SessionKind;
using Names = std::span<const std::string_view>;

enum class Iam : std::uint8_t { yes, with_mfa, no };

constexpr std::array<std::string_view, 2> not_for_sessions{"GetFederationToken", "GetSessionToken"};
constexpr std::array<std::string_view, 2> federated_sessions{"GetCallerIdentity", "GetScopedCredentials"};
constexpr std::array<std::string_view, 3> user_sessions{"AssumeRole", "GetCallerIdentity",
                                                        "GetScopedCredentials"};

struct Limit {
    SessionKind kind;
    Iam iam;
    Names sts_only;  ///< The only operations of STS; empty: all but those not for sessions.
};

constexpr std::array<Limit, 5> limits{{
    {SessionKind::role, Iam::yes, {}},
    {SessionKind::federated_user, Iam::no, federated_sessions},
    {SessionKind::user, Iam::with_mfa, user_sessions},
    {SessionKind::root, Iam::with_mfa, user_sessions},
    {SessionKind::assumed_root, Iam::yes, {}},  // Its task policy says the rest.
}};

bool contains(Names names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Result<void> check_iam(const Limit& limit, const crypto::SessionClaims& session) {
    const bool may = limit.iam == Iam::yes || (limit.iam == Iam::with_mfa && session.mfa_time.has_value());
    if (may) return {};
    return fail("InvalidClientTokenId", 403, "The security token included in the request is invalid");  // ?24
}

Result<void> check_sts(const Limit& limit, const authz::Caller& caller, std::string_view operation) {
    const std::string name(operation);
    if (contains(not_for_sessions, operation)) {
        return fail("AccessDenied", 403, "Cannot call " + name + " with session credentials");
    }
    if (limit.sts_only.empty() || contains(limit.sts_only, operation)) return {};
    return fail("AccessDenied", 403, denial_without_reason(caller, "sts:" + name, {}));
}

}  // namespace

Result<void> check_session_may_call(const authz::Caller& caller, std::string_view service,
                                    std::string_view operation) {
    if (caller.session == nullptr) return {};
    const bool is_delegated = !caller.session->delegate_account.empty();
    if (is_delegated && !contains(not_for_sessions, operation)) return {};  // Its policy says the rest [I].
    const auto limit = std::ranges::find(limits, caller.session->kind, &Limit::kind);
    if (limit == limits.end()) return {};
    if (service == "iam") return check_iam(*limit, *caller.session);
    if (service == "sts") return check_sts(*limit, caller, operation);
    return {};
}

}  // namespace writ::api
