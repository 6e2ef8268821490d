#include <array>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "oracle/oracle.h"
#include "policy/parse.h"

namespace writ::oracle {
namespace {

struct Vector {
    std::string_view id;
    std::string_view condition;
    std::string_view context;  ///< A list is a multivalued key.
    bool expected;
    std::string_view version = "2012-10-17";
};

// Spec 3.7 under its own ids, then the open points of section 10 that override the rules.
constexpr auto vectors = std::to_array<Vector>({
    {"t1", R"({"StringEquals":{"k":["a","b"]}})", R"({"k":"b"})", true},
    {"t2", R"({"StringNotEquals":{"k":["a","b"]}})", R"({"k":"b"})", false},
    {"t3", R"({"StringNotEquals":{"k":["a","b"]}})", R"({"k":"c"})", true},
    {"t4", R"({"StringNotEquals":{"k":"a"}})", R"({})", true},
    {"t5", R"({"StringNotEqualsIfExists":{"k":"a"}})", R"({})", true},
    {"t6", R"({"StringEquals":{"k":"a*"}})", R"({"k":"ab"})", false},
    {"t7", R"({"StringLike":{"k":"a?c"}})", R"({"k":"abc"})", true},
    {"t8", R"({"StringLike":{"k":"A*"}})", R"({"k":"abc"})", false},
    {"t9", R"({"StringEqualsIgnoreCase":{"k":"ABC"}})", R"({"k":"abc"})", true},
    {"t10", R"({"Bool":{"mfa":"true"}})", R"({})", false},
    {"t11", R"({"BoolIfExists":{"mfa":"true"}})", R"({})", true},
    {"t12", R"({"Bool":{"mfa":"false"}})", R"({})", false},
    {"t13", R"({"Null":{"k":"true"}})", R"({})", true},
    {"t14", R"({"Null":{"k":"false"}})", R"({"k":"x"})", true},
    {"t15", R"({"ForAllValues:StringEquals":{"T":["a","b"]}})", R"({"T":["a"]})", true},
    {"t16", R"({"ForAllValues:StringEquals":{"T":["a","b"]}})", R"({"T":["a","c"]})", false},
    {"t17", R"({"ForAllValues:StringEquals":{"T":["a","b"]}})", R"({})", true},
    {"t18", R"({"ForAnyValue:StringEquals":{"T":["a","b"]}})", R"({"T":["a","c"]})", true},
    {"t19", R"({"ForAnyValue:StringEquals":{"T":["a","b"]}})", R"({})", false},
    {"t20", R"({"ForAnyValue:StringNotEquals":{"T":["a"]}})", R"({"T":["a","c"]})", true},
    {"t21", R"({"ForAnyValue:StringNotEquals":{"T":["a"]}})", R"({"T":["a"]})", false},
    {"t22", R"({"ForAllValues:StringNotEquals":{"T":["a"]}})", R"({"T":["b","c"]})", true},
    {"t23", R"({"ForAllValues:StringNotEquals":{"T":["a"]}})", R"({"T":["a","c"]})", false},
    {"t24", R"({"NumericLessThan":{"n":10}})", R"({"n":"9.5"})", true},
    {"t25", R"({"NumericEquals":{"n":10}})", R"({"n":"10.0"})", true},
    {"t26", R"({"DateLessThan":{"t":"2030-01-01T00:00:00Z"}})", R"({"t":"2029-12-31T23:59:59Z"})", true},
    {"t27", R"({"DateGreaterThan":{"t":"0"}})", R"({"t":"2020-01-01T00:00:00Z"})", true},
    {"t28", R"({"IpAddress":{"ip":"203.0.113.0/24"}})", R"({"ip":"203.0.113.255"})", true},
    {"t29", R"({"NotIpAddress":{"ip":["10.0.0.0/8","203.0.113.0/24"]}})", R"({"ip":"203.0.113.9"})", false},
    {"t30", R"({"NotIpAddress":{"ip":"10.0.0.0/8"}})", R"({})", true},
    {"t31", R"({"IpAddress":{"ip":"2001:db8::/32"}})", R"({"ip":"2001:0DB8:0:0:0:0:0:1"})", true},
    {"t32", R"({"ArnLike":{"a":"arn:aws:iam::*:role/*"}})", R"({"a":"arn:aws:iam::1:role/p/x"})", true},
    {"t33", R"({"ArnLike":{"a":"arn:aws:iam::*"}})", R"({"a":"arn:aws:iam::1:role/x"})", false},
    {"t34", R"({"ArnEquals":{"a":"arn:aws:sns:*:1:t"}})", R"({"a":"arn:aws:sns:us-east-1:1:t"})", true},
    {"t35", R"({"ArnEquals":{"a":"arn:aws:sns:*:t"}})", R"({"a":"arn:aws:sns:us-east-1:1:t"})", false},
    {"t36", R"({"StringEquals":{"aws:RequestTag/Team":"x"}})", R"({"aws:RequestTag/team":"x"})", true},
    {"t37", R"({"StringEquals":{"aws:RequestTag/Team":"x"}})", R"({"aws:RequestTag/Team":"X"})", false},
    {"t38", R"({"StringEquals":{"k":"${aws:username}"}})", R"({"k":"bob","aws:username":"bob"})", true},
    {"t39", R"({"StringEquals":{"k":"${aws:username}"}})", R"({"k":"bob","aws:username":"bob"})", false,
     "2008-10-17"},
    {"t40", R"({"StringEquals":{"k":"${aws:PrincipalTag/t, 'z'}"}})", R"({"k":"z"})", true},
    {"t41", R"({"StringLike":{"k":"${aws:PrincipalTag/t}"}})", R"({"k":"abc","aws:PrincipalTag/t":"*"})",
     false},
    {"t42", R"({"StringLike":{"k":"a${*}b"}})", R"({"k":"a*b"})", true},
    {"t42 other", R"({"StringLike":{"k":"a${*}b"}})", R"({"k":"axb"})", false},
    {"t43", R"({"StringEquals":{"k":"a"},"Null":{"k":"true"}})", R"({"k":"a"})", false},
    {"t44", R"({"BinaryEquals":{"k":"QmluYXJ5"}})", R"({"k":"QmluYXJ5"})", true},
    {"t45", R"({"StringEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":["a"]})", false},

    {"C3", R"({"StringEquals":{"k":[]}})", R"({"k":"a"})", false},
    {"C3 negated", R"({"StringNotEquals":{"k":[]}})", R"({"k":"a"})", true},
    {"C8", R"({"stringequals":{"k":"a"}})", R"({"k":"a"})", false},
    {"C18", R"({"NumericLessThan":{"n":"9007199254740993"}})", R"({"n":"9007199254740992.5"})", true},
    {"C20", R"({"DateEquals":{"t":"2020-01-01"}})", R"({"t":"1577836800"})", true},
    {"C20 zone", R"({"DateEquals":{"t":"2020-01-01T01:00:00+01:00"}})", R"({"t":"2020-01-01T00:00:00"})",
     true},
    {"X5 negated", R"({"StringNotEquals":{"k":"${aws:username}"}})", R"({"k":"a"})", true},
    {"X8", R"({"StringEquals":{"k":"a${"}})", R"({"k":"a${"})", true},
    {"X9", R"({"StringEquals":{"k":"${x}"}})", R"({"k":"${y}","x":"${y}","y":"1"})", true},
    {"?10", R"({"ForAnyValue:StringEqualsIfExists":{"k":"a"}})", R"({})", true},
    {"?11", R"({"StringNotEquals":{"k":"a"}})", R"({"k":["b"]})", false},
    {"?11 exists", R"({"StringEqualsIfExists":{"k":"b"}})", R"({"k":["b"]})", false},
    {"?11 null", R"({"Null":{"k":"false"}})", R"({"k":["b"]})", true},
    {"?12 number", R"({"NumericEquals":{"n":"abc"}})", R"({"n":"abc"})", false},
    {"?12 number negated", R"({"NumericNotEquals":{"n":"1"}})", R"({"n":"abc"})", true},
    {"?12 date negated", R"({"DateNotEquals":{"t":"2020-01-01"}})", R"({"t":"never"})", true},
    {"?12 address negated", R"({"NotIpAddress":{"ip":"10.0.0.0/8"}})", R"({"ip":"10.0.0.300"})", false},
    {"?12 ARN negated", R"({"ArnNotLike":{"a":"arn:aws:iam::1:role/x"}})", R"({"a":"role/x"})", false},
    {"?12 bool", R"({"Bool":{"b":"yes"}})", R"({"b":"FALSE"})", true},
    {"?12 milliseconds", R"({"DateLessThan":{"t":"2020-01-01T00:00:00.002Z"}})",
     R"({"t":"2020-01-01T00:00:00.001Z"})", true},
    {"?13 present", R"({"Null":{"k":"true"}})", R"({"k":""})", false},
    {"?13 all", R"({"ForAllValues:StringEquals":{"k":"a"}})", R"({"k":[""]})", false},
    {"?13 empty list", R"({"ForAllValues:StringEquals":{"k":"a"}})", R"({"k":[]})", true},
    {"?13 empty list any", R"({"ForAnyValue:StringEqualsIfExists":{"k":"a"}})", R"({"k":[]})", false},
    {"?14", R"({"Bool":{"b":"${aws:ViaAWSService}"}})", R"({"b":"true","aws:ViaAWSService":"True"})", true},
    {"?29", R"({"StringEquals":{"aws:ResourceTag/team":"2"}})",
     R"({"aws:ResourceTag/Team":"1","aws:ResourceTag/tEAM":"2"})", true},
    {"?30 ?", R"({"StringLike":{"k":"?"}})", R"({"k":"😀"})", false},
    {"?30 ??", R"({"StringLike":{"k":"??"}})", R"({"k":"😀"})", true},
    {"?30 case", R"({"StringEqualsIgnoreCase":{"k":"É"}})", R"({"k":"é"})", true},
    {"?30 no folding", R"({"StringEqualsIgnoreCase":{"k":"ß"}})", R"({"k":"SS"})", false},
    {"?31 mapped request", R"({"IpAddress":{"ip":"10.0.0.0/8"}})", R"({"ip":"::ffff:10.1.2.3"})", true},
    {"?31 mapped network", R"({"IpAddress":{"ip":"::ffff:10.0.0.0/104"}})", R"({"ip":"10.1.2.3"})", false},
    {"?31 host bits v4", R"({"IpAddress":{"ip":"10.1.2.3/8"}})", R"({"ip":"10.9.9.9"})", true},
    {"?31 host bits v6", R"({"IpAddress":{"ip":"2001:db8::1/32"}})", R"({"ip":"2001:db8::1"})", false},
});

std::map<std::string, Values> context_of(std::string_view text) {
    std::map<std::string, Values> context;
    const auto json = nlohmann::json::parse(text);
    for (const auto& [key, value] : json.items()) {
        if (value.is_array()) {
            context[key] = {true, value.get<std::vector<std::string>>()};
        } else {
            context[key] = {false, {value.get<std::string>()}};
        }
    }
    return context;
}

TEST(OracleConditions, AgreeWithTheSpec) {
    for (const Vector& vector : vectors) {
        SCOPED_TRACE(vector.id);
        const std::string text =
            R"({"Version":")" + std::string(vector.version) +
            R"(","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
            std::string(vector.condition) + "}}";
        const auto document = policy::parse(text);
        ASSERT_TRUE(document) << document.error().message;
        Question question;
        question.context = context_of(vector.context);
        EXPECT_EQ(conditions_hold((*document)->statements()[0], (*document)->version(),
                                  policy::PolicyType::identity, question),
                  vector.expected);
    }
}

}  // namespace
}  // namespace writ::oracle
