#pragma once

#include "api/operation.h"

/// The operations of STS, a file a family.
namespace writ::api::sts {

// caller_identity.cpp
[[nodiscard]] Result<Output> get_caller_identity(const Call& call, const Target& target);

// access_key_info.cpp
[[nodiscard]] Result<Output> get_access_key_info(const Call& call, const Target& target);

// authorization_message.cpp
/// The message is one that was sealed for the account, or the authorization id of a denial in it.
[[nodiscard]] Result<Output> decode_authorization_message(const Call& call, const Target& target);

// assume_role.cpp
[[nodiscard]] Result<void> check_assume_role(const Call& call);
[[nodiscard]] Result<Target> role_to_assume(const Call& call);
/// Passing tags and having a source identity are permissions of their own (spec E6).
[[nodiscard]] std::vector<FurtherDemand> demands_of_assume_role(const Call& call, const Target& role);
[[nodiscard]] Result<Output> assume_role(const Call& call, const Target& target);

// assume_root.cpp
/// Root itself may not, whatever policies say.
[[nodiscard]] Result<void> check_assume_root(const Call& call);
/// The root user of a member, with what centralized root access allows as its policy (spec 7.4).
[[nodiscard]] Result<Target> root_to_assume(const Call& call);
[[nodiscard]] Result<Output> assume_root(const Call& call, const Target& target);

// delegated_access_token.cpp
/// For the account that made a delegation request, once its token was sent.
[[nodiscard]] Result<Output> get_delegated_access_token(const Call& call, const Target& target);

// federation_token.cpp
[[nodiscard]] Result<void> check_get_federation_token(const Call& call);
[[nodiscard]] Result<Target> federated_user_to_make(const Call& call);
[[nodiscard]] std::vector<FurtherDemand> demands_of_federation_token(const Call& call, const Target& user);
[[nodiscard]] Result<Output> get_federation_token(const Call& call, const Target& target);

// scoped_credentials.cpp
/// Only sessions can be narrowed, and never those of root.
[[nodiscard]] Result<void> check_get_scoped_credentials(const Call& call);
[[nodiscard]] Result<Output> get_scoped_credentials(const Call& call, const Target& target);

// session_token.cpp
[[nodiscard]] Result<void> check_get_session_token(const Call& call);
/// No resource, but the code of an MFA device.
[[nodiscard]] Result<Target> mfa_of_session(const Call& call);
[[nodiscard]] Result<Output> get_session_token(const Call& call, const Target& target);

}  // namespace writ::api::sts
