// Spec 2.1 to 2.4 and 3.6: wildcards, variables, actions, resources, principals.
#include <algorithm>

#include "oracle/internal/rules.h"

namespace writ::oracle {

using policy::PolicyType;
using policy::PrincipalType;

std::string ascii_lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return lower;
}

// C5: key names are case-insensitive, tag-key part included. ?29: the lexically last spelling answers.
const Values* find_key(const Context& context, std::string_view key) {
    const std::string lower = ascii_lower_case(key);
    const Values* found = nullptr;
    for (const auto& [spelling, values] : context)
        if (spelling.size() == lower.size() && ascii_lower_case(spelling) == lower) found = &values;
    return found;
}

// Documents and requests are valid UTF-8.
Units utf16(std::string_view text) {
    Units units;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t scalar = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (const char c : text.substr(i, length).substr(1))
            scalar = scalar << 6U | (static_cast<unsigned char>(c) & 0x3FU);
        i += length;
        if (scalar >= 0x10000) units.push_back(0xD800 + ((scalar - 0x10000) >> 10U));
        units.push_back(scalar >= 0x10000 ? 0xDC00 + (scalar & 0x3FFU) : scalar);
    }
    return units;
}

namespace {

// X1: the inside of `${key}` or `${key, 'default'}`. X4, X5: nothing when the key is multivalued, or missing
// without a default.
std::optional<std::string> value_of(std::string_view inside, const Context& context) {
    std::string_view key = inside;
    std::optional<std::string> fallback;
    if (const std::size_t comma = inside.find(','); comma != inside.npos) {
        std::string_view rest = inside.substr(comma + 1);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        if (rest.size() >= 2 && rest.front() == '\'' && rest.back() == '\'') {
            key = inside.substr(0, comma);
            fallback = rest.substr(1, rest.size() - 2);
        }
    }
    const Values* values = find_key(context, key);
    if (values && values->multivalued) return std::nullopt;
    return values ? values->texts.front() : fallback;
}

}  // namespace

std::optional<Units> read_pattern(std::string_view text, Reading reading, const Context& context) {
    Units pattern;
    while (!text.empty()) {
        const std::size_t end = text.find('}');
        if (reading.variables && text.starts_with("${") && end != text.npos && end > 2) {  // X8
            const std::string_view inside = text.substr(2, end - 2);
            const bool escape = inside == "*" || inside == "?" || inside == "$";  // M2
            const auto value = escape ? std::string(inside) : value_of(inside, context);
            if (!value) return std::nullopt;
            pattern += utf16(*value);  // M3, X9: literally and only once.
            text.remove_prefix(end + 1);
        } else if (reading.wildcards && (text[0] == '*' || text[0] == '?')) {
            pattern += text[0] == '*' ? any_number : exactly_one;
            text.remove_prefix(1);
        } else {
            const std::size_t run = std::min(text.find_first_of("*?$", 1), text.size());
            pattern += utf16(text.substr(0, run));
            text.remove_prefix(run);
        }
    }
    return pattern;
}

// M1
bool glob(UnitsView pattern, UnitsView text) {
    if (pattern.empty()) return text.empty();
    const UnitsView rest = pattern.substr(1);
    if (pattern[0] == any_number) {
        if (rest.starts_with(any_number)) return glob(rest, text);
        for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
            if (glob(rest, text.substr(skipped))) return true;
        return false;
    }
    if (text.empty() || (pattern[0] != exactly_one && pattern[0] != text[0])) return false;
    return glob(rest, text.substr(1));
}

std::vector<std::string_view> arn_parts(std::string_view text) {
    std::vector<std::string_view> parts = split_arn(text);
    if (parts.size() < 6 || parts[0] != "arn") parts.clear();
    return parts;
}

namespace {

// R6: may a pattern of fewer than six parts be filled up with `*`?
bool may_be_filled(PolicyType type, std::string_view pattern) {
    if (type == PolicyType::identity || type == PolicyType::boundary) return true;
    if (type == PolicyType::resource || type == PolicyType::endpoint)
        return split_arn(pattern).back().find_first_of("*?") != pattern.npos;
    return type == PolicyType::scp && (pattern.ends_with('*') || pattern.ends_with('?'));
}

// Nothing: a variable has no value.
std::optional<bool> resource_pattern_matches(std::string_view pattern, policy::Version version,
                                             PolicyType type, const Question& question) {
    if (pattern == "*") return true;  // R1
    std::vector<std::string_view> wanted = split_arn(pattern);
    if (wanted.size() < 6 && !may_be_filled(type, pattern)) return false;
    wanted.resize(6, "*");
    // R11: variables after the fifth colon only; X3: not in resources of RCPs; V1.
    const bool variables = version == policy::Version::v2012_10_17 && type != PolicyType::rcp;
    const auto last = read_pattern(wanted[5], {.wildcards = true, .variables = variables}, question.context);
    if (!last) return std::nullopt;
    const std::vector<std::string_view> given = arn_parts(question.resource);
    if (given.empty()) return false;     // R9: only "*" matches "*".
    for (std::size_t i = 0; i < 5; ++i)  // R3
        if (!glob(read_pattern(wanted[i], {}, {}).value_or(Units()), utf16(given[i]))) return false;
    return glob(*last, utf16(given[5]));  // R4, R7
}

// A name under which the caller can stand in a policy, and what an Allow by that name grants.
struct Name {
    PrincipalType type;
    std::string text;
    Grant grant;
};

std::vector<Name> names_of(const Caller& caller, PolicyType policy) {
    std::vector<Name> names;
    const auto add = [&](PrincipalType type, const std::optional<std::string>& text, Grant grant) {
        if (text && !text->empty()) names.push_back({type, *text, grant});
    };
    const bool in_trust = caller.kind == Kind::federated && policy == PolicyType::trust;
    if (!in_trust) add(PrincipalType::everyone, "*", Grant::d4);  // ?8
    if (!in_trust && caller.kind != Kind::service) add(PrincipalType::aws, "*", Grant::d4);
    if (caller.kind == Kind::federated) add(PrincipalType::federated, caller.arn, Grant::d8);
    for (const std::string& name : caller.service_names)
        if (caller.kind == Kind::service) add(PrincipalType::service, name, Grant::d8);
    if (caller.kind == Kind::user) {
        add(PrincipalType::aws, caller.arn, Grant::d1);
        add(PrincipalType::aws, caller.id, Grant::d1);
    }
    if (caller.kind == Kind::role_session) {  // P5: by role ARN or AROA id.
        if (caller.session_name_known) add(PrincipalType::aws, caller.arn, Grant::d2);
        add(PrincipalType::aws, caller.role_arn, Grant::d5);
        add(PrincipalType::aws, caller.id, Grant::d5);
    }
    if (caller.kind == Kind::federated_user) {  // P9, D6: by the issuing user.
        add(PrincipalType::aws, caller.arn, Grant::d3);
        add(PrincipalType::aws, caller.issuer_arn, Grant::d6);
        add(PrincipalType::aws, caller.issuer_id, Grant::d6);
    }
    if (is_iam(caller.kind)) {
        const Grant account = caller.kind == Kind::root ? Grant::d7r : Grant::d7;
        add(PrincipalType::aws, caller.account, account);
        add(PrincipalType::aws, "arn:" + caller.partition + ":iam::" + caller.account + ":root", account);
        add(PrincipalType::canonical_user, caller.canonical_id, account);
    }
    return names;
}

}  // namespace

// 2.2
bool action_matches(const policy::Statement& statement, const Question& question) {
    if (!statement.action) return false;
    const std::string action = ascii_lower_case(question.action);  // A1
    const auto matches = [&](const policy::Scalar& scalar) {
        const std::string pattern = ascii_lower_case(scalar.text);
        if (pattern == "*" || pattern == "*:*") return true;  // A2, ?4
        const auto cut = pattern.find(':'), asked_cut = action.find(':');
        if (cut == pattern.npos || cut == 0 || cut + 1 == pattern.size()) return false;  // A2
        if (asked_cut == action.npos || asked_cut + 1 == action.size()) return false;
        const auto both = [&](std::string_view wanted, std::string_view given) {
            return glob(*read_pattern(wanted, {}, {}), utf16(given));
        };
        return both(pattern.substr(0, cut), action.substr(0, asked_cut)) &&  // A3, ?4
               both(pattern.substr(cut + 1), action.substr(asked_cut + 1));
    };
    return std::ranges::any_of(statement.action->patterns, matches) != statement.action->negated;  // A4
}

// 2.3
bool resource_matches(const policy::Statement& statement, policy::Version version, PolicyType type,
                      const Question& question) {
    if (type == PolicyType::trust) return true;
    if (!statement.resource) return type == PolicyType::resource;
    bool listed = false, unresolved = false;
    for (const policy::Scalar& pattern : statement.resource->patterns) {
        const std::optional<bool> match = resource_pattern_matches(pattern.text, version, type, question);
        listed = listed || match.value_or(false);
        unresolved = unresolved || !match;
    }
    if (!statement.resource->negated) return listed;  // R11: unresolved matches nothing.
    return !listed && !(unresolved && statement.effect == policy::Effect::allow);  // R10, ?7
}

bool is_iam(Kind kind) {
    return kind == Kind::root || kind == Kind::user || kind == Kind::role_session ||
           kind == Kind::federated_user;
}

// 2.4
Grant principal_matches(const policy::Statement& statement, PolicyType type, const Question& question,
                        bool has_boundary) {
    using enum Grant;
    // P11: (session or user, role, account), in the order of Kind.
    static const std::vector<std::vector<Grant>> chains{{d7r}, {d1, d7}, {d2, d5, d7}, {d3, d7},
                                                        {d8},  {d8},     {d4}};
    if (!statement.principal) return none;  // P14
    std::vector<Grant> matched;             // P1: several values are OR.
    for (const Name& name : names_of(question.caller, type))
        for (const policy::PrincipalEntry& entry : statement.principal->entries)
            if (entry.type == name.type && entry.value.text == name.text) matched.push_back(name.grant);
    if (!statement.principal->negated) return matched.empty() ? none : std::ranges::max(matched);  // 5.3

    const auto is_listed = [&](Grant member) {
        return std::ranges::count(matched, member) + std::ranges::count(matched, d4) > 0;
    };
    const std::vector<Grant>& chain = chains.at(static_cast<std::size_t>(question.caller.kind));
    const bool applies = statement.effect == policy::Effect::allow
                             ? std::ranges::none_of(chain, is_listed)                   // P14
                             : has_boundary || !std::ranges::all_of(chain, is_listed);  // P12, P11
    return applies ? d4 : none;
}

}  // namespace writ::oracle
