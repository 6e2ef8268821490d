#include "directory/resources/custom_services.h"

#include <utility>

#include "directory/internal/failures.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::size_t services_max = 100;

Result<std::vector<store::CustomService>> read_rows(const AccountView& account) {
    return result_of(account.records.list<store::CustomService>(store::CustomService::by_prefix,
                                                                {.equal = {account.account_id}}));
}

Result<std::optional<store::CustomService>> find_row(const AccountView& account, std::string_view prefix) {
    return result_of(account.records.find<store::CustomService>(store::CustomService::by_prefix,
                                                                {account.account_id, prefix}));
}

}  // namespace

Result<void> register_service(AccountEdit& account, const reference::ServiceDefinition& definition) {
    if (auto fits = reference::check_beside_aws(definition); !fits) return fits;
    const store::CustomService row{.account_id = account.account_id,
                                   .prefix = definition.prefix,
                                   .definition = reference::print_service(definition),
                                   .registered_at = account.environment.clock.now()};
    const auto present = find_row(account, definition.prefix);
    if (!present) return std::unexpected(present.error());
    if (present->has_value()) return result_of(account.writes.update(row));
    const auto rows = read_rows(account);
    if (!rows) return std::unexpected(rows.error());
    if (rows->size() >= services_max) {
        return fail("LimitExceeded", 409, "An account has at most 100 services of its own.");
    }
    return result_of(account.writes.insert(row));
}

Result<void> delete_service(AccountEdit& account, std::string_view prefix) {
    const auto present = find_row(account, prefix);
    if (!present) return std::unexpected(present.error());
    if (const auto& row = *present; row.has_value()) return result_of(account.writes.erase(*row));
    return fail("NoSuchEntity", 404, "There is no registered service '" + std::string(prefix) + "'.");
}

Result<std::vector<CustomService>> list_services(const AccountView& account) {
    auto rows = read_rows(account);
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<CustomService> services;
    for (const store::CustomService& row : *rows) {
        auto definition = reference::read_service(row.definition);
        if (!definition) {
            Error error{"ServiceFailure", 500, "A registered service cannot be read."};
            error.defect = row.prefix + ": " + definition.error().message;
            return std::unexpected(std::move(error));
        }
        services.push_back({.definition = std::move(*definition), .registered_at = row.registered_at});
    }
    return services;
}

}  // namespace writ::directory
