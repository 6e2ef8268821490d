#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"
#include "directory/organizations/members.h"

namespace writ::api::organizations {
namespace {

std::vector<store::CreationState> states_of(const Input& input) {
    std::vector<store::CreationState> states;
    for (const Input& state : input.list("States")) {
        if (state.text() == "IN_PROGRESS") states.push_back(store::CreationState::in_progress);
        if (state.text() == "SUCCEEDED") states.push_back(store::CreationState::succeeded);
        if (state.text() == "FAILED") states.push_back(store::CreationState::failed);
    }
    return states;
}

}  // namespace

/// The answer comes before the outcome, as clients expect it (spec O2): DescribeCreateAccountStatus tells.
/// IamUserAccessToBilling has nothing to act on here: there are no bills.
Result<Output> create_account(Edit& account, const Call& call) {
    org::NewAccount wanted{.email = std::string(call.input.text("Email")),
                           .name = std::string(call.input.text("AccountName")),
                           .tags = tags_of(call.input)};
    if (const auto role = call.input.maybe_text("RoleName")) wanted.role_name = *role;
    auto creation = org::create_account(account, wanted);
    if (!creation) return std::unexpected(std::move(creation.error()));
    creation->state = store::CreationState::in_progress;
    creation->completed_at.reset();
    creation->account_id.clear();
    creation->failure_reason.clear();
    return answer(creation, "CreateAccountStatus", creation_shape);
}

Result<Output> describe_create_account_status(const View& account, const Call& call) {
    return answer(org::get_creation(account, call.input.text("CreateAccountRequestId")),
                  "CreateAccountStatus", creation_shape);
}

Result<Output> list_create_account_status(const View& account, const Call& call) {
    return answer_page(org::list_creations(account, states_of(call.input), page_of(call.input)),
                       "CreateAccountStatuses", creation_shape);
}

Result<Output> describe_account(const View& account, const Call& call) {
    return answer(org::get_member(account, call.input.text("AccountId")), "Account", account_shape);
}

Result<Output> list_accounts(const View& account, const Call& call) {
    return answer_page(org::list_members(account, page_of(call.input)), "Accounts", account_shape);
}

Result<Output> list_accounts_for_parent(const View& account, const Call& call) {
    return answer_page(org::list_members_of(account, call.input.text("ParentId"), page_of(call.input)),
                       "Accounts", account_shape);
}

Result<Output> move_account(Edit& account, const Call& call) {
    return done(org::move_account(account, call.input.text("AccountId"), call.input.text("SourceParentId"),
                                  call.input.text("DestinationParentId")));
}

Result<Output> close_account(Edit& account, const Call& call) {
    return done(org::close_account(account, call.input.text("AccountId")));
}

Result<Output> remove_account_from_organization(Edit& account, const Call& call) {
    return done(org::remove_account(account, call.input.text("AccountId")));
}

Result<Output> leave_organization(Edit& account, const Call&) {
    return done(org::leave_organization(account));
}

}  // namespace writ::api::organizations
