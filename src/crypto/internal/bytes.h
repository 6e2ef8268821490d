#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers and texts one after another, in a form that does not depend on the machine.
namespace writ::crypto::internal {

class ByteWriter {
  public:
    /// Seven bits a byte, least first.
    void number(std::uint64_t value) {
        for (; value >= 128; value >>= 7U) bytes_ += static_cast<char>(value | 128U);
        bytes_ += static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_.append(value);
    }
    void zeros(std::size_t count) { bytes_.append(count, '\0'); }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// Reads what ByteWriter wrote. Any defect makes it `failed`, and everything read from then on is empty.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) noexcept : rest_(bytes) {}

    [[nodiscard]] std::uint64_t number() noexcept {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 127U) << shift;
            if (byte < 128) return value;
        }
        fail();
        return 0;
    }
    [[nodiscard]] std::string_view text() noexcept {
        const std::uint64_t length = number();
        if (length > rest_.size()) fail();
        const std::string_view value = rest_.substr(0, failed_ ? 0 : length);
        rest_.remove_prefix(value.size());
        return value;
    }
    /// How many elements follow; each takes a byte at least, so that a short text cannot ask for much memory.
    [[nodiscard]] std::size_t count() noexcept {
        const std::uint64_t elements = number();
        if (elements > rest_.size()) fail();
        return failed_ ? 0 : static_cast<std::size_t>(elements);
    }
    void skip_rest() noexcept { rest_ = {}; }
    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  private:
    void fail() noexcept {
        failed_ = true;
        rest_ = {};
    }
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace writ::crypto::internal
