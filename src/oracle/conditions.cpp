// Spec 3: what each operator compares, missing keys, set operators, how conditions combine.
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <compare>
#include <locale.h>
#include <regex>
#include <wctype.h>

#include "base/text.h"
#include "oracle/internal/rules.h"

namespace writ::oracle {

using policy::Comparison;
using policy::SetQualifier;

namespace {

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == text.npos;
}

// ---- Numbers: C18, as decimals --------------------------------------------------------------------------

struct Decimal {
    bool negative = false;
    std::string_view whole, fraction;  // Without leading, without trailing zeros.
};

std::optional<Decimal> read_decimal(std::string_view text) {
    Decimal number;
    number.negative = text.starts_with('-');
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    number.whole = text.substr(0, point);
    if (number.whole.empty() || !all_digits(number.whole)) return std::nullopt;
    if (point != text.npos) {
        number.fraction = text.substr(point + 1);
        if (number.fraction.empty() || !all_digits(number.fraction)) return std::nullopt;
    }
    while (number.whole.starts_with('0')) number.whole.remove_prefix(1);
    while (number.fraction.ends_with('0')) number.fraction.remove_suffix(1);
    if (number.whole.empty() && number.fraction.empty()) number.negative = false;
    return number;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.negative != b.negative) return b.negative <=> a.negative;
    std::strong_ordering order = a.whole.size() <=> b.whole.size();
    if (order == 0) order = a.whole <=> b.whole;
    if (order == 0) order = a.fraction <=> b.fraction;
    return a.negative ? 0 <=> order : order;
}

// ---- Dates: W3C profile of ISO 8601 or epoch seconds, compared in milliseconds (?12, C20)
// ------------------

std::optional<std::int64_t> read_date_ms(const std::string& text) {
    if (const auto epoch = read_decimal(text)) {
        if (epoch->whole.size() > 15) return std::nullopt;
        const std::string ms =
            std::string(epoch->whole) + (std::string(epoch->fraction) + "000").substr(0, 3);
        return epoch->negative ? -std::stoll(ms) : std::stoll(ms);
    }
    static const std::regex form(
        R"((\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?)?)");
    std::smatch part;
    if (!std::regex_match(text, part, form)) return std::nullopt;
    const auto number = [&](std::size_t i) { return part[i].length() ? std::stoi(part[i].str()) : 0; };
    const std::chrono::year_month_day date{std::chrono::year(number(1)),
                                           std::chrono::month(static_cast<unsigned>(number(2))),
                                           std::chrono::day(static_cast<unsigned>(number(3)))};
    if (!date.ok() || number(4) > 23 || number(5) > 59 || number(6) > 59 || number(9) > 23 || number(10) > 59)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t zone_minutes = (number(9) * 60 + number(10)) * (part[8] == "-" ? -1 : 1);
    const std::int64_t minutes = (days * 24 + number(4)) * 60 + number(5) - zone_minutes;  // C20: UTC.
    return (minutes * 60 + number(6)) * 1000 + std::stoi((part[7].str() + "000").substr(0, 3));
}

// ---- Addresses: ?31 -------------------------------------------------------------------------------------

using Address = std::vector<unsigned char>;  // 4 or 16 bytes.

std::optional<Address> read_address(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return Address(bytes.begin(), bytes.begin() + 4);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return Address(bytes.begin(), bytes.end());
    return std::nullopt;
}

Address normalise_mapped(const Address& address) {
    static constexpr std::array<unsigned char, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (address.size() == 16 && std::equal(prefix.begin(), prefix.end(), address.begin()))
        return {address.begin() + 12, address.end()};
    return address;
}

bool bit(const Address& address, std::size_t index) {
    return (address[index / 8] >> (7 - index % 8) & 1) != 0;
}

bool network_holds(std::string_view wanted, const Address& given) {
    const std::size_t slash = wanted.find('/');
    const auto network = read_address(std::string(wanted.substr(0, slash)));
    if (!network || network->size() != given.size()) return false;
    std::size_t length = network->size() * 8;  // No prefix: /32, /128.
    if (slash != std::string_view::npos) {
        const std::string_view digits = wanted.substr(slash + 1);
        if (digits.empty() || digits.size() > 3 || !all_digits(digits)) return false;
        const auto prefix = static_cast<std::size_t>(std::stoi(std::string(digits)));
        if (prefix > length) return false;
        if (network->size() == 16)  // An IPv6 network with host bits set never matches.
            for (std::size_t i = prefix; i < length; ++i)
                if (bit(*network, i)) return false;
        length = prefix;
    }
    for (std::size_t i = 0; i < length; ++i)
        if (bit(*network, i) != bit(given, i)) return false;
    return true;
}

// ---- Texts ----------------------------------------------------------------------------------------------

// ?30: full lower-case mappings. The C library knows the simple ones; U+0130 is the only scalar whose full
// mapping without context is longer.
std::u32string lower_case(std::u16string_view units) {
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    std::u32string lower;
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t scalar = units[i];
        if (scalar >= 0xD800 && scalar < 0xDC00 && i + 1 < units.size())
            scalar = 0x10000 + ((scalar - 0xD800) << 10U) + (units[++i] - 0xDC00U);
        if (scalar == 0x130) {
            lower += U"i\u0307";
        } else {
            lower += static_cast<char32_t>(towlower_l(static_cast<wint_t>(scalar), unicode));
        }
    }
    return lower;
}

std::u16string text_of(const Pattern& literals) {
    std::u16string text;
    for (const Symbol& symbol : literals) text += symbol.unit;
    return text;
}

bool ordered(Comparison comparison, std::strong_ordering order) {
    using enum Comparison;
    const auto is = [&](Comparison number, Comparison date) {
        return comparison == number || comparison == date;
    };
    if (is(numeric_less_than, date_less_than)) return order < 0;
    if (is(numeric_less_than_equals, date_less_than_equals)) return order <= 0;
    if (is(numeric_greater_than, date_greater_than)) return order > 0;
    if (is(numeric_greater_than_equals, date_greater_than_equals)) return order >= 0;
    return order == 0;
}

// ---- One value of the policy and one value of the request, the negation left aside -----------------------

// What cannot be compared is not the same as what differs (?12).
enum class Holds : std::uint8_t { no, yes, malformed_request_value };

Holds yes_if(bool holds) {
    return holds ? Holds::yes : Holds::no;
}

struct Where {
    const policy::Statement& statement;
    policy::Version version;
    policy::PolicyType type;
    const Question& question;
};

Holds arn_holds(const std::optional<Pattern>& pattern, bool negated, const std::string& given,
                const Where& where) {
    const auto parts = split_arn(given);
    if (parts.size() < 6 || parts[0] != "arn") return Holds::malformed_request_value;  // ?12
    if (!pattern) return Holds::no;                                                    // X5
    const auto wanted = split_arn(*pattern);
    if (wanted.size() < 6)  // ?15: no match; in session policies it never grants, and matches in a Deny.
        return yes_if(where.type == policy::PolicyType::session &&
                      (where.statement.effect == policy::Effect::deny || negated));
    for (std::size_t i = 0; i < 6; ++i)
        if (!glob(wanted[i], utf16(parts[i]))) return Holds::no;
    return Holds::yes;
}

Holds compare(const policy::ConditionOperator& op, const policy::Scalar& wanted, const std::string& given,
              const Where& where) {
    using enum Comparison;
    // X2, V1: variables in String*, Arn* and Bool (?14); wildcards in StringLike and Arn* (C9).
    const bool takes_variables = op.comparison == string_equals ||
                                 op.comparison == string_equals_ignore_case || op.comparison == string_like ||
                                 op.comparison == arn_like || op.comparison == boolean;
    std::optional<Pattern> pattern;
    if (takes_variables) {
        const Reading reading{.wildcards = op.comparison == string_like || op.comparison == arn_like,
                              .variables = where.version == policy::Version::v2012_10_17};
        pattern = read_pattern(wanted.text, reading, where.question.context);
        if (!pattern && op.comparison != arn_like) return Holds::no;  // X5
    }
    switch (op.comparison) {
        case string_equals:
            return yes_if(text_of(*pattern) == utf16(given));
        case string_equals_ignore_case:
            return yes_if(lower_case(text_of(*pattern)) == lower_case(utf16(given)));
        case string_like:
            return yes_if(glob(*pattern, utf16(given)));
        case arn_like:
            return arn_holds(pattern, op.negated, given, where);
        case boolean:
            return yes_if((lower_case(text_of(*pattern)) == U"true") ==
                          (lower_case(utf16(given)) == U"true"));
        case null:
            return Holds::no;  // Asks for presence, see below.
        case binary_equals: {
            const auto a = base64_decode(wanted.text), b = base64_decode(given);
            return yes_if(a && b && *a == *b);
        }
        case ip_address: {
            const auto address = read_address(given);
            if (!address) return Holds::malformed_request_value;  // ?12
            return yes_if(network_holds(wanted.text, normalise_mapped(*address)));
        }
        case numeric_equals:
        case numeric_less_than:
        case numeric_less_than_equals:
        case numeric_greater_than:
        case numeric_greater_than_equals: {
            const auto a = read_decimal(given), b = read_decimal(wanted.text);
            return yes_if(a && b && ordered(op.comparison, *a <=> *b));  // ?12
        }
        default: {
            const auto a = read_date_ms(given), b = read_date_ms(std::string(wanted.text));
            return yes_if(a && b && ordered(op.comparison, *a <=> *b));  // ?12
        }
    }
}

// ?12: `true` in any case asks for a missing key; every other text for a present one.
bool null_holds(const policy::Condition& condition, bool present) {
    return std::ranges::any_of(condition.values, [&](const policy::Scalar& value) {
        return same_ignoring_ascii_case(value.text, "true") != present;
    });
}

// 3.3
bool holds_when_missing(const policy::ConditionOperator& op) {
    if (op.if_exists || op.set == SetQualifier::for_all_values) return true;  // C7, ?10
    return op.set == SetQualifier::none && op.negated;
}

bool condition_holds(const policy::Condition& condition, const Where& where) {
    if (!condition.op) return false;  // C8, ?9
    const policy::ConditionOperator& op = *condition.op;
    const Values* given = find_key(where.question.context, condition.key.text);
    if (op.comparison == Comparison::null) return null_holds(condition, given != nullptr);
    if (!given) return holds_when_missing(op);

    // C2: one value of the request against all values of the policy: OR, negated NOR.
    const auto value_holds = [&](const std::string& text) {
        bool matched = false;
        for (const policy::Scalar& wanted : condition.values) {
            const Holds holds = compare(op, wanted, text, where);
            if (holds == Holds::malformed_request_value) return false;  // ?12: negated too.
            matched = matched || holds == Holds::yes;
        }
        return matched != op.negated;  // C3
    };
    if (op.set == SetQualifier::for_all_values) return std::ranges::all_of(given->texts, value_holds);  // C10
    if (op.set == SetQualifier::for_any_value) return std::ranges::any_of(given->texts, value_holds);   // C11
    return !given->multivalued && value_holds(given->texts.front());  // C13, ?11
}

}  // namespace

bool conditions_hold(const policy::Statement& statement, policy::Version version, policy::PolicyType type,
                     const Question& question) {
    const Where where{statement, version, type, question};
    return std::ranges::all_of(
        statement.conditions,  // C1
        [&](const policy::Condition& condition) { return condition_holds(condition, where); });
}

}  // namespace writ::oracle
