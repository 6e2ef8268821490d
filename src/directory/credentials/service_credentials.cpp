#include "directory/credentials/service_credentials.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "crypto/access_key.h"
#include "crypto/hash.h"
#include "directory/internal/credentials/credential_status.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

struct ServiceFact {
    std::string_view service;
    std::string_view token_prefix;  ///< Empty: name and password.
};
constexpr auto services = std::to_array<ServiceFact>({
    {"codecommit.amazonaws.com", ""},
    {"cassandra.amazonaws.com", ""},
    {"bedrock.amazonaws.com", "ABSK"},
    {"logs.amazonaws.com", "ACWL"},
    {"cloudwatch.amazonaws.com", "APIAACWM"},
    {"aws-external-anthropic.amazonaws.com", "AEAA"},
});

const ServiceFact* find_service(std::string_view name) {
    const auto* found = std::ranges::find_if(
        services, [&](const ServiceFact& fact) { return equals_ignoring_case(fact.service, name); });
    return found == services.end() ? nullptr : found;
}

std::string_view token_prefix(std::string_view service) {
    const ServiceFact* fact = find_service(service);
    return fact == nullptr ? std::string_view{} : fact->token_prefix;
}

Result<const ServiceFact*> known_service(std::string_view name) {
    if (const ServiceFact* fact = find_service(name)) return fact;
    return fail("NoSuchEntity", 404,
                "No such service " + std::string(name) + " is supported for Service Specific Credentials");
}

ServiceCredential answer_of(const AccountView& account, std::string user_name,
                            const store::ServiceCredential& record) {
    using Status = ServiceCredential::Status;
    const bool expired = record.expires_at && account.environment.clock.now() >= *record.expires_at;
    return {.credential_id = record.credential_id,
            .user_name = std::move(user_name),
            .service = record.service,
            .login = record.login,
            .is_token = !token_prefix(record.service).empty(),
            .status = expired         ? Status::expired
                      : record.active ? Status::active
                                      : Status::inactive,
            .created_at = record.created_at,
            .expires_at = record.expires_at};
}

/// 60 characters of base64, 360 random bits; a token holds its alias too (spec B33).
Secret make_secret(const AccountView& account, const store::ServiceCredential& record) {
    std::array<std::byte, 45> bytes{};
    account.environment.random.fill(bytes);
    Secret password(base64_encode(bytes));
    wipe_memory(bytes.data(), bytes.size());
    const std::string_view prefix = token_prefix(record.service);
    if (prefix.empty()) return password;
    const Secret pair(record.login + ":" + std::string(password.reveal()));
    return Secret(std::string(prefix) + base64_encode(as_bytes(pair.reveal())));
}

void set_secret(store::ServiceCredential& record, const Secret& secret) {
    const crypto::Digest digest = crypto::sha256(secret.reveal());
    record.secret_digest.assign(digest.begin(), digest.end());
}

Result<bool> is_taken(const AccountView& account, std::string_view service, const std::string& login) {
    const auto found = account.records.find<store::ServiceCredential>(store::ServiceCredential::by_login,
                                                                      {account.account_id, service, login});
    if (!found) return std::unexpected(to_error(found.error()));
    return found->has_value();
}

/// "ada-at-111122223333", then "ada+1-at-111122223333": names of former users count too, whose credentials
/// keep them.
Result<std::string> free_login(const AccountView& account, const store::User& user,
                               std::string_view service) {
    for (std::int64_t number = 0;; ++number) {
        const std::string suffix = number == 0 ? std::string{} : "+" + std::to_string(number);
        std::string login = user.name + suffix + "-at-" + account.account_id;
        const auto taken = is_taken(account, service, login);
        if (!taken) return std::unexpected(taken.error());
        if (!*taken) return login;
    }
}

Result<void> check_quota(const AccountView& account, std::string_view user_id, std::string_view service) {
    const auto records = account.records.list<store::ServiceCredential>(
        store::ServiceCredential::by_user, {.equal = {account.account_id, user_id}});
    if (!records) return std::unexpected(to_error(records.error()));
    const auto used = std::ranges::count(*records, service, &store::ServiceCredential::service);
    return within(account.environment.quotas, Quota::credentials_per_service, used + 1);
}

Result<std::optional<store::ServiceCredential>> find_credential(const AccountView& account,
                                                                std::string_view credential_id) {
    return result_of(account.records.find<store::ServiceCredential>(store::ServiceCredential::by_id,
                                                                    {account.account_id, credential_id}));
}

struct Found {
    store::User user;
    store::ServiceCredential credential;
};

Result<Found> find(const AccountView& account, std::string_view user_name, std::string_view credential_id) {
    auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(std::move(user.error()));
    auto found = find_credential(account, credential_id);
    if (!found) return std::unexpected(std::move(found.error()));
    auto& credential = *found;
    if (!credential.has_value()) {
        return fail("NoSuchEntity", 404, "No such credential " + std::string(credential_id) + " exists");
    }
    if (credential->user_id != user->user_id) {
        return fail("ValidationError", 400,
                    "User " + user->name + " does not have a service specific credential with id " +
                        std::string(credential_id));
    }
    return Found{std::move(*user), std::move(*credential)};
}

Result<std::string> name_of_user(const AccountView& account, std::string_view user_id) {
    const auto user = account.records.find<store::User>(store::User::by_id, {account.account_id, user_id});
    if (!user) return std::unexpected(to_error(user.error()));
    const auto& row = *user;
    return row.has_value() ? row->name : std::string{};
}

}  // namespace

std::optional<std::string_view> find_credential_service(std::string_view name) {
    const ServiceFact* fact = find_service(name);
    if (fact == nullptr) return std::nullopt;
    return fact->service;
}

Result<NewServiceCredential> create_service_credential(AccountEdit& account, std::string_view user_name,
                                                       std::string_view service,
                                                       std::optional<std::int64_t> age_days_max) {
    const auto user = user_by_name(account, user_name);
    if (!user) return std::unexpected(user.error());
    const auto fact = known_service(service);
    if (!fact) return std::unexpected(fact.error());
    const std::string_view canonical = (*fact)->service;
    if (auto fits = check_quota(account, user->user_id, canonical); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    auto id = new_id(account, crypto::IdKind::service_credential);
    if (!id) return std::unexpected(std::move(id.error()));
    auto login = free_login(account, *user, canonical);
    if (!login) return std::unexpected(std::move(login.error()));
    store::ServiceCredential record{.account_id = account.account_id,
                                    .user_id = user->user_id,
                                    .credential_id = std::move(*id),
                                    .service = std::string(canonical),
                                    .login = std::move(*login),
                                    .secret_digest = {},
                                    .active = true,
                                    .created_at = account.environment.clock.now(),
                                    .expires_at = std::nullopt};
    if (age_days_max) record.expires_at = record.created_at + std::chrono::days(*age_days_max);
    Secret secret = make_secret(account, record);
    set_secret(record, secret);
    if (auto inserted = account.writes.insert(record); !inserted) {
        return std::unexpected(to_error(inserted.error()));
    }
    return NewServiceCredential{answer_of(account, user->name, record), std::move(secret)};
}

Result<NewServiceCredential> reset_service_credential(AccountEdit& account, std::string_view user_name,
                                                      std::string_view credential_id) {
    auto found = find(account, user_name, credential_id);
    if (!found) return std::unexpected(std::move(found.error()));
    Secret secret = make_secret(account, found->credential);
    set_secret(found->credential, secret);
    if (auto updated = account.writes.update(found->credential); !updated) {
        return std::unexpected(to_error(updated.error()));
    }
    return NewServiceCredential{answer_of(account, found->user.name, found->credential), std::move(secret)};
}

Result<void> update_service_credential(AccountEdit& account, std::string_view user_name,
                                       std::string_view credential_id, std::string_view status) {
    const auto active = is_active(status);
    if (!active) return std::unexpected(active.error());
    auto found = find(account, user_name, credential_id);
    if (!found) return std::unexpected(std::move(found.error()));
    found->credential.active = *active;
    return result_of(account.writes.update(found->credential));
}

Result<void> delete_service_credential(AccountEdit& account, std::string_view user_name,
                                       std::string_view credential_id) {
    const auto found = find(account, user_name, credential_id);
    if (!found) return std::unexpected(found.error());
    return result_of(account.writes.erase(found->credential));
}

Result<Page<ServiceCredential>> list_service_credentials(const AccountView& account,
                                                         const ServiceCredentialFilter& filter,
                                                         const PageRequest& page) {
    std::string service;
    if (!filter.service.empty()) {
        const auto fact = known_service(filter.service);
        if (!fact) return std::unexpected(fact.error());
        service = (*fact)->service;
    }
    std::string user_id;
    if (filter.user_name) {
        auto user = user_by_name(account, *filter.user_name);
        if (!user) return std::unexpected(std::move(user.error()));
        user_id = std::move(user->user_id);
    }
    const bool of_all = user_id.empty();
    const IndexedList<store::ServiceCredential, ServiceCredential> credentials{
        .index = of_all ? store::ServiceCredential::by_id : store::ServiceCredential::by_user,
        .equal = of_all ? std::vector<store::Bind>{account.account_id}
                        : std::vector<store::Bind>{account.account_id, user_id},
        .order = &store::ServiceCredential::credential_id,
        .keep =
            [&](const store::ServiceCredential& record) {
                return service.empty() || record.service == service;
            },
        .convert = [&](const store::ServiceCredential& record) -> Result<ServiceCredential> {
            auto name = name_of_user(account, record.user_id);
            if (!name) return std::unexpected(std::move(name.error()));
            return answer_of(account, std::move(*name), record);
        }};
    const std::string chosen = user_id + '/' + service;
    return page_of(account, {.operation = "ListServiceSpecificCredentials", .filter = chosen}, page,
                   credentials);
}

Result<std::string> service_of_credential(const AccountView& account, std::string_view credential_id) {
    auto found = find_credential(account, credential_id);
    if (!found) return std::unexpected(std::move(found.error()));
    auto& credential = *found;
    return credential.has_value() ? std::move(credential->service) : std::string{};
}

}  // namespace writ::directory
