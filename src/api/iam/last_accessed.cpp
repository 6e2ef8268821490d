#include "directory/reports/last_accessed.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "base/arn.h"

namespace writ::api::iam {
namespace {

void set_access(Output& output, const directory::Access& last, std::string_view time_member,
                std::string_view entity_member, std::string_view region_member) {
    if (!last.at) return;
    output.set(time_member, *last.at);
    output.set(entity_member, last.entity_arn);
    output.set(region_member, last.region);
}

Output action_shape(const directory::TrackedAction& action) {
    Output output;
    output.set("ActionName", action.name);
    set_access(output, action.last, "LastAccessedTime", "LastAccessedEntity", "LastAccessedRegion");
    return output;
}

Output service_shape(const directory::ServiceLastAccessed& service) {
    Output output;
    output.set("ServiceName", title_of_service(service.service));
    output.set("ServiceNamespace", service.service);
    set_access(output, service.last, "LastAuthenticated", "LastAuthenticatedEntity",
               "LastAuthenticatedRegion");
    output.set("TotalAuthenticatedEntities", service.entities);
    if (service.actions.empty()) return output;
    Output actions = Output::list();
    for (const directory::TrackedAction& action : service.actions) actions.add(action_shape(action));
    output.set("TrackedActionsLastAccessed", std::move(actions));
    return output;
}

/// Name, kind and path stand in the ARN.
Output entity_shape(const directory::AccessingEntity& entity) {
    const auto arn = parse_arn(entity.arn);
    const std::string_view resource = arn ? arn->resource : std::string_view{};
    const std::size_t path = resource.find('/');
    const std::size_t name = resource.rfind('/') + 1;
    Output info;
    info.set("Arn", entity.arn);
    info.set("Name", resource.substr(name));
    info.set("Type", resource.starts_with("role/") ? "ROLE" : "USER");
    info.set("Id", entity.id);
    info.set("Path", resource.substr(path, name - path));
    Output output;
    output.set("EntityInfo", std::move(info));
    if (entity.at) output.set("LastAuthenticated", *entity.at);
    return output;
}

constexpr std::array<std::string_view, 3> entity_types{"USER", "GROUP", "ROLE"};

Output granting_shape(const directory::GrantingPolicy& policy) {
    Output output;
    output.set("PolicyName", policy.name);
    output.set("PolicyType", policy.arn.empty() ? "INLINE" : "MANAGED");
    if (!policy.arn.empty()) {
        output.set("PolicyArn", policy.arn);
        return output;
    }
    output.set("EntityType", entity_types.at(static_cast<std::size_t>(policy.embedded_in)));
    output.set("EntityName", policy.owner_name);
    return output;
}

/// A report is finished when it is asked for.
Output finished(Instant made_at) {
    Output output;
    output.set("JobStatus", "COMPLETED");
    output.set("JobCreationDate", made_at);
    output.set("JobCompletionDate", made_at);
    return output;
}

}  // namespace

Result<Output> generate_service_last_accessed_details(Edit& account, const Call& call) {
    const auto job = directory::generate_access_report(
        account, {.arn = call.input.text("Arn"),
                  .by_action = call.input.text("Granularity") == "ACTION_LEVEL",
                  .caller_id = call.caller.user_id()});
    if (!job) return std::unexpected(job.error());
    Output output;
    output.set("JobId", *job);
    return output;
}

Result<Output> get_service_last_accessed_details(const View& account, const Call& call) {
    const auto report = directory::get_access_report(account, call.input.text("JobId"), call.caller.user_id(),
                                                     page_of(call.input));
    if (!report) return std::unexpected(report.error());
    Output output = finished(report->made_at);
    output.set("JobType", report->by_action ? "ACTION_LEVEL" : "SERVICE_LEVEL");
    set_page(output, "ServicesLastAccessed", report->services, service_shape);
    return output;
}

Result<Output> get_service_last_accessed_details_with_entities(const View& account, const Call& call) {
    const auto report =
        directory::get_access_report_entities(account, call.input.text("JobId"), call.caller.user_id(),
                                              call.input.text("ServiceNamespace"), page_of(call.input));
    if (!report) return std::unexpected(report.error());
    Output output = finished(report->made_at);
    set_page(output, "EntityDetailsList", report->entities, entity_shape);
    return output;
}

Result<Output> list_policies_granting_service_access(const View& account, const Call& call) {
    const std::string_view arn = call.input.text("Arn");
    const std::vector<std::string> services = texts_of(call.input, "ServiceNamespaces");
    const auto policies = directory::list_policies_granting_access(account, arn, services);
    if (!policies) return std::unexpected(policies.error());
    std::string filter(arn);
    for (const std::string& service : services) filter.append(" ").append(service);
    const auto slice =
        directory::slice_of(account, call.model.name, filter, services.size(), page_of(call.input));
    if (!slice) return std::unexpected(slice.error());
    Output list = Output::list();
    for (std::size_t i = slice->begin; i < slice->end; ++i) {
        Output item;
        item.set("ServiceNamespace", services[i]);
        item.set("Policies", list_of((*policies)[i], granting_shape));
        list.add(std::move(item));
    }
    Output output;
    output.set("PoliciesGrantingServiceAccess", std::move(list));
    output.set("IsTruncated", slice->marker.has_value());
    if (slice->marker) output.set("Marker", *slice->marker);
    return output;
}

}  // namespace writ::api::iam
