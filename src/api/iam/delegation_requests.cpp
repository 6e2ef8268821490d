#include "directory/delegation/delegation_requests.h"

#include <utility>

#include "api/answers.h"
#include "api/iam/delegation/approver.h"
#include "api/iam/delegation/entity_arn.h"
#include "api/iam/delegation/permission_check.h"
#include "api/iam/delegation/summary.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/targets.h"
#include "base/arn.h"
#include "policy/parse.h"

namespace writ::api::iam {
namespace {

using directory::DelegationRequest;

constexpr std::string_view list_type = "stringList";
constexpr std::string_view string_type = "string";
constexpr std::string_view english = "en";

std::string_view id_of(const Call& call) {
    return call.input.text("DelegationRequestId");
}

std::string text_of(const Input& input, std::string_view member) {
    return std::string(input.text(member));
}

std::vector<policy::TemplateParameter> parameters_of(const Input& permissions) {
    std::vector<policy::TemplateParameter> parameters;
    for (const Input& given : permissions.list("Parameters")) {
        policy::TemplateParameter parameter{
            .name = text_of(given, "Name"), .values = {}, .is_list = given.text("Type") == list_type};
        for (const Input& value : given.list("Values")) parameter.values.push_back(value.text());
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

Output parameter_shape(const policy::TemplateParameter& parameter) {
    Output output;
    output.set("Name", parameter.name);
    output.set("Values", list_of(parameter.values, text_shape));
    output.set("Type", parameter.is_list ? list_type : string_type);
    return output;
}

void set_some(Output& output, std::string_view member, const std::string& text) {
    if (!text.empty()) output.set(member, text);
}

/// As lists have it: without the permissions.
Output listed_shape(const DelegationRequest& request) {
    Output output;
    output.set("DelegationRequestId", request.id);
    set_some(output, "OwnerAccountId", request.owner_account_id);
    output.set("Description", request.description);
    set_some(output, "RequestMessage", request.request_message);
    set_some(output, "OwnerId", request.owner_arn);
    set_some(output, "ApproverId", request.approver_arn);
    output.set("State", directory::name_of(request.state));
    output.set("ExpirationTime", request.expires_at);
    output.set("RequestorId", request.requestor_account_id);
    set_some(output, "RequestorName", request.requestor_name);
    output.set("CreateDate", request.created_at);
    output.set("SessionDuration", std::int64_t{request.session_duration.count()});
    set_some(output, "RedirectUrl", request.redirect_url);
    set_some(output, "Notes", request.notes);
    set_some(output, "RejectionReason", request.rejection_reason);
    output.set("OnlySendByOwner", request.only_send_by_owner);
    output.set("UpdatedTime", request.updated_at);
    return output;
}

/// What was rendered once can be read again.
policy::DocumentPtr document_of(const DelegationRequest& request) {
    return policy::parse(request.permission_policy).value_or(nullptr);
}

Output request_shape(const DelegationRequest& request, const policy::Document* document) {
    Output output = listed_shape(request);
    Output permissions;
    permissions.set("PolicyTemplateArn", request.template_arn);
    if (!request.parameters.empty()) {
        permissions.set("Parameters", list_of(request.parameters, parameter_shape));
    }
    output.set("Permissions", std::move(permissions));
    output.set("PermissionPolicy", request.permission_policy);
    if (document != nullptr) {
        output.set("RolePermissionRestrictionArns",
                   list_of(directory::demanded_boundaries(*document), text_shape));
    }
    return output;
}

/// The check is made at once, so there is nothing in progress ever.
void set_permission_check(Output& output, const Call& call, const policy::Document* document) {
    using delegation::Coverage;
    const auto coverage = document == nullptr ? std::nullopt : delegation::check_permissions(call, *document);
    output.set("PermissionCheckStatus", coverage ? "COMPLETE" : "FAILED");
    if (!coverage) return;
    output.set("PermissionCheckResult", *coverage == Coverage::allowed  ? "ALLOWED"
                                        : *coverage == Coverage::denied ? "DENIED"
                                                                        : "UNSURE");
}

/// What was authorized, and no request that changed hands since. The Reader is closed when this returns.
Result<DelegationRequest> read_authorized(const Call& call, const Target& authorized) {
    auto reader = call.at.store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    const View account{**reader, call.account(), call.at.environment};
    const auto now = on_delegation_request(account, call);
    if (!now) return std::unexpected(now.error());
    if (*now != authorized) {
        Error changed{"ConcurrentModification", 409, "The delegation request was changed at the same time."};
        changed.may_retry = true;
        return std::unexpected(std::move(changed));
    }
    return directory::get_delegation_request(account, id_of(call));
}

std::unexpected<Error> bad_input(std::string message) {
    return fail("InvalidInput", 400, std::move(message));
}

}  // namespace

Result<void> check_create_delegation_request(const Call& call) {
    const auto topic = parse_arn(call.input.text("NotificationChannel"));
    const bool is_own_topic = topic && topic->service == "sns" && !topic->region.empty() &&
                              topic->partition == call.at.config.partition &&
                              topic->account == call.account() && !topic->resource.empty();
    if (!is_own_topic) {
        return bad_input("NotificationChannel must be the ARN of an SNS topic in your own account.");
    }
    if (call.input.find("Permissions")->text("PolicyTemplateArn").empty()) {
        return bad_input("Permissions.PolicyTemplateArn must be specified.");
    }
    return {};
}

Result<void> check_get_human_readable_summary(const Call& call) {
    if (!delegation::id_in_arn(call.input.text("EntityArn")).empty()) return {};
    return bad_input("EntityArn must be the ARN of a delegation request.");
}

// There is no console whose link could be told.
Result<Output> create_delegation_request(Edit& account, const Call& call) {
    const Input& permissions = *call.input.find("Permissions");
    const auto request = directory::create_delegation_request(
        account, {.owner_account_id = text_of(call.input, "OwnerAccountId"),
                  .description = text_of(call.input, "Description"),
                  .request_message = text_of(call.input, "RequestMessage"),
                  .workflow_id = text_of(call.input, "RequestorWorkflowId"),
                  .redirect_url = text_of(call.input, "RedirectUrl"),
                  .template_arn = text_of(permissions, "PolicyTemplateArn"),
                  .parameters = parameters_of(permissions),
                  .session_duration = std::chrono::seconds(call.input.integer("SessionDuration").value_or(0)),
                  .only_send_by_owner = call.input.boolean("OnlySendByOwner").value_or(false)});
    if (!request) return std::unexpected(request.error());
    Output output;
    output.set("DelegationRequestId", request->id);
    return output;
}

Result<Output> get_delegation_request(const Call& call, const Target& target) {
    const auto request = read_authorized(call, target);
    if (!request) return std::unexpected(request.error());
    const policy::DocumentPtr document = document_of(*request);
    Output output;
    output.set("DelegationRequest", request_shape(*request, document.get()));
    if (call.input.boolean("DelegationPermissionCheck").value_or(false)) {
        set_permission_check(output, call, document.get());
    }
    return output;
}

Result<Output> list_delegation_requests(const View& account, const Call& call) {
    std::optional<std::string> owner;
    if (const auto given = call.input.maybe_text("OwnerId")) owner = *given;
    const auto page = directory::list_delegation_requests(account, owner, page_of(call.input));
    if (!page) return std::unexpected(page.error());
    Output output;
    output.set("DelegationRequests", list_of(page->items, listed_shape));
    output.set("isTruncated", page->marker.has_value());
    if (page->marker) output.set("Marker", *page->marker);
    return output;
}

Result<Output> associate_delegation_request(Edit& account, const Call& call) {
    return done(directory::associate_delegation_request(account, id_of(call), call.caller.principal->arn));
}

Result<Output> update_delegation_request(Edit& account, const Call& call) {
    return done(directory::forward_delegation_request(account, id_of(call), call.input.text("Notes")));
}

Result<Output> accept_delegation_request(Edit& account, const Call& call) {
    return done(directory::accept_delegation_request(account, id_of(call), delegation::approver_of(call)));
}

Result<Output> reject_delegation_request(Edit& account, const Call& call) {
    return done(directory::reject_delegation_request(account, id_of(call), call.input.text("Notes")));
}

Result<Output> send_delegation_token(Edit& account, const Call& call) {
    return done(directory::send_delegation_token(account, id_of(call), call.caller.principal->arn));
}

Result<Output> get_human_readable_summary(const View& account, const Call& call) {
    const auto request = directory::get_delegation_request(account, delegation::request_id(call.input));
    if (!request) return std::unexpected(request.error());
    const std::string_view locale = call.input.maybe_text("Locale").value_or(english);
    const policy::DocumentPtr document = document_of(*request);
    const bool is_english = locale == english || locale.starts_with("en-") || locale.starts_with("en_");
    Output output;
    if (is_english && document != nullptr) {
        output.set("SummaryContent", delegation::summary_of(*document, request->session_duration));
    }
    output.set("Locale", locale);
    output.set("SummaryState", !is_english ? "NOT_SUPPORTED" : document == nullptr ? "FAILED" : "AVAILABLE");
    return output;
}

}  // namespace writ::api::iam
