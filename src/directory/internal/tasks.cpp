#include "directory/internal/tasks.h"

#include "directory/internal/failures.h"

namespace writ::directory {
namespace {

Result<void> erase_lines(AccountEdit& account, std::string_view task_id) {
    const auto lines = account.records.list<store::ReportedAccess>(store::ReportedAccess::by_place,
                                                                   {.equal = {account.account_id, task_id}});
    if (!lines) return std::unexpected(to_error(lines.error()));
    for (const store::ReportedAccess& line : *lines) {
        if (auto erased = result_of(account.writes.erase(line)); !erased) return erased;
    }
    return {};
}

}  // namespace

Result<std::optional<store::Task>> find_task(const AccountView& account, store::TaskKind kind,
                                             std::string_view task_id) {
    auto found = account.records.find<store::Task>(store::Task::by_id, {account.account_id, task_id});
    if (!found) return std::unexpected(to_error(found.error()));
    if (*found && (*found)->kind != kind) return std::nullopt;
    return std::move(*found);
}

Result<store::Task> find_task_of_caller(const AccountView& account, store::TaskKind kind,
                                        std::string_view task_id, std::string_view caller_id) {
    auto task = find_task(account, kind, task_id);
    if (!task) return std::unexpected(std::move(task.error()));
    if (*task && (*task)->caller_id == caller_id) return std::move(**task);
    return fail("NoSuchEntity", 404, "The job with id " + std::string(task_id) + " cannot be found.");  // [I]
}

Result<void> put_task(AccountEdit& account, const store::Task& task) {
    auto updated = account.writes.update(task);
    if (!updated && updated.error().kind == store::FailureKind::not_found) {
        updated = account.writes.insert(task);
    }
    return result_of(std::move(updated));
}

Result<void> erase_old_tasks(AccountEdit& account, store::TaskKind kind, std::chrono::seconds age,
                             std::size_t tasks_max) {
    const auto tasks = account.records.list<store::Task>(
        store::Task::by_age, {.equal = {account.account_id, kind}, .rows_max = tasks_max});
    if (!tasks) return std::unexpected(to_error(tasks.error()));
    for (const store::Task& task : *tasks) {
        if (account.environment.clock.now() - task.made_at < age) return {};
        if (auto erased = erase_lines(account, task.task_id); !erased) return erased;
        if (auto erased = result_of(account.writes.erase(task)); !erased) return erased;
    }
    return {};
}

}  // namespace writ::directory
