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
};

// How the oracle reads numbers, dates, addresses and Unicode. The vectors of spec 3.7, the worked cases and
// the other rules are tests/cases/*.json, which both evaluators answer.
constexpr auto vectors = std::to_array<Vector>({
    {"C3", R"({"StringEquals":{"k":[]}})", R"({"k":"a"})", false},
    {"C3 negated", R"({"StringNotEquals":{"k":[]}})", R"({"k":"a"})", true},
    {"C8", R"({"stringequals":{"k":"a"}})", R"({"k":"a"})", false},
    {"C18", R"({"NumericLessThan":{"n":"9007199254740993"}})", R"({"n":"9007199254740992.5"})", true},
    {"C20", R"({"DateEquals":{"t":"2020-01-01"}})", R"({"t":"1577836800"})", true},
    {"C20 zone", R"({"DateEquals":{"t":"2020-01-01T01:00:00+01:00"}})", R"({"t":"2020-01-01T00:00:00"})",
     true},
    {"?12 number", R"({"NumericEquals":{"n":"abc"}})", R"({"n":"abc"})", false},
    {"?12 number negated", R"({"NumericNotEquals":{"n":"1"}})", R"({"n":"abc"})", true},
    {"?12 date negated", R"({"DateNotEquals":{"t":"2020-01-01"}})", R"({"t":"never"})", true},
    {"?12 address negated", R"({"NotIpAddress":{"ip":"10.0.0.0/8"}})", R"({"ip":"10.0.0.300"})", false},
    {"?12 ARN negated", R"({"ArnNotLike":{"a":"arn:aws:iam::1:role/x"}})", R"({"a":"role/x"})", false},
    {"?12 bool", R"({"Bool":{"b":"yes"}})", R"({"b":"FALSE"})", true},
    {"?12 milliseconds", R"({"DateLessThan":{"t":"2020-01-01T00:00:00.002Z"}})",
     R"({"t":"2020-01-01T00:00:00.001Z"})", true},
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
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
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
