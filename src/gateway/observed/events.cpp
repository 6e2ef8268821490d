#include "gateway/observed/observed_rows.h"

/// Amazon EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/
namespace writ::gateway {
namespace {

/// The bus that PutPermission and RemovePermission are about, by name or ARN; their demands name none.
std::string bus_of(const ObservedRequest& request) {
    const std::string name = request.parameters.first("EventBusName").value_or("default");
    return name.starts_with("arn:") ? name : arn_of(request, "events", "event-bus/" + name);
}

Result<void> add_permission(const ObservedRequest& request, ResourceChanges& changes) {
    const Parameters& told = request.parameters;
    GrantedStatement statement{.sid = told.first("StatementId").value_or(""),
                               .principals = {},
                               .actions = {told.first("Action").value_or("")},
                               .resource = bus_of(request)};
    const std::string principal = told.first("Principal").value_or("");
    if (principal == "*") {
        statement.principal_kind = GrantedStatement::Principal::everyone;
    } else {
        statement.principals = {account_root(request, principal)};
    }
    const std::string test = told.first("Condition.Type").value_or("");
    const std::string key = told.first("Condition.Key").value_or("");
    if (!test.empty()) {
        statement.conditions.push_back({test, key, told.first("Condition.Value").value_or("")});
    }
    return add_statement(request, statement, changes);
}

Result<void> put_permission(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    auto document = request.parameters.first(path);
    if (!document || document->empty()) return add_permission(request, changes);
    if (auto checked = check_policy_of(request, *document); !checked) return checked;
    add_change(request, changes, PutPolicy{bus_of(request), std::move(*document)});
    return {};
}

Result<void> remove_permission(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    if (request.parameters.first("RemoveAllPermissions") == "true") {
        add_change(request, changes, DeletePolicy{bus_of(request)});
    } else if (auto sid = request.parameters.first("StatementId")) {
        add_change(request, changes, RemoveStatement{bus_of(request), std::move(*sid)});
    }
    return {};
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"CreateEventBus", set_tags},
    {"DeleteEventBus", forget_resources},
    {"DeleteRule", forget_resources},
    {"PutPermission", put_permission, "Policy"},
    {"PutRule", set_tags},
    {"RemovePermission", remove_permission},
});

}  // namespace

constinit const ObservedService observed_events{"events", rows, "ValidationException"};

}  // namespace writ::gateway
