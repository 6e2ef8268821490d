#include "engine/internal/explanation/remedy_words.h"

#include <algorithm>

namespace writ::engine {
namespace {

std::string last_part(std::string_view arn) {
    return std::string(arn.substr(arn.rfind('/') + 1));
}

// Whose identity-based policies and boundary count.
std::string owner_of_policies(const Principal& caller) {
    switch (caller.kind) {
        case PrincipalKind::role_session:
            return "role " + last_part(caller.role_arn.empty() ? caller.arn : caller.role_arn);
        case PrincipalKind::federated_user:
            return "user " + last_part(caller.issuer_arn);
        default:
            return "user " + last_part(caller.arn);
    }
}

std::string level_words(std::string_view policies, std::uint32_t level, std::size_t levels,
                        std::string_view account) {
    const std::string number = "level " + std::to_string(level);
    const std::string begin = "the " + std::string(policies);
    if (level == 0) return begin + " of the organization's root (" + number + ")";
    if (level + 1 == levels) return begin + " of account " + std::string(account) + " (" + number + ")";
    return begin + " of the organizational unit at " + number;
}

std::string quoted_list(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) {
        if (!text.empty()) text += ", ";
        text.append("\"").append(value).append("\"");
    }
    return text.empty() ? "nothing" : text;
}

// StringEquals aws:SourceVpc (expected "vpc-1", the request has "vpc-2")
std::string words_for(const ConditionTrace& condition) {
    std::string text = condition.operator_name + " " + condition.key + " (expected ";
    text += quoted_list(condition.expected);
    if (!condition.actual) return text + ", the request has no such key)";
    return text + ", the request has " + quoted_list(*condition.actual) + ")";
}

std::string join_conditions(const std::vector<ConditionTrace>& conditions, bool held,
                            std::string_view separator) {
    std::string text;
    for (const ConditionTrace& condition : conditions) {
        if (condition.held != held) continue;
        if (!text.empty()) text += separator;
        text += words_for(condition);
    }
    return text;
}

std::size_t failures(const TracedStatement& statement) {
    const auto failed = std::ranges::count(statement.trace.conditions, false, &ConditionTrace::held);
    return static_cast<std::size_t>(failed) + (statement.trace.resource_matched ? 0 : 1);
}

}  // namespace

std::string place_of(Layer layer, std::uint32_t level, const Policies& policies, const Request& request) {
    const Principal& caller = request.principal();
    switch (layer) {
        case Layer::identity:
            return "an identity-based policy of " + owner_of_policies(caller);
        case Layer::boundary:
            return "the permissions boundary of " + owner_of_policies(caller);
        case Layer::session:
            if (level == 0) return "a session policy passed when the session is made";
            return "the scope-down policy passed to call " + std::to_string(level) +
                   " of GetScopedCredentials";
        case Layer::scp:
            return level_words("SCPs", level, policies.scp ? policies.scp->size() : 0, caller.account);
        case Layer::rcp:
            return level_words("RCPs", level, policies.rcp ? policies.rcp->size() : 0,
                               request.resource_account());
        case Layer::resource:
            return (needs_key_policy(request) ? "the key policy of " : "the resource-based policy of ") +
                   std::string(request.resource());
        case Layer::trust:
            return "the trust policy of role " + last_part(request.resource());
        case Layer::endpoint:
            return "the policy of the VPC endpoint";
        case Layer::none:
        case Layer::root:
        case Layer::always:
            break;
    }
    return "no policy";
}

std::string words_for(const TracedStatement& statement) {
    const std::string& sid = statement.trace.sid;
    std::string text("statement ");
    text += sid.empty() ? std::to_string(statement.trace.ref.statement) : "\"" + sid + "\"";
    if (!statement.source->name.empty()) text += " of policy " + statement.source->name;
    if (!statement.source->attached_to.empty()) text += " of " + statement.source->attached_to;
    return text;
}

std::string note_on_deny(const TracedStatement& statement) {
    std::string note =
        "An explicit deny stands in the way, which no Allow outweighs: " + words_for(statement);
    note += ".";
    const std::string held = join_conditions(statement.trace.conditions, true, " or ");
    if (!held.empty()) note += " It would not apply if this did not hold: " + held + ".";
    return note;
}

std::string note_on_near_miss(Layer layer, std::uint32_t level, std::span<const TracedStatement> statements) {
    const TracedStatement* nearest = nullptr;
    for (const TracedStatement& statement : statements) {
        const bool candidate = statement.layer == layer && statement.trace.ref.level == level &&
                               statement.trace.effect == policy::Effect::allow && statement.is_relevant() &&
                               !statement.trace.applied;
        if (candidate && (nearest == nullptr || failures(statement) < failures(*nearest)))
            nearest = &statement;
    }
    if (nearest == nullptr) return {};
    std::string note = "It would be allowed by " + words_for(*nearest);
    if (!nearest->trace.resource_matched) {
        note += " if its resource matched, which names ${" + nearest->unresolved_in_resource.front() +
                "}, for which the request has no value";
    }
    const std::string failed = join_conditions(nearest->trace.conditions, false, " and ");
    if (!failed.empty()) {
        note += nearest->trace.resource_matched ? " if this held: " : "; this would have to hold, too: ";
        note += failed;
    }
    return note + ".";
}

}  // namespace writ::engine
