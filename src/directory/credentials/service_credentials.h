#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

/// What a user signs in to one service with (spec B33): a name and a password, or a bearer token.
struct ServiceCredential {
    std::string credential_id;  ///< ACCA…
    std::string user_name;
    std::string service;  ///< "codecommit.amazonaws.com".
    std::string login;    ///< ServiceUserName, or ServiceCredentialAlias of tokens.
    bool is_token = false;
    enum class Status : std::uint8_t { active, inactive, expired } status = Status::active;
    Instant created_at{};
    std::optional<Instant> expires_at;
};

struct NewServiceCredential {
    ServiceCredential credential;
    Secret secret;  ///< Password or token; told here and never again: its digest is what is kept.
};

/// The service in its own spelling; case does not matter. Nothing: it takes no such credentials.
[[nodiscard]] std::optional<std::string_view> find_credential_service(std::string_view name);

/// NoSuchEntity for a service that takes none.
[[nodiscard]] Result<NewServiceCredential> create_service_credential(
    AccountEdit& account, std::string_view user_name, std::string_view service,
    std::optional<std::int64_t> age_days_max);
/// A new secret; all else stays, an end that has passed too.
[[nodiscard]] Result<NewServiceCredential> reset_service_credential(AccountEdit& account,
                                                                    std::string_view user_name,
                                                                    std::string_view credential_id);
/// `status` as in update_access_key. ValidationError when the credential is another user's, here and below.
[[nodiscard]] Result<void> update_service_credential(AccountEdit& account, std::string_view user_name,
                                                     std::string_view credential_id, std::string_view status);
[[nodiscard]] Result<void> delete_service_credential(AccountEdit& account, std::string_view user_name,
                                                     std::string_view credential_id);

struct ServiceCredentialFilter {
    std::optional<std::string_view> user_name{};  ///< Nothing: of all users.
    std::string_view service{};                   ///< Empty: of all services.
};
[[nodiscard]] Result<Page<ServiceCredential>> list_service_credentials(const AccountView& account,
                                                                       const ServiceCredentialFilter& filter,
                                                                       const PageRequest& page);
/// For authorizing: the service of a credential; empty when there is no such credential.
[[nodiscard]] Result<std::string> service_of_credential(const AccountView& account,
                                                        std::string_view credential_id);

}  // namespace writ::directory
