// What would lift a denial: the statements that explain() offers, and what it says about those in the way.
#include "engine/internal/explanation/remedies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/internal/explanation/mended.h"
#include "engine/internal/testing.h"

namespace writ::engine {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view object = "arn:aws:s3:::bk/x";
constexpr std::string_view key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
constexpr std::string_view role = "arn:aws:iam::111111111111:role/team/ops";
constexpr std::string_view s3_all = R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})";
constexpr std::string_view ec2_all = R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})";
constexpr std::string_view s3_deny = R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})";

Explanation explain_in(Setting& setting, std::string_view action, std::string_view resource) {
    setting.fields.action = action;
    setting.fields.resource = resource;
    const Request request(setting.caller, setting.fields, setting.context);
    return explain(setting.policies, request);
}

bool is_lifted(const Setting& setting, const Explanation& explanation, const Remedy* left_out = nullptr) {
    const Mended mended(setting.policies, explanation.remedies, left_out);
    const Request request(setting.caller, setting.fields, setting.context);
    return decide(mended.policies(), request).allowed();
}

struct Denied {
    std::string_view id;
    Principal caller;
    std::function<void(Setting&)> given;
    std::string_view owner = account_a;
    std::string_view action = "s3:GetObject";
    std::string_view resource = object;
};

// The implicit denials of spec 5.5, and combinations in which several policy types are silent.
std::vector<Denied> implicit_denials() {
    const std::string all = allow("*");
    const std::string names_account = grant("Allow", R"({"AWS":"111111111111"})");
    const std::string names_b = grant("Allow", R"({"AWS":"222222222222"})");
    const std::string names_user_b = grant("Allow", R"({"AWS":"arn:aws:iam::222222222222:user/bob"})");
    const std::string names_user = grant("Allow", R"({"AWS":"arn:aws:iam::111111111111:user/bob"})");
    const std::string names_role = grant("Allow", R"({"AWS":"arn:aws:iam::111111111111:role/team/ops"})");
    const auto nothing = [](Setting&) {};
    return {
        {"W01", user(), nothing},
        {"W05", user(), [](Setting& s) { s.identity(s3_all).boundary(ec2_all); }},
        {"W06", user(), [=](Setting& s) { s.boundary(all); }},
        {"W11", user(), [=](Setting& s) { s.resource(names_account); }},
        {"W17", role_session(), [](Setting& s) { s.identity(s3_all).session(ec2_all); }},
        {"W19", role_session(), [=](Setting& s) { s.resource(names_role).boundary(ec2_all); }},
        {"W20", role_session(), [=](Setting& s) { s.resource(names_role).session(ec2_all); }},
        {"W25", federated_user(), [](Setting& s) { s.identity(s3_all); }},
        {"W27", federated_user(), [](Setting& s) { s.session(s3_all); }},
        {"W29", federated_user(), [=](Setting& s) { s.resource(names_user); }},
        {"scope-down", role_session(),
         [=](Setting& s) { s.identity(s3_all).session(ec2_all).scope_down({all, ec2_all, ec2_all}); }},
        {"W34", user(), [=](Setting& s) { s.identity(s3_all).scp({all, ec2_all, all}); }},
        {"W35", user(), [=](Setting& s) { s.identity(s3_all).scp({all, ec2_all, s3_all}); }},
        {"W44", user(account_b), [=](Setting& s) { s.resource(names_b); }},
        {"W45", user(account_b), [](Setting& s) { s.identity(s3_all); }},
        {"W46", user(account_b),
         [=](Setting& s) { s.identity(s3_all).resource(names_user_b).boundary(ec2_all); }},
        {"W50", user(), [=](Setting& s) { s.identity(all).resource(names_role); }, account_a, "kms:Decrypt",
         key},
        {"W53", root(), [=](Setting& s) { s.resource(names_role); }, account_a, "kms:Decrypt", key},
        {"W54", user(),
         [](Setting& s) {
             s.trust(R"({"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"})");
         },
         account_a, "sts:AssumeRole", role},
        {"W57", user(),
         [](Setting& s) {
             s.identity(allow("sts:*"));
             s.trust(R"({"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"})");
         },
         account_a, "sts:AssumeRole", role},
        {"W58", role_session(),
         [](Setting& s) {
             s.identity(allow("sts:*"));
             s.trust(R"({"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"})");
         },
         account_a, "sts:AssumeRole", role},
        {"W59", user(account_b),
         [](Setting& s) {
             s.identity(allow("sts:*"));
             s.trust(R"({"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"sts:AssumeRole",)"
                     R"("Condition":{"StringEquals":{"sts:ExternalId":"1"}}})");
         },
         account_a, "sts:AssumeRole", role},
        {"W61", user(),
         [](Setting& s) {
             s.identity(allow("sts:*"));
             s.trust(R"({"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"})");
         },
         account_a, "sts:TagSession", role},
        {"W69", user(), [](Setting& s) { s.identity(allow("s3:GetObject", "arn:aws:s3:::bk")); }},
        {"W70", role_session(),
         [](Setting& s) { s.identity(allow("s3:*", "arn:aws:s3:::bk/home/${aws:username}/*")); }},
        {"W72", user(),
         [](Setting& s) {
             s.identity(s3_all).endpoint(grant("Allow", R"("*")", "s3:*", "arn:aws:s3:::other/*"));
         }},
        {"W82", service(),
         [](Setting& s) {
             s.resource(
                 R"({"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"*",)"
                 R"("Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}}})");
         }},
        {"W84", user(account_b), [](Setting& s) { s.resource(grant("Allow", R"("*")")); }},
        {"anonymous", Principal{}, nothing},
        {"SAML caller", provider(), [](Setting& s) { s.trust(""); }, account_a, "sts:AssumeRoleWithSAML",
         role},
        {"RCP without Allow", user(), [](Setting& s) { s.identity(s3_all).rcp({"", ""}); }},
        {"action without resource", user(), nothing, account_a, "s3:ListAllMyBuckets", "*"},
        {"action that nobody knows", user(), nothing, account_a, "acme:Paint", "arn:aws:acme:::wall"},
        {"M2: a name with wildcards", user(), nothing, account_a, "s3:GetObject",
         "arn:aws:s3:::bk/a*b?${c}\"\\"},
        {"everything silent", user(),
         [](Setting& s) { s.boundary("").session("").scp({"", ""}).rcp({""}).endpoint(""); }},
        {"everything silent across accounts", role_session(account_b),
         [](Setting& s) { s.boundary("").session("").scp({"", "", ""}).rcp({""}).endpoint(""); }},
        {"role session, key", role_session(), [](Setting& s) { s.boundary("").session(""); }, account_a,
         "kms:Decrypt", key},
        {"boundary and trust (E3)", user(), [](Setting& s) { s.trust("").boundary(""); }, account_a,
         "sts:AssumeRole", role},
    };
}

TEST(Remedies, OffersStatementsThatLiftEveryImplicitDenial) {
    for (const Denied& denied : implicit_denials()) {
        SCOPED_TRACE(denied.id);
        Setting setting(denied.caller);
        setting.fields.resource_account = denied.owner;
        denied.given(setting);
        const Explanation explanation = explain_in(setting, denied.action, denied.resource);
        ASSERT_EQ(explanation.decision.verdict, Verdict::implicit_deny);
        ASSERT_FALSE(explanation.remedies.empty());
        for (const Remedy& remedy : explanation.remedies) EXPECT_FALSE(remedy.statement.empty());
        EXPECT_TRUE(is_lifted(setting, explanation));
        for (const Remedy& remedy : explanation.remedies) {
            EXPECT_FALSE(is_lifted(setting, explanation, &remedy)) << "not needed: " << remedy.where;
        }
    }
}

TEST(Remedies, OffersNothingMoreThanWasAskedFor) {
    Setting setting(user());
    const Explanation explanation = explain_in(setting, "S3:getobject", "arn:aws:s3:::bk/a*b");
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_EQ(explanation.remedies[0].statement,
              R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bk/a${*}b"})");
    EXPECT_EQ(explanation.remedies[0].where, "an identity-based policy of user bob");
    EXPECT_THAT(explanation.remedies[0].note, IsEmpty());
}

TEST(Remedies, OffersTheStatementThatEachPolicyTypeTakes) {
    Setting key_user(role_session());
    key_user.identity(allow("*"));
    const Explanation by_key = explain_in(key_user, "kms:decrypt", key);
    ASSERT_EQ(by_key.remedies.size(), 1U);
    EXPECT_EQ(by_key.remedies[0].statement,
              R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/team/ops"},)"
              R"("Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111111111111:key/k1"})");
    EXPECT_EQ(by_key.remedies[0].where, "the key policy of " + std::string(key));

    Setting assumer(user(account_b));
    assumer.identity(allow("*")).trust("");
    const Explanation by_trust = explain_in(assumer, "sts:AssumeRole", role);
    ASSERT_EQ(by_trust.remedies.size(), 1U);
    EXPECT_EQ(by_trust.remedies[0].statement,
              R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:user/bob"},)"
              R"("Action":"sts:AssumeRole"})");
    EXPECT_EQ(by_trust.remedies[0].where, "the trust policy of role ops");

    Setting member(user());
    member.identity(s3_all).scp({allow("*"), "", ""}).endpoint("");
    const Explanation by_many = explain_in(member, "s3:GetObject", object);
    std::vector<std::string> places;
    for (const Remedy& remedy : by_many.remedies) places.push_back(remedy.where);
    EXPECT_THAT(places,
                ElementsAre("the SCPs of the organizational unit at level 1",
                            "the SCPs of account 111111111111 (level 2)", "the policy of the VPC endpoint"));
    EXPECT_EQ(by_many.remedies[2].statement,
              R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bk/x"})");
}

TEST(Remedies, SaysWhichConditionKeptAStatementFromAllowing) {
    Setting setting(user());
    setting.context.set("aws:SourceVpc", "vpc-2");
    setting.identity(R"({"Sid":"FromOffice","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":)"
                     R"({"StringEquals":{"aws:SourceVpc":"vpc-1"},"Bool":{"aws:SecureTransport":"true"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_EQ(explanation.remedies[0].note,
              "It would be allowed by statement \"FromOffice\" of policy 0 if this held: StringEquals "
              "aws:SourceVpc (expected \"vpc-1\", the request has \"vpc-2\") and Bool aws:SecureTransport "
              "(expected \"true\", the request has no such key).");
}

TEST(Remedies, SaysWhichVariableKeptAStatementFromMatching) {  // W70
    Setting setting(role_session());
    setting.identity(R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bk/${aws:username}/*"})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_EQ(explanation.remedies[0].where, "an identity-based policy of role ops");
    EXPECT_EQ(explanation.remedies[0].note,
              "It would be allowed by statement 0 of policy 0 if its resource matched, which names "
              "${aws:username}, for which the request has no value.");
}

TEST(Remedies, PreferTheStatementThatLacksLeast) {
    Setting setting(user());
    setting.identity(
        R"({"Sid":"Two","Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"a","l":"b"}}},)"
        R"({"Sid":"One","Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"a"}}},)"
        R"({"Sid":"Other","Effect":"Allow","Action":"ec2:*","Resource":"*"})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_THAT(explanation.remedies[0].note, HasSubstr("\"One\""));
}

TEST(Remedies, NamesEveryDenyThatStandsInTheWay) {
    std::vector<PolicySet::Member> members;
    members.push_back(
        {compile(document_of(R"({"Sid":"Keep","Effect":"Deny","Action":"s3:*","Resource":"*"})"),
                 policy::PolicyType::identity),
         {"Guard", "", "group developers"}});
    const PolicySet identity(std::move(members));
    Setting setting(user());
    setting.policies.identity = &identity;
    setting.boundary(R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":)"
                     R"({"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    EXPECT_EQ(explanation.decision.verdict, Verdict::explicit_deny);
    ASSERT_EQ(explanation.remedies.size(), 4U);
    EXPECT_EQ(explanation.remedies[0].layer, Layer::identity);
    EXPECT_THAT(explanation.remedies[0].statement, IsEmpty());
    EXPECT_THAT(explanation.remedies[0].note,
                HasSubstr("statement \"Keep\" of policy Guard of group developers."));
    EXPECT_EQ(explanation.remedies[1].layer, Layer::boundary);
    EXPECT_THAT(explanation.remedies[1].note, HasSubstr("BoolIfExists aws:MultiFactorAuthPresent"));
    // Without the Denies nothing would allow it yet.
    EXPECT_EQ(explanation.remedies[2].layer, Layer::identity);
    EXPECT_EQ(explanation.remedies[3].layer, Layer::boundary);
}

TEST(Remedies, AsksNoAllowForWhatOnlyADenyHides) {
    Setting setting(user());
    setting.identity(std::string(s3_all) + "," + std::string(s3_deny));
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_THAT(explanation.remedies[0].statement, IsEmpty());
}

TEST(Remedies, SaysWhereNoPolicyHelps) {
    Setting owner(user());
    owner.identity(allow("*"));
    const Explanation of_aws =
        explain_in(owner, "iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    ASSERT_EQ(of_aws.remedies.size(), 1U);  // E12
    EXPECT_THAT(of_aws.remedies[0].statement, IsEmpty());
    EXPECT_THAT(of_aws.remedies[0].note, HasSubstr("AWS"));

    Setting abroad(user());
    abroad.caller.partition = "aws-cn";
    abroad.identity(allow("*")).resource(grant("Allow", R"("*")"));
    const Explanation across = explain_in(abroad, "s3:GetObject", object);
    ASSERT_EQ(across.remedies.size(), 1U);  // E13
    EXPECT_THAT(across.remedies[0].statement, IsEmpty());
    EXPECT_THAT(across.remedies[0].note, HasSubstr("aws-cn"));

    Setting vague(user());
    for (const std::string_view action : {"GetObject", "s3:", ":GetObject"}) {  // A2
        const Explanation no_action = explain_in(vague, action, object);
        ASSERT_EQ(no_action.remedies.size(), 1U) << action;
        EXPECT_THAT(no_action.remedies[0].statement, IsEmpty()) << action;
    }
}

}  // namespace
}  // namespace writ::engine
