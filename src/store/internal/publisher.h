#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "store/change.h"

namespace writ::store {

/// Tells the listeners each revision once and in order, whether this process committed it or heard of it; of
/// revisions that are no longer in the feed, that anything may have changed. Safe for concurrent use.
class Publisher {
  public:
    explicit Publisher(Revision known) : known_(known) {}

    void listen(ChangeListener listener);
    /// The last revision that was told, or that was there at the beginning.
    [[nodiscard]] Revision known() const noexcept { return known_.load(std::memory_order_acquire); }
    /// Tells what is not known yet. REQUIRES: `changes` are in order, and leave out nothing after known()
    /// that is still in the feed.
    void publish(const std::vector<Change>& changes);

  private:
    void tell(Revision revision, const std::vector<Change>& changes);

    std::mutex telling_;
    std::vector<ChangeListener> listeners_;  // Guarded by telling_.
    std::atomic<Revision> known_;
};

}  // namespace writ::store
