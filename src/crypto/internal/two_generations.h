#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace writ::crypto::internal {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

/// A bounded map from text to values that are cheap to copy. Two generations: a hit in the old one moves the
/// value to the young one; when the young one is full, the old one is dropped whole. No list to keep in
/// order, and what is not used any more goes soon. For one thread at a time.
template <class Value>
class TwoGenerations {
  public:
    void keep(std::string name, Value value, std::size_t values_max) {
        if (young_.size() >= values_max / 2) old_ = std::exchange(young_, {});
        young_.insert_or_assign(std::move(name), std::move(value));
    }

    /// A default value when there is none.
    [[nodiscard]] Value find(std::string_view name, std::size_t values_max) {
        if (const auto hit = young_.find(name); hit != young_.end()) return hit->second;
        const auto hit = old_.find(name);
        if (hit == old_.end()) return {};
        Value value = std::move(hit->second);
        old_.erase(hit);
        keep(std::string(name), value, values_max);
        return value;
    }

  private:
    using Values = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;
    Values young_, old_;
};

}  // namespace writ::crypto::internal
