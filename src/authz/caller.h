#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "authz/organization.h"
#include "authz/subject.h"
#include "crypto/session_token.h"
#include "engine/principal.h"

namespace writ::authz {

/// Who made a request, after its signature was found right. A value; what it points to is immutable.
struct Caller {
    std::shared_ptr<const engine::Principal> principal;
    /// The user, or the role of the session; of a federated user the user behind it. Null: root, or a
    /// federated user of root.
    SubjectPtr subject;
    /// Of the account. Null only while the caller is being made: whatever asks then is denied.
    OrganizationPtr organization;
    std::string access_key_id;
    /// Null: long-term credentials.
    std::shared_ptr<const crypto::SessionClaims> session;

    [[nodiscard]] bool is(engine::PrincipalKind kind) const noexcept { return principal->kind == kind; }
    [[nodiscard]] bool is_root() const noexcept { return is(engine::PrincipalKind::root); }
    /// A role session by AssumeRole and its like: what it assumes is chained (spec S7).
    [[nodiscard]] bool is_role_session() const noexcept { return is(engine::PrincipalKind::role_session); }
    /// UserId of GetCallerIdentity, equal to aws:userid (spec 4.1).
    [[nodiscard]] std::string user_id() const;
};

}  // namespace writ::authz
