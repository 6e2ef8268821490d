#include "api/sts/credentials.h"

#include <algorithm>

namespace writ::api::sts {
namespace {

constexpr std::size_t token_bytes_max = 4096;

std::unexpected<Error> too_large(std::size_t bytes) {  // [I] for the text; AWS says that it tells both sizes.
    return fail("PackedPolicyTooLarge", 400,
                "The session token size of " + std::to_string(bytes) +
                    " bytes exceeds the maximum allowed size of " + std::to_string(token_bytes_max) +
                    " bytes, please use smaller policies or fewer tags.");
}

bool answers_with(const Call& call, std::string_view member) {
    const auto& members = call.model.output->members;
    return std::ranges::find(members, member, &reference::Member::name) != members.end();
}

}  // namespace

crypto::SessionClaims begin_session(crypto::SessionKind kind, const std::string& account, const Call& call,
                                    std::chrono::seconds duration) {
    crypto::SessionClaims claims;
    claims.kind = kind;
    claims.partition = call.at.config.partition;
    claims.account = account;
    claims.issued = std::chrono::floor<std::chrono::seconds>(call.now);
    claims.expires = claims.issued + duration;
    return claims;
}

Result<IssuedSession> issue_session(const Call& call, const crypto::SessionClaims& claims) {
    const auto bytes_min =
        static_cast<std::size_t>(call.input.integer("MinimumSessionTokenSize").value_or(0));
    const crypto::TemporaryCredentials issued =
        call.at.tokens.issue(claims, call.at.environment.random, bytes_min);
    const std::size_t bytes = issued.session_token.size();
    if (bytes > token_bytes_max) return too_large(bytes);
    IssuedSession session{.credentials = {},
                          .token_bytes = bytes,
                          .carries_policies = !claims.policy_documents.empty() ||
                                              !claims.policy_arns.empty() || !claims.tags.empty()};
    session.credentials.set("AccessKeyId", issued.access_key_id)
        .set("SecretAccessKey", issued.secret_access_key.reveal())
        .set("SessionToken", issued.session_token)
        .set("Expiration", claims.expires);
    return session;
}

void set_token_size(Output& output, const Call& call, const IssuedSession& session) {
    const auto per_cent =
        static_cast<std::int64_t>((100 * session.token_bytes + token_bytes_max - 1) / token_bytes_max);
    if (session.carries_policies && answers_with(call, "PackedPolicySize")) {
        output.set("PackedPolicySize", per_cent);
    }
    output.set("SessionTokenUtilization", per_cent);
    output.set("SessionTokenSize", static_cast<std::int64_t>(session.token_bytes));
}

}  // namespace writ::api::sts
