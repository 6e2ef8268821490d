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
    if (begin == changes.end()) return;
    if (begin->revision != known() + 1) return tell(changes.back().revision, {});
    while (begin != changes.end()) {
        const auto end =
            std::ranges::upper_bound(begin, changes.end(), begin->revision, {}, &Change::revision);
        tell(begin->revision, {begin, end});
        begin = end;
    }
}

void Publisher::tell(Revision revision, const std::vector<Change>& changes) {
    known_.store(revision, std::memory_order_release);
    for (const ChangeListener& listener : listeners_) listener(changes);
}

}  // namespace writ::store
