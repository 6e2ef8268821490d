#pragma once

#include <filesystem>
#include <span>
#include <utility>
#include <vector>

#include "crypto/sealing.h"

namespace writ::crypto {

/// A text file that only its owner may read (mode 0600; a file that others may read is refused). A line a
/// key: id, time of creation, base64.
class KeyRingFile final : public KeyRingStorage {
  public:
    explicit KeyRingFile(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] Result<std::vector<RingKey>> load() override;
    [[nodiscard]] Result<void> save(std::span<const RingKey> keys) override;

  private:
    std::filesystem::path path_;
};

}  // namespace writ::crypto
