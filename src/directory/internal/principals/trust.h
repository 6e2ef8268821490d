#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "directory/directory.h"
#include "policy/document.h"

/// Trust policies name users and roles by ARN but mean the entity that has this ARN when they are saved
/// (spec P3): they are stored and evaluated with unique ids. Only the principals that change are rewritten;
/// every other byte stays as it was put.
namespace writ::directory {

/// The text to be stored. MalformedPolicyDocument when a user or role of an account of this store does not
/// exist. Accounts that the store does not know are taken at their word; sessions and federated users have
/// no id and stay ARNs (spec P4). Ids of what is gone are refused too, unless the text
/// was in force already.
enum class DeadIds : std::uint8_t { refused, kept };
[[nodiscard]] Result<std::string> with_unique_ids(store::Reader& records, const Environment& environment,
                                                  const policy::Document& document,
                                                  DeadIds dead_ids = DeadIds::refused);

/// The text to be shown: the ARN of every entity that lives, the bare id of the others. Ids of the form
/// without an account are looked up in `home_account`.
[[nodiscard]] Result<std::string> with_arns(store::Reader& records, const Environment& environment,
                                            std::string_view stored, std::string_view home_account);

}  // namespace writ::directory
