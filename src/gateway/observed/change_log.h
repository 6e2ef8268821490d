#pragma once

#include <atomic>
#include <mutex>
#include <string_view>

#include "authz/resources.h"
#include "base/result.h"
#include "directory/directory.h"
#include "gateway/observed/resource_change.h"
#include "store/store.h"

namespace writ::gateway {

/// Writes what was observed into the store, so that it is in force when the call that brought it about
/// returns. The service has done its part by then: a change that cannot be written is kept and tried again,
/// and until then whatever it is about is in doubt, and denied. Safe for concurrent use.
class ChangeLog {
  public:
    /// Changes that wait; with as many is_full() tells so.
    static constexpr std::size_t waiting_max = 10'000;

    /// All must outlive it.
    ChangeLog(store::Store& store, const directory::Environment& environment, authz::Resources& resources);
    ChangeLog(const ChangeLog&) = delete;
    ChangeLog& operator=(const ChangeLog&) = delete;

    /// In their order, in one transaction. What is known already is not written again. Errors: those of the
    /// store, and of a change that can never be written: a policy that cannot be read leaves its resource
    /// denied until there is another policy.
    [[nodiscard]] Result<void> apply(const ResourceChanges& changes);
    /// Tries again what waits; call it now and then.
    void retry();

    /// Whether a change of the resource, or of what it lies in, waits, or one of the fact of that name. Cost:
    /// one atomic load while nothing waits.
    [[nodiscard]] bool is_in_doubt(std::string_view arn_or_name) const;
    /// Nothing that would change something may go on.
    [[nodiscard]] bool is_full() const noexcept { return waiting_count_ >= waiting_max; }

  private:
    [[nodiscard]] bool is_known(const ResourceChange& change) const;
    [[nodiscard]] Result<void> write(const ResourceChanges& changes);
    [[nodiscard]] Result<void> write_once(const ResourceChanges& changes);
    [[nodiscard]] Result<void> write_each(const ResourceChanges& changes);
    [[nodiscard]] Result<void> settle(const ResourceChange& change, Error error);
    [[nodiscard]] bool waits(std::string_view subject) const;
    void let_wait(const ResourceChange& change);

    store::Store& store_;
    const directory::Environment& environment_;
    authz::Resources& resources_;
    mutable std::mutex mutex_;
    ResourceChanges waiting_;  ///< Guarded by mutex_.
    std::atomic<std::size_t> waiting_count_{0};
};

}  // namespace writ::gateway
