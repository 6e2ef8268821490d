#include "crypto/sealing.h"

#include <algorithm>
#include <atomic>
#include <cassert>

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/internal/aead.h"

namespace writ::crypto {
namespace {

using internal::AeadKey;
using internal::nonce_bytes;
using internal::tag_bytes;

constexpr char version = 1;
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t header_bytes = 1 + key_id_bytes;
constexpr std::size_t material_bytes = 32;

// The labels are inside of every sealed text, so to say: never change one.
constexpr std::array<std::string_view, purposes> labels{
    "writ stored secret 1", "writ session token 1", "writ authorization message 1", "writ bearer token 1"};
constexpr std::string_view derivation_label = "writ session secret 1";

Digest derive(const RingKey& key, std::string_view label) {
    return hmac_sha256(as_bytes(key.material.reveal()), label);
}

struct ReadyKey {
    explicit ReadyKey(const RingKey& key)
        : id(key.id),
          created(key.created),
          aead{AeadKey(derive(key, labels[0])), AeadKey(derive(key, labels[1])),
               AeadKey(derive(key, labels[2])), AeadKey(derive(key, labels[3]))},
          derivation(derive(key, derivation_label)) {}
    std::uint32_t id;
    Instant created;
    std::array<AeadKey, purposes> aead;
    HmacKey derivation;
};

RingKey new_key(std::uint32_t id, const Clock& clock, RandomSource& random) {
    std::array<std::byte, material_bytes> material{};
    random.fill(material);
    RingKey key{id, clock.now(), Secret(as_text(material))};
    wipe_memory(material.data(), material.size());
    return key;
}

std::uint32_t read_key_id(std::string_view sealed) {
    std::uint32_t id = 0;
    for (std::size_t i = 1; i <= key_id_bytes; ++i) id = (id << 8U) | static_cast<unsigned char>(sealed[i]);
    return id;
}

}  // namespace

namespace {

// What a ring held at one time.
struct Generation {
    std::vector<ReadyKey> keys;                         // By id, never empty.
    mutable std::unique_ptr<const Generation> earlier;  // Somebody may still be at work with it.

    [[nodiscard]] const ReadyKey* find(std::uint32_t id) const {
        const auto key = std::ranges::lower_bound(keys, id, {}, &ReadyKey::id);
        return key == keys.end() || key->id != id ? nullptr : &*key;
    }
};

}  // namespace

// Readers load one pointer and take no lock. Generations are some hundred bytes and come months apart: they
// are kept as long as the ring, so that nobody has to count who still reads them.
struct SealingKeys::Ring {
    explicit Ring(std::unique_ptr<const Generation> first)
        : latest(std::move(first)), current(latest.get()) {}

    [[nodiscard]] const Generation& now() const { return *current.load(std::memory_order_acquire); }
    void replace(std::unique_ptr<const Generation> newer) const noexcept {
        newer->earlier = std::move(latest);
        latest = std::move(newer);
        current.store(latest.get(), std::memory_order_release);
    }

    mutable std::unique_ptr<const Generation> latest;
    mutable std::atomic<const Generation*> current;
};

SealingKeys::SealingKeys(std::unique_ptr<const Ring> ring) : ring_(std::move(ring)) {}
SealingKeys::SealingKeys(SealingKeys&&) noexcept = default;
SealingKeys::~SealingKeys() = default;

SealingKeys& SealingKeys::operator=(SealingKeys&& newer) noexcept {
    if (this == &newer) return *this;
    if (ring_ == nullptr) {
        ring_ = std::move(newer.ring_);
    } else if (newer.ring_ != nullptr) {
        ring_->replace(std::move(newer.ring_->latest));
        newer.ring_.reset();
    }
    return *this;
}

SealingKeys SealingKeys::of(std::span<const RingKey> keys) {
    assert(!keys.empty());
    auto generation = std::make_unique<Generation>();
    for (const RingKey& key : keys) generation->keys.emplace_back(key);
    std::ranges::sort(generation->keys, {}, &ReadyKey::id);
    return SealingKeys(std::make_unique<const Ring>(std::move(generation)));
}

Result<SealingKeys> SealingKeys::open(KeyRingStorage& storage, const Clock& clock, RandomSource& random) {
    auto keys = storage.load();
    if (!keys) return std::unexpected(keys.error());
    if (!keys->empty()) return of(*keys);
    return rotate(storage, clock, random);
}

Result<SealingKeys> SealingKeys::rotate(KeyRingStorage& storage, const Clock& clock, RandomSource& random) {
    auto keys = storage.load();
    if (!keys) return std::unexpected(keys.error());
    std::uint32_t newest = 0;
    for (const RingKey& key : *keys) newest = std::max(newest, key.id);
    keys->push_back(new_key(newest + 1, clock, random));
    if (const auto saved = storage.save(*keys); !saved) return std::unexpected(saved.error());
    return of(*keys);
}

std::string SealingKeys::seal(Purpose purpose, std::string_view plain, std::string_view context,
                              RandomSource& random) const {
    const ReadyKey& key = ring_->now().keys.back();
    std::array<std::byte, nonce_bytes> nonce{};
    random.fill(nonce);
    std::string sealed(1, version);
    sealed.reserve(header_bytes + nonce_bytes + plain.size() + tag_bytes);
    for (unsigned shift = 32; shift > 0; shift -= 8)
        sealed += static_cast<char>((key.id >> (shift - 8)) & 255U);
    sealed.append(as_text(nonce));
    key.aead.at(static_cast<std::size_t>(purpose)).seal(nonce, plain, context, sealed);
    return sealed;
}

std::optional<std::string> SealingKeys::unseal(Purpose purpose, std::string_view sealed,
                                               std::string_view context) const {
    if (sealed.size() < header_bytes + nonce_bytes + tag_bytes || sealed.front() != version)
        return std::nullopt;
    const ReadyKey* key = ring_->now().find(read_key_id(sealed));
    if (key == nullptr) return std::nullopt;
    const auto nonce = as_bytes(sealed.substr(header_bytes)).first<nonce_bytes>();
    return key->aead.at(static_cast<std::size_t>(purpose))
        .open(nonce, sealed.substr(header_bytes + nonce_bytes), context);
}

Result<Secret> SealingKeys::open_secret(std::string_view sealed, std::string_view context) const {
    auto plain = unseal(Purpose::stored_secret, sealed, context);
    if (!plain) return fail("InternalFailure", 500, "A sealed secret could not be opened.");
    Secret secret(*plain);
    wipe_memory(plain->data(), plain->size());
    return secret;
}

std::uint32_t SealingKeys::newest_id() const noexcept {
    return ring_->now().keys.back().id;
}
Instant SealingKeys::newest_created() const noexcept {
    return ring_->now().keys.back().created;
}

std::optional<Digest> SealingKeys::derive_from(std::string_view sealed, std::string_view context) const {
    if (sealed.size() < header_bytes || sealed.front() != version) return std::nullopt;
    const ReadyKey* key = ring_->now().find(read_key_id(sealed));
    if (key == nullptr) return std::nullopt;
    std::string message(context);
    message.append(1, '\0').append(sealed);
    return key->derivation(message);
}

}  // namespace writ::crypto
