#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "crypto/hash.h"

namespace writ::crypto {

/// One key of the ring: 256 random bits from which the keys for each purpose are derived.
struct RingKey {
    std::uint32_t id = 0;  ///< Counts from 1; the greatest is the newest.
    Instant created;
    Secret material;  ///< 32 bytes.
};

/// Where the ring is kept between two starts.
class KeyRingStorage {
  public:
    virtual ~KeyRingStorage() = default;
    /// Nothing but an empty list on the very first start.
    [[nodiscard]] virtual Result<std::vector<RingKey>> load() = 0;
    /// Replaces everything, durably or not at all.
    [[nodiscard]] virtual Result<void> save(std::span<const RingKey> keys) = 0;
};

/// What a key of the ring is derived for. Text sealed for one purpose never opens for another.
enum class Purpose : std::uint8_t { stored_secret, session_token, authorization_message, bearer_token };
inline constexpr std::size_t purposes = 4;

/// The key ring, ready to seal and open: AES-256-GCM with a random nonce; the newest key seals, every key
/// opens. Sealed text is binary: version, key id, nonce, ciphertext, tag; 33 bytes longer than the plain
/// text. Safe for concurrent use, also while one thread assigns a newer ring: each call sees the old keys or
/// the new.
class SealingKeys {
  public:
    /// Loads the ring; makes and saves a first key when there is none.
    [[nodiscard]] static Result<SealingKeys> open(KeyRingStorage& storage, const Clock& clock,
                                                  RandomSource& random);
    /// Adds a new key, which seals from now on, and saves. What older keys have sealed still opens.
    [[nodiscard]] static Result<SealingKeys> rotate(KeyRingStorage& storage, const Clock& clock,
                                                    RandomSource& random);
    /// REQUIRES: one key at least.
    [[nodiscard]] static SealingKeys of(std::span<const RingKey> keys);
    SealingKeys(SealingKeys&&) noexcept;
    SealingKeys& operator=(SealingKeys&&) noexcept;
    ~SealingKeys();

    /// `context` (the access key id, say) is not kept but must be the same at opening, so that sealed text
    /// cannot be moved to another record.
    [[nodiscard]] std::string seal(Purpose purpose, std::string_view plain, std::string_view context,
                                   RandomSource& random) const;
    /// Nothing when the key is gone, the context differs or a bit was changed. About 0.4 µs.
    [[nodiscard]] std::optional<std::string> unseal(Purpose purpose, std::string_view sealed,
                                                    std::string_view context) const;

    /// A secret access key for the store, and back; `InternalFailure` when it does not open.
    [[nodiscard]] std::string seal_secret(const Secret& secret, std::string_view context,
                                          RandomSource& random) const {
        return seal(Purpose::stored_secret, secret.reveal(), context, random);
    }
    [[nodiscard]] Result<Secret> open_secret(std::string_view sealed, std::string_view context) const;

    [[nodiscard]] std::uint32_t newest_id() const noexcept;
    [[nodiscard]] Instant newest_created() const noexcept;
    /// 32 bytes that only this ring can compute from a sealed text and its context: the secret that goes with
    /// a session token. Nothing when the ring does not have the key. Does not open, and so does not check.
    [[nodiscard]] std::optional<Digest> derive_from(std::string_view sealed, std::string_view context) const;

  private:
    struct Ring;
    explicit SealingKeys(std::unique_ptr<const Ring> ring);
    std::unique_ptr<const Ring> ring_;
};

}  // namespace writ::crypto
