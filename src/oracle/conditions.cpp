// Spec 3: what each operator compares, missing keys, set operators, how conditions combine.
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <bitset>
#include <chrono>
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

// C18: compared as decimals.
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

// ISO 8601 or epoch seconds, compared in milliseconds (?12, C20).
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
    const std::int64_t zone_minutes = (std::int64_t{number(9)} * 60 + number(10)) * (part[8] == "-" ? -1 : 1);
    const std::int64_t minutes = (days * 24 + number(4)) * 60 + number(5) - zone_minutes;  // C20: UTC.
    return (minutes * 60 + number(6)) * 1000 + std::stoi((part[7].str() + "000").substr(0, 3));
}

// 32 or 128 digits, 0 or 1.
std::optional<std::string> read_address(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    std::size_t size = 4;
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) != 1) {
        if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return std::nullopt;
        size = 16;
    }
    std::string bits;
    for (std::size_t i = 0; i < size; ++i) bits += std::bitset<8>(bytes[i]).to_string();
    return bits;
}

bool network_holds(std::string_view wanted, const std::string& given) {
    const std::size_t slash = wanted.find('/');
    const auto network = read_address(std::string(wanted.substr(0, slash)));
    if (!network) return false;
    std::size_t length = network->size();  // No prefix: /32, /128.
    if (slash != std::string_view::npos) {
        const std::string_view digits = wanted.substr(slash + 1);
        if (digits.empty() || digits.size() > 3 || !all_digits(digits)) return false;
        length = static_cast<std::size_t>(std::stoi(std::string(digits)));
        if (length > network->size()) return false;
    }
    if (network->size() == 128 && network->find('1', length) != network->npos) return false;  // Host bits.
    static const std::string mapped = std::string(80, '0') + std::string(16, '1');
    std::string address = read_address(given).value_or("");
    if (address.size() == 128 && address.starts_with(mapped)) address.erase(0, 96);
    return network->size() == address.size() && address.starts_with(network->substr(0, length));
}

// ?30: full lower-case mappings. The C library knows the simple ones; U+0130 is the only scalar whose full
// mapping without context is longer.
std::u32string lower_case(UnitsView units) {
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    std::u32string lower;
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t scalar = units[i];
        if (scalar >= 0xD800 && scalar < 0xDC00 && i + 1 < units.size())
            scalar = 0x10000 + ((scalar - 0xD800) << 10U) + (units[++i] - 0xDC00U);
        if (scalar == 0x130)
            lower += U"i\u0307";
        else
            lower += static_cast<char32_t>(towlower_l(static_cast<wint_t>(scalar), unicode));
    }
    return lower;
}

bool ordered(Comparison comparison, std::strong_ordering order) {
    const std::array holds{order == 0, order < 0, order <= 0, order > 0, order >= 0};  // As in Comparison.
    const int first = static_cast<int>(Comparison::numeric_equals);
    return holds.at(static_cast<std::size_t>((static_cast<int>(comparison) - first) % 5));
}

struct Where {
    const policy::Statement& statement;
    policy::Version version;
    policy::PolicyType type;
    const Question& question;
};

bool arn_holds(UnitsView pattern, bool negated, const std::string& given, const Where& where) {
    const auto wanted = split_arn(pattern);
    if (wanted.size() < 6)  // ?15: no match; in session policies it never grants, and matches in a Deny.
        return where.type == policy::PolicyType::session &&
               (where.statement.effect == policy::Effect::deny || negated);
    const auto parts = arn_parts(given);
    for (std::size_t i = 0; i < 6; ++i)
        if (!glob(wanted[i], utf16(parts[i]))) return false;
    return true;
}

// One value of the policy and one value of the request, the negation left aside.
bool compare(const policy::ConditionOperator& op, const policy::Scalar& wanted, const std::string& given,
             const Where& where) {
    using enum Comparison;
    if (op.comparison == binary_equals) {
        const auto a = base64_decode(wanted.text), b = base64_decode(given);
        return a && b && *a == *b;
    }
    if (op.comparison == ip_address) return network_holds(wanted.text, given);
    if (op.comparison >= numeric_equals && op.comparison <= numeric_greater_than_equals) {
        const auto a = read_decimal(given), b = read_decimal(wanted.text);
        return a && b && ordered(op.comparison, *a <=> *b);  // ?12
    }
    if (op.comparison >= date_equals && op.comparison <= date_greater_than_equals) {
        const auto a = read_date_ms(given), b = read_date_ms(std::string(wanted.text));
        return a && b && ordered(op.comparison, *a <=> *b);  // ?12
    }
    // X2, V1: variables in String*, Arn* and Bool (?14); wildcards in StringLike and Arn* (C9).
    const Reading reading{.wildcards = op.comparison == string_like || op.comparison == arn_like,
                          .variables = where.version == policy::Version::v2012_10_17};
    const auto pattern = read_pattern(wanted.text, reading, where.question.context);
    if (!pattern) return false;  // X5
    if (op.comparison == arn_like) return arn_holds(*pattern, op.negated, given, where);
    const Units text = utf16(given);
    if (op.comparison == string_like) return glob(*pattern, text);
    if (op.comparison == string_equals) return *pattern == text;
    if (op.comparison == string_equals_ignore_case) return lower_case(*pattern) == lower_case(text);
    return (lower_case(*pattern) == U"true") == (lower_case(text) == U"true");  // Bool, ?12
}

// ?12: with these operators a malformed value of the request is neither equal nor different.
bool is_comparable(Comparison comparison, const std::string& given) {
    if (comparison == Comparison::ip_address) return read_address(given).has_value();
    return comparison != Comparison::arn_like || !arn_parts(given).empty();
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
    if (op.comparison == Comparison::null)  // ?12: `true` in any case asks for a missing key.
        return std::ranges::any_of(condition.values, [&](const policy::Scalar& value) {
            return (ascii_lower_case(value.text) == "true") == (given == nullptr);
        });
    if (!given) return holds_when_missing(op);

    // C2: one value of the request against all values of the policy: OR, negated NOR.
    const auto value_holds = [&](const std::string& text) {
        if (!is_comparable(op.comparison, text)) return false;  // ?12: negated too.
        return std::ranges::any_of(condition.values, [&](const policy::Scalar& wanted) {
                   return compare(op, wanted, text, where);
               }) != op.negated;  // C3
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
