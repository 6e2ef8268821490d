#pragma once

#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "directory/directory.h"
#include "reference/service_definition.h"
#include "store/store.h"

namespace writ::questions {

/// The services that an account has described.
using ServiceList = std::vector<reference::ServiceDefinition>;
using ServiceListPtr = std::shared_ptr<const ServiceList>;

/// The described services of each account, read on first use and kept until the change feed names the
/// account: a change is visible as soon as the call that made it returns. Safe for concurrent use.
class Services {
  public:
    /// Both must outlive it.
    Services(store::Store& store, const directory::Environment& environment);
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    /// Never null. Errors: ServiceFailure of the store.
    [[nodiscard]] Result<ServiceListPtr> of(const std::string& account);

  private:
    struct Kept {
        std::shared_mutex mutex;
        std::unordered_map<std::string, ServiceListPtr> lists;
        std::uint64_t epoch = 0;  ///< Counts changes: what was read before one is not kept after it.
    };
    store::Store& store_;
    const directory::Environment& environment_;
    std::shared_ptr<Kept> kept_;  ///< Shared with the listener, which lives as long as the store.
};

/// The service of that prefix; null: none that was described.
[[nodiscard]] const reference::ServiceDefinition* find_service(const ServiceList& services,
                                                               std::string_view prefix) noexcept;
/// The key with its type; null: of no described service.
[[nodiscard]] const reference::ServiceDefinition::Key* find_key(const ServiceList& services,
                                                                std::string_view name) noexcept;

}  // namespace writ::questions
