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
constexpr std::string_view key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
constexpr std::string_view role = "arn:aws:iam::111111111111:role/team/ops";
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

// The policies of a setting without the statements that deny, and with the statements of remedies added.
class Mended {
  public:
    Mended(const Setting& setting, const Explanation& explanation, const Remedy* left_out = nullptr)
        : setting_(setting), explanation_(explanation), left_out_(left_out), policies_(setting.policies) {
        mend(policies_.identity, Layer::identity, policy::PolicyType::identity);
        mend(policies_.boundary, Layer::boundary, policy::PolicyType::boundary);
        mend(policies_.session, Layer::session, policy::PolicyType::session);
        mend(policies_.resource, Layer::resource, policy::PolicyType::resource);
        mend(policies_.trust, Layer::trust, policy::PolicyType::trust);
        mend(policies_.endpoint, Layer::endpoint, policy::PolicyType::endpoint);
        if (policies_.scp)
            policies_.scp = mend_levels(*policies_.scp, scp_, Layer::scp, policy::PolicyType::scp);
        if (policies_.rcp)
            policies_.rcp = mend_levels(*policies_.rcp, rcp_, Layer::rcp, policy::PolicyType::rcp);
    }

    [[nodiscard]] Decision decision() const {
        const Request request(setting_.caller, setting_.fields, setting_.context);
        return decide(policies_, request);
    }

  private:
    // Remedies tell the level in words only: in the order of levels, one each.
    [[nodiscard]] std::vector<std::string> statements_for(Layer layer, std::uint32_t level) const {
        std::vector<std::string> statements;
        for (const Remedy& remedy : explanation_.remedies) {
            const bool here = remedy.layer == layer && &remedy != left_out_ && !remedy.statement.empty();
            const bool leveled = layer == Layer::scp || layer == Layer::rcp;
            if (here &&
                (!leveled || remedy.where.find("level " + std::to_string(level)) != std::string::npos))
                statements.push_back(remedy.statement);
        }
        return statements;
    }

    void mend(const PolicySet*& slot, Layer layer, policy::PolicyType type, std::uint32_t level = 0) {
        const std::vector<std::string> added = statements_for(layer, level);
        std::vector<PolicySet::Member> members;
        if (slot != nullptr) members.assign(slot->members().begin(), slot->members().end());
        if (added.empty()) return;
        for (const std::string& statement : added)
            members.push_back({compile(document_of(statement), type), {}});
        slot = &sets_.emplace_back(std::move(members));
    }

    std::span<const PolicySet* const> mend_levels(std::span<const PolicySet* const> levels,
                                                  std::vector<const PolicySet*>& mended, Layer layer,
                                                  policy::PolicyType type) {
        mended.assign(levels.begin(), levels.end());
        for (std::uint32_t level = 0; level < mended.size(); ++level) mend(mended[level], layer, type, level);
        return mended;
    }

    const Setting& setting_;
    const Explanation& explanation_;
    const Remedy* left_out_;
    Policies policies_;
    std::deque<PolicySet> sets_;
    std::vector<const PolicySet*> scp_, rcp_;
};

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

TEST(Explain, OffersStatementsThatLiftEveryImplicitDenial) {
    for (const Denied& denied : implicit_denials()) {
        SCOPED_TRACE(denied.id);
        Setting setting(denied.caller);
        setting.fields.resource_account = denied.owner;
        denied.given(setting);
        const Explanation explanation = explain_in(setting, denied.action, denied.resource);
        ASSERT_EQ(explanation.decision.verdict, Verdict::implicit_deny);
        ASSERT_FALSE(explanation.remedies.empty());
        for (const Remedy& remedy : explanation.remedies) EXPECT_FALSE(remedy.statement.empty());
        EXPECT_TRUE(Mended(setting, explanation).decision().allowed());
        for (const Remedy& remedy : explanation.remedies) {
            EXPECT_FALSE(Mended(setting, explanation, &remedy).decision().allowed())
                << "not needed: " << remedy.where;
        }
    }
}

TEST(Explain, OffersNothingMoreThanWasAskedFor) {
    Setting setting(user());
    const Explanation explanation = explain_in(setting, "S3:getobject", "arn:aws:s3:::bk/a*b");
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_EQ(explanation.remedies[0].statement,
              R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bk/a${*}b"})");
    EXPECT_EQ(explanation.remedies[0].where, "an identity-based policy of user bob");
    EXPECT_THAT(explanation.remedies[0].note, IsEmpty());
}

TEST(Explain, OffersTheStatementThatEachPolicyTypeTakes) {
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

TEST(Explain, SaysWhichConditionKeptAStatementFromAllowing) {
    Setting setting(user());
    setting.context.set("aws:SourceVpc", "vpc-2");
    setting.identity(R"({"Sid":"FromOffice","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":)"
                     R"({"StringEquals":{"aws:SourceVpc":"vpc-1"},"Bool":{"aws:SecureTransport":"true"}}})");
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_EQ(explanation.remedies[0].note,
              "The statement \"FromOffice\" of policy 0 would allow it if this held: StringEquals "
              "aws:SourceVpc (expected \"vpc-1\", the request has \"vpc-2\") and Bool aws:SecureTransport "
              "(expected \"true\", the request has no such key).");
}

TEST(Explain, NamesEveryDenyThatStandsInTheWay) {
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

TEST(Explain, AsksNoAllowForWhatOnlyADenyHides) {
    Setting setting(user());
    setting.identity(std::string(s3_all) + "," + std::string(s3_deny));
    const Explanation explanation = explain_in(setting, "s3:GetObject", object);
    ASSERT_EQ(explanation.remedies.size(), 1U);
    EXPECT_THAT(explanation.remedies[0].statement, IsEmpty());
}

TEST(Explain, SaysWhereNoPolicyHelps) {
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
