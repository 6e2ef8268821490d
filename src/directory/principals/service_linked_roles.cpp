#include "directory/principals/service_linked_roles.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "directory/internal/counters.h"
#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/principals/role_answers.h"
#include "directory/internal/principals/role_erasure.h"
#include "directory/internal/principals/service_linked_role_facts.h"
#include "directory/internal/tasks.h"
#include "store/records.h"

namespace writ::directory {
namespace {

constexpr std::string_view path_root = "/aws-service-role/";
constexpr std::string_view name_prefix = "AWSServiceRoleFor";
constexpr std::string_view task_prefix = "task/aws-service-role/";
constexpr std::size_t name_characters_max = 64;
constexpr std::chrono::days tasks_kept_for{30};  // [I]
constexpr std::size_t forgotten_at_once = 20;

std::string path_of(std::string_view service_name) {
    return std::string(path_root).append(service_name).append("/");
}

std::string name_of(const ServiceLinkedRoleFact& fact, std::string_view suffix) {
    std::string name(name_prefix);
    name.append(fact.role);
    if (!suffix.empty()) name.append("_").append(suffix);
    return name;
}

std::string trust_of(std::string_view service_name) {
    return std::string(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")")
        .append(service_name)
        .append(R"("},"Action":"sts:AssumeRole"}]})");
}

Result<const ServiceLinkedRoleFact*> fact_of(const NewServiceLinkedRole& role) {
    const auto* fact = find_service_linked_role_fact(role.service_name);
    if (fact == nullptr) {  // [I]
        return fail(
            "InvalidInput", 400,
            "There is no service-linked role for the service " + std::string(role.service_name) + ".");
    }
    if (!role.suffix.empty() && !fact->takes_suffix) {
        return fail("InvalidInput", 400,
                    "Custom suffix is not allowed for " + std::string(role.service_name));
    }
    if (name_of(*fact, role.suffix).size() > name_characters_max) {
        return fail("InvalidInput", 400, "The name of the role would be too long, use a shorter suffix.");
    }
    return fact;
}

Result<store::Role> insert_role(AccountEdit& account, const NewServiceLinkedRole& role,
                                const std::string& name) {
    auto id = new_id(account, crypto::IdKind::role);
    if (!id) return std::unexpected(std::move(id.error()));
    store::Role record{.account_id = account.account_id,
                       .role_id = std::move(*id),
                       .name = name,
                       .name_folded = fold(name),
                       .path = path_of(role.service_name),
                       .description = role.description,
                       .trust_document = trust_of(role.service_name),
                       .created_at = account.environment.clock.now()};
    auto inserted = unless_taken(
        account.writes.insert(record), store::Role::by_name,
        {"InvalidInput", 400,
         "Service role name " + name + " has been taken in this account, please try a different suffix."});
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    auto counted = count_one_more(account, counter::roles, Quota::roles_per_account);
    if (!counted) return std::unexpected(std::move(counted.error()));
    return record;
}

/// attach_policy() refuses both the role and the policy to everybody else.
Result<void> attach(AccountEdit& account, const store::Role& role, std::string_view policy_name) {
    const store::Attachment row{.account_id = account.account_id,
                                .principal_kind = store::EntityKind::role,
                                .principal_id = role.role_id,
                                .principal_name_folded = role.name_folded,
                                .usage = store::PolicyUsage::permissions,
                                .policy_arn = "arn:" + account.environment.partition +
                                              ":iam::aws:policy/aws-service-role/" +
                                              std::string(policy_name)};
    if (auto inserted = result_of(account.writes.insert(row)); !inserted) return inserted;
    const auto counted = add_to_counter(account, counter::attachments(row.policy_arn), 1);
    if (!counted) return std::unexpected(counted.error());
    return {};
}

Result<void> detach_all(AccountEdit& account, const store::Role& role) {
    const auto rows = account.records.list<store::Attachment>(
        store::Attachment::by_principal,
        {.equal = {account.account_id, role.role_id, store::PolicyUsage::permissions}});
    if (!rows) return std::unexpected(to_error(rows.error()));
    for (const store::Attachment& row : *rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
        auto counted = count_one_less(account, counter::attachments(row.policy_arn));
        if (!counted) return counted;
    }
    return {};
}

Result<store::Role> linked_role(const AccountView& account, std::string_view name) {
    auto role = role_by_name(account, name);
    if (!role || role->path.starts_with(path_root)) return role;
    return std::unexpected(no_such_entity(OwnerKind::role, name));  // [I]
}

/// "SERVICE", "ROLE" and the rest of "task/aws-service-role/SERVICE/ROLE/UUID".
struct TaskId {
    std::string_view service;
    std::string_view role;
};
Result<TaskId> parse_task_id(std::string_view text) {
    constexpr std::size_t uuid_characters = 36;
    const auto invalid = fail("InvalidInput", 400, "Invalid task id");
    if (!text.starts_with(task_prefix)) return invalid;
    const std::string_view rest = text.substr(task_prefix.size());
    const std::size_t role_at = rest.find('/');
    const std::size_t uuid_at = rest.rfind('/');
    if (role_at == std::string_view::npos || uuid_at <= role_at + 1 || role_at == 0) return invalid;
    if (rest.size() - uuid_at - 1 != uuid_characters) return invalid;
    return TaskId{rest.substr(0, role_at), rest.substr(role_at + 1, uuid_at - role_at - 1)};
}

}  // namespace

Result<Role> create_service_linked_role(AccountEdit& account, const NewServiceLinkedRole& role) {
    const auto fact = fact_of(role);
    if (!fact) return std::unexpected(fact.error());
    const auto record = insert_role(account, role, name_of(**fact, role.suffix));
    if (!record) return std::unexpected(record.error());
    if (auto attached = attach(account, *record, (*fact)->policy); !attached) {
        return std::unexpected(std::move(attached.error()));
    }
    return whole_role(account, *record);
}

Result<std::string> delete_service_linked_role(AccountEdit& account, std::string_view name) {
    const auto role = linked_role(account, name);
    if (!role) return std::unexpected(role.error());
    Result<void> done = detach_all(account, *role);
    if (done) done = erase_role(account, *role);
    if (done)
        done = erase_old_tasks(account, store::TaskKind::role_deletion, tasks_kept_for, forgotten_at_once);
    if (!done) return std::unexpected(std::move(done.error()));

    const std::string_view service =
        std::string_view(role->path).substr(path_root.size(), role->path.size() - path_root.size() - 1);
    std::string task_id(task_prefix);
    task_id.append(service).append("/").append(role->name).append("/").append(new_uuid(account));
    auto put = put_task(account, {.account_id = account.account_id,
                                  .task_id = task_id,
                                  .kind = store::TaskKind::role_deletion,
                                  .caller_id = {},
                                  .subject = role->name,
                                  .made_at = account.environment.clock.now(),
                                  .content = {}});
    if (!put) return std::unexpected(std::move(put.error()));
    return task_id;
}

Result<void> find_deletion_task(const AccountView& account, std::string_view task_id) {
    if (const auto parsed = parse_task_id(task_id); !parsed) return std::unexpected(parsed.error());
    const auto task = find_task(account, store::TaskKind::role_deletion, task_id);
    if (!task) return std::unexpected(task.error());
    if (*task) return {};
    return fail("NoSuchEntity", 404, "Cannot find deletion status for given id.");
}

std::string service_linked_role_arn(const AccountView& account, const NewServiceLinkedRole& role) {
    const auto* fact = find_service_linked_role_fact(role.service_name);
    const std::string name = fact == nullptr ? std::string(name_prefix) : name_of(*fact, role.suffix);
    return entity_arn(account.environment.partition, account.account_id, "role", path_of(role.service_name),
                      name);
}

Result<std::string> role_arn_of_task(const AccountView& account, std::string_view task_id) {
    const auto parsed = parse_task_id(task_id);
    if (!parsed) return std::unexpected(parsed.error());
    return entity_arn(account.environment.partition, account.account_id, "role", path_of(parsed->service),
                      parsed->role);
}

}  // namespace writ::directory
