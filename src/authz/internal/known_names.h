#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/change.h"

namespace writ::authz {

/// Of each account the ARNs of which something is stored, and perhaps some of which something was: of all
/// others nothing is known, which is told without a look into the store. Bounded: an account with more ARNs
/// than fit is not told about. Safe for concurrent use.
class KnownNames {
  public:
    enum class Answer : std::uint8_t {
        not_read,  ///< The account was not put (any more).
        nothing,
        perhaps
    };

    explicit KnownNames(std::size_t names_max) : names_max_(names_max) {}

    [[nodiscard]] Answer ask(std::string_view account, std::string_view name) const {
        const std::shared_lock lock(mutex_);
        const auto at = accounts_.find(account);
        if (at == accounts_.end()) return Answer::not_read;
        return !at->second || at->second->contains(name) ? Answer::perhaps : Answer::nothing;
    }

    /// Ask before reading what is put.
    [[nodiscard]] std::uint64_t epoch() const {
        const std::shared_lock lock(mutex_);
        return epoch_;
    }
    [[nodiscard]] std::size_t names_max() const noexcept { return names_max_; }

    /// All names of the account, or nothing when they are too many; unless something has changed since
    /// `started`.
    void put(std::string_view account, const std::optional<std::vector<std::string>>& names,
             std::uint64_t started) {
        const std::unique_lock lock(mutex_);
        if (started != epoch_ || accounts_.contains(account)) return;
        std::optional<Names> kept;
        if (names) kept.emplace(names->begin(), names->end());
        if (kept && count_ + kept->size() > names_max_) kept.reset();
        if (kept) count_ += kept->size();
        accounts_.emplace(std::string(account), std::move(kept));
    }

    /// As the feed tells them: none at all means that anything may have changed.
    void follow(const std::vector<store::Change>& changes) {
        const std::unique_lock lock(mutex_);
        ++epoch_;
        if (changes.empty()) return clear();
        for (const store::Change& change : changes) {
            const auto at = accounts_.find(change.entity.account_id);
            if (at == accounts_.end() || !at->second) continue;
            if (at->second->insert(change.entity.id).second && ++count_ > names_max_) return clear();
        }
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    using Names = std::unordered_set<std::string, Hash, std::equal_to<>>;

    void clear() {
        accounts_.clear();
        count_ = 0;
    }

    mutable std::shared_mutex mutex_;
    const std::size_t names_max_;
    /// Nothing: more than fit.
    std::unordered_map<std::string, std::optional<Names>, Hash, std::equal_to<>> accounts_;
    std::size_t count_ = 0;
    std::uint64_t epoch_ = 0;
};

}  // namespace writ::authz
