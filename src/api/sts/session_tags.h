#pragma once

#include "api/operation.h"
#include "crypto/session_token.h"

namespace writ::api::sts {

/// The rules for tags that are passed to a new session (spec S9, S10).
[[nodiscard]] Result<void> check_session_tags(const Call& call);

/// The tags of the new session: those passed, behind the transitive ones of the calling session (S10).
[[nodiscard]] crypto::SessionTags session_tags(const Call& call);
[[nodiscard]] std::vector<std::string> transitive_tag_keys(const Call& call);

}  // namespace writ::api::sts
