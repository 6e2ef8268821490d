#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// A service with trusted access to the organization. Decisions depend on that of IAM (spec B27).
struct TrustedService {
    std::string organization_id;
    std::string service_principal;  ///< "config.amazonaws.com".
    Instant enabled_at{};

    static constexpr std::string_view table = "trusted_services";
    static constexpr Index by_principal{
        "trusted_services_by_principal", true, {"organization_id", "service_principal"}};
    static constexpr auto indexes() { return std::array{&by_principal}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &TrustedService::organization_id},
                       Column{"service_principal", &TrustedService::service_principal},
                       Column{"enabled_at", &TrustedService::enabled_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// An account that administers a service for the organization.
struct DelegatedAdministrator {
    std::string organization_id;
    std::string account_id;
    std::string service_principal;
    Instant enabled_at{};

    static constexpr std::string_view table = "delegated_administrators";
    static constexpr Index by_account{
        "delegated_administrators_by_account", true, {"organization_id", "account_id", "service_principal"}};
    static constexpr Index by_service{
        "delegated_administrators_by_service", true, {"organization_id", "service_principal", "account_id"}};
    static constexpr auto indexes() { return std::array{&by_account, &by_service}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &DelegatedAdministrator::organization_id},
                       Column{"account_id", &DelegatedAdministrator::account_id},
                       Column{"service_principal", &DelegatedAdministrator::service_principal},
                       Column{"enabled_at", &DelegatedAdministrator::enabled_at}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::account, account_id, account_id}; }
};

}  // namespace writ::store
