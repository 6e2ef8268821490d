#include "gateway/observed/observed_rows.h"

/// Amazon SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/
namespace writ::gateway {
namespace {

/// The statement that the service makes of a label, accounts and actions.
Result<void> add_permission(const ObservedRequest& request, std::string_view, ResourceChanges& changes) {
    GrantedStatement statement{.sid = request.parameters.first("Label").value_or(""),
                               .principals = request.parameters.all("AWSAccountIds[]"),
                               .actions = request.parameters.all("Actions[]"),
                               .resource = std::string(request.resource())};
    for (std::string& account : statement.principals) account = account_root(request, account);
    for (std::string& action : statement.actions) action.insert(0, "SQS:");
    return add_statement(request, statement, changes);
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"AddPermission", add_permission},
    {"CreateQueue", put_first_policy, "Attributes{Policy}"},
    {"CreateQueue", set_tags},
    {"DeleteQueue", forget_resources},
    {"RemovePermission", remove_statement, "Label"},
    {"SetQueueAttributes", put_policy, "Attributes{Policy}"},
    {"TagQueue", set_tags},
    {"UntagQueue", remove_tags},
});

}  // namespace

constinit const ObservedService observed_sqs{"sqs", rows, "InvalidAttributeValue"};

}  // namespace writ::gateway
