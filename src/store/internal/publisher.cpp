#include "store/internal/publisher.h"

#include <algorithm>
#include <utility>

namespace writ::store {

void Publisher::listen(ChangeListener listener) {
    const std::scoped_lock lock(telling_);
    listeners_.push_back(std::move(listener));
}

void Publisher::publish(const std::vector<Change>& changes) {
    const std::scoped_lock lock(telling_);
    auto begin = std::ranges::upper_bound(changes, known(), {}, &Change::revision);
    while (begin != changes.end()) {
        const auto end =
            std::ranges::upper_bound(begin, changes.end(), begin->revision, {}, &Change::revision);
        const std::vector<Change> together(begin, end);
        known_.store(begin->revision, std::memory_order_release);
        for (const ChangeListener& listener : listeners_) listener(together);
        begin = end;
    }
}

}  // namespace writ::store
