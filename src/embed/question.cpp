#include "embed/question.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/text.h"
#include "cases/principal.h"
#include "cases/run.h"

namespace writ::embed {
namespace {

std::optional<Failure> set_flag(bool& flag, std::string_view value) {
    if (value != "true" && value != "false") return invalid("This fact is \"true\" or \"false\".");
    flag = value == "true";
    return std::nullopt;
}

std::optional<Failure> apply(writ_fact fact, std::string_view value, cases::Case& question) {
    cases::Caller& caller = question.caller;
    switch (fact) {
        case WRIT_ROLE_ARN:
            caller.principal.role_arn = value;
            return std::nullopt;
        case WRIT_ISSUER_ARN:
            caller.principal.issuer_arn = value;
            return std::nullopt;
        case WRIT_PRINCIPAL_ID:
            caller.principal.id = value;
            return std::nullopt;
        case WRIT_CANONICAL_USER_ID:
            caller.principal.canonical_user_id = value;
            return std::nullopt;
        case WRIT_RESOURCE_ACCOUNT:
            question.resource_account = value;
            return std::nullopt;
        case WRIT_MANAGEMENT_ACCOUNT:
            caller.management_account = value;
            caller.principal.management_account = !value.empty() && value == caller.principal.account;
            return std::nullopt;
        case WRIT_SERVICE_LINKED:
            return set_flag(caller.principal.service_linked, value);
        case WRIT_ASSUMED_ROOT:
            return set_flag(caller.principal.assumed_root, value);
    }
    return invalid("There is no such fact.");
}

// A change that does not end has no request.
void apply_to_context(engine::Context& context, const cases::ContextValue& value) {
    context.remove(value.key);
    if (value.removed) return;
    if (value.multivalued) {
        context.set_list(value.key, value.values);
    } else {
        context.set(value.key, value.values.front());
    }
}

}  // namespace

std::optional<Failure> Question::set_caller(std::string_view principal) {
    auto found = cases::principal_of_text(principal);
    if (!found) return invalid(std::move(found.error()));
    question_.caller.principal = std::move(*found);
    rebuild();
    return std::nullopt;
}

void Question::set_target(std::string_view action, std::string_view resource) {
    request_.reset();
    question_.action = action;
    question_.resource = resource;
    rebuild();
}

void Question::set_time(Instant time) {
    question_.time = time;
    rebuild();
}

std::optional<Failure> Question::set_fact(writ_fact fact, std::string_view value) {
    if (auto failure = apply(fact, value, question_)) return failure;
    rebuild();
    return std::nullopt;
}

void Question::set_context(cases::ContextValue value) {
    std::optional<engine::Request> kept = std::exchange(request_, std::nullopt);
    std::erase_if(question_.context, [&](const cases::ContextValue& other) {
        return equals_ignoring_case(other.key, value.key);
    });
    apply_to_context(context_, value);
    question_.context.push_back(std::move(value));
    request_ = std::move(kept);
}

void Question::rebuild() {
    request_.reset();
    const std::string resource_account = cases::resource_account_of(question_);
    const std::string& management_account = question_.caller.management_account;
    assert(question_.time);  // From the beginning.
    context_ = cases::context_of(question_, *question_.time);
    // A policy of a VPC endpoint that is in force means that the request comes through it.
    request_.emplace(
        question_.caller.principal,
        engine::Request::Fields{.action = question_.action,
                                .resource = question_.resource,
                                .resource_account = resource_account,
                                .resource_in_management_account =
                                    !resource_account.empty() && resource_account == management_account,
                                .via_vpc_endpoint = true},
        context_);
}

}  // namespace writ::embed
