#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/targets.h"

/// When users and roles last attempted to use the services that their policies could allow (spec 8.15).
namespace writ::directory {

struct AccessReportRequest {
    std::string_view arn{};  ///< Of a user, group, role or managed policy.
    bool by_action = false;
    std::string caller_id{};  ///< aws:userid: nobody else may read the report.
};

/// An attempt, allowed or not. Nothing in `at`: none in 400 days; the texts are empty then.
struct Access {
    std::optional<Instant> at;
    std::string entity_arn;
    std::string region;
};

struct TrackedAction {
    std::string name;  ///< "CreateUser".
    Access last;
};

struct ServiceLastAccessed {
    std::string service;  ///< "iam".
    Access last;
    std::int64_t entities = 0;           ///< How many attempted.
    std::vector<TrackedAction> actions;  ///< Only when asked for.
};

struct AccessReport {
    Instant made_at{};
    bool by_action = false;
    Page<ServiceLastAccessed> services;  ///< By namespace.
};

struct AccessingEntity {
    std::string arn;
    std::string id;
    std::optional<Instant> at;
};

struct AccessReportEntities {
    Instant made_at{};
    Page<AccessingEntity> entities;
};

/// Makes the report from what is known now and returns the id of its job. Reports are kept for a week.
/// Cost: linear in the services granted and in the uses of the entities that the ARN reaches.
[[nodiscard]] Result<std::string> generate_access_report(AccountEdit& account,
                                                         const AccessReportRequest& request);
/// NoSuchEntity for the job of another caller.
[[nodiscard]] Result<AccessReport> get_access_report(const AccountView& account, std::string_view job_id,
                                                     std::string_view caller_id, const PageRequest& page);
/// The users and roles that a group or policy reaches. InvalidInput for jobs about users and roles.
[[nodiscard]] Result<AccessReportEntities> get_access_report_entities(const AccountView& account,
                                                                      std::string_view job_id,
                                                                      std::string_view caller_id,
                                                                      std::string_view service,
                                                                      const PageRequest& page);

/// A policy that could allow something of a service.
struct GrantingPolicy {
    std::string name;
    std::string arn;                          ///< Empty: inline.
    OwnerKind embedded_in = OwnerKind::user;  ///< Of inline policies.
    std::string owner_name;                   ///< Of inline policies.
};
/// For each of `services`, in that order.
[[nodiscard]] Result<std::vector<std::vector<GrantingPolicy>>> list_policies_granting_access(
    const AccountView& account, std::string_view arn, const std::vector<std::string>& services);

/// One attempt, for the reports to come.
struct ServiceUse {
    std::string principal_id;  ///< Of root the account's.
    std::string service;
    std::string action;  ///< Without the service.
    Instant at{};
};
/// A principal that went in the meantime leaves no trace.
[[nodiscard]] Result<void> record_service_use(AccountEdit& account, const ServiceUse& use,
                                              std::string_view region);

/// The user, group, role or managed policy of an ARN, for authorizing before looking (spec B7).
[[nodiscard]] Result<Target> find_report_target(const AccountView& account, std::string_view arn);

}  // namespace writ::directory
