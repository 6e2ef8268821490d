#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::engine {

/// The key part of a condition, prepared for look-up: folded to lower case and hashed once. Key names compare
/// without case, the tag-key part included (spec C5).
class KeyName {
  public:
    explicit KeyName(std::string_view name);
    [[nodiscard]] std::uint64_t hash() const noexcept { return hash_; }
    [[nodiscard]] std::string_view folded() const noexcept { return folded_; }

  private:
    std::string folded_;
    std::uint64_t hash_;
};

/// A folded key name and its hash without owning the text: what compiled policies hold.
struct KeyRef {
    std::uint64_t hash = 0;
    std::string_view folded;
};

/// What the context holds for one key. A list is multivalued even with one element or none (spec C13, ?13).
struct ContextEntry {
    std::string name;  ///< As given.
    std::vector<std::string> values;
    bool multivalued = false;
};

/// The condition context of a request: key → value or list of values. Build it, then only read it; reading is
/// thread-safe and allocates nothing. Values are texts; the operator decides the comparison (spec C16).
class Context {
  public:
    Context() = default;
    Context(const Context& other);
    Context(Context&& other) noexcept;
    Context& operator=(const Context& other);
    Context& operator=(Context&& other) noexcept;
    ~Context() = default;

    /// Replaces what the key held. Two spellings of one key are one key; the lexically last spelling
    /// answers, whatever the order of the calls (spec ?29).
    void set(std::string_view key, std::string_view value);
    void set_list(std::string_view key, std::span<const std::string> values);
    /// As if the key had never been set.
    void remove(std::string_view key);
    /// Keeps the first `count` of entries(), and the memory of the others for the next ones: as if no other
    /// key had been set. Cost: linear in what goes. REQUIRES: those that stay hold what they held when there
    /// were so many.
    void keep_first(std::size_t count);
    void clear() { keep_first(0); }

    /// Null when the key is missing.
    [[nodiscard]] const ContextEntry* find(KeyRef key) const noexcept;
    [[nodiscard]] const ContextEntry* find(const KeyName& key) const noexcept {
        return find(KeyRef{key.hash(), key.folded()});
    }
    /// Folds and hashes first; for callers that look a key up once.
    [[nodiscard]] const ContextEntry* find(std::string_view key) const noexcept;
    /// In the order in which the keys were first set.
    [[nodiscard]] std::span<const ContextEntry> entries() const noexcept {
        return std::span(entries_).first(size_);
    }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t entry = 0;  ///< Index into entries_ plus one; 0: free.
    };
    ContextEntry* entry_for(std::string_view key);
    void insert_slot(std::uint64_t hash, std::uint32_t entry) noexcept;
    void rebuild_slots();
    /// Those from `size_` on are not there any more; only their memory is, so that whoever fills one context
    /// again and again allocates nothing.
    std::vector<ContextEntry> entries_;
    std::vector<std::string> folded_;  ///< Parallel to entries_.
    std::size_t size_ = 0;
    std::vector<Slot> slots_;  ///< Open addressing, a power of two.
};

}  // namespace writ::engine
