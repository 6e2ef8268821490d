#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"
#include "engine/context.h"
#include "engine/principal.h"

/// The condition keys that follow from who asks, when, and for what (spec 4.1), so that the server, the
/// simulator and the tests fill a context in one way. Keys that come with the request itself (aws:SourceIp,
/// aws:RequestTag …) are the caller's to set. Nothing here fails; what is unknown stays missing (spec K4).
namespace writ::engine {

using TagView = std::span<const std::pair<std::string, std::string>>;

/// What a credential says about its principal beside its identity.
struct PrincipalFacts {
    TagView tags;          ///< Of the user or role.
    TagView session_tags;  ///< Win over `tags`; keys compare without case (spec K3).
    /// Of temporary credentials; nothing for long-term keys.
    std::optional<Instant> token_issue_time;
    /// Time since MFA was used to get temporary credentials (spec ?20). Nothing: MFA was not used.
    std::optional<std::chrono::seconds> mfa_age;
    /// Without `mfa_age`: aws:MultiFactorAuthPresent is false instead of missing, as in a GetSessionToken
    /// session that was made without MFA (spec ?20).
    bool mfa_could_be_used = false;
    std::string_view source_identity;     ///< Empty: none.
    std::string_view federated_provider;  ///< Role sessions from SAML or web identity; empty: other.
};

/// aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType, aws:PrincipalIsAWSService,
/// aws:PrincipalServiceName, aws:PrincipalServiceNamesList, aws:PrincipalTag/…, aws:userid, aws:username,
/// aws:AssumedRoot, aws:FederatedProvider, aws:SourceIdentity, aws:TokenIssueTime,
/// aws:MultiFactorAuthPresent, aws:MultiFactorAuthAge.
void set_principal_keys(Context& context, const Principal& principal, const PrincipalFacts& facts);

/// aws:CurrentTime and aws:EpochTime.
void set_time_keys(Context& context, Instant now);

/// aws:ResourceAccount unless `account` is empty; aws:ResourceTag/…, which for IAM (`service` "iam") is
/// iam:ResourceTag/… as well (spec 4.2).
void set_resource_keys(Context& context, std::string_view service, std::string_view account, TagView tags);

}  // namespace writ::engine
