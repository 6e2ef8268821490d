#pragma once

#include <optional>
#include <string_view>

#include "authz/caller.h"
#include "authz/subjects.h"
#include "base/result.h"

namespace writ::authz {

/// Somebody whom a question names, as if he had made a request himself: with the policies in force for him,
/// and without what only a credential tells (time of issue, MFA, session policies, session tags).
///
/// `arn` is that of a user, of the root user, of a role (some session of it, whose name nobody knows) or of a
/// session of a role. Nothing: nobody here has that ARN, or it is none of these. Errors: ServiceFailure of
/// the store. Cost: some look-ups when everything is kept.
[[nodiscard]] Result<std::optional<Caller>> caller_named(Subjects& subjects, std::string_view partition,
                                                         std::string_view arn);

}  // namespace writ::authz
