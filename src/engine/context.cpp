#include "engine/context.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/internal/hash.h"

namespace writ::engine {

KeyName::KeyName(std::string_view name) : folded_(ascii_lower(name)), hash_(hash_text(folded_)) {}

void Context::insert_slot(std::uint64_t hash, std::uint32_t entry) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].entry != 0) at = (at + 1) & mask;
    slots_[at] = {hash, entry + 1};
}

// At most half full, so that a missing key is noticed after a slot or two.
void Context::rebuild_slots() {
    std::size_t capacity = 16;
    while (capacity < entries_.size() * 2 + 2) capacity *= 2;
    slots_.assign(capacity, Slot{});
    for (std::uint32_t i = 0; i < entries_.size(); ++i) insert_slot(hash_text(folded_[i]), i);
}

// The entry to write to, or null when a lexically later spelling of the key already answers (?29).
ContextEntry* Context::entry_for(std::string_view key) {
    std::string folded = ascii_lower(key);
    const std::uint64_t hash = hash_text(folded);
    if (const ContextEntry* found = find(KeyRef{hash, folded})) {
        if (std::string_view(found->name) > key) return nullptr;
        ContextEntry& entry = entries_[static_cast<std::size_t>(found - entries_.data())];
        entry.name = key;
        return &entry;
    }
    const auto index = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({std::string(key), {}, false});
    folded_.push_back(std::move(folded));
    if (slots_.size() < entries_.size() * 2) {
        rebuild_slots();
    } else {
        insert_slot(hash, index);
    }
    return &entries_.back();
}

void Context::set(std::string_view key, std::string_view value) {
    ContextEntry* entry = entry_for(key);
    if (entry == nullptr) return;
    entry->values.assign(1, std::string(value));
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
    rebuild_slots();
}

// From the newest back: nothing that was probed past its slot is left when a slot is freed, unless the table
// grew meanwhile, which puts all entries in anew in their order.
void Context::keep_first(std::size_t count) {
    const std::size_t mask = slots_.size() - 1;
    while (entries_.size() > count) {
        std::size_t at = hash_text(folded_.back()) & mask;
        while (slots_[at].entry != entries_.size()) at = (at + 1) & mask;
        slots_[at] = {};
        entries_.pop_back();
        folded_.pop_back();
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
    std::array<char, 256> buffer{};
    if (key.size() > buffer.size()) {
        const auto same = [key](const std::string& folded) { return equals_ignoring_case(folded, key); };
        const auto found = std::ranges::find_if(folded_, same);
        return found == folded_.end() ? nullptr
                                      : &entries_[static_cast<std::size_t>(found - folded_.begin())];
    }
    std::ranges::transform(key, buffer.begin(), [](char c) { return ascii_lower(c); });
    const std::string_view folded(buffer.data(), key.size());
    return find(KeyRef{hash_text(folded), folded});
}

}  // namespace writ::engine
