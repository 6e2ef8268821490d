#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "directory/directory.h"
#include "policy/document.h"

/// Policy documents on their way into the store. MalformedPolicyDocument 400 with the words of the first
/// defect as AWS reports it (spec 1.5); LimitExceeded 409 when one document alone is too large (spec 1.4).
/// Grammar comes before size [I].
namespace writ::directory {

struct CheckedDocument {
    policy::DocumentPtr document;
    std::int64_t counted_size = 0;  ///< Characters that count against quotas.
};

/// A version of a managed policy: must say 2012-10-17 (spec V2) and keep PolicySize.
[[nodiscard]] Result<CheckedDocument> check_managed_document(const Environment& environment,
                                                             std::string_view text);
/// An inline policy. Its quota is a sum over all of an entity, which only the caller knows.
[[nodiscard]] Result<CheckedDocument> check_inline_document(const Environment& environment,
                                                            std::string_view text);
/// A trust policy: keeps ACLSizePerRole. Whether its principals exist is for trust.h.
[[nodiscard]] Result<CheckedDocument> check_trust_document(const Environment& environment,
                                                           std::string_view text);
/// The policy of a resource of any service. Its size is for the service to judge.
[[nodiscard]] Result<CheckedDocument> check_resource_document(const Environment& environment,
                                                              std::string_view text);

}  // namespace writ::directory
