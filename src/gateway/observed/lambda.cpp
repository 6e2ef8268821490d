#include "gateway/observed/observed_rows.h"

/// AWS Lambda: https://docs.aws.amazon.com/lambda/latest/api/
namespace writ::gateway {
namespace {

using Principal = GrantedStatement::Principal;

struct ConditionRow {
    std::string_view parameter, test, key;
};
constexpr auto condition_rows = std::to_array<ConditionRow>({
    {"PrincipalOrgID", "StringEquals", "aws:PrincipalOrgID"},
    {"SourceAccount", "StringEquals", "AWS:SourceAccount"},
    {"EventSourceToken", "StringEquals", "lambda:EventSourceToken"},
    {"FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"},
    {"InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"},
    {"SourceArn", "ArnLike", "AWS:SourceArn"},
});

/// A service, an account, the ARN of a principal, or everybody.
void set_principal(const ObservedRequest& request, std::string_view given, GrantedStatement& statement) {
    const bool is_service = given.find('.') != std::string_view::npos && !given.starts_with("arn:");
    if (given == "*") {
        statement.principal_kind = Principal::everyone;
    } else {
        statement.principal_kind = is_service ? Principal::service : Principal::aws;
        statement.principals = {is_service ? std::string(given) : account_root(request, given)};
    }
}

Result<void> add_permission(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    const Parameters& told = request.parameters;
    GrantedStatement statement{.sid = told.first("StatementId").value_or(""),
                               .principals = {},
                               .actions = {told.first("Action").value_or("")},
                               .resource = std::string(request.resource())};
    set_principal(request, told.first("Principal").value_or(""), statement);
    for (const auto& [parameter, test, key] : condition_rows) {
        if (auto value = told.first(parameter))
            statement.conditions.push_back({test, key, std::move(*value)});
    }
    return add_statement(request, statement, changes);
}

/// An alias is named behind its function.
Result<void> forget_alias(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    const auto name = request.parameters.first(path);
    if (name) add_change(request, changes, ForgetResource{std::string(request.resource()) + ":" + *name});
    return {};
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"AddPermission", add_permission},
    {"CreateFunction", set_tags},
    {"DeleteAlias", forget_alias, "Name"},
    {"DeleteFunction", forget_resources},
    {"DeleteResourcePolicy", delete_policy},
    {"PutResourcePolicy", put_policy, "Policy"},
    {"RemovePermission", remove_statement, "StatementId"},
});

}  // namespace

constinit const ObservedService observed_lambda{"lambda", rows, "InvalidParameterValueException"};

}  // namespace writ::gateway
