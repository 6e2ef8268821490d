#pragma once

#include "api/operation.h"

namespace writ::api::sts {

/// The session policies of a request: at most one document, and ARNs of managed policies.
struct SessionPolicies {
    std::vector<std::string> documents;
    std::vector<std::string> arns;
};

[[nodiscard]] SessionPolicies session_policies(const Input& input);

/// Sizes of document and ARNs (spec 7.1, S3), and that the document is a session policy (spec 1.3).
[[nodiscard]] Result<void> check_session_policies(const Input& input);

/// That every managed policy exists and is one of AWS or of the account of the new session (spec 7.1).
[[nodiscard]] Result<void> check_policy_arns(const Call& call, const SessionPolicies& policies,
                                             std::string_view account);

}  // namespace writ::api::sts
