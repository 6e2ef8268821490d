#include "directory/internal/organizations/ids.h"

#include <array>
#include <cstddef>
#include <span>

namespace writ::directory::organizations {
namespace {

constexpr std::string_view letters_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view digits = "0123456789";

/// Appends `count` characters of the alphabet, each as likely as the others: bytes that would favour the
/// first ones are thrown away.
void append_random(std::string& text, std::size_t count, std::string_view alphabet, RandomSource& random) {
    const std::size_t fair = 256 - 256 % alphabet.size();
    std::array<std::byte, 1> one{};
    for (std::size_t made = 0; made < count;) {
        random.fill(std::span(one));
        const auto value = std::to_integer<std::size_t>(one[0]);
        if (value >= fair) continue;
        text += alphabet[value % alphabet.size()];
        ++made;
    }
}

std::string made(std::string_view prefix, std::size_t count, RandomSource& random) {
    std::string id(prefix);
    append_random(id, count, letters_and_digits, random);
    return id;
}

}  // namespace

std::string new_organization_id(RandomSource& random) {
    return made("o-", 10, random);
}

std::string new_root_id(RandomSource& random) {
    return made("r-", 4, random);
}

std::string new_unit_id(std::string_view root_id, RandomSource& random) {
    return made("ou-" + std::string(root_id.substr(2)) + "-", 8, random);
}

std::string new_policy_id(RandomSource& random) {
    return made("p-", 10, random);
}

std::string new_resource_policy_id(RandomSource& random) {
    return made("rp-", 10, random);
}

std::string new_creation_id(RandomSource& random) {
    return made("car-", 32, random);
}

std::string new_handshake_id(RandomSource& random) {
    return made("h-", 10, random);
}

std::string new_account_id(RandomSource& random) {
    std::string id;
    append_random(id, 1, digits.substr(1), random);
    append_random(id, 11, digits, random);
    return id;
}

}  // namespace writ::directory::organizations
