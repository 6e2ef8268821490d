#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace writ::engine {

enum class PrincipalKind : std::uint8_t {
    root,            ///< Root user of `account`, also as an AssumeRoot session (`assumed_root`).
    user,            ///< IAM user with long-term keys or a GetSessionToken session.
    role_session,    ///< Session of an assumed role.
    federated_user,  ///< GetFederationToken session.
    service,         ///< An AWS service calling as itself.
    federated,       ///< SAML or OIDC caller of AssumeRoleWith…, known by its provider only (spec E5).
    anonymous,
};

/// Who asks. A value; build it once per credential and share it between requests.
struct Principal {
    PrincipalKind kind = PrincipalKind::anonymous;
    std::string partition = "aws";
    std::string account;  ///< 12 digits; empty for services and anonymous callers.
    /// As GetCallerIdentity prints it: user ARN, assumed-role session ARN, federated-user ARN, root ARN;
    /// provider ARN for `federated`; empty for `service` and `anonymous`.
    std::string arn;
    /// role_session: the role with its path. The session matches entries for the role by it (spec P5).
    std::string role_arn;
    /// federated_user: the user who called GetFederationToken.
    std::string issuer_arn;
    /// Unique id without session name: AIDA…, AROA…; root: the account; empty when unknown.
    std::string id;
    /// issuer_id of a federated user (AIDA…), for policies that store ids (spec P3).
    std::string issuer_id;
    std::string canonical_user_id;           ///< 64 hexadecimal digits; empty when unknown.
    std::vector<std::string> service_names;  ///< service: all its names, for example logs.amazonaws.com.
    bool session_name_known = true;  ///< false: "a session of that role", matches no entry for one session.
    bool service_linked = false;  ///< Session of a service-linked role: SCPs and RCPs do not apply (spec E9).
    bool management_account = false;  ///< `account` manages the organization: SCPs do not apply (spec 5.2).
    bool assumed_root = false;        ///< AssumeRoot session: only Deny of its task policy counts (spec ?34).
};

}  // namespace writ::engine
