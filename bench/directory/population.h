#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "bench/directory/surroundings.h"

/// An account with many users, each with a policy of its own and an access key: the rows that CreateUser,
/// PutUserPolicy and CreateAccessKey write, put in by the store's statements without asking the rules. User
/// number N is the same at every run.
namespace writ::bench {

inline constexpr std::size_t statements_each = 10;  ///< In the inline policy of every user.

[[nodiscard]] std::string user_name(std::size_t number);
/// In no order, and different for each number.
[[nodiscard]] std::string user_id(std::size_t number);
[[nodiscard]] Signer user(std::size_t number);
/// Ten statements over as many services. One allows dynamodb:GetItem on own_table(), one the user to look at
/// itself.
[[nodiscard]] std::string own_policy(std::size_t number);
[[nodiscard]] std::string own_table(std::size_t number);

/// Makes the database unless it is there already. About half a minute for a million users.
void make_population(const std::filesystem::path& file, std::size_t users);

/// The users alone, in the schema that `address` leads to and that has the account already.
void copy_users_to_postgresql(const std::string& address, std::size_t users);

}  // namespace writ::bench
