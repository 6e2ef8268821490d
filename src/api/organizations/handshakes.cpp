#include "directory/organizations/handshakes.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {
namespace {

/// An action that no handshake here has finds none.
org::HandshakeFilter filter_of(const Input& input) {
    org::HandshakeFilter filter;
    const Input* given = input.find("Filter");
    if (given == nullptr) return filter;
    filter.parent_id = given->text("ParentHandshakeId");
    const std::string_view action = given->text("ActionType");
    if (action == "INVITE") filter.action = store::HandshakeAction::invite;
    if (action == "ENABLE_ALL_FEATURES") filter.action = store::HandshakeAction::enable_all_features;
    if (action == "APPROVE_ALL_FEATURES") filter.action = store::HandshakeAction::approve_all_features;
    return filter;
}

bool finds_none(const Input& input) {
    const Input* given = input.find("Filter");
    return given != nullptr && given->has("ActionType") && !filter_of(input).action;
}

Result<Output> answer_list(const Call& call, const View& account,
                           decltype(org::list_handshakes_of_account)* list) {
    static const directory::Page<org::Handshake> none{};
    if (finds_none(call.input)) return answer_page<org::Handshake>(none, "Handshakes", handshake_shape);
    return answer_page(list(account, filter_of(call.input), page_of(call.input)), "Handshakes",
                       handshake_shape);
}

}  // namespace

Result<Output> invite_account_to_organization(Edit& account, const Call& call) {
    const Input& target = *call.input.find("Target");
    if (target.text("Type") == "ORGANIZATION") {
        return std::unexpected(
            Error{"InvalidInputException", 400,
                  "You specified the wrong type of entity (account, organization, or email) as a party.",
                  "INVALID_PARTY_TYPE_TARGET"});
    }
    return answer(org::invite_account(account, {.target = std::string(target.text("Id")),
                                                .by_email = target.text("Type") == "EMAIL",
                                                .notes = std::string(call.input.text("Notes")),
                                                .tags = tags_of(call.input)}),
                  "Handshake", handshake_shape);
}

Result<Output> enable_all_features(Edit& account, const Call&) {
    return answer(org::enable_all_features(account), "Handshake", handshake_shape);
}

Result<Output> accept_handshake(Edit& account, const Call& call) {
    return answer(org::accept_handshake(account, call.input.text("HandshakeId")), "Handshake",
                  handshake_shape);
}

Result<Output> decline_handshake(Edit& account, const Call& call) {
    return answer(org::decline_handshake(account, call.input.text("HandshakeId")), "Handshake",
                  handshake_shape);
}

Result<Output> cancel_handshake(Edit& account, const Call& call) {
    return answer(org::cancel_handshake(account, call.input.text("HandshakeId")), "Handshake",
                  handshake_shape);
}

Result<Output> describe_handshake(const View& account, const Call& call) {
    return answer(org::get_handshake(account, call.input.text("HandshakeId")), "Handshake", handshake_shape);
}

Result<Output> list_handshakes_for_account(const View& account, const Call& call) {
    return answer_list(call, account, org::list_handshakes_of_account);
}

Result<Output> list_handshakes_for_organization(const View& account, const Call& call) {
    return answer_list(call, account, org::list_handshakes_of_organization);
}

}  // namespace writ::api::organizations
