#include "crypto/access_key.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstddef>
#include <span>

#include "base/text.h"

namespace writ::crypto {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

struct Form {
    IdKind kind;
    std::string_view prefix;
    std::size_t length;
};
constexpr auto forms = std::to_array<Form>({
    {IdKind::access_key, "AKIA", 20},
    {IdKind::temporary_access_key, "ASIA", 20},
    {IdKind::user, "AIDA", 21},
    {IdKind::role, "AROA", 21},
    {IdKind::group, "AGPA", 21},
    {IdKind::instance_profile, "AIPA", 21},
    {IdKind::managed_policy, "ANPA", 21},
    {IdKind::policy_version, "ANVA", 21},
    {IdKind::public_key, "APKA", 20},
    {IdKind::certificate, "ASCA", 21},
    {IdKind::service_credential, "ACCA", 21},
});

constexpr std::size_t account_digits = 12;
constexpr std::size_t account_at = 4;  // Behind the prefix …
constexpr std::size_t account_half_chars =
    8;  // … half the account in 40 bits, then the bit that was halved away.

const Form& form_of(IdKind kind) {
    const auto* form = std::ranges::find(forms, kind, &Form::kind);
    assert(form != forms.end());
    return *form;
}

std::optional<unsigned> base32_value(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
    if (c >= '2' && c <= '7') return static_cast<unsigned>(c - '2') + 26U;
    return std::nullopt;
}

}  // namespace

std::string_view prefix_of(IdKind kind) noexcept {
    return form_of(kind).prefix;
}

// Spec S16: 2^39 + account / 2 in eight characters; a ninth from the upper half of the alphabet tells that
// the account is odd; the rest is random.
std::string make_id(IdKind kind, std::string_view account, RandomSource& random) {
    std::uint64_t number = 0;
    [[maybe_unused]] const auto parsed =
        std::from_chars(account.data(), account.data() + account.size(), number);
    assert(account.size() == account_digits && parsed.ptr == account.data() + account.size());

    const Form& form = form_of(kind);
    std::string id(form.prefix);
    const std::uint64_t bits = (std::uint64_t{1} << 39U) + number / 2;
    for (unsigned i = 0; i < account_half_chars; ++i) id += alphabet[(bits >> (35U - 5U * i)) & 31U];

    std::array<std::byte, 16> noise{};
    random.fill(noise);
    const auto* next = noise.data();
    id += alphabet[(std::to_integer<unsigned>(*next++) & 15U) + (number % 2 == 1 ? 16U : 0U)];
    while (id.size() < form.length) id += alphabet[std::to_integer<unsigned>(*next++) & 31U];
    return id;
}

Secret make_secret_access_key(RandomSource& random) {
    std::array<std::byte, 30> bytes{};  // 240 bits make 40 characters without padding.
    random.fill(bytes);
    std::string text = base64_encode(bytes);
    Secret secret(text);
    wipe_memory(bytes.data(), bytes.size());
    wipe_memory(text.data(), text.size());
    return secret;
}

std::optional<IdKind> kind_of_id(std::string_view id) noexcept {
    const auto* form =
        std::ranges::find_if(forms, [&](const Form& known) { return id.starts_with(known.prefix); });
    if (form == forms.end() || id.size() != form->length) return std::nullopt;
    if (!std::ranges::all_of(id, [](char c) { return base32_value(c).has_value(); })) return std::nullopt;
    return form->kind;
}

std::optional<std::string> account_of_id(std::string_view id) {
    if (!kind_of_id(id)) return std::nullopt;
    std::uint64_t bits = 0;
    for (const char c : id.substr(account_at, account_half_chars + 1)) {
        const auto value = base32_value(c);
        if (!value) return std::nullopt;
        bits = (bits << 5U) | *value;
    }
    const bool odd = ((bits >> 4U) & 1U) == 1U;
    const std::uint64_t half = bits >> 5U;
    if (half < (std::uint64_t{1} << 39U)) return std::nullopt;  // The old form, without an account.

    const std::string digits = std::to_string((half - (std::uint64_t{1} << 39U)) * 2 + (odd ? 1U : 0U));
    if (digits.size() > account_digits) return std::nullopt;
    return std::string(account_digits - digits.size(), '0') + digits;
}

bool is_access_key_id(std::string_view text) noexcept {
    return text.size() >= 16 && text.size() <= 128 && std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

}  // namespace writ::crypto
