#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"

/// When the accounts of an organization last attempted to use the services that its service control policies
/// let them use (spec 8.15). For the management account of an organization where SCPs are enabled, else
/// AccessDenied 403.
namespace writ::directory::organizations {

struct AccessReportRequest {
    /// Of the root, a unit or an account: "o-…/r-…/ou-…/123456789012", with or without a slash at its end.
    std::string_view entity_path{};
    /// Of an SCP: only what it allows, and only accounts that have it from the entity on. Ignored for the
    /// management account, for which no SCP holds.
    std::optional<std::string_view> policy_id{};
};

struct ServiceAccess {
    std::string service;          ///< "iam".
    std::optional<Instant> at{};  ///< Nothing: no attempt in 400 days; the texts are empty then.
    std::string region{};
    std::string entity_path{};  ///< Of the account that attempted last.
    std::int64_t accounts = 0;  ///< How many attempted.
};

/// What a report tells instead of services, as code and sentence.
struct ReportFailure {
    std::string_view code;
    std::string_view message;
};

/// A report that nobody can ask for yet.
struct DraftReport {
    const ReportFailure* failure = nullptr;
    std::vector<ServiceAccess> services;  ///< By namespace.
};

/// AccessDenied also for the path of another organization; an entity or a policy that is not there makes a
/// report that failed. Cost: linear in the accounts below the entity and in what their principals used.
[[nodiscard]] Result<DraftReport> draft_access_report(const AccountView& account,
                                                      const AccessReportRequest& request);
/// Returns the id of the job. Reports are kept for a week.
[[nodiscard]] Result<std::string> save_access_report(AccountEdit& account, const DraftReport& draft,
                                                     std::string_view caller_id);

/// Which page of a report is asked for, in which order.
struct AccessReportQuery {
    std::string_view job_id;
    std::string_view caller_id;  ///< aws:userid: nobody else may read the report.
    bool by_time = false;        ///< Services without any attempt before all others.
    bool descending = false;
    PageRequest page{};
};

struct AccessReport {
    Instant made_at{};
    const ReportFailure* failure = nullptr;  ///< Then all that follows is empty.
    std::size_t accessible = 0;              ///< Services on all pages together.
    std::size_t not_accessed = 0;
    Page<ServiceAccess> services;
};
/// NoSuchEntity for the job of another caller.
[[nodiscard]] Result<AccessReport> get_access_report(const AccountView& account,
                                                     const AccessReportQuery& query);

}  // namespace writ::directory::organizations
