#include "crypto/password_hash.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <sodium.h>
#include <span>
#include <vector>

namespace writ::crypto {
namespace {

using Salt = std::array<std::byte, crypto_pwhash_SALTBYTES>;

struct Costs {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t passes = 2;
};
/// More than any hash of ours: what is stored must not be able to exhaust the memory.
constexpr Costs costs_max{.memory_kib = 1'048'576, .passes = 16};

constexpr std::size_t hash_bytes = 32;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

unsigned char* octets(std::span<std::byte> bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string encode(std::span<std::byte> bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
    sodium_bin2base64(text.data(), text.size(), octets(bytes), bytes.size(), base64);
    text.pop_back();  // The terminator is counted.
    return text;
}

/// Nothing when the memory is not to be had.
std::optional<std::string> hash(const Secret& password, Salt salt, const Costs& costs) {
    if (sodium_init() < 0) std::abort();
    std::array<std::byte, hash_bytes> digest{};
    const std::string_view text = password.reveal();
    if (crypto_pwhash(octets(digest), digest.size(), text.data(), text.size(), octets(salt), costs.passes,
                      std::size_t{costs.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return std::nullopt;
    }
    return "$argon2id$v=19$m=" + std::to_string(costs.memory_kib) + ",t=" + std::to_string(costs.passes) +
           ",p=1$" + encode(salt) + "$" + encode(digest);
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

bool take(std::string_view& text, std::uint32_t& number) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return true;
}

struct Parameters {
    Costs costs;
    Salt salt{};
};

std::optional<Parameters> parameters_of(std::string_view text) {
    Parameters found;
    const bool understood = take(text, "$argon2id$v=19$m=") && take(text, found.costs.memory_kib) &&
                            take(text, ",t=") && take(text, found.costs.passes) && take(text, ",p=1$");
    if (!understood || found.costs.memory_kib > costs_max.memory_kib ||
        found.costs.passes > costs_max.passes) {
        return std::nullopt;
    }
    const std::string_view salt = text.substr(0, text.find('$'));
    std::size_t bytes = 0;
    if (sodium_base642bin(octets(found.salt), found.salt.size(), salt.data(), salt.size(), nullptr, &bytes,
                          nullptr, base64) != 0 ||
        bytes != found.salt.size()) {
        return std::nullopt;
    }
    return found;
}

}  // namespace

std::string hash_password(const Secret& password, RandomSource& random) {
    Salt salt{};
    random.fill(salt);
    auto made = hash(password, salt, Costs{});
    if (!made) throw std::bad_alloc();
    return std::move(*made);
}

std::optional<std::string> hash_password_like(std::string_view like, const Secret& password) {
    const auto parameters = parameters_of(like);
    if (!parameters) return std::nullopt;
    return hash(password, parameters->salt, parameters->costs);
}

bool is_password_of(std::string_view hash, const Secret& password) {
    const auto same = hash_password_like(hash, password);
    return same && equals_in_constant_time(*same, hash);
}

}  // namespace writ::crypto
