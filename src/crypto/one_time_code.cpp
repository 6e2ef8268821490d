#include "crypto/one_time_code.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <liboath/oath.h>
#include <memory>
#include <utility>

#include "base/text.h"

namespace writ::crypto {
namespace {

constexpr std::size_t seed_bytes = 40;
constexpr unsigned digits = 6;

/// Memory of liboath that holds a secret.
struct WipeAndFree {
    std::size_t bytes = 0;
    void operator()(char* memory) const noexcept {
        wipe_memory(memory, bytes);
        std::free(memory);
    }
};
using Buffer = std::unique_ptr<char, WipeAndFree>;

}  // namespace

Secret make_one_time_seed(RandomSource& random) {
    std::array<std::byte, seed_bytes> key{};
    random.fill(key);
    char* text = nullptr;
    std::size_t size = 0;
    const int status =
        oath_base32_encode(reinterpret_cast<const char*>(key.data()), key.size(), &text, &size);
    wipe_memory(key.data(), key.size());
    if (status != OATH_OK) std::abort();  // Out of memory: it refuses nothing else.
    const Buffer held(text, WipeAndFree{size});
    return Secret({text, size});
}

Secret provisioning_uri(std::string_view device_name, std::string_view account_label, const Secret& seed) {
    Secret uri("otpauth://totp/Amazon%20Web%20Services:" + percent_encode(device_name) + "@" +
               percent_encode(account_label) + "?secret=" + std::string(seed.reveal()) +
               "&issuer=Amazon%20Web%20Services");
    return uri;
}

Result<OneTimeCodes> OneTimeCodes::of(const Secret& seed) {
    char* key = nullptr;
    std::size_t size = 0;
    if (oath_base32_decode(seed.reveal().data(), seed.reveal().size(), &key, &size) != OATH_OK) {
        return fail("InternalFailure", 500, "The seed of an MFA device is damaged.");
    }
    const Buffer held(key, WipeAndFree{size});
    return OneTimeCodes(Secret({key, size}));
}

std::string OneTimeCodes::at(std::int64_t step) const {
    std::array<char, digits + 1> code{};
    const int status =
        oath_hotp_generate(key_.reveal().data(), key_.reveal().size(), static_cast<std::uint64_t>(step),
                           digits, false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
    if (status != OATH_OK) std::abort();  // The key has a length and the digits are six.
    return {code.data(), digits};
}

bool OneTimeCodes::is_code_of(std::int64_t step, std::string_view code) const {
    return step >= 0 && equals_in_constant_time(at(step), code);
}

std::optional<std::int64_t> OneTimeCodes::find_pair(const Steps& steps, std::string_view first,
                                                    std::string_view second) const {
    for (std::int64_t step = std::max<std::int64_t>(steps.first, 0); step <= steps.last; ++step) {
        if (is_code_of(step, first) && is_code_of(step + 1, second)) return step;
    }
    return std::nullopt;
}

}  // namespace writ::crypto
