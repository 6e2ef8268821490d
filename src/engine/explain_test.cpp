// What explain() promises: the decision of decide(), why every statement applied or not, and statements that
// lift a denial.
#include "engine/explain.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/internal/testing.h"

namespace writ::engine {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view object = "arn:aws:s3:::bk/x";
constexpr std::string_view s3_all = R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})";
constexpr std::string_view ec2_all = R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})";
constexpr std::string_view s3_deny = R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})";

Explanation explain_in(Setting& setting, std::string_view action, std::string_view resource,
                       const ExplainOptions& options = {}) {
    setting.fields.action = action;
    setting.fields.resource = resource;
    const Request request(setting.caller, setting.fields, setting.context);
    Explanation explanation = explain(setting.policies, request, options);
    EXPECT_EQ(explanation.decision, decide(setting.policies, request));
    return explanation;
}

TEST(Explain, TracesEveryElementOfAStatement) {
    Setting setting(user());
    setting.context.set("aws:username", "bob");
    setting.context.set("aws:SourceIp", "192.0.2.1");
    setting.identity(
        R"({"Sid":"Home","Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:s3:::other","Condition":)"
        R"({"StringLike":{"s3:prefix":["home/${aws:username}/*","a${*}"]},)"
        R"("NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.statements.size(), 1U);
    const StatementTrace& trace = explanation.statements[0];
    EXPECT_EQ(trace.type, policy::PolicyType::identity);
    EXPECT_EQ(trace.ref, (StatementRef{0, 0, 0}));
    EXPECT_EQ(trace.sid, "Home");
    EXPECT_EQ(trace.effect, policy::Effect::allow);
    EXPECT_TRUE(trace.principal_matched);
    EXPECT_FALSE(trace.action_matched);
    EXPECT_FALSE(trace.resource_matched);
    EXPECT_FALSE(trace.applied);
    EXPECT_EQ(trace.span.begin.column,
              std::string_view(R"({"Version":"2012-10-17","Statement":[)").size() + 1);
    ASSERT_EQ(trace.conditions.size(), 2U);
    EXPECT_EQ(trace.conditions[0].operator_name, "StringLike");
    EXPECT_EQ(trace.conditions[0].key, "s3:prefix");
    EXPECT_THAT(trace.conditions[0].expected, ElementsAre("home/bob/*", "a${*}"));
    EXPECT_FALSE(trace.conditions[0].actual.has_value());
    EXPECT_FALSE(trace.conditions[0].held);
    EXPECT_EQ(trace.conditions[1].key, "aws:SourceIp");
    EXPECT_THAT(trace.conditions[1].actual.value(), ElementsAre("192.0.2.1"));
    EXPECT_TRUE(trace.conditions[1].held);
    EXPECT_THAT(explain_in(setting, "s3:GetObject", object, {.only_relevant = true}).statements, IsEmpty());
}

TEST(Explain, ShowsVariablesWithTheirValues) {
    Setting setting(user());
    setting.context.set("aws:PrincipalTag/team", "a*");
    setting.identity(
        R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"k":)"
        R"(["${aws:PrincipalTag/Team}/?","${aws:PrincipalTag/Site, 'home'}","${aws:UserName}"]},)"
        R"("StringEquals":{"l":"${aws:PrincipalTag/Team}"},"ArnLike":{"m":"arn:aws:x:::${aws:PrincipalTag/Team}"},)"
        R"("Bool":{"n":"${aws:PrincipalTag/Team}"},"NumericEquals":{"o":"${aws:PrincipalTag/Team}"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    const auto& conditions = explanation.statements.at(0).conditions;
    ASSERT_EQ(conditions.size(), 5U);
    EXPECT_THAT(conditions[0].expected, ElementsAre("a${*}/?", "home", "${aws:UserName}"));  // M3, X1, X5
    EXPECT_THAT(conditions[1].expected, ElementsAre("a*"));
    EXPECT_THAT(conditions[2].expected, ElementsAre("arn:aws:x:::a${*}"));
    EXPECT_THAT(conditions[3].expected, ElementsAre("a*"));                        // ?14
    EXPECT_THAT(conditions[4].expected, ElementsAre("${aws:PrincipalTag/Team}"));  // X2
}

TEST(Explain, ListsTheContextKeysThatWereAskedForInVain) {
    Setting setting(user());
    setting.context.set("aws:SourceVpc", "vpc-1");
    setting.identity(
        R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bk/${aws:PrincipalTag/Team}","Condition":)"
        R"({"StringEquals":{"aws:SourceVpc":"vpc-2","s3:prefix":"${aws:username}"}}},)"
        R"({"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"BoolIfExists":{"aws:SecureTransport":"false"},)"
        R"("StringEquals":{"S3:Prefix":"x"},"Null":{"aws:TokenIssueTime":"false"}}},)"
        R"({"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"Bool":{"ec2:IsLaunchTemplateResource":"true"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    EXPECT_THAT(explanation.missing_context,
                ElementsAre("aws:PrincipalTag/Team", "s3:prefix", "aws:username", "aws:SecureTransport"));
}

const LayerTrace& row_of(const Explanation& explanation, Layer layer, std::uint32_t level = 0) {
    const auto row = std::ranges::find_if(explanation.layers, [&](const LayerTrace& candidate) {
        return candidate.layer == layer && candidate.level == level;
    });
    EXPECT_NE(row, explanation.layers.end());
    return *row;
}

TEST(Explain, SaysWhatEveryPolicyTypeSaid) {
    using Answer = LayerTrace::Answer;
    Setting setting(user());
    setting.identity(s3_all).boundary(s3_deny).scp({allow("*"), ec2_all});
    setting.policies.endpoint = setting.add(grant("Allow", R"("*")"), policy::PolicyType::endpoint);
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    EXPECT_EQ(row_of(explanation, Layer::scp, 0).answer, Answer::allow);
    EXPECT_EQ(row_of(explanation, Layer::scp, 1).answer, Answer::none);
    EXPECT_TRUE(row_of(explanation, Layer::scp, 1).required);
    EXPECT_EQ(row_of(explanation, Layer::identity).answer, Answer::allow);
    EXPECT_TRUE(row_of(explanation, Layer::identity).required);
    EXPECT_EQ(row_of(explanation, Layer::boundary).answer, Answer::deny);
    EXPECT_FALSE(row_of(explanation, Layer::session).in_force);
    EXPECT_FALSE(row_of(explanation, Layer::resource).required);
    EXPECT_FALSE(row_of(explanation, Layer::endpoint).in_force);  // The request did not come through it.
    EXPECT_FALSE(row_of(explanation, Layer::rcp).in_force);
}

TEST(Explain, RequiresNoIdentityPolicyWhereTheResourceNamesTheUser) {  // D1
    Setting setting(user());
    setting.resource(grant("Allow", R"({"AWS":"arn:aws:iam::111111111111:user/bob"})")).boundary("");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    EXPECT_TRUE(explanation.decision.allowed());
    EXPECT_FALSE(row_of(explanation, Layer::identity).required);
    EXPECT_FALSE(row_of(explanation, Layer::boundary).required);
    EXPECT_THAT(explanation.remedies, IsEmpty());
    EXPECT_THAT(explanation.message, IsEmpty());
}

TEST(Explain, CarriesTheDenialMessage) {
    Setting setting(user());
    EXPECT_EQ(explain_in(setting, "iam:ListUsers", "arn:aws:iam::111111111111:user/").message,
              "User: arn:aws:iam::111111111111:user/bob is not authorized to perform: iam:ListUsers on "
              "resource: arn:aws:iam::111111111111:user/ because no identity-based policy allows the "
              "iam:ListUsers action");
}

TEST(Explain, HasNoPoliciesToShowWhereNoneHasASay) {  // E10
    Setting setting(user());
    setting.identity(deny("*"));
    const Explanation explanation = explain_in(setting, "sts:GetCallerIdentity", "*");
    EXPECT_TRUE(explanation.decision.allowed());
    EXPECT_THAT(explanation.statements, IsEmpty());
    for (const LayerTrace& row : explanation.layers) EXPECT_FALSE(row.in_force || row.required);
}

}  // namespace
}  // namespace writ::engine
