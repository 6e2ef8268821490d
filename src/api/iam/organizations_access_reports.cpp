#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "directory/organizations/access_reports.h"

namespace writ::api::iam {
namespace {

namespace organizations = directory::organizations;

Output access_shape(const organizations::ServiceAccess& access) {
    Output output;
    output.set("ServiceName", title_of_service(access.service));
    output.set("ServiceNamespace", access.service);
    if (access.at) {
        output.set("Region", access.region);
        output.set("EntityPath", access.entity_path);
        output.set("LastAuthenticatedTime", *access.at);
    }
    output.set("TotalAuthenticatedEntities", access.accounts);
    return output;
}

Output failure_shape(const organizations::ReportFailure& failure) {
    Output output;
    output.set("Message", failure.message);
    output.set("Code", failure.code);
    return output;
}

organizations::AccessReportQuery query_of(const Call& call, const std::string& caller_id) {
    const std::string_view key = call.input.text("SortKey");
    return {.job_id = call.input.text("JobId"),
            .caller_id = caller_id,
            .by_time = key.starts_with("LAST_AUTHENTICATED_TIME"),
            .descending = key.ends_with("DESCENDING"),
            .page = page_of(call.input)};
}

}  // namespace

// Reading what a whole organization used must not hold up others, so it comes before the transaction.
Result<Completion> generate_organizations_access_report(const View& account, const Call& call) {
    auto draft = organizations::draft_access_report(
        account, {.entity_path = call.input.text("EntityPath"),
                  .policy_id = call.input.maybe_text("OrganizationsPolicyId")});
    if (!draft) return std::unexpected(std::move(draft.error()));
    return [draft = std::move(*draft), caller = call.caller.user_id()](Edit& edit) -> Result<Output> {
        const auto job = organizations::save_access_report(edit, draft, caller);
        if (!job) return std::unexpected(job.error());
        Output output;
        output.set("JobId", *job);
        return output;
    };
}

Result<Output> get_organizations_access_report(const View& account, const Call& call) {
    const std::string caller_id = call.caller.user_id();
    const auto report = organizations::get_access_report(account, query_of(call, caller_id));
    if (!report) return std::unexpected(report.error());
    Output output;
    output.set("JobStatus", report->failure == nullptr ? "COMPLETED" : "FAILED");
    output.set("JobCreationDate", report->made_at);
    output.set("JobCompletionDate", report->made_at);
    if (report->failure != nullptr) {
        output.set("IsTruncated", false);
        output.set("ErrorDetails", failure_shape(*report->failure));
        return output;
    }
    output.set("NumberOfServicesAccessible", static_cast<std::int64_t>(report->accessible));
    output.set("NumberOfServicesNotAccessed", static_cast<std::int64_t>(report->not_accessed));
    set_page(output, "AccessDetails", report->services, access_shape);
    return output;
}

}  // namespace writ::api::iam
