#pragma once

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
/// no id and stay ARNs (spec P4).
[[nodiscard]] Result<std::string> with_unique_ids(store::Reader& records, const Environment& environment,
                                                  const policy::Document& document);

/// The text to be shown: the ARN of every entity that lives, the bare id of the others.
[[nodiscard]] Result<std::string> with_arns(store::Reader& records, const Environment& environment,
                                            std::string_view stored);

}  // namespace writ::directory
