#include "authz/authenticate.h"

#include <utility>

#include "directory/accounts/accounts.h"

namespace writ::authz {
namespace {

using crypto::CredentialDialect;
using crypto::CredentialError;
using crypto::CredentialFault;
using crypto::SessionKind;

std::unexpected<Error> refuse(const CredentialError& error, CredentialDialect dialect) {
    return std::unexpected(crypto::to_error(error, dialect));
}

std::unexpected<Error> refuse(CredentialFault fault, CredentialDialect dialect) {
    return refuse(crypto::credential_error(fault), dialect);
}

std::unexpected<Unrecognised> unrecognised(Error error, const crypto::Authorization& authorization) {
    return std::unexpected(
        Unrecognised{std::move(error), std::string(authorization.credential.access_key_id)});
}

std::shared_ptr<const engine::Principal> root_principal(const std::string& partition,
                                                        const std::string& account, bool assumed) {
    auto principal = std::make_shared<engine::Principal>();
    principal->kind = engine::PrincipalKind::root;
    principal->partition = partition;
    principal->account = account;
    principal->arn = directory::root_arn(partition, account);
    principal->id = account;
    principal->assumed_root = assumed;
    return principal;
}

std::shared_ptr<const engine::Principal> principal_of(const SubjectPtr& subject) {
    return {subject, &subject->principal};
}

/// "arn:aws:sts::A:assumed-role/ops/session", of a session.
std::string session_arn(std::string_view partition, std::string_view account, std::string_view resource) {
    std::string arn = "arn:";
    return arn.append(partition).append(":sts::").append(account).append(":").append(resource);
}

std::shared_ptr<const engine::Principal> role_session(const Subject& role,
                                                      const crypto::SessionClaims& claims) {
    auto principal = std::make_shared<engine::Principal>(role.principal);
    principal->arn = session_arn(principal->partition, role.account,
                                 "assumed-role/" + role.name + "/" + claims.session_name);
    principal->session_name_known = true;
    return principal;
}

/// Without `issuer`: root made it.
std::shared_ptr<const engine::Principal> federated_user(const std::string& partition, const Subject* issuer,
                                                        const crypto::SessionClaims& claims) {
    auto principal = std::make_shared<engine::Principal>();
    principal->kind = engine::PrincipalKind::federated_user;
    principal->partition = partition;
    principal->account = claims.account;
    principal->arn = session_arn(partition, claims.account, "federated-user/" + claims.session_name);
    principal->issuer_arn = issuer == nullptr ? directory::root_arn(partition, claims.account) : issuer->arn;
    principal->issuer_id = issuer == nullptr ? claims.account : issuer->id;
    return principal;
}

}  // namespace

/// Who the key belongs to, and what its signatures are made with.
struct Authenticator::Credentials {
    Caller caller;
    AccessKeyPtr key;        ///< Long-term.
    std::string_view token;  ///< Temporary; of the request.
};

Authenticator::Authenticator(Subjects& subjects, const crypto::SessionTokens& tokens, const Clock& clock,
                             std::string partition, std::vector<std::string> regions)
    : subjects_(subjects),
      tokens_(tokens),
      opened_tokens_(tokens),
      clock_(clock),
      partition_(std::move(partition)),
      regions_(std::move(regions)) {
    region_views_.assign(regions_.begin(), regions_.end());
}

Result<Authenticator::Credentials> Authenticator::long_term(const crypto::Authorization& authorization,
                                                            CredentialDialect dialect) {
    auto key = subjects_.access_key(authorization.credential.access_key_id);
    if (!key) return std::unexpected(key.error());
    if (*key == nullptr || !(*key)->active)
        return refuse(CredentialFault::invalid_token, dialect);  // Step 4.
    Credentials credentials;
    credentials.key = std::move(*key);
    if (credentials.key->root) {
        credentials.caller.principal = root_principal(partition_, credentials.key->account, false);
        return credentials;
    }
    auto user = subjects_.user(credentials.key->account, credentials.key->user_id);
    if (!user) return std::unexpected(user.error());
    if (*user == nullptr) return refuse(CredentialFault::invalid_token, dialect);
    credentials.caller.principal = principal_of(*user);
    credentials.caller.subject = std::move(*user);
    return credentials;
}

Result<Caller> Authenticator::of_session(const std::shared_ptr<const crypto::SessionClaims>& claims,
                                         CredentialDialect dialect) {
    Caller caller;
    caller.session = claims;
    if (claims->kind == SessionKind::root || claims->kind == SessionKind::assumed_root) {
        caller.principal =
            root_principal(partition_, claims->account, claims->kind == SessionKind::assumed_root);
        return caller;
    }
    if (claims->kind == SessionKind::federated_user && claims->user_id.empty()) {
        caller.principal = federated_user(partition_, nullptr, *claims);
        return caller;
    }
    // Step 7: a role or user that was deleted takes its sessions along, also when one of that name came
    // since.
    auto subject = claims->kind == SessionKind::role ? subjects_.role(claims->account, claims->role_id)
                                                     : subjects_.user(claims->account, claims->user_id);
    if (!subject) return std::unexpected(subject.error());
    if (*subject == nullptr) return refuse(CredentialFault::invalid_token, dialect);
    caller.subject = std::move(*subject);
    switch (claims->kind) {
        case SessionKind::role:
            caller.principal = role_session(*caller.subject, *claims);
            break;
        case SessionKind::federated_user:
            caller.principal = federated_user(partition_, caller.subject.get(), *claims);
            break;
        default:
            caller.principal = principal_of(caller.subject);
    }
    return caller;
}

Result<Authenticator::Credentials> Authenticator::temporary(const crypto::Authorization& authorization,
                                                            CredentialDialect dialect) {
    if (!authorization.session_token) return refuse(CredentialFault::invalid_token, dialect);  // Step 5.
    const auto claims =
        opened_tokens_.open(*authorization.session_token, authorization.credential.access_key_id);
    if (!claims) return refuse(claims.error(), dialect);
    if (auto fresh = crypto::check_not_expired(**claims, clock_.now()); !fresh)
        return refuse(fresh.error(), dialect);
    auto caller = of_session(*claims, dialect);
    if (!caller) return std::unexpected(caller.error());
    return Credentials{std::move(*caller), nullptr, *authorization.session_token};
}

Result<Authenticator::Credentials> Authenticator::credentials_of(const crypto::Authorization& authorization,
                                                                 CredentialDialect dialect) {
    const bool is_temporary = authorization.credential.access_key_id.starts_with("ASIA");
    return is_temporary ? temporary(authorization, dialect) : long_term(authorization, dialect);
}

/// What is asked of everybody, and told of everybody, who was recognised.
Result<Caller> Authenticator::complete(Caller caller, std::string_view access_key_id,
                                       CredentialDialect dialect) {
    auto organization = subjects_.organization(caller.principal->account);
    if (!organization) return std::unexpected(organization.error());
    if ((*organization)->account_closed) return refuse(CredentialFault::invalid_token, dialect);
    caller.organization = std::move(*organization);
    caller.access_key_id = access_key_id;
    return caller;
}

Result<void> Authenticator::check_time_and_scope(const crypto::Authorization& authorization,
                                                 const SignatureRules& rules) const {
    const auto in_time = rules.honours_expiry ? crypto::check_expiry(authorization, clock_.now())
                                              : crypto::check_window(authorization, clock_.now());
    if (!in_time) return refuse(in_time.error(), rules.dialect);
    const std::span<const std::string_view> regions =
        rules.regions.empty() ? std::span<const std::string_view>(region_views_) : rules.regions;
    if (auto scoped = crypto::check_scope(authorization, rules.service, regions); !scoped) {
        return refuse(scoped.error(), rules.dialect);
    }
    return {};
}

template <class Verify>
Result<Verified> Authenticator::check(const crypto::Authorization& authorization, CredentialDialect dialect,
                                      Verify verify) {
    const std::string_view key_id = authorization.credential.access_key_id;
    auto credentials = credentials_of(authorization, dialect);
    if (!credentials) return std::unexpected(credentials.error());

    const auto secret = [this, &credentials, key_id, dialect]() -> Result<Secret> {
        if (credentials->key != nullptr) return credentials->key->secret.copy();
        auto derived = tokens_.secret_of(credentials->token, key_id);
        if (!derived) return refuse(derived.error(), dialect);
        return std::move(*derived);
    };
    auto signing_key = signing_keys_.get(key_id, authorization.credential.scope, secret);
    if (!signing_key) return std::unexpected(signing_key.error());
    if (auto genuine = verify(**signing_key); !genuine) return refuse(genuine.error(), dialect);
    if (credentials->key != nullptr && authorization.session_token) {  // Step 9.
        return refuse(CredentialFault::invalid_token, dialect);
    }
    auto caller = complete(std::move(credentials->caller), key_id, dialect);
    if (!caller) return std::unexpected(std::move(caller.error()));
    return Verified{std::move(*caller), std::move(*signing_key)};
}

Result<Caller> Authenticator::recognise(std::string_view access_key_id,
                                        std::optional<std::string_view> session_token,
                                        CredentialDialect dialect) {
    crypto::Authorization unsigned_one;
    unsigned_one.credential.access_key_id = access_key_id;
    unsigned_one.session_token = session_token;
    auto credentials = credentials_of(unsigned_one, dialect);
    if (!credentials) return std::unexpected(credentials.error());
    if (credentials->key != nullptr && session_token) {
        return refuse(CredentialFault::invalid_token, dialect);
    }
    return complete(std::move(credentials->caller), access_key_id, dialect);
}

std::expected<Verified, Unrecognised> Authenticator::verify(const HttpRequest& request,
                                                            const crypto::Authorization& authorization,
                                                            const SignatureRules& rules) {
    auto fits = check_time_and_scope(authorization, rules);
    if (fits && rules.wants_amz_headers_signed &&
        !crypto::unsigned_amz_header(request, authorization).empty()) {
        fits = refuse(CredentialFault::unsigned_headers, rules.dialect);
    }
    if (!fits) return unrecognised(std::move(fits.error()), authorization);
    auto verified = check(authorization, rules.dialect, [&](const crypto::SigningKey& key) {
        return crypto::verify_signature(request, authorization, key, rules.form);
    });
    if (!verified) return unrecognised(std::move(verified.error()), authorization);
    return std::move(*verified);
}

std::expected<Verified, Unrecognised> Authenticator::verify_text(std::string_view text,
                                                                 const crypto::Authorization& authorization,
                                                                 const SignatureRules& rules) {
    auto fits = check_time_and_scope(authorization, rules);
    if (!fits) return unrecognised(std::move(fits.error()), authorization);
    auto verified = check(authorization, rules.dialect, [&](const crypto::SigningKey& key) {
        return crypto::verify_text_signature(text, authorization, key);
    });
    if (!verified) return unrecognised(std::move(verified.error()), authorization);
    return std::move(*verified);
}

std::expected<Caller, Unrecognised> Authenticator::authenticate(const HttpRequest& request,
                                                                const crypto::Authorization& authorization,
                                                                std::string_view service,
                                                                CredentialDialect dialect) {
    auto verified =
        verify(request, authorization, {.service = service, .dialect = dialect, .regions = {}, .form = {}});
    if (!verified) return std::unexpected(std::move(verified.error()));
    return std::move(verified->caller);
}

}  // namespace writ::authz
