#include "directory/organizations/access_reports.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/organizations/allowed_services.h"
#include "directory/internal/organizations/faults.h"
#include "directory/internal/organizations/paths.h"
#include "directory/internal/organizations/records.h"
#include "directory/internal/reports/service_uses.h"
#include "directory/internal/tasks.h"

namespace writ::directory::organizations {
namespace {

using store::OrganizationAttachment;
using store::PolicyTargetKind;

constexpr std::chrono::days kept_for{7};  // [I]
constexpr std::size_t forgotten_at_once = 20;

// As AWS has been seen to word them [O:STACKD].
constexpr ReportFailure no_entity{"INVALID_ORGANIZATIONS_ENTITY_PATH",
                                  "The entity with the specified path does not exist in your organization."};
constexpr ReportFailure no_policy{"INVALID_ORGANIZATIONS_POLICY",
                                  "The policy with the specified ID does not exist in your organization."};
constexpr std::array failures{&no_entity, &no_policy};

const ReportFailure* find_failure(std::string_view code) noexcept {
    const auto* found = std::ranges::find(failures, code, &ReportFailure::code);
    return found == failures.end() ? nullptr : *found;
}

std::unexpected<Error> denied(std::string_view message) {
    return fail("AccessDenied", 403, std::string(message));
}

/// The organization that the account of the call may have reports about.
Result<store::Organization> reported_organization(const AccountView& account) {
    auto found = find_organization_of(account, account.account_id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || (*found)->management_account_id != account.account_id) {  // [I] for the texts.
        return denied("Organizations access reports require the management account of an organization.");
    }
    const auto enabled = is_enabled(account, **found, store::OrganizationPolicyType::service_control);
    if (!enabled) return std::unexpected(enabled.error());
    if (!*enabled) return denied("Service control policies must be enabled for the organization root.");
    return std::move(**found);
}

std::string_view without_slash(std::string_view path) noexcept {
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

/// The way from the root to the entity, the entity last; empty: there is none of that path.
Result<std::vector<Node>> nodes_of(const AccountView& account, const store::Organization& organization,
                                   std::string_view entity_path) {
    const std::string_view given = without_slash(entity_path);
    if (given.substr(0, given.find('/')) != organization.organization_id) {
        return denied(
            "The organization ID in the specified entity path is different than your organization ID.");
    }
    auto entity = find_node(account, organization, given.substr(given.rfind('/') + 1));
    if (!entity) return std::unexpected(std::move(entity.error()));
    if (!*entity) return std::vector<Node>{};
    auto path = path_to(account, organization, std::move(**entity));
    if (path && without_slash(path_text(organization, *path)) != given) path->clear();
    return path;
}

struct ReportedAccount {
    std::string account_id;
    std::string path;
};

/// The accounts of an entity of which a report tells what they used.
class ReportedAccounts {
  public:
    ReportedAccounts(const AccountView& account, const store::Organization& organization)
        : account_(account), organization_(organization) {}

    /// Only those that have the policy attached, or a node between the entity and them has.
    Result<void> must_have(std::string_view policy_id) {
        const auto rows = account_.records.list<OrganizationAttachment>(
            OrganizationAttachment::by_policy, {.equal = {organization_.organization_id, policy_id}});
        if (!rows) return std::unexpected(to_error(rows.error()));
        targets_.emplace();
        for (const OrganizationAttachment& row : *rows) targets_->insert(row.target_id);
        return {};
    }

    /// `path`: of the node, with a slash at its end.
    Result<void> add(const Node& node, const std::string& path, bool has_policy = false) {
        has_policy = has_policy || !targets_ || targets_->contains(node.id);
        if (node.kind != PolicyTargetKind::account) return add_below(node, path, has_policy);
        if (has_policy) accounts_.push_back({node.id, std::string(without_slash(path))});
        return {};
    }
    [[nodiscard]] const std::vector<ReportedAccount>& accounts() const noexcept { return accounts_; }

  private:
    /// The management account is not limited by SCPs, so it is told of alone.
    Result<void> add_below(const Node& parent, const std::string& path, bool has_policy) {
        const std::vector<store::Bind> equal{organization_.organization_id, parent.id};
        const auto members = account_.records.list<store::OrganizationMember>(
            store::OrganizationMember::by_parent, {.equal = equal});
        if (!members) return std::unexpected(to_error(members.error()));
        for (const store::OrganizationMember& member : *members) {
            if (member.account_id == organization_.management_account_id) continue;
            const Node node{member.account_id, PolicyTargetKind::account, {}, parent.id};
            if (auto added = add(node, path + node.id + "/", has_policy); !added) return added;
        }
        const auto units = account_.records.list<store::OrganizationalUnit>(
            store::OrganizationalUnit::by_parent, {.equal = equal});
        if (!units) return std::unexpected(to_error(units.error()));
        for (const store::OrganizationalUnit& unit : *units) {
            const Node node{unit.unit_id, PolicyTargetKind::unit, unit.name, parent.id};
            if (auto added = add(node, path + node.id + "/", has_policy); !added) return added;
        }
        return {};
    }

    const AccountView& account_;
    const store::Organization& organization_;
    std::optional<std::set<std::string, std::less<>>> targets_;
    std::vector<ReportedAccount> accounts_;
};

/// `services` with what the accounts used of them.
Result<std::vector<ServiceAccess>> accesses_of(const AccountView& account, const Services& services,
                                               const std::vector<ReportedAccount>& accounts) {
    std::vector<ServiceAccess> accesses;
    accesses.reserve(services.size());
    for (const std::string_view service : services) accesses.push_back({.service = std::string(service)});
    for (const ReportedAccount& member : accounts) {
        const auto uses = last_uses_of_account(account, member.account_id);
        if (!uses) return std::unexpected(uses.error());
        for (const auto& [service, use] : *uses) {
            const auto line = std::ranges::lower_bound(accesses, service, {}, &ServiceAccess::service);
            if (line == accesses.end() || line->service != service) continue;
            ++line->accounts;
            if (line->at && *line->at >= use.at) continue;
            line->at = use.at;
            line->region = use.region;
            line->entity_path = member.path;
        }
    }
    return accesses;
}

DraftReport failed(const ReportFailure& failure) {
    return {.failure = &failure, .services = {}};
}

/// What is told of, and about whom: whatever the request leaves.
Result<DraftReport> draft_about(const AccountView& account, const store::Organization& organization,
                                const std::vector<Node>& path, std::optional<std::string_view> policy_id) {
    ReportedAccounts accounts(account, organization);
    std::optional<Services> services;
    if (path.back().id == organization.management_account_id) {
        services = all_services();
    } else if (policy_id) {
        auto allowed = services_allowed_by(account, organization, *policy_id);
        if (!allowed) return std::unexpected(std::move(allowed.error()));
        if (!*allowed) return failed(no_policy);
        services = std::move(*allowed);
        if (auto chosen = accounts.must_have(*policy_id); !chosen) return std::unexpected(chosen.error());
    } else {
        auto allowed = services_allowed_at(account, organization, path);
        if (!allowed) return std::unexpected(std::move(allowed.error()));
        services = std::move(*allowed);
    }
    if (auto added = accounts.add(path.back(), path_text(organization, path)); !added) {
        return std::unexpected(std::move(added.error()));
    }
    auto accesses = accesses_of(account, *services, accounts.accounts());
    if (!accesses) return std::unexpected(std::move(accesses.error()));
    return DraftReport{.failure = nullptr, .services = std::move(*accesses)};
}

store::ReportedAccess line_of(const AccountView& account, const std::string& task_id,
                              const ServiceAccess& access) {
    return {.account_id = account.account_id,
            .task_id = task_id,
            .service = access.service,
            .action = {},
            .entity_id = {},
            .entity_arn = access.entity_path,
            .used_at = access.at,
            .region = access.region,
            .entities = access.accounts};
}

Result<std::vector<ServiceAccess>> read_accesses(const AccountView& account, const store::Task& task) {
    const auto lines = account.records.list<store::ReportedAccess>(
        store::ReportedAccess::by_place, {.equal = {account.account_id, task.task_id}});
    if (!lines) return std::unexpected(to_error(lines.error()));
    std::vector<ServiceAccess> accesses;
    accesses.reserve(lines->size());
    for (const store::ReportedAccess& line : *lines) {
        accesses.push_back({.service = line.service,
                            .at = line.used_at,
                            .region = line.region,
                            .entity_path = line.entity_arn,
                            .accounts = line.entities});
    }
    return accesses;
}

void put_in_order(std::vector<ServiceAccess>& accesses, const AccessReportQuery& query) {
    if (query.by_time) std::ranges::stable_sort(accesses, {}, &ServiceAccess::at);
    if (query.descending) std::ranges::reverse(accesses);
}

}  // namespace

Result<DraftReport> draft_access_report(const AccountView& account, const AccessReportRequest& request) {
    const auto organization = reported_organization(account);
    if (!organization) return std::unexpected(organization.error());
    const auto path = nodes_of(account, *organization, request.entity_path);
    if (!path) return std::unexpected(path.error());
    if (path->empty()) return failed(no_entity);
    return draft_about(account, *organization, *path, request.policy_id);
}

Result<std::string> save_access_report(AccountEdit& account, const DraftReport& draft,
                                       std::string_view caller_id) {
    constexpr auto kind = store::TaskKind::organization_access_report;
    if (auto forgotten = erase_old_tasks(account, kind, kept_for, forgotten_at_once); !forgotten) {
        return std::unexpected(std::move(forgotten.error()));
    }
    const store::Task task{.account_id = account.account_id,
                           .task_id = new_uuid(account),
                           .kind = kind,
                           .caller_id = std::string(caller_id),
                           .subject = {},
                           .made_at = account.environment.clock.now(),
                           .content = std::string(draft.failure == nullptr ? "" : draft.failure->code)};
    if (auto put = put_task(account, task); !put) return std::unexpected(std::move(put.error()));
    for (const ServiceAccess& access : draft.services) {
        auto inserted = result_of(account.writes.insert(line_of(account, task.task_id, access)));
        if (!inserted) return std::unexpected(std::move(inserted.error()));
    }
    return task.task_id;
}

Result<AccessReport> get_access_report(const AccountView& account, const AccessReportQuery& query) {
    if (const auto allowed = reported_organization(account); !allowed) {
        return std::unexpected(allowed.error());
    }
    const auto task = find_task_of_caller(account, store::TaskKind::organization_access_report, query.job_id,
                                          query.caller_id);
    if (!task) return std::unexpected(task.error());
    if (!task->content.empty()) return AccessReport{task->made_at, find_failure(task->content), 0, 0, {}};
    auto accesses = read_accesses(account, *task);
    if (!accesses) return std::unexpected(std::move(accesses.error()));
    put_in_order(*accesses, query);

    const std::string filter =
        task->task_id + (query.by_time ? " by time" : " by name") + (query.descending ? " descending" : "");
    auto slice = slice_of(account, "GetOrganizationsAccessReport", filter, accesses->size(), query.page);
    if (!slice) return std::unexpected(std::move(slice.error()));
    AccessReport report{.made_at = task->made_at, .accessible = accesses->size(), .services = {}};
    report.not_accessed =
        static_cast<std::size_t>(std::ranges::count(*accesses, 0, &ServiceAccess::accounts));
    const auto at = [&](std::size_t position) {
        return accesses->begin() + static_cast<std::ptrdiff_t>(position);
    };
    report.services.items.assign(at(slice->begin), at(slice->end));
    report.services.marker = std::move(slice->marker);
    return report;
}

}  // namespace writ::directory::organizations
