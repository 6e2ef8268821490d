#pragma once

#include <filesystem>

/// The rows of directory_bench, a file a question.
namespace writ::bench {

/// The databases of make_population() in the folder.
[[nodiscard]] inline std::filesystem::path few_users(const std::filesystem::path& folder) {
    return folder / "thousand-users.db";
}
[[nodiscard]] inline std::filesystem::path many_users(const std::filesystem::path& folder) {
    return folder / "million-users.db";
}
inline constexpr std::size_t few = 1'000;
inline constexpr std::size_t many = 1'000'000;

/// GetUser and ListUsers as the root user calls them, with few users in the account and with many, in turns;
/// on PostgreSQL too when scripts/with-postgresql started this.
void bench_users(const std::filesystem::path& folder);
/// A decision about a user of whom nothing is in memory, beside reading the same rows.
void bench_cold_principals(const std::filesystem::path& folder);
/// The memory of an endpoint that 100,000 users have called.
void bench_hot_principals(const std::filesystem::path& folder);
/// From the answer to a change of a policy to the first request that it holds for.
void bench_enforcement();

}  // namespace writ::bench
