#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/change.h"

namespace writ::authz {

/// Immutable values made from the store, each with the ids of the entities it was made from, to which its key
/// always belongs when it is such an id. A value goes when one of them changes; whoever holds it then keeps
/// the old one until done. Bounded: once `values_max /
/// 2` were added since the last turn, those that nobody asked for since go. Safe for concurrent use.
template <class Value>
class FollowingCache {
  public:
    using Ptr = std::shared_ptr<const Value>;

    explicit FollowingCache(std::size_t values_max) : half_(std::max<std::size_t>(values_max / 2, 1)) {}

    /// Null when it must be made anew.
    [[nodiscard]] Ptr find(std::string_view key) {
        {
            const std::shared_lock lock(mutex_);
            if (const auto at = young_.values.find(key); at != young_.values.end()) return at->second.value;
            if (!old_.values.contains(key)) return nullptr;
        }
        const std::unique_lock lock(mutex_);
        auto node = old_.values.extract(std::string(key));
        if (node.empty()) {
            const auto at = young_.values.find(key);
            return at == young_.values.end() ? nullptr : at->second.value;
        }
        Ptr value = node.mapped().value;
        insert(std::move(node.key()), std::move(node.mapped()));
        return value;
    }

    /// Counts the calls of follow(). Ask before reading what a value is made from.
    [[nodiscard]] std::uint64_t epoch() const {
        const std::shared_lock lock(mutex_);
        return epoch_;
    }

    /// Keeps `value` unless something has changed since `started`, the epoch before its making began: it may
    /// be stale then, and good only for the request that is under way.
    void put(std::string key, Ptr value, std::vector<std::string> made_from, std::uint64_t started) {
        const std::unique_lock lock(mutex_);
        if (started != epoch_) return;
        insert(std::move(key), {std::move(value), std::move(made_from)});
    }

    /// As the feed tells them: none at all means that anything may have changed, and everything goes.
    void follow(const std::vector<store::Change>& changes) {
        Generation young, old;  // Let go of behind the lock.
        const std::unique_lock lock(mutex_);
        ++epoch_;
        if (changes.empty()) {
            std::swap(young, young_);
            std::swap(old, old_);
            return;
        }
        for (const store::Change& change : changes) {
            young_.drop(change.entity.id);
            old_.drop(change.entity.id);
        }
    }

    [[nodiscard]] std::size_t size() const {
        const std::shared_lock lock(mutex_);
        return young_.values.size() + old_.values.size();
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    template <class Mapped>
    using Map = std::unordered_map<std::string, Mapped, Hash, std::equal_to<>>;

    struct Kept {
        Ptr value;
        std::vector<std::string> made_from;
    };
    /// `dependents` may name keys that are gone or were made anew; dropping those once more does no harm.
    struct Generation {
        Map<Kept> values;
        Map<std::unordered_set<std::string>> dependents;

        void drop(std::string_view entity_id) {
            if (const auto own = values.find(entity_id); own != values.end()) values.erase(own);
            const auto at = dependents.find(entity_id);
            if (at == dependents.end()) return;
            for (const std::string& key : at->second) values.erase(key);
            dependents.erase(at);
        }
    };

    void insert(std::string key, Kept kept) {
        if (young_.values.size() >= half_) old_ = std::exchange(young_, {});
        for (const std::string& id : kept.made_from) {
            if (id != key) young_.dependents[id].insert(key);
        }
        young_.values.insert_or_assign(std::move(key), std::move(kept));
    }

    mutable std::shared_mutex mutex_;
    const std::size_t half_;
    Generation young_, old_;
    std::uint64_t epoch_ = 0;
};

}  // namespace writ::authz
