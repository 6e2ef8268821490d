#include "alphabet.h"

#include <algorithm>

namespace writ::differential {
namespace {

using Texts = std::string_view;

// Those that come first in the request of most policies stand several times.
constexpr auto action_names = std::to_array<Texts>({
    "s3:GetObject",
    "s3:GetObject",
    "s3:GetObject",
    "s3:GetObject",
    "s3:PutObject",
    "s3:PutObject",
    "s3:GetObjectAcl",
    "s3:ListBucket",
    "S3:GETOBJECT",
    "s3:getobject",
    "s3:ListAllMyBuckets",
    "s3:GetObjec",
    "kms:Decrypt",
    "kms:Decrypt",
    "kms:RetireGrant",
    "kms:DeleteAlias",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:GetCallerIdentity",
    "sqs:SendMessage",
    "sqs:ListQueues",
    "iam:DeletePolicy",
    "iam:TagRole",
    "iam:TagRole",
    "iam:TagRole",
    "iam:DeletePolicy",
    "iam:GetRole",
    "iam:PutRolePolicy",
    "ec2:RunInstances",
    "nosuch:Thing",
    "s3",
    "s3:",
});

constexpr auto resource_arns = std::to_array<Texts>({
    "arn:aws:s3:::bk/x",
    "arn:aws:s3:::bk/x",
    "arn:aws:s3:::bk/x",
    "arn:aws:s3:::bk/x",
    "arn:aws:s3:::bk",
    "arn:aws:s3:::bk/home/bob/x",
    "arn:aws:s3:::bk/home/bob/x",
    "arn:aws:s3:::bk/a:b/é😀",
    "arn:aws:s3:::bk/*",
    "arn:aws:s3:::",
    "arn:aws:s3:eu-west-1:222222222222:accesspoint/ap/object/x",
    "arn:aws-cn:s3:::bk/x",
    "arn:aws:kms:eu-west-1:111111111111:key/k1",
    "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3",
    "arn:aws:iam::111111111111:role/team/ops",
    "arn:aws:iam::111111111111:role/team/ops",
    "arn:aws:iam::111111111111:role/team/ops",
    "arn:aws:iam::111111111111:role/aws-reserved/sso/r",
    "arn:aws:iam::111111111111:role/aws-service-role/x/r",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::111111111111:role/aws-reserved/sso/r",
    "arn:aws:sqs:eu-west-1:111111111111:queue",
    "*",
    "bk/x",
    "arn:aws:s3",
});

constexpr auto context_keys = std::to_array<Key>({
    {"k"},
    {"k"},
    {"K"},
    {"aws:username"},
    {"aws:RequestTag/Team"},
    {"aws:RequestTag/tEAM"},
    {"aws:PrincipalTag/t"},
    {"T", ValueType::text, true},
    {"aws:TagKeys", ValueType::text, true},
    {"n", ValueType::number},
    {"d", ValueType::date},
    {"aws:CurrentTime", ValueType::date},
    {"aws:SourceIp", ValueType::address},
    {"aws:MultiFactorAuthPresent", ValueType::boolean},
    {"aws:PrincipalIsAWSService", ValueType::boolean},
    {"bin", ValueType::bytes},
    {"aws:PrincipalArn", ValueType::arn},
    {"aws:SourceArn", ValueType::arn},
    {"arns", ValueType::arn, true},
});

constexpr auto texts = std::to_array<Texts>({
    "a",     "a",  "b",   "A",     "ab",   "aab",  "a*b",  "axb", "",     "bob", "Bob",  "é",
    "É",     "😀", "ß",   "SS",    "ss",   "İ",    "i̇",    "ǅ",   "${k}", "a:b", "true", "*",
    "a${k}", "${", "${}", "x/y/z", "a😀b", "?😀*", "😀😀", "K",   "k",    "ÀÀ",  "àà",
});
constexpr auto numbers = std::to_array<Texts>({
    "10",
    "10.0",
    "9.5",
    "-1",
    "+1",
    "1",
    "007",
    "7",
    "abc",
    "1e3",
    "9007199254740993",
    "9007199254740992.5",
    "-0",
    "0",
    "0.0",
    "",
    ".5",
    "5.",
    "-9.50",
    "123456789012345678901234567890",
});
constexpr auto dates = std::to_array<Texts>({
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    "2020-01-01T01:00:00+01:00",
    "2020-01-01T00:00:00.001Z",
    "2020-01-01t00:00z",
    "2019-12-31T23:59:59.999-00:00",
    "1577836800",
    "1577836800.001",
    "1577836800.0019",
    "-1",
    "2019-13-01",
    "2020-02-30",
    "never",
    "",
    "99999999999999999",
    "2020-01-01T24:00:00Z",
    "2020-01-01T00:00:00+0100",
    "2020-01-01 00:00:00",
    "2026-11-24T00:00:00Z",
    "9999-12-31T23:59:59Z",
});
constexpr auto addresses = std::to_array<Texts>({
    "10.0.0.1",
    "10.0.0.1",
    "10.1.2.3",
    "10.0.0.0/8",
    "10.1.2.3/8",
    "10.0.0.1/32",
    "0.0.0.0/0",
    "203.0.113.9",
    "203.0.113.0/24",
    "203.0.113.0/25",
    "203.0.113.200",
    "203.0.113.128/26",
    "10.0.0.0/9",
    "10.200.0.1",
    "2001:db8:8000::/33",
    "2001:db8:9000::1",
    "::ffff:10.1.2.3",
    "::ffff:10.0.0.0/104",
    "2001:db8::/32",
    "2001:DB8:0::1",
    "2001:db8::1/32",
    "::/0",
    "::1",
    "10.0.0.300",
    "01.2.3.4",
    "10.0.0.1/33",
    "10.0.0.1/",
    "10.0.0",
    "",
    "fe80::1%eth0",
    "10.0.0.0/08",
    "2001:db8::/129",
});
constexpr auto booleans = std::to_array<Texts>({"true", "true", "false", "false", "True", "FALSE", "yes", "",
                                                "${b}", "tru", "${aws:PrincipalIsAWSService}"});
constexpr auto byte_texts = std::to_array<Texts>({"QmluYXJ5", "QmluYXJ5", "QmluYXJ5Cg==", "QmluYXJ5Cg=", "",
                                                  "QQ==", "QR==", "QUI=", "Q", "####", "QQ==QQ==", "===="});
constexpr auto arns = std::to_array<Texts>({
    "arn:aws:iam::111111111111:role/team/ops",
    "arn:aws:iam::111111111111:role/team/ops",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::*:role/*",
    "arn:aws:iam::111111111111:*",
    "arn:aws:iam::111111111111:user/${aws:username}",
    "arn:aws:sns:us-east-1:111111111111:t",
    "arn:aws:sns:*:111111111111:t",
    "arn:aws:sns:*:t",
    "arn:aws:iam::*",
    "arn:*",
    "role/x",
    "",
    "arn:aws:sns:us-east-1:${k}:t",
    "arn:${k}:iam:::x",
    "arn:aws:iam::111111111111:role/*/ops",
    "arn:aws:s3:::bk/x",
    "${aws:PrincipalArn}",
    "arn:a:b:c:d:${*}",
    "arn:a:b:c:d:*",
    "arn:a:b:c:d:x:y",
});

constexpr auto text_operators =
    std::to_array<Texts>({"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase",
                          "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike", "Null"});
constexpr auto number_operators =
    std::to_array<Texts>({"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
                          "NumericGreaterThan", "NumericGreaterThanEquals"});
constexpr auto date_operators =
    std::to_array<Texts>({"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals",
                          "DateGreaterThan", "DateGreaterThanEquals"});
constexpr auto address_operators = std::to_array<Texts>({"IpAddress", "NotIpAddress"});
constexpr auto boolean_operators = std::to_array<Texts>({"Bool", "Bool", "Null"});
constexpr auto byte_operators = std::to_array<Texts>({"BinaryEquals"});
constexpr auto arn_operators = std::to_array<Texts>(
    {"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringEquals"});

constexpr auto principal_texts = std::to_array<PrincipalText>({
    {"", "*"},
    {"", "*"},
    {"AWS", "*"},
    {"AWS", "*"},
    {"AWS", "111111111111"},
    {"AWS", "111111111111"},
    {"AWS", "222222222222"},
    {"AWS", "999999999999"},
    {"AWS", "arn:aws:iam::111111111111:root"},
    {"AWS", "arn:aws:iam::222222222222:root"},
    {"AWS", "arn:aws-cn:iam::111111111111:root"},
    {"AWS", "arn:aws:iam:x:111111111111:root"},
    {"AWS", "arn:aws:iam::111111111111:user/bob"},
    {"AWS", "arn:aws:iam::111111111111:user/bob"},
    {"AWS", "arn:aws:iam::111111111111:user/Bob"},
    {"AWS", "arn:aws:iam::111111111111:user/*"},
    {"AWS", "arn:aws:iam::222222222222:user/bob"},
    {"AWS", "arn:aws:iam::111111111111:role/team/ops"},
    {"AWS", "arn:aws:iam::111111111111:role/team/ops"},
    {"AWS", "arn:aws:iam::111111111111:role/ops"},
    {"AWS", "arn:aws:iam::222222222222:role/team/ops"},
    {"AWS", "arn:aws:sts::111111111111:assumed-role/ops/s1"},
    {"AWS", "arn:aws:sts::111111111111:assumed-role/ops/s2"},
    {"AWS", "arn:aws:sts::222222222222:assumed-role/ops/s1"},
    {"AWS", "arn:aws:sts::111111111111:federated-user/fed"},
    {"AWS", "AIDABOB"},
    {"AWS", "AROAOPS"},
    {"AWS", "AIDAOLD"},
    {"AWS", ""},
    {"Service", "logs.amazonaws.com"},
    {"Service", "logs.amazonaws.com"},
    {"Service", "logs.eu-west-1.amazonaws.com"},
    {"Service", "*"},
    {"Federated", "arn:aws:iam::111111111111:saml-provider/corp"},
    {"Federated", "arn:aws:iam::111111111111:saml-provider/corp"},
    {"Federated", "*"},
    {"CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
});

bool is_boundary(std::string_view text, std::size_t at) noexcept {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

// A place between two characters.
std::size_t place_in(Choices& choices, std::string_view text) {
    std::size_t at = choices.below(static_cast<std::uint32_t>(text.size()) + 1);
    while (!is_boundary(text, at)) ++at;
    return at;
}

std::size_t end_of_character(std::string_view text, std::size_t at) noexcept {
    ++at;
    while (!is_boundary(text, at)) ++at;
    return std::min(at, text.size());
}

char other_case_of(char c) noexcept {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c;
}

constexpr auto insertions = std::to_array<Texts>({"*", "?", "**", "*?", "${*}", "${?}", "${$}", "${k}",
                                                  "${aws:username}", "${aws:PrincipalTag/t, 'a'}", "${T}",
                                                  "${missing}", "${", "a", "/", ":", "x", "${k,'*'}"});

}  // namespace

std::span<const std::string_view> actions() noexcept {
    return action_names;
}
std::span<const std::string_view> resources() noexcept {
    return resource_arns;
}
std::span<const Key> keys() noexcept {
    return context_keys;
}
std::span<const PrincipalText> principals() noexcept {
    return principal_texts;
}

std::span<const std::string_view> values(ValueType type) noexcept {
    switch (type) {
        case ValueType::text:
            return texts;
        case ValueType::number:
            return numbers;
        case ValueType::date:
            return dates;
        case ValueType::address:
            return addresses;
        case ValueType::boolean:
            return booleans;
        case ValueType::bytes:
            return byte_texts;
        case ValueType::arn:
            return arns;
    }
    return {};
}

std::span<const std::string_view> operators(ValueType type) noexcept {
    switch (type) {
        case ValueType::text:
            return text_operators;
        case ValueType::number:
            return number_operators;
        case ValueType::date:
            return date_operators;
        case ValueType::address:
            return address_operators;
        case ValueType::boolean:
            return boolean_operators;
        case ValueType::bytes:
            return byte_operators;
        case ValueType::arn:
            return arn_operators;
    }
    return {};
}

std::string near_miss(Choices& choices, std::string_view text) {
    std::string result(text);
    const std::size_t at = place_in(choices, text);
    const std::size_t end = end_of_character(text, at);
    switch (choices.below(9)) {
        case 0:  // The beginning and a star.
            return result.substr(0, at) + "*";
        case 1:  // A star and the end.
            return "*" + result.substr(at);
        case 2:  // One character for a '?'.
            if (at < text.size()) result.replace(at, end - at, "?");
            return result;
        case 3: {  // A range for something else.
            const std::size_t last = std::max(at, place_in(choices, text));
            return result.replace(at, last - at, choices.of(insertions));
        }
        case 4:  // Something more.
            return result.insert(at, choices.of(insertions));
        case 5:  // A character less.
            if (at < text.size()) result.erase(at, end - at);
            return result;
        case 6:
            return other_case(choices, text);
        default:
            return result;
    }
}

std::string other_case(Choices& choices, std::string_view text) {
    std::string result(text);
    if (choices.one_in(2)) {
        std::ranges::transform(result, result.begin(), other_case_of);
    } else if (!result.empty()) {
        char& c = result[choices.below(static_cast<std::uint32_t>(result.size()))];
        c = other_case_of(c);
    }
    return result;
}

}  // namespace writ::differential
