#include "gateway/observed/observed_rows.h"

/// Amazon SNS: https://docs.aws.amazon.com/sns/latest/api/
namespace writ::gateway {
namespace {

Result<void> add_permission(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    GrantedStatement statement{.sid = request.parameters.first("Label").value_or(""),
                               .principals = request.parameters.all("AWSAccountId[]"),
                               .actions = request.parameters.all("ActionName[]"),
                               .resource = std::string(request.resource())};
    for (std::string& account : statement.principals) account = account_root(request, account);
    for (std::string& action : statement.actions) action.insert(0, "SNS:");
    return add_statement(request, statement, changes);
}

Result<void> set_attribute(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    if (request.parameters.first("AttributeName") != "Policy") return {};
    if (!request.parameters.has("AttributeValue")) return delete_policy(request, {}, changes);
    return put_policy(request, "AttributeValue", changes);
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"AddPermission", add_permission},
    {"CreateTopic", put_first_policy, "Attributes{Policy}"},
    {"CreateTopic", set_tags},
    {"DeleteTopic", forget_resources},
    {"RemovePermission", remove_statement, "Label"},
    {"SetTopicAttributes", set_attribute},
});

}  // namespace

constinit const ObservedService observed_sns{"sns", rows, "InvalidParameter"};

}  // namespace writ::gateway
