// Spec 2.1 to 2.4 and 3.6: wildcards, variables, actions, resources, principals.
#include <algorithm>
#include <array>

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

bool same_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && ascii_lower_case(a) == ascii_lower_case(b);
}

// C5: key names are case-insensitive, tag-key part included. ?29: the lexically last spelling answers.
const Values* find_key(const std::map<std::string, Values>& context, std::string_view key) {
    const Values* found = nullptr;
    for (const auto& [spelling, values] : context)
        if (same_ignoring_ascii_case(spelling, key)) found = &values;
    return found;
}

// ?30: `?` counts one UTF-16 unit. Documents and requests are valid UTF-8.
std::u16string utf16(std::string_view text) {
    std::u16string units;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t scalar = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (const char c : text.substr(i, length).substr(1))
            scalar = scalar << 6U | (static_cast<unsigned char>(c) & 0x3FU);
        i += length;
        if (scalar >= 0x10000) units.push_back(static_cast<char16_t>(0xD800 + ((scalar - 0x10000) >> 10U)));
        units.push_back(static_cast<char16_t>(scalar >= 0x10000 ? 0xDC00 + (scalar & 0x3FFU) : scalar));
    }
    return units;
}

namespace {

void append_literal(Pattern& pattern, std::string_view text) {
    for (const char16_t unit : utf16(text)) pattern.push_back({Symbol::Kind::literal, unit});
}

// X1: the inside of `${key}` or `${key, 'default'}`.
struct Variable {
    std::string key;
    std::optional<std::string> fallback;
};

Variable read_variable(std::string_view inside) {
    const std::size_t comma = inside.find(',');
    if (comma == std::string_view::npos) return {std::string(inside), std::nullopt};
    std::string_view rest = inside.substr(comma + 1);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (rest.size() < 2 || rest.front() != '\'' || rest.back() != '\'')
        return {std::string(inside), std::nullopt};
    return {std::string(inside.substr(0, comma)), std::string(rest.substr(1, rest.size() - 2))};
}

// X4, X5: nothing when the key is multivalued, or missing without a default.
std::optional<std::string> value_of(const Variable& variable, const std::map<std::string, Values>& context) {
    const Values* values = find_key(context, variable.key);
    if (!values) return variable.fallback;
    if (values->multivalued || values->texts.size() != 1) return std::nullopt;
    return values->texts.front();
}

}  // namespace

std::optional<Pattern> read_pattern(std::string_view text, Reading reading,
                                    const std::map<std::string, Values>& context) {
    Pattern pattern;
    while (!text.empty()) {
        if (reading.variables && text.starts_with("${")) {
            const std::size_t end = text.find('}');
            if (end != std::string_view::npos && end > 2) {  // X8: unterminated and empty ones are literal.
                const std::string_view inside = text.substr(2, end - 2);
                text.remove_prefix(end + 1);
                if (inside == "*" || inside == "?" || inside == "$") {  // M2
                    append_literal(pattern, inside);
                    continue;
                }
                const auto value = value_of(read_variable(inside), context);
                if (!value) return std::nullopt;
                append_literal(pattern, *value);  // M3, X9: literally and only once.
                continue;
            }
        }
        std::size_t run = 1;
        if (reading.wildcards && text.front() == '*') {
            pattern.push_back({Symbol::Kind::any, 0});
        } else if (reading.wildcards && text.front() == '?') {
            pattern.push_back({Symbol::Kind::one, 0});
        } else {
            run = std::min(text.find_first_of("*?$", 1), text.size());
            append_literal(pattern, text.substr(0, run));
        }
        text.remove_prefix(run);
    }
    return pattern;
}

// M1: the positions of the text that the pattern read so far can have reached.
bool glob(std::span<const Symbol> pattern, std::u16string_view text) {
    std::vector<bool> reached(text.size() + 1, false);
    reached[0] = true;
    for (const Symbol& symbol : pattern) {
        std::vector<bool> next(text.size() + 1, false);
        bool alive = false;
        for (std::size_t i = 0; i <= text.size(); ++i) {
            if (symbol.kind == Symbol::Kind::any) {
                next[i] = reached[i] || (i > 0 && next[i - 1]);
            } else if (i > 0 && reached[i - 1]) {
                next[i] = symbol.kind == Symbol::Kind::one || symbol.unit == text[i - 1];
            }
            alive = alive || next[i];
        }
        if (!alive) return false;
        reached = std::move(next);
    }
    return reached.back();
}

namespace {

// R2
template <class View>
std::vector<View> split_at_five_colons(View rest, auto is_colon) {
    std::vector<View> parts;
    for (int i = 0; i < 5; ++i) {
        const auto colon = std::ranges::find_if(rest, is_colon);
        if (colon == rest.end()) break;
        parts.emplace_back(rest.begin(), colon);
        rest = View(colon + 1, rest.end());
    }
    parts.push_back(rest);
    return parts;
}

}  // namespace

std::vector<std::string_view> split_arn(std::string_view text) {
    return split_at_five_colons(text, [](char c) { return c == ':'; });
}

std::vector<std::span<const Symbol>> split_arn(const Pattern& pattern) {
    return split_at_five_colons(std::span<const Symbol>(pattern), [](const Symbol& symbol) {
        return symbol.kind == Symbol::Kind::literal && symbol.unit == u':';
    });
}

// ---- 2.2 Action ----------------------------------------------------------------------------------------

namespace {

bool action_pattern_matches(std::string_view pattern, std::string_view action) {
    if (pattern == "*") return true;  // A2
    const std::size_t pattern_colon = pattern.find(':');
    const std::size_t action_colon = action.find(':');
    if (pattern_colon == std::string_view::npos || action_colon == std::string_view::npos) return false;
    const auto matches = [](std::string_view part, std::string_view text) {  // A1, A3, ?4
        return glob(*read_pattern(ascii_lower_case(part), {}, {}), utf16(ascii_lower_case(text)));
    };
    return matches(pattern.substr(0, pattern_colon), action.substr(0, action_colon)) &&
           matches(pattern.substr(pattern_colon + 1), action.substr(action_colon + 1));
}

}  // namespace

bool action_matches(const policy::Statement& statement, const Question& question) {
    if (!statement.action) return false;
    const bool listed = std::ranges::any_of(statement.action->patterns, [&](const policy::Scalar& pattern) {
        return action_pattern_matches(pattern.text, question.action);
    });
    return listed != statement.action->negated;  // A4
}

// ---- 2.3 Resource --------------------------------------------------------------------------------------

namespace {

enum class Match : std::uint8_t { no, yes, unresolved };

// R6: may a pattern of fewer than six parts be filled up with `*`?
bool may_be_filled(PolicyType type, std::string_view pattern) {
    if (type == PolicyType::identity || type == PolicyType::boundary) return true;
    if (type == PolicyType::resource || type == PolicyType::endpoint)
        return split_arn(pattern).back().find_first_of("*?") != std::string_view::npos;
    return type == PolicyType::scp && (pattern.ends_with('*') || pattern.ends_with('?'));
}

Match resource_pattern_matches(std::string_view pattern, policy::Version version, PolicyType type,
                               const Question& question) {
    if (pattern == "*") return Match::yes;  // R1
    std::vector<std::string_view> wanted = split_arn(pattern);
    // R11: variables after the fifth colon only; X3: not in resources of RCPs; V1.
    const bool variables = version == policy::Version::v2012_10_17 && type != PolicyType::rcp;
    std::optional<Pattern> last;
    if (wanted.size() == 6) {
        last = read_pattern(wanted[5], {.wildcards = true, .variables = variables}, question.context);
        if (!last) return Match::unresolved;
    } else {
        if (!may_be_filled(type, pattern)) return Match::no;
        wanted.resize(6, "*");
        last = Pattern{{Symbol::Kind::any, 0}};
    }
    const std::vector<std::string_view> given = split_arn(question.resource);
    if (given.size() < 6 || given[0] != "arn") return Match::no;  // R9: only "*" matches "*".
    for (std::size_t i = 0; i < 5; ++i)                           // R3
        if (!glob(*read_pattern(wanted[i], {}, {}), utf16(given[i]))) return Match::no;
    return glob(*last, utf16(given[5])) ? Match::yes : Match::no;  // R4, R7
}

}  // namespace

bool resource_matches(const policy::Statement& statement, policy::Version version, PolicyType type,
                      const Question& question) {
    if (type == PolicyType::trust) return true;
    if (!statement.resource) return type == PolicyType::resource;
    bool listed = false, unresolved = false;
    for (const policy::Scalar& pattern : statement.resource->patterns) {
        const Match match = resource_pattern_matches(pattern.text, version, type, question);
        listed = listed || match == Match::yes;
        unresolved = unresolved || match == Match::unresolved;
    }
    if (!statement.resource->negated) return listed;  // R11: unresolved matches nothing.
    if (unresolved && statement.effect == policy::Effect::allow) return false;  // ?7
    return !listed;                                                             // R10
}

// ---- 2.4 Principal -------------------------------------------------------------------------------------

namespace {

bool is_iam(Kind kind) {
    return kind == Kind::root || kind == Kind::user || kind == Kind::role_session ||
           kind == Kind::federated_user;
}

bool names_everyone(const policy::PrincipalEntry& entry, Kind kind) {
    if (kind == Kind::federated) return false;               // ?8
    if (entry.type == PrincipalType::everyone) return true;  // Anonymous and services included.
    return entry.type == PrincipalType::aws && entry.value.text == "*" && kind != Kind::service;  // ?8
}

bool names_account(const policy::PrincipalEntry& entry, const Caller& caller) {
    if (!is_iam(caller.kind)) return false;
    if (entry.type == PrincipalType::canonical_user) return caller.canonical_id == entry.value.text;
    return entry.type == PrincipalType::aws &&
           (entry.value.text == caller.account ||
            entry.value.text == "arn:" + caller.partition + ":iam::" + caller.account + ":root");
}

bool names(const policy::PrincipalEntry& entry, PrincipalType type, const std::optional<std::string>& name) {
    return entry.type == type && name && !name->empty() && entry.value.text == *name;
}

// The rows of the table that name the user, session, service or provider itself.
bool names_self(const policy::PrincipalEntry& entry, const Caller& caller) {
    if (caller.kind == Kind::user)
        return names(entry, PrincipalType::aws, caller.arn) || names(entry, PrincipalType::aws, caller.id);
    if (caller.kind == Kind::role_session || caller.kind == Kind::federated_user)
        return caller.session_name_known && names(entry, PrincipalType::aws, caller.arn);
    if (caller.kind == Kind::federated) return names(entry, PrincipalType::federated, caller.arn);
    return std::ranges::any_of(caller.service_names, [&](const std::string& name) {
        return caller.kind == Kind::service && names(entry, PrincipalType::service, name);
    });
}

// P5: by role ARN or AROA id; federated sessions by their issuing user (P9, D6).
bool names_origin(const policy::PrincipalEntry& entry, const Caller& caller) {
    if (caller.kind == Kind::role_session)
        return names(entry, PrincipalType::aws, caller.role_arn) ||
               names(entry, PrincipalType::aws, caller.id);
    return caller.kind == Kind::federated_user && (names(entry, PrincipalType::aws, caller.issuer_arn) ||
                                                   names(entry, PrincipalType::aws, caller.issuer_id));
}

Grant class_of(const policy::PrincipalEntry& entry, const Caller& caller) {
    const Kind kind = caller.kind;
    if (names_self(entry, caller))
        return kind == Kind::user             ? Grant::d1_user
               : kind == Kind::role_session   ? Grant::d2_session
               : kind == Kind::federated_user ? Grant::d3_federated
                                              : Grant::d8_service;
    if (names_everyone(entry, kind)) return Grant::d4_everyone;
    if (names_origin(entry, caller)) return kind == Kind::role_session ? Grant::d5_role : Grant::d6_issuer;
    if (names_account(entry, caller)) return kind == Kind::root ? Grant::d7r_root : Grant::d7_account;
    return Grant::none;
}

// P11: of the chain (session or user, role, account), how many members are there and how many are listed?
struct Chain {
    int members = 0;
    int listed = 0;
};

Chain chain_listed(std::span<const policy::PrincipalEntry> entries, const Caller& caller) {
    Chain chain;
    const auto member = [&](auto names_it) {
        ++chain.members;
        if (std::ranges::any_of(entries, [&](const auto& entry) {
                return names_everyone(entry, caller.kind) || names_it(entry, caller);
            }))
            ++chain.listed;
    };
    if (caller.kind != Kind::root) member(names_self);
    if (caller.kind == Kind::role_session) member(names_origin);
    if (is_iam(caller.kind)) member(names_account);
    return chain;
}

}  // namespace

Grant principal_matches(const policy::Statement& statement, const Question& question, bool has_boundary) {
    if (!statement.principal) return Grant::none;  // P14
    const Caller& caller = question.caller;
    if (statement.principal->negated) {
        const Chain chain = chain_listed(statement.principal->entries, caller);
        if (statement.effect == policy::Effect::allow)  // P14
            return chain.listed == 0 ? Grant::d4_everyone : Grant::none;
        if (has_boundary) return Grant::d4_everyone;                             // P12
        return chain.listed < chain.members ? Grant::d4_everyone : Grant::none;  // P11
    }
    Grant most_generous = Grant::none;  // P1, 5.3
    for (const policy::PrincipalEntry& entry : statement.principal->entries)
        most_generous = std::max(most_generous, class_of(entry, caller));
    return most_generous;
}

}  // namespace writ::oracle
