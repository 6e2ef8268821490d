#include "crypto/sealing.h"

#include <algorithm>
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
constexpr std::array<std::string_view, purposes> labels{"writ stored secret 1", "writ session token 1"};
constexpr std::string_view derivation_label = "writ session secret 1";

Digest derive(const RingKey& key, std::string_view label) {
    return hmac_sha256(as_bytes(key.material.reveal()), label);
}

struct ReadyKey {
    explicit ReadyKey(const RingKey& key)
        : id(key.id),
          created(key.created),
          aead{AeadKey(derive(key, labels[0])), AeadKey(derive(key, labels[1]))},
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

struct SealingKeys::Ring {
    std::vector<ReadyKey> keys;  // By id, never empty.

    [[nodiscard]] const ReadyKey* find(std::uint32_t id) const {
        const auto key = std::ranges::lower_bound(keys, id, {}, &ReadyKey::id);
        return key == keys.end() || key->id != id ? nullptr : &*key;
    }
};

SealingKeys::SealingKeys(std::unique_ptr<const Ring> ring) : ring_(std::move(ring)) {}
SealingKeys::SealingKeys(SealingKeys&&) noexcept = default;
SealingKeys& SealingKeys::operator=(SealingKeys&&) noexcept = default;
SealingKeys::~SealingKeys() = default;

SealingKeys SealingKeys::of(std::span<const RingKey> keys) {
    assert(!keys.empty());
    auto ring = std::make_unique<Ring>();
    for (const RingKey& key : keys) ring->keys.emplace_back(key);
    std::ranges::sort(ring->keys, {}, &ReadyKey::id);
    return SealingKeys(std::move(ring));
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
    const ReadyKey& key = ring_->keys.back();
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
    const ReadyKey* key = ring_->find(read_key_id(sealed));
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
    return ring_->keys.back().id;
}
Instant SealingKeys::newest_created() const noexcept {
    return ring_->keys.back().created;
}

std::optional<Digest> SealingKeys::derive_from(std::string_view sealed, std::string_view context) const {
    if (sealed.size() < header_bytes || sealed.front() != version) return std::nullopt;
    const ReadyKey* key = ring_->find(read_key_id(sealed));
    if (key == nullptr) return std::nullopt;
    std::string message(context);
    message.append(1, '\0').append(sealed);
    return key->derivation(message);
}

}  // namespace writ::crypto
