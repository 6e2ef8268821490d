#include "engine/internal/principal_match.h"

#include <algorithm>

#include "engine/internal/arn_pattern.h"

namespace writ::engine {
namespace {

using Kind = PrincipalPattern::Kind;
using policy::PrincipalType;

PrincipalPattern compile_aws(std::string_view text) {
    if (text == "*") return {Kind::aws_everyone, {}, {}};
    const SplitArn arn = split_arn(text);
    if (arn.valid && arn.part(2) == "iam" && arn.part(3).empty() && arn.part(5) == "root")
        return {Kind::account, arn.part(4), arn.part(1)};
    if (arn.valid) return {Kind::arn, text, {}};
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return {std::ranges::all_of(text, is_digit) ? Kind::account : Kind::unique_id, text, {}};
}

PrincipalPattern compile_entry(const policy::PrincipalEntry& entry) {
    switch (entry.type) {
        case PrincipalType::everyone:
            return {Kind::everyone, {}, {}};
        case PrincipalType::aws:
            return compile_aws(entry.value.text);
        case PrincipalType::federated:
            return {Kind::federated, entry.value.text, {}};
        case PrincipalType::service:
            return {Kind::service, entry.value.text, {}};
        case PrincipalType::canonical_user:
            return {Kind::canonical_user, entry.value.text, {}};
    }
    return {};
}

bool belongs_to_account(const Principal& caller) noexcept {
    switch (caller.kind) {
        case PrincipalKind::root:
        case PrincipalKind::user:
        case PrincipalKind::role_session:
        case PrincipalKind::federated_user:
            return true;
        default:
            return false;
    }
}

NamedAs match_arn(std::string_view arn, const Principal& caller) noexcept {
    switch (caller.kind) {
        case PrincipalKind::user:
            return arn == caller.arn ? NamedAs::itself : NamedAs::nobody;
        case PrincipalKind::role_session:
            if (caller.session_name_known && arn == caller.arn) return NamedAs::session;
            return arn == caller.role_arn ? NamedAs::role : NamedAs::nobody;
        case PrincipalKind::federated_user:
            if (arn == caller.arn) return NamedAs::session;
            return arn == caller.issuer_arn ? NamedAs::issuer : NamedAs::nobody;
        default:
            return NamedAs::nobody;
    }
}

NamedAs match_unique_id(std::string_view id, const Principal& caller) noexcept {
    if (id.empty()) return NamedAs::nobody;
    switch (caller.kind) {
        case PrincipalKind::user:
            return id == caller.id ? NamedAs::itself : NamedAs::nobody;
        case PrincipalKind::role_session:
            return id == caller.id ? NamedAs::role : NamedAs::nobody;
        case PrincipalKind::federated_user:
            return id == caller.issuer_id ? NamedAs::issuer : NamedAs::nobody;
        default:
            return NamedAs::nobody;
    }
}

NamedAs match_everyone(bool scalar_form, bool in_trust_policy, const Principal& caller) noexcept {
    if (caller.kind == PrincipalKind::federated && in_trust_policy) return NamedAs::nobody;  // ?8
    if (caller.kind == PrincipalKind::service && !scalar_form) return NamedAs::nobody;       // ?8
    return NamedAs::everyone;
}

NamedAs match_entry(const PrincipalPattern& pattern, const PrincipalElement& element,
                    const Principal& caller) noexcept {
    const auto named = [](bool yes, NamedAs as) { return yes ? as : NamedAs::nobody; };
    switch (pattern.kind) {
        case Kind::everyone:
            return match_everyone(true, element.in_trust_policy, caller);
        case Kind::aws_everyone:
            return match_everyone(false, element.in_trust_policy, caller);
        case Kind::account:
            return named(belongs_to_account(caller) && pattern.text == caller.account &&
                             (pattern.partition.empty() || pattern.partition == caller.partition),
                         NamedAs::account);
        case Kind::arn:
            return match_arn(pattern.text, caller);
        case Kind::unique_id:
            return match_unique_id(pattern.text, caller);
        case Kind::service:
            return named(
                caller.kind == PrincipalKind::service &&
                    std::ranges::find(caller.service_names, pattern.text) != caller.service_names.end(),
                NamedAs::service);
        case Kind::federated:
            return named(caller.kind == PrincipalKind::federated && pattern.text == caller.arn,
                         NamedAs::provider);
        case Kind::canonical_user:
            return named(belongs_to_account(caller) && !pattern.text.empty() &&
                             pattern.text == caller.canonical_user_id,
                         NamedAs::account);
    }
    return NamedAs::nobody;
}

GrantClass grant_of(NamedAs as, const Principal& caller) noexcept {
    switch (as) {
        case NamedAs::nobody:
            return GrantClass::none;
        case NamedAs::everyone:
        case NamedAs::itself:
        case NamedAs::session:
        case NamedAs::service:
        case NamedAs::provider:
            return GrantClass::direct;
        case NamedAs::role:
        case NamedAs::issuer:
            return GrantClass::limited;
        case NamedAs::account:
            return caller.kind == PrincipalKind::root ? GrantClass::direct : GrantClass::delegated;  // D7r
    }
    return GrantClass::none;
}

bool lists(const PrincipalElement& element, const Principal& caller, NamedAs member) noexcept {
    return std::ranges::any_of(element.patterns, [&](const PrincipalPattern& pattern) {
        const NamedAs as = match_entry(pattern, element, caller);
        return as == member || as == NamedAs::everyone;
    });
}

// P11: session or user, role, account must all be listed to be exempt.
bool lists_whole_chain(const PrincipalElement& element, const Principal& caller) noexcept {
    switch (caller.kind) {
        case PrincipalKind::root:
            return lists(element, caller, NamedAs::account);
        case PrincipalKind::user:
            return lists(element, caller, NamedAs::itself) && lists(element, caller, NamedAs::account);
        case PrincipalKind::role_session:
            return lists(element, caller, NamedAs::session) && lists(element, caller, NamedAs::role) &&
                   lists(element, caller, NamedAs::account);
        case PrincipalKind::federated_user:
            return lists(element, caller, NamedAs::session) && lists(element, caller, NamedAs::account);
        case PrincipalKind::service:
            return lists(element, caller, NamedAs::service);
        case PrincipalKind::federated:
            return lists(element, caller, NamedAs::provider);
        case PrincipalKind::anonymous:
            return lists(element, caller, NamedAs::everyone);
    }
    return false;
}

}  // namespace

PrincipalElement compile_principals(const policy::PrincipalElement& element, policy::Effect effect,
                                    policy::PolicyType type, Arena& arena) {
    const std::span<PrincipalPattern> patterns = arena.make<PrincipalPattern>(element.entries.size());
    std::ranges::transform(element.entries, patterns.begin(), compile_entry);
    return {element.negated, type == policy::PolicyType::trust, effect, patterns};
}

GrantClass match_principal(const PrincipalElement& element, const Principal& caller,
                           bool has_boundary) noexcept {
    GrantClass best = GrantClass::none;
    if (!element.negated) {
        for (const PrincipalPattern& pattern : element.patterns) {
            best = std::max(best, grant_of(match_entry(pattern, element, caller), caller));
        }
        return best;
    }
    if (element.effect == policy::Effect::deny) {
        return has_boundary || !lists_whole_chain(element, caller) ? GrantClass::direct
                                                                   : GrantClass::none;  // P12
    }
    const bool listed = std::ranges::any_of(element.patterns, [&](const PrincipalPattern& pattern) {
        const NamedAs as = match_entry(pattern, element, caller);
        return as != NamedAs::nobody && as != NamedAs::issuer;  // The issuer is no member of the chain.
    });
    return listed ? GrantClass::none : GrantClass::direct;  // P14
}

}  // namespace writ::engine
