#pragma once

#include "store/change.h"
#include "store/schema.h"

namespace writ::store {

/// Written to disk: never renumber.
enum class RootAccessFeature : std::uint8_t { credentials_management = 0, sessions = 1 };

/// A part of centralized root access that an organization has enabled (spec B27).
struct EnabledRootAccess {
    std::string organization_id;
    RootAccessFeature feature = RootAccessFeature::credentials_management;

    static constexpr std::string_view table = "enabled_root_access";
    static constexpr Index by_feature{"enabled_root_access_by_feature", true, {"organization_id", "feature"}};
    static constexpr auto indexes() { return std::array{&by_feature}; }
    static constexpr auto columns() {
        return Columns{Column{"organization_id", &EnabledRootAccess::organization_id},
                       Column{"feature", &EnabledRootAccess::feature}};
    }
    [[nodiscard]] Entity entity() const { return {EntityKind::organization, {}, organization_id}; }
};

/// The login profile of the root user of an account: its password may be recovered.
struct RootRecovery {
    std::string account_id;
    Instant created_at{};

    static constexpr std::string_view table = "root_recoveries";
    static constexpr Index by_account{"root_recoveries_by_account", true, {"account_id"}};
    static constexpr auto indexes() { return std::array{&by_account}; }
    static constexpr auto columns() {
        return Columns{Column{"account_id", &RootRecovery::account_id},
                       Column{"created_at", &RootRecovery::created_at}};
    }
    [[nodiscard]] Entity entity() const { return {}; }
};

}  // namespace writ::store
