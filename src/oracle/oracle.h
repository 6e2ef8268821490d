#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

/// The decision once more, written to be held beside the specification and not to be fast. It shares nothing
/// with the engine but the parsed Document; tests and fuzzers compare the two. Never link it into a product.
///
/// Where the specification leaves a choice, the oracle reads it as follows:
///  - Principal of policies that must not have one (1.3) is not looked at.
///  - A statement without Action never applies, nor one without Resource, but in trust and resource policies.
///  - Sets that a kind of caller cannot have (E1, E5, E7) are not in force even if they are given.
///  - NotPrincipal with Allow, which 1.3 refuses, grants like "*" to those it does not name (P14).
///  - What 5.3 calls the issuing user is no link of the caller chain of P11.
///  - A role without a trust policy (E3) is judged by its resource policy, if it has one.
namespace writ::oracle {

/// The callers of spec 2.4 and 4.1.
enum class Kind : std::uint8_t { root, user, role_session, federated_user, service, federated, anonymous };

struct Caller {
    Kind kind = Kind::anonymous;
    std::string partition = "aws";
    std::string account = {};                      ///< Empty for services and anonymous callers.
    std::optional<std::string> arn = {};           ///< User, session or root ARN; provider of `federated`.
    std::optional<std::string> role_arn = {};      ///< role_session.
    std::optional<std::string> issuer_arn = {};    ///< federated_user: who called GetFederationToken.
    std::optional<std::string> id = {};            ///< AIDA…, AROA….
    std::optional<std::string> issuer_id = {};     ///< federated_user.
    std::optional<std::string> canonical_id = {};  ///< Of the account (S3).
    std::vector<std::string> service_names = {};   ///< service.
    bool session_name_known = true;
    bool service_linked = false;
    bool management_account = false;
    bool assumed_root = false;
};

/// What the request context holds for one key.
struct Values {
    bool multivalued = false;
    std::vector<std::string> texts = {};
};

/// One (action, resource) pair. Facts about services are the asker's to look up: the oracle has no tables.
struct Question {
    Caller caller = {};
    std::string action = {};
    std::string resource = {};                         ///< ARN or "*".
    std::optional<std::string> resource_account = {};  ///< Nothing: from the ARN, else the caller's.
    std::map<std::string, Values> context = {};        ///< By the spelling of the request.
    bool via_endpoint = false;
    bool resource_in_management_account = false;
    bool service_supports_rcp = false;      ///< Spec 5.2, list of supported services.
    bool action_has_resource_type = false;  ///< Spec ?33.
};

using Documents = std::vector<policy::DocumentPtr>;

/// Absent: no such policy. Present and empty: it is there and allows nothing.
struct PolicySets {
    std::optional<Documents> identity = {}, boundary = {}, session = {}, resource = {}, trust = {},
                             endpoint = {};
    std::optional<std::vector<Documents>> scp = {}, rcp = {};  ///< A list per level, root first.
    std::vector<Documents> scope_down = {};                    ///< A list per call of GetScopedCredentials.
};

enum class Verdict : std::uint8_t { allowed, explicit_deny, implicit_deny };

struct Answer {
    Verdict verdict = Verdict::implicit_deny;
    std::string_view decided_by = "implicit";  ///< A word of policy cases.
};

/// Spec 5.2. Never fails: what cannot be understood does not apply.
[[nodiscard]] Answer answer(const PolicySets& policies, const Question& question);

/// Spec 3: do all conditions of a statement hold? For the vectors of 3.7.
[[nodiscard]] bool conditions_hold(const policy::Statement& statement, policy::Version version,
                                   policy::PolicyType type, const Question& question);

}  // namespace writ::oracle
