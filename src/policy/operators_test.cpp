#include "policy/operators.h"

#include <array>
#include <gtest/gtest.h>

namespace writ::policy {
namespace {

using enum Comparison;

struct Row {
    std::string_view name;
    Comparison comparison;
    bool negated;
};

// Spec 3.2, all names.
constexpr auto rows = std::to_array<Row>({
    {"StringEquals", string_equals, false},
    {"StringNotEquals", string_equals, true},
    {"StringEqualsIgnoreCase", string_equals_ignore_case, false},
    {"StringNotEqualsIgnoreCase", string_equals_ignore_case, true},
    {"StringLike", string_like, false},
    {"StringNotLike", string_like, true},
    {"NumericEquals", numeric_equals, false},
    {"NumericNotEquals", numeric_equals, true},
    {"NumericLessThan", numeric_less_than, false},
    {"NumericLessThanEquals", numeric_less_than_equals, false},
    {"NumericGreaterThan", numeric_greater_than, false},
    {"NumericGreaterThanEquals", numeric_greater_than_equals, false},
    {"DateEquals", date_equals, false},
    {"DateNotEquals", date_equals, true},
    {"DateLessThan", date_less_than, false},
    {"DateLessThanEquals", date_less_than_equals, false},
    {"DateGreaterThan", date_greater_than, false},
    {"DateGreaterThanEquals", date_greater_than_equals, false},
    {"Bool", boolean, false},
    {"BinaryEquals", binary_equals, false},
    {"IpAddress", ip_address, false},
    {"NotIpAddress", ip_address, true},
    {"ArnEquals", arn_like, false},
    {"ArnLike", arn_like, false},
    {"ArnNotEquals", arn_like, true},
    {"ArnNotLike", arn_like, true},
});

TEST(Operators, EveryNameWithEveryQualifierAndSuffix) {
    for (const Row& row : rows) {
        for (const auto& [prefix, set] :
             {std::pair{"", SetQualifier::none}, std::pair{"ForAllValues:", SetQualifier::for_all_values},
              std::pair{"ForAnyValue:", SetQualifier::for_any_value}}) {
            for (const bool if_exists : {false, true}) {
                const std::string name = prefix + std::string(row.name) + (if_exists ? "IfExists" : "");
                SCOPED_TRACE(name);
                const ConditionOperator expected{row.comparison, row.negated, if_exists, set};
                ASSERT_EQ(parse_operator(name), expected);
                EXPECT_EQ(parse_operator(operator_name(expected)), expected);
            }
        }
    }
}

TEST(Operators, ArnEqualsPrintsAsArnLike) {
    EXPECT_EQ(operator_name(*parse_operator("ForAnyValue:ArnNotEqualsIfExists")),
              "ForAnyValue:ArnNotLikeIfExists");
    EXPECT_EQ(operator_name(*parse_operator("StringNotLike")), "StringNotLike");
}

TEST(Operators, NullTakesNeitherQualifierNorSuffix) {
    EXPECT_EQ(parse_operator("Null"), (ConditionOperator{null, false, false, SetQualifier::none}));
    for (const char* name : {"NullIfExists", "ForAllValues:Null", "ForAnyValue:Null"})
        EXPECT_FALSE(parse_operator(name)) << name;
}

TEST(Operators, AnythingElseIsUnknown) {
    for (const char* name :
         {"", "stringequals", "StringEqual", "StringEqualsIfexists", "IfExists", "BinaryNotEquals", "NotBool",
          "DateNotLessThan", "ForAllValues:", "ForAllValues:ForAnyValue:StringLike",
          "forallvalues:StringLike", "StringLikeIfExistsIfExists", " StringLike", "For"})
        EXPECT_FALSE(parse_operator(name)) << name;
}

}  // namespace
}  // namespace writ::policy
