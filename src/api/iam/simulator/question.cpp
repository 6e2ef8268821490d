#include "api/iam/simulator/question.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/iam/simulator/scenarios.h"
#include "base/arn.h"
#include "directory/targets.h"
#include "engine/request_keys.h"

namespace writ::api::iam::simulator {
namespace {

constexpr std::string_view unknown_user_id = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR";  // Spec B36.

std::unexpected<Error> invalid(std::string message) {
    return fail("InvalidInput", 400, std::move(message));
}

/// A user, group or role; a role stands for a session of it whose name is unknown. A group asks as a user
/// of whom nothing is known but the account [I].
Result<engine::Principal> principal_of(std::string_view text) {
    const auto owner = directory::owner_of_arn(text);
    if (!owner) return std::unexpected(owner.error());
    const auto arn = parse_arn(text);
    if (!arn || !is_account_id(arn->account)) return invalid("Invalid Entity Arn: " + std::string(text));
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.partition = arn->partition;
    principal.account = arn->account;
    principal.arn = text;
    if (owner->kind == directory::OwnerKind::role) {
        principal.kind = engine::PrincipalKind::role_session;
        principal.role_arn = std::exchange(principal.arn, {});
        principal.session_name_known = false;
        principal.service_linked = arn->resource.starts_with("role/aws-service-role/");
    }
    if (owner->kind == directory::OwnerKind::group) {
        principal.arn.clear();
        principal.id = unknown_user_id;
    }
    return principal;
}

Result<engine::Principal> caller_of(const Call& call, const directory::PrincipalRecord* source) {
    if (const auto arn = call.input.maybe_text("CallerArn")) {
        auto principal = principal_of(*arn);
        if (principal && source != nullptr && *arn == source->arn) principal->id = source->id;
        return principal;
    }
    if (source != nullptr) {
        auto principal = principal_of(source->arn);
        if (principal && source->kind != store::EntityKind::group) principal->id = source->id;
        return principal;
    }
    if (call.input.has("ResourcePolicy")) {
        return invalid("CallerArn must be given when ResourcePolicy is.");
    }
    engine::Principal principal;
    principal.kind = engine::PrincipalKind::user;
    principal.partition = call.at.config.partition;
    principal.account = call.account();
    principal.id = unknown_user_id;
    return principal;
}

struct EntryType {
    std::string_view name;
    bool multivalued = false;
};
constexpr std::array<EntryType, 12> entry_types{{{"string", false},
                                                 {"stringList", true},
                                                 {"numeric", false},
                                                 {"numericList", true},
                                                 {"boolean", false},
                                                 {"booleanList", true},
                                                 {"ip", false},
                                                 {"ipList", true},
                                                 {"binary", false},
                                                 {"binaryList", true},
                                                 {"date", false},
                                                 {"dateList", true}}};

Result<void> set_entry(const Input& entry, engine::Context& context) {
    const std::string_view key = entry.text("ContextKeyName");
    if (key.empty()) return invalid("ContextKeyName must be given for each of the ContextEntries.");
    std::vector<std::string> values;
    for (const Input& value : entry.list("ContextKeyValues")) values.push_back(value.text());
    const auto* type = std::ranges::find(entry_types, entry.text("ContextKeyType"), &EntryType::name);
    // Without a type, what one value looks like it is.
    const bool multivalued = type == entry_types.end() ? values.size() != 1 : type->multivalued;
    if (!multivalued && values.size() != 1) {
        return invalid("The context key " + std::string(key) + " must have one value.");
    }
    context.remove(key);
    if (multivalued) {
        context.set_list(key, values);
    } else {
        context.set(key, values.front());
    }
    return {};
}

Result<void> set_context(const Call& call, const directory::PrincipalRecord* source, Question& question) {
    std::vector<std::pair<std::string, std::string>> tags;
    if (source != nullptr && !call.input.has("CallerArn")) {
        for (const directory::Tag& tag : source->tags) tags.emplace_back(tag.key, tag.value);
    }
    engine::PrincipalFacts facts;
    facts.tags = tags;
    engine::set_principal_keys(question.context, question.caller, facts);
    for (const Input& entry : call.input.list("ContextEntries")) {
        if (auto set = set_entry(entry, question.context); !set) return set;
    }
    return {};
}

Result<void> set_actions(const Input& input, Question& question) {
    for (const Input& action : input.list("ActionNames")) {
        const std::size_t colon = action.text().find(':');
        if (colon == 0 || colon == std::string::npos || colon + 1 == action.text().size() ||
            action.text().find_first_of("*?") != std::string::npos) {
            return invalid("Invalid action name: " + action.text());
        }
        question.actions.push_back(action.text());
    }
    return {};
}

Result<void> set_resources(const Input& input, Question& question) {
    for (const Input& resource : input.list("ResourceArns")) {
        if (resource.text() != "*" && !parse_arn(resource.text())) {
            return invalid("Invalid resource ARN: " + resource.text());
        }
        question.resources.push_back(resource.text());
    }
    if (auto complete = check_scenario(input, question.resources); !complete) return complete;
    if (question.resources.empty()) question.resources.emplace_back("*");
    return {};
}

/// An account, or the ARN of one.
Result<void> set_owner(const Input& input, Question& question) {
    const auto text = input.maybe_text("ResourceOwner");
    if (!text) return {};
    const auto arn = parse_arn(*text);
    question.resource_owner = arn ? arn->account : *text;
    if (!is_account_id(question.resource_owner)) {
        return invalid("ResourceOwner must be an account: " + std::string(*text));
    }
    return {};
}

}  // namespace

std::string Question::owner_of(const std::string& resource) const {
    if (const auto arn = parse_arn(resource); arn && is_account_id(arn->account)) {
        return std::string(arn->account);
    }
    return resource_owner.empty() ? caller.account : resource_owner;
}

Result<Question> question_of(const Call& call, const directory::PrincipalRecord* source) {
    auto caller = caller_of(call, source);
    if (!caller) return std::unexpected(caller.error());
    Question question;
    question.caller = std::move(*caller);
    auto done = set_actions(call.input, question);
    if (done) done = set_resources(call.input, question);
    if (done) done = set_owner(call.input, question);
    if (done) done = set_context(call, source, question);
    if (!done) return std::unexpected(done.error());
    return question;
}

}  // namespace writ::api::iam::simulator
