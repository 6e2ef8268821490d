#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "directory/directory.h"
#include "store/records.h"

/// What is asked for in one call and told in another.
namespace writ::directory {

/// Nothing when there is none of that kind.
[[nodiscard]] Result<std::optional<store::Task>> find_task(const AccountView& account, store::TaskKind kind,
                                                           std::string_view task_id);
/// NoSuchEntity when there is none of that kind that this caller asked for.
[[nodiscard]] Result<store::Task> find_task_of_caller(const AccountView& account, store::TaskKind kind,
                                                      std::string_view task_id, std::string_view caller_id);
/// Replaces a task of the same id.
[[nodiscard]] Result<void> put_task(AccountEdit& account, const store::Task& task);
/// Removes tasks of that kind older than `age`, with their lines, at most `tasks_max` at once.
[[nodiscard]] Result<void> erase_old_tasks(AccountEdit& account, store::TaskKind kind,
                                           std::chrono::seconds age, std::size_t tasks_max);

}  // namespace writ::directory
