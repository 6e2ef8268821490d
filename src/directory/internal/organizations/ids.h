#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

/// The ids of Organizations (spec 9.1): a prefix and random small letters and digits. Whether one is free is
/// decided by the index of its table.
namespace writ::directory::organizations {

/// "o-" and ten, "r-" and four, "ou-ROOT-" and eight, "p-", "rp-" and ten, "car-" and 32, "h-" and ten.
[[nodiscard]] std::string new_organization_id(RandomSource& random);
[[nodiscard]] std::string new_root_id(RandomSource& random);
[[nodiscard]] std::string new_unit_id(std::string_view root_id, RandomSource& random);
[[nodiscard]] std::string new_policy_id(RandomSource& random);
[[nodiscard]] std::string new_resource_policy_id(RandomSource& random);
[[nodiscard]] std::string new_creation_id(RandomSource& random);
[[nodiscard]] std::string new_handshake_id(RandomSource& random);
/// Twelve digits, the first not zero.
[[nodiscard]] std::string new_account_id(RandomSource& random);

}  // namespace writ::directory::organizations
