#include "engine/context.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

/// A request has some twenty keys: what growing to that would move again and again.
constexpr std::size_t usual_keys = 28, least_slots = 64;

/// A key in lower case, without an allocation when it is as short as keys are.
class FoldedKey {
  public:
    static constexpr std::size_t usual_bytes = 96;

    explicit FoldedKey(std::string_view key) : size_(key.size()) {
        if (size_ > usual_bytes) {
            long_ = ascii_lower(key);
        } else {
            constexpr std::size_t block = 16;  // A number that the compiler knows: one instruction does all.
            std::memcpy(buffer_.data(), key.data(), size_);
            for (std::size_t at = 0; at < size_; at += block)
                for (std::size_t i = at; i < at + block; ++i) buffer_[i] = ascii_lower(buffer_[i]);
        }
    }
    [[nodiscard]] std::string_view text() const noexcept {
        return size_ > usual_bytes ? std::string_view(long_) : std::string_view(buffer_.data(), size_);
    }

  private:
    std::array<char, usual_bytes> buffer_{};
    std::string long_;
    std::size_t size_;
};

}  // namespace

KeyName::KeyName(std::string_view name) : folded_(ascii_lower(name)), hash_(hash_text(folded_)) {}

Context::Context(const Context& other)
    : entries_(other.entries().begin(), other.entries().end()),
      folded_(other.folded_.begin(), other.folded_.begin() + static_cast<std::ptrdiff_t>(other.size_)),
      size_(other.size_),
      slots_(other.slots_) {}

Context::Context(Context&& other) noexcept
    : entries_(std::move(other.entries_)),
      folded_(std::move(other.folded_)),
      size_(std::exchange(other.size_, 0)),
      slots_(std::move(other.slots_)) {}

Context& Context::operator=(const Context& other) {
    return *this = Context(other);
}

Context& Context::operator=(Context&& other) noexcept {
    entries_ = std::move(other.entries_);
    folded_ = std::move(other.folded_);
    size_ = std::exchange(other.size_, 0);
    slots_ = std::move(other.slots_);
    return *this;
}

void Context::insert_slot(std::uint64_t hash, std::uint32_t entry) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].entry != 0) at = (at + 1) & mask;
    slots_[at] = {hash, entry + 1};
}

// At most half full, so that a missing key is noticed after a slot or two.
void Context::rebuild_slots() {
    std::size_t capacity = least_slots;
    while (capacity < size_ * 2 + 2) capacity *= 2;
    slots_.assign(capacity, Slot{});
    for (std::uint32_t i = 0; i < size_; ++i) insert_slot(hash_text(folded_[i]), i);
}

// The entry to write to, or null when a lexically later spelling of the key already answers (?29).
ContextEntry* Context::entry_for(std::string_view key) {
    const FoldedKey folded(key);
    const std::uint64_t hash = hash_text(folded.text());
    if (const ContextEntry* found = find(KeyRef{hash, folded.text()})) {
        if (std::string_view(found->name) > key) return nullptr;
        ContextEntry& entry = entries_[static_cast<std::size_t>(found - entries_.data())];
        entry.name = key;
        return &entry;
    }
    if (size_ == entries_.size()) {
        if (size_ == 0) {
            entries_.reserve(usual_keys);
            folded_.reserve(usual_keys);
        }
        entries_.emplace_back();
        folded_.emplace_back();
    }
    const auto index = static_cast<std::uint32_t>(size_++);
    entries_[index].name = key;
    folded_[index] = folded.text();
    if (slots_.size() < size_ * 2) {
        rebuild_slots();
    } else {
        insert_slot(hash, index);
    }
    return &entries_[index];
}

void Context::set(std::string_view key, std::string_view value) {
    ContextEntry* entry = entry_for(key);
    if (entry == nullptr) return;
    if (entry->values.size() == 1) {
        entry->values.front() = value;  // Into the memory of what was there before.
    } else {
        entry->values.assign(1, std::string(value));
    }
    entry->multivalued = false;
}

void Context::set_list(std::string_view key, std::span<const std::string> values) {
    ContextEntry* entry = entry_for(key);
    if (entry == nullptr) return;
    entry->values.assign(values.begin(), values.end());
    entry->multivalued = true;
}

void Context::remove(std::string_view key) {
    const ContextEntry* found = find(key);
    if (found == nullptr) return;
    const auto index = found - entries_.data();
    entries_.erase(entries_.begin() + index);
    folded_.erase(folded_.begin() + index);
    --size_;
    rebuild_slots();
}

// From the newest back: nothing that was probed past its slot is left when a slot is freed, unless the table
// grew meanwhile, which puts all entries in anew in their order.
void Context::keep_first(std::size_t count) {
    if (count == 0) {
        std::ranges::fill(slots_, Slot{});
        size_ = 0;
        return;
    }
    const std::size_t mask = slots_.size() - 1;
    for (; size_ > count; --size_) {
        std::size_t at = hash_text(folded_[size_ - 1]) & mask;
        while (slots_[at].entry != size_) at = (at + 1) & mask;
        slots_[at] = {};
    }
}

const ContextEntry* Context::find(KeyRef key) const noexcept {
    if (slots_.empty()) return nullptr;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = key.hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
        if (slots_[at].hash != key.hash) continue;
        const std::size_t index = slots_[at].entry - 1;
        if (folded_[index] == key.folded) return &entries_[index];
    }
    return nullptr;
}

const ContextEntry* Context::find(std::string_view key) const noexcept {
    // Keys are short; what does not fit the buffer is searched without the table.
    if (key.size() > FoldedKey::usual_bytes) {
        const auto folded = std::span(folded_).first(size_);
        const auto same = [key](const std::string& other) { return equals_ignoring_case(other, key); };
        const auto found = std::ranges::find_if(folded, same);
        return found == folded.end() ? nullptr : &entries_[static_cast<std::size_t>(found - folded.begin())];
    }
    const FoldedKey folded(key);
    return find(KeyRef{hash_text(folded.text()), folded.text()});
}

}  // namespace writ::engine
