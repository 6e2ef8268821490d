#include <algorithm>

#include "alphabet.h"
#include "cases/principal.h"
#include "generate.h"

namespace writ::differential {
namespace {

using engine::Principal;

Principal principal_of(std::string_view arn) {
    return cases::principal_of_arn(arn).value();
}

std::string in_account(std::string_view before, std::string_view account, std::string_view after) {
    return std::string(before).append(account).append(after);
}

std::string_view choose_account(Choices& choices) {
    return choices.one_in(5) ? choices.one_in(3) ? account_m : account_b : account_a;
}

Principal user(Choices& choices) {
    const bool china = choices.one_in(24);
    Principal caller =
        principal_of(in_account(china ? "arn:aws-cn:iam::" : "arn:aws:iam::", choose_account(choices),
                                choices.one_in(6) ? ":user/eve" : ":user/bob"));
    if (!choices.one_in(6)) caller.id = "AIDABOB";
    return caller;
}

Principal role_session(Choices& choices) {
    const std::string_view account = choose_account(choices);
    const std::string role = in_account("arn:aws:iam::", account, ":role/team/ops");
    if (choices.one_in(8)) return principal_of(role);  // Session name unknown.
    Principal caller = principal_of(in_account("arn:aws:sts::", account, ":assumed-role/ops/s1"));
    if (!choices.one_in(6)) caller.role_arn = role;
    if (!choices.one_in(6)) caller.id = "AROAOPS";
    caller.service_linked = choices.one_in(16);
    return caller;
}

Principal federated_user(Choices& choices) {
    const std::string_view account = choose_account(choices);
    Principal caller = principal_of(in_account("arn:aws:sts::", account, ":federated-user/fed"));
    if (!choices.one_in(6)) caller.issuer_arn = in_account("arn:aws:iam::", account, ":user/bob");
    if (!choices.one_in(6)) caller.issuer_id = "AIDABOB";
    return caller;
}

Principal root(Choices& choices) {
    Principal caller = principal_of(in_account("arn:aws:iam::", choose_account(choices), ":root"));
    caller.assumed_root = choices.one_in(4);
    return caller;
}

Principal choose_principal(Choices& choices) {
    static constexpr std::string_view saml = "arn:aws:iam::111111111111:saml-provider/corp";
    switch (choices.below(16)) {
        case 0:
            return {};
        case 1:
            return cases::service_principal({"logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"});
        case 2:
            return cases::federated_principal(choices.one_in(4) ? "accounts.google.com" : saml);
        case 3:
        case 4:
            return root(choices);
        case 5:
        case 6:
        case 7:
            return federated_user(choices);
        case 8:
        case 9:
        case 10:
        case 11:
            return role_session(choices);
        default:
            return user(choices);
    }
}

cases::Caller choose_caller(Choices& choices) {
    cases::Caller caller;
    caller.principal = choose_principal(choices);
    const bool belongs_to_account = !caller.principal.account.empty();
    if (belongs_to_account && choices.one_in(8))
        caller.principal.canonical_user_id =
            "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    if (choices.one_in(2)) caller.management_account = account_m;
    caller.principal.management_account =
        caller.management_account == caller.principal.account && !caller.management_account.empty();
    return caller;
}

cases::ContextValue choose_value(Choices& choices, const Key& key) {
    cases::ContextValue value;
    value.key = choices.one_in(6) ? other_case(choices, key.name) : std::string(key.name);
    value.removed = choices.one_in(12);
    if (value.removed) return value;
    value.multivalued = key.multivalued ? !choices.one_in(6) : choices.one_in(12);
    const std::uint32_t count = value.multivalued ? choices.below(4) : 1;
    for (std::uint32_t i = 0; i < count; ++i) value.values.emplace_back(choices.of(values(key.type)));
    return value;
}

}  // namespace

cases::Case generate_question(Choices& choices) {
    cases::Case question;
    question.name = "found by comparing";
    question.caller = choose_caller(choices);
    question.resource = choices.of(resources());
    if (!choices.one_in(4)) question.resource_account = choose_account(choices);
    question.time = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
    const std::uint32_t count = choices.below(10);
    for (std::uint32_t i = 0; i < count; ++i) {
        cases::ContextValue value = choose_value(choices, choices.of(keys()));
        // A file cannot name a key twice in one spelling.
        if (std::ranges::find(question.context, value.key, &cases::ContextValue::key) ==
            question.context.end())
            question.context.push_back(std::move(value));
    }
    return question;
}

}  // namespace writ::differential
