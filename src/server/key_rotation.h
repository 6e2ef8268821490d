#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/sealing.h"

/// The key ring of a data directory: who may change it, and when it gets a new key. Several processes may
/// call these at once (`writ keys rotate` beside a server): a lock beside the file lets one after the other
/// change it, and readers never see half a ring.
namespace writ::server {

/// One key as people may see it.
struct KeyDescription {
    std::uint32_t id = 0;
    Instant created;
};

/// The key file of a data directory.
[[nodiscard]] std::filesystem::path key_file_of(const std::filesystem::path& data);

/// By id; the last one seals. InvalidInput when there is no key file.
[[nodiscard]] Result<std::vector<KeyDescription>> list_keys(const std::filesystem::path& key_file);

/// Adds a key. InvalidInput when there is no key file: only a server's first start makes one.
[[nodiscard]] Result<crypto::SealingKeys> rotate_keys(const std::filesystem::path& key_file,
                                                      const Clock& clock, RandomSource& random);

/// Adds a key unless the newest one in the file is younger than `age_max`. Returns the ring as it is then.
[[nodiscard]] Result<crypto::SealingKeys> rotate_keys_older_than(std::chrono::days age_max,
                                                                 const std::filesystem::path& key_file,
                                                                 const Clock& clock, RandomSource& random);

/// Whether the newest key has reached `age_max`; zero days: never.
[[nodiscard]] bool is_rotation_due(const crypto::SealingKeys& keys, std::chrono::days age_max, Instant now);

}  // namespace writ::server
