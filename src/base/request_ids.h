#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "base/random.h"

namespace writ {

/// 16 random bytes as a UUID of version 4 (RFC 9562), 36 characters in lower case.
[[nodiscard]] std::string uuid_of(std::span<const std::byte, 16> random);
/// The same from bytes of its own. Cost: that of the source.
[[nodiscard]] std::string make_uuid(RandomSource& random);

/// Makes UUIDs of version 4, for one thread. Takes randomness in large portions: asking the system for each
/// id would cost more than everything else about it.
class RequestIds {
  public:
    explicit RequestIds(RandomSource& random) : random_(random) {}
    [[nodiscard]] std::string next();

  private:
    static constexpr std::size_t id_bytes = 16;
    RandomSource& random_;
    std::array<std::byte, id_bytes * 64> bytes_{};
    std::size_t used_ = sizeof(bytes_);
};

}  // namespace writ
