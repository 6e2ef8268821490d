#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/bodies.h"

namespace writ::gateway::internal {
namespace {

/// RFC 8949, 3: the upper three bits of the first byte of an item.
enum class Major : std::uint8_t { positive, negative, bytes, text, list, map, tag, simple };

struct Item {
    Major major = Major::simple;
    std::uint8_t info = 0;       ///< Lower five bits.
    std::uint64_t argument = 0;  ///< Number, size, tag, or bits of a float.

    [[nodiscard]] bool is_indefinite() const noexcept { return info == 31 && major != Major::simple; }
    [[nodiscard]] bool is_break() const noexcept { return info == 31 && major == Major::simple; }
};

template <class Number>
std::string text_of(Number number) {
    std::array<char, 64> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} ? std::string(digits.data(), end) : std::string{};
}

/// RFC 8949, appendix D.
double half_float(std::uint64_t bits) {
    const auto exponent = static_cast<int>(bits >> 10U & 0x1FU);
    const auto fraction = static_cast<double>(bits & 0x3FFU);
    double value = 0;
    if (exponent == 0) {
        value = std::ldexp(fraction, -24);
    } else if (exponent != 31) {
        value = std::ldexp(fraction + 1024, exponent - 25);
    } else {
        value = fraction == 0 ? HUGE_VAL : std::nan("");
    }
    return (bits & 0x8000U) != 0 ? -value : value;
}

class CborReader {
    using Scalar = BodyReader::Scalar;

  public:
    CborReader(std::string_view body, BodyReader& reader) : rest_(body), reader_(&reader) {}

    Result<void> read() {
        do {
            if (!step()) return refusal();
        } while (!open_.empty());
        if (!rest_.empty()) return unreadable("Bytes follow the CBOR item of the body.");
        return {};
    }

  private:
    struct Open {
        bool is_map = false;
        bool indefinite = false;
        std::uint64_t left = 0;  ///< Items of a list, pairs of a map.
        bool at_value = false;   ///< Of a map: the key was read.
    };

    std::unexpected<Error> refusal() const {
        if (!reader_->error().code.empty()) return std::unexpected(reader_->error());
        return unreadable("The body is not CBOR as its protocol uses it.");
    }

    /// The next item, or the end of what is open.
    bool step() {
        if (!open_.empty() && !open_.back().indefinite && open_.back().left == 0) return close();
        Item item;
        if (!head(item)) return false;
        if (item.is_break()) return !open_.empty() && open_.back().indefinite && close();
        while (item.major == Major::tag)
            if (!head(item) || item.is_break()) return false;
        if (!open_.empty() && open_.back().is_map && !open_.back().at_value) {
            open_.back().at_value = true;
            std::string key;
            return item.major == Major::text && string(item, key) && count_scalars(key) && reader_->key(key);
        }
        if (!open_.empty()) {
            open_.back().at_value = false;
            if (!open_.back().indefinite) --open_.back().left;
        }
        return value(item);
    }

    bool close() {
        if (open_.back().at_value) return false;
        open_.pop_back();
        return reader_->close();
    }

    bool value(const Item& item) {
        std::string text;
        switch (item.major) {
            case Major::positive:
                return reader_->scalar(text_of(item.argument), Scalar::other);
            case Major::negative:
                return negative(item.argument);
            case Major::bytes:
                return string(item, text) && reader_->scalar(base64_encode(as_bytes(text)), Scalar::bytes);
            case Major::text:
                return string(item, text) && count_scalars(text) && reader_->scalar(text, Scalar::text);
            case Major::list:
                open_.push_back({false, item.is_indefinite(), item.argument, false});
                return reader_->open_list();
            case Major::map:
                open_.push_back({true, item.is_indefinite(), item.argument, false});
                return reader_->open_map();
            case Major::simple:
                return simple(item);
            case Major::tag:
                break;
        }
        return false;
    }

    bool negative(std::uint64_t argument) {
        if (argument >> 63U != 0) return false;
        return reader_->scalar(text_of(-1 - static_cast<std::int64_t>(argument)), Scalar::other);
    }

    bool simple(const Item& item) {
        switch (item.info) {
            case 20:
                return reader_->scalar("false", Scalar::other);
            case 21:
                return reader_->scalar("true", Scalar::other);
            case 22:
            case 23:
                return reader_->null();
            case 25:
                return reader_->scalar(text_of(half_float(item.argument)), Scalar::other);
            case 26:
                return reader_->scalar(
                    text_of(std::bit_cast<float>(static_cast<std::uint32_t>(item.argument))), Scalar::other);
            case 27:
                return reader_->scalar(text_of(std::bit_cast<double>(item.argument)), Scalar::other);
            default:
                return false;
        }
    }

    bool head(Item& item) {
        if (rest_.empty()) return false;
        const auto first = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        item.major = static_cast<Major>(first >> 5U);
        item.info = first & 0x1FU;
        item.argument = item.info;
        if (item.info < 24) return true;
        if (item.info == 31) {
            item.argument = 0;
            return item.major != Major::positive && item.major != Major::negative && item.major != Major::tag;
        }
        if (item.info > 27) return false;
        const std::size_t size = std::size_t{1} << (item.info - 24U);
        if (rest_.size() < size) return false;
        item.argument = 0;
        for (const char byte : rest_.substr(0, size))
            item.argument = item.argument << 8U | static_cast<unsigned char>(byte);
        rest_.remove_prefix(size);
        return true;
    }

    /// The bytes of a string, in one piece or in several.
    bool string(const Item& item, std::string& text) {
        if (!item.is_indefinite()) return piece(item, text);
        while (true) {
            Item next;
            if (!head(next)) return false;
            if (next.is_break()) return true;
            if (next.major != item.major || next.is_indefinite() || !piece(next, text)) return false;
        }
    }

    bool piece(const Item& item, std::string& text) {
        if (item.argument > rest_.size()) return false;
        text += rest_.substr(0, item.argument);
        rest_.remove_prefix(item.argument);
        return true;
    }

    std::string_view rest_;
    BodyReader* reader_;
    std::vector<Open> open_;
};

}  // namespace

Result<void> read_cbor(std::string_view body, BodyReader& reader) {
    return CborReader(body, reader).read();
}

}  // namespace writ::gateway::internal
