#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/internal/arena.h"
#include "engine/principal.h"
#include "policy/document.h"

namespace writ::engine {

/// How much a resource-side Allow grants by itself in the same account (spec 5.3): the more, the fewer of the
/// caller's own policies have to allow as well. In ascending order of generosity.
enum class GrantClass : std::uint8_t {
    none,
    delegated,  ///< D7: identity, boundary and session policies must allow.
    limited,    ///< D5, D6: boundary and session policies must.
    direct,     ///< D1 to D4, D7r, D8: none must.
};

/// Through which member of its chain (spec P11) an entry names the caller.
enum class NamedAs : std::uint8_t {
    nobody,
    everyone,
    itself,
    session,
    role,
    issuer,
    account,
    service,
    provider
};

/// One entry of Principal or NotPrincipal (spec 2.4).
struct PrincipalPattern {
    enum class Kind : std::uint8_t {
        everyone,      ///< "*"
        aws_everyone,  ///< {"AWS": "*"}
        account,       ///< Account id or root ARN: `text` is the id, `partition` empty if not given.
        arn,           ///< User, role, session, federated user.
        unique_id,     ///< AIDA…, AROA…
        service,
        federated,
        canonical_user,
    };
    Kind kind = Kind::unique_id;
    std::string_view text;
    std::string_view partition;
};

/// Principal or NotPrincipal of a statement.
struct PrincipalElement {
    bool negated = false;
    bool in_trust_policy = false;
    policy::Effect effect = policy::Effect::deny;
    std::span<const PrincipalPattern> patterns;
};

[[nodiscard]] PrincipalElement compile_principals(const policy::PrincipalElement& element,
                                                  policy::Effect effect, policy::PolicyType type,
                                                  Arena& arena);

/// GrantClass::none when the statement does not concern the caller (spec P1 to P14). Of several entries that
/// name the caller the most generous counts. `has_boundary`: see P12.
[[nodiscard]] GrantClass match_principal(const PrincipalElement& element, const Principal& caller,
                                         bool has_boundary) noexcept;

}  // namespace writ::engine
