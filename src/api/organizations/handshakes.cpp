#include "directory/organizations/handshakes.h"

#include <algorithm>
#include <array>

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {
namespace {

struct ActionName {
    std::string_view name;
    store::HandshakeAction action;
};
constexpr auto action_names = std::to_array<ActionName>({
    {"INVITE", store::HandshakeAction::invite},
    {"ENABLE_ALL_FEATURES", store::HandshakeAction::enable_all_features},
    {"APPROVE_ALL_FEATURES", store::HandshakeAction::approve_all_features},
});

struct KindName {
    std::string_view name;
    org::PartyKind kind;
};
constexpr auto kind_names = std::to_array<KindName>({
    {"ACCOUNT", org::PartyKind::account},
    {"EMAIL", org::PartyKind::email},
    {"ORGANIZATION", org::PartyKind::organization},
});

org::HandshakeFilter filter_of(const Input& input) {
    const Input* given = input.find("Filter");
    if (given == nullptr) return {};
    org::HandshakeFilter filter{.parent_id = std::string(given->text("ParentHandshakeId"))};
    if (!given->has("ActionType")) return filter;
    const auto* row = std::ranges::find(action_names, given->text("ActionType"), &ActionName::name);
    filter.other_action = row == action_names.end();
    if (!filter.other_action) filter.action = row->action;
    return filter;
}

/// The model knows no other kinds.
org::PartyKind kind_of(const Input& party) {
    return std::ranges::find(kind_names, party.text("Type"), &KindName::name)->kind;
}

}  // namespace

Result<Output> invite_account_to_organization(Edit& account, const Call& call) {
    const Input& target = *call.input.find("Target");
    return answer(org::invite_account(account, {.target = std::string(target.text("Id")),
                                                .kind = kind_of(target),
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
    return answer_page(org::list_handshakes_of_account(account, filter_of(call.input), page_of(call.input)),
                       "Handshakes", handshake_shape);
}

Result<Output> list_handshakes_for_organization(const View& account, const Call& call) {
    return answer_page(
        org::list_handshakes_of_organization(account, filter_of(call.input), page_of(call.input)),
        "Handshakes", handshake_shape);
}

}  // namespace writ::api::organizations
