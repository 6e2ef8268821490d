#pragma once

#include "api/audit/writer.h"
#include "authz/caller.h"

namespace writ::api::audit {

/// The value of `userIdentity`: who called.
void write_identity(Writer& writer, const authz::Caller& caller);
/// The same as the account of a role sees somebody from elsewhere: by account and id only.
void write_foreign_identity(Writer& writer, const authz::Caller& caller);

}  // namespace writ::api::audit
