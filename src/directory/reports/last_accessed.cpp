#include "directory/reports/last_accessed.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "directory/internal/failures.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/internal/reports/granted_actions.h"
#include "directory/internal/reports/report_subject.h"
#include "directory/internal/reports/service_uses.h"
#include "directory/internal/tasks.h"
#include "reference/api_model.h"

namespace writ::directory {
namespace {

constexpr std::chrono::days kept_for{7};  // [I]
constexpr std::size_t forgotten_at_once = 20;

/// Actions whose use is told one by one: the operations that Writ itself decides on. As in AWS, handing on a
/// role is none.
bool is_tracked(const reference::Action& action) {
    const auto* service = reference::find_api_service(service_of(action));
    return service != nullptr &&
           reference::find_operation(*service, action.name.substr(action.name.find(':') + 1)) != nullptr;
}

/// The lines of one report, by what they are about.
class ReportLines {
  public:
    ReportLines(std::string account_id, std::string task_id)
        : account_id_(std::move(account_id)), task_id_(std::move(task_id)) {}

    void add_service(std::string_view service) { line({std::string(service), {}, {}}); }
    void add_action(const reference::Action& action) {
        line({std::string(service_of(action)),
              std::string(action.name.substr(action.name.find(':') + 1)),
              {}});
    }
    void add_entity(const ReachedEntity& entity) { line({{}, {}, entity.id}).entity_arn = entity.arn; }

    /// Counts for the lines that are there: uses of other services are of no interest.
    void count(const store::ServiceUse& use, const ReachedEntity& entity, bool by_entity) {
        const auto service = lines_.find({use.service, {}, {}});
        if (service == lines_.end()) return;
        note(service->second, use, entity);
        if (services_of_entity_.emplace(use.service, entity.id).second) ++service->second.entities;
        if (const auto action = lines_.find({use.service, use.action, {}}); action != lines_.end()) {
            note(action->second, use, entity);
        }
        if (by_entity) note(line({use.service, {}, entity.id}), use, entity);
    }

    Result<void> write(AccountEdit& account) const {
        for (const auto& [place, record] : lines_) {
            if (auto inserted = result_of(account.writes.insert(record)); !inserted) return inserted;
        }
        return {};
    }

  private:
    struct Place {
        std::string service, action, entity_id;
        auto operator<=>(const Place&) const = default;
    };

    store::ReportedAccess& line(const Place& place) {
        const auto [at, added] = lines_.try_emplace(place);
        if (added) {
            at->second = {.account_id = account_id_,
                          .task_id = task_id_,
                          .service = place.service,
                          .action = place.action,
                          .entity_id = place.entity_id,
                          .entity_arn = {},
                          .used_at = std::nullopt,
                          .region = {}};
        }
        return at->second;
    }

    static void note(store::ReportedAccess& line, const store::ServiceUse& use, const ReachedEntity& entity) {
        if (line.used_at && *line.used_at >= use.used_at) return;
        line.used_at = use.used_at;
        line.region = use.region;
        line.entity_arn = entity.arn;
    }

    std::string account_id_;
    std::string task_id_;
    std::map<Place, store::ReportedAccess> lines_;
    std::set<std::pair<std::string, std::string>> services_of_entity_;
};

Result<ReportLines> lines_of(const AccountView& account, const ReportSubject& subject, bool by_action,
                             const std::string& task_id) {
    GrantedActions granted;
    for (const std::string& document : subject.documents) granted.add(document);
    const auto actions = granted.actions();

    ReportLines lines(account.account_id, task_id);
    for (const std::string_view service : services_of(actions)) lines.add_service(service);
    for (const reference::Action* action : actions) {
        if (by_action && is_tracked(*action)) lines.add_action(*action);
    }
    for (const ReachedEntity& entity : subject.entities) {
        if (subject.lists_entities) lines.add_entity(entity);
        const auto uses = read_service_uses(account, entity.id);
        if (!uses) return std::unexpected(uses.error());
        for (const store::ServiceUse& use : *uses) lines.count(use, entity, subject.lists_entities);
    }
    return lines;
}

Result<std::vector<store::ReportedAccess>> read_lines(const AccountView& account, const store::Task& task) {
    return result_of(account.records.list<store::ReportedAccess>(
        store::ReportedAccess::by_place, {.equal = {account.account_id, task.task_id}}));
}

Access access_of(const store::ReportedAccess& line) {
    return {.at = line.used_at, .entity_arn = line.entity_arn, .region = line.region};
}

/// Lines of services, each followed by those of its actions, as the store orders them.
std::vector<ServiceLastAccessed> services_in(const std::vector<store::ReportedAccess>& lines) {
    std::vector<ServiceLastAccessed> services;
    for (const store::ReportedAccess& line : lines) {
        if (line.service.empty() || !line.entity_id.empty()) continue;
        if (line.action.empty()) {
            services.push_back(
                {.service = line.service, .last = access_of(line), .entities = line.entities, .actions = {}});
        } else {
            services.back().actions.push_back({.name = line.action, .last = access_of(line)});
        }
    }
    return services;
}

bool names(const std::vector<std::string_view>& services, std::string_view service) {
    return std::ranges::binary_search(services, service);
}

}  // namespace

Result<std::string> generate_access_report(AccountEdit& account, const AccessReportRequest& request) {
    const auto subject = read_report_subject(account, request.arn);
    if (!subject) return std::unexpected(subject.error());
    auto forgotten = erase_old_tasks(account, store::TaskKind::access_report, kept_for, forgotten_at_once);
    if (!forgotten) return std::unexpected(std::move(forgotten.error()));

    const store::Task task{.account_id = account.account_id,
                           .task_id = new_uuid(account),
                           .kind = store::TaskKind::access_report,
                           .caller_id = request.caller_id,
                           .subject = subject->lists_entities ? std::string(request.arn) : std::string(),
                           .made_at = account.environment.clock.now(),
                           .by_action = request.by_action,
                           .content = {}};
    if (auto put = put_task(account, task); !put) return std::unexpected(std::move(put.error()));
    const auto lines = lines_of(account, *subject, request.by_action, task.task_id);
    if (!lines) return std::unexpected(lines.error());
    if (auto written = lines->write(account); !written) return std::unexpected(std::move(written.error()));
    return task.task_id;
}

Result<AccessReport> get_access_report(const AccountView& account, std::string_view job_id,
                                       std::string_view caller_id, const PageRequest& page) {
    const auto task = find_task_of_caller(account, store::TaskKind::access_report, job_id, caller_id);
    if (!task) return std::unexpected(task.error());
    const auto lines = read_lines(account, *task);
    if (!lines) return std::unexpected(lines.error());
    auto services =
        page_of(account, {.operation = "GetServiceLastAccessedDetails", .filter = task->task_id}, page,
                services_in(*lines), [](const ServiceLastAccessed& service) { return service.service; });
    if (!services) return std::unexpected(std::move(services.error()));
    return AccessReport{task->made_at, task->by_action, std::move(*services)};
}

Result<AccessReportEntities> get_access_report_entities(const AccountView& account, std::string_view job_id,
                                                        std::string_view caller_id, std::string_view service,
                                                        const PageRequest& page) {
    const auto task = find_task_of_caller(account, store::TaskKind::access_report, job_id, caller_id);
    if (!task) return std::unexpected(task.error());
    if (task->subject.empty()) {  // [I]
        return fail("InvalidInput", 400, "The job is not about a group or a policy.");
    }
    const auto lines = read_lines(account, *task);
    if (!lines) return std::unexpected(lines.error());
    std::map<std::string, AccessingEntity> entities;
    for (const store::ReportedAccess& line : *lines) {
        if (line.entity_id.empty() || (!line.service.empty() && line.service != service)) continue;
        AccessingEntity& entity = entities[line.entity_id];
        entity.id = line.entity_id;
        entity.arn = line.entity_arn;
        if (!line.service.empty()) entity.at = line.used_at;
    }
    std::vector<AccessingEntity> items;
    items.reserve(entities.size());
    for (auto& [id, entity] : entities) items.push_back(std::move(entity));
    const Listing listing{.operation = "GetServiceLastAccessedDetailsWithEntities",
                          .filter = task->task_id + " " + std::string(service)};
    auto answer = page_of(account, listing, page, std::move(items),
                          [](const AccessingEntity& entity) { return entity.arn; });
    if (!answer) return std::unexpected(std::move(answer.error()));
    return AccessReportEntities{task->made_at, std::move(*answer)};
}

Result<std::vector<std::vector<GrantingPolicy>>> list_policies_granting_access(
    const AccountView& account, std::string_view arn, const std::vector<std::string>& services) {
    const auto identity = read_identity(account, arn);
    if (!identity) return std::unexpected(identity.error());
    std::vector<std::vector<GrantingPolicy>> answer(services.size());
    const auto add = [&](const std::string& document, const GrantingPolicy& policy) {
        GrantedActions granted;
        granted.add(document);
        const auto named = services_of(granted.actions());
        for (std::size_t i = 0; i < services.size(); ++i) {
            if (names(named, services[i])) answer[i].push_back(policy);
        }
    };
    for (const ManagedPolicyInForce& policy : identity->managed_policies) {
        const auto text = document_of(account, policy);
        if (!text) return std::unexpected(text.error());
        add(*text, {.name = policy.name, .arn = policy.arn, .owner_name = {}});
    }
    const OwnerKind own = identity->kind == store::EntityKind::group  ? OwnerKind::group
                          : identity->kind == store::EntityKind::role ? OwnerKind::role
                                                                      : OwnerKind::user;
    for (const InlinePolicyInForce& policy : identity->inline_policies) {
        const bool of_itself = policy.attached_to.empty();
        add(policy.document, {.name = policy.name,
                              .arn = {},
                              .embedded_in = of_itself ? own : OwnerKind::group,
                              .owner_name = of_itself ? identity->name : policy.attached_to});
    }
    return answer;
}

Result<Target> find_report_target(const AccountView& account, std::string_view arn) {
    return place_of(arn) ? find_policy_target(account, arn) : find_owner_target(account, arn);
}

}  // namespace writ::directory
