#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "policy/parse.h"
#include "policy/validate.h"

// Spec 1.3: what each policy type demands and forbids, each row with what it accepts and what it refuses.
namespace writ::policy {
namespace {

using testing::IsEmpty;
using enum DiagnosticCode;

constexpr std::string_view organizations =
    "The provided policy document does not meet the requirements of the specified policy type.";

std::vector<Diagnostic> found(std::string_view text, PolicyType type, bool strict = false) {
    const auto document = parse(text, {.type = type});
    EXPECT_TRUE(document) << text << "\n" << (document ? "" : document.error().hint);
    if (!document) return {};
    return validate(**document, {type, false, strict});
}

void expect_accepted(std::string_view text, PolicyType type, bool strict = false) {
    const auto diagnostics = found(text, type, strict);
    EXPECT_THAT(diagnostics, IsEmpty()) << text << "\n"
                                        << (diagnostics.empty() ? "" : diagnostics[0].message);
}

void expect_refused(std::string_view text, PolicyType type, DiagnosticCode code, std::string_view message,
                    bool strict = false) {
    const auto diagnostics = found(text, type, strict);
    ASSERT_FALSE(diagnostics.empty()) << text;
    EXPECT_EQ(name(diagnostics[0].code), name(code)) << text;
    EXPECT_EQ(diagnostics[0].message, message) << text;
    EXPECT_FALSE(diagnostics[0].hint.empty());
    EXPECT_LT(diagnostics[0].span.begin.byte, diagnostics[0].span.end.byte) << text;
}

// A document of one statement with these members.
std::string one(std::string_view members) {
    return R"({"Version":"2012-10-17","Statement":{)" + std::string(members) + "}}";
}

constexpr std::string_view plain = R"("Effect":"Allow","Action":"s3:GetObject","Resource":"*")";
constexpr auto without_principal = std::to_array<PolicyType>(
    {PolicyType::identity, PolicyType::boundary, PolicyType::session, PolicyType::scp});
constexpr auto with_principal = std::to_array<PolicyType>(
    {PolicyType::resource, PolicyType::endpoint, PolicyType::trust, PolicyType::rcp});

TEST(PolicyTypes, IdentitiesSessionsAndScpsHaveNoPrincipal) {
    for (const PolicyType type : without_principal) {
        expect_accepted(one(plain), type);
        expect_accepted(one(R"("Effect":"Deny","NotAction":"s3:GetObject","NotResource":"arn:aws:s3:::b/*")"),
                        type);
    }
    const std::string principal_member = one(std::string(plain) + R"(,"Principal":"*")");
    const std::string not_principal =
        one(R"("Effect":"Deny","Action":"a:b","Resource":"*","NotPrincipal":{"AWS":"111122223333"})");
    for (const PolicyType type : {PolicyType::identity, PolicyType::boundary}) {  // T1
        expect_refused(principal_member, type, principal, "Policy document should not specify a principal.");
        expect_refused(not_principal, type, principal, "Policy document should not specify a principal.");
    }
    for (const PolicyType type : {PolicyType::session, PolicyType::scp}) {  // T2
        expect_refused(principal_member, type, prohibited_field, "Has prohibited field Principal");
        expect_refused(not_principal, type, prohibited_field, "Has prohibited field NotPrincipal");
    }
}

TEST(PolicyTypes, EveryTypeButTrustAndResourceNeedsResources) {
    for (const PolicyType type : {PolicyType::identity, PolicyType::boundary, PolicyType::session})
        expect_refused(one(R"("Effect":"Allow","Action":"s3:GetObject")"), type, missing_resource,
                       "Policy statement must contain resources.");
    expect_refused(one(R"("Effect":"Allow","Action":"s3:GetObject")"), PolicyType::scp, missing_resource,
                   organizations);
    expect_refused(one(R"("Effect":"Deny","Principal":"*","Action":"s3:GetObject")"), PolicyType::rcp,
                   missing_resource, organizations);
    expect_refused(one(R"("Effect":"Deny","Principal":"*","Action":"s3:GetObject")"), PolicyType::endpoint,
                   missing_resource, "Policy statement must contain resources.");
    expect_accepted(one(R"("Effect":"Deny","Principal":"*","Action":"s3:GetObject")"), PolicyType::resource);
}

TEST(PolicyTypes, EveryTypeNeedsActions) {
    for (const PolicyType type : without_principal) {
        const auto diagnostics = found(one(R"("Effect":"Deny","Resource":"*")"), type);
        ASSERT_FALSE(diagnostics.empty());
        EXPECT_EQ(name(diagnostics[0].code), "missing_action");
    }
    for (const PolicyType type : with_principal) {
        const auto diagnostics = found(one(R"("Effect":"Deny","Principal":{"AWS":"*"})"), type);
        ASSERT_FALSE(diagnostics.empty());
        EXPECT_EQ(name(diagnostics[0].code), "missing_action");
    }
}

// P14: a statement of such a type without principal is refused at save.
TEST(PolicyTypes, ResourceTrustEndpointAndRcpNeedAPrincipal) {
    for (const PolicyType type : {PolicyType::resource, PolicyType::endpoint}) {
        expect_accepted(one(std::string(plain) + R"(,"Principal":"*")"), type);
        expect_refused(one(plain), type, principal, "Missing required field Principal");
        for (const std::string_view nobody : {"{}", R"({"AWS":[]})"})
            expect_refused(one(std::string(plain) + R"(,"Principal":)" + std::string(nobody)), type,
                           principal, "Missing required field Principal cannot be empty!");
    }
    expect_refused(one(R"("Effect":"Allow","Action":"sts:AssumeRole")"), PolicyType::trust, principal,
                   "Missing required field Principal");
    expect_refused(
        one(R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":[]})"), PolicyType::trust,
        principal,
        "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in "
        "policy has a statement with no principals!");
    expect_refused(one(R"("Effect":"Deny","Action":"s3:GetObject","Resource":"*")"), PolicyType::rcp,
                   principal, organizations);
}

// P10.
TEST(PolicyTypes, OnlyADenyOfAResourceOrEndpointPolicySparesPrincipals) {
    const std::string_view spared = R"("NotPrincipal":{"AWS":"111122223333"},"Action":"s3:GetObject")";
    for (const PolicyType type : {PolicyType::resource, PolicyType::endpoint}) {
        expect_accepted(one(R"("Effect":"Deny","Resource":"*",)" + std::string(spared)), type);
        expect_refused(one(R"("Effect":"Allow","Resource":"*",)" + std::string(spared)), type,
                       prohibited_field, "Allow with NotPrincipal is not allowed.");
    }
    expect_refused(one(R"("Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole")"),
                   PolicyType::trust, prohibited_field,
                   "AssumeRole policy must not contain NotPrincipal field.");
    expect_refused(one(R"("Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole")"),
                   PolicyType::trust, prohibited_field, "Allow with NotPrincipal is not allowed.");
    expect_refused(one(R"("Effect":"Deny","Resource":"*",)" + std::string(spared)), PolicyType::rcp,
                   prohibited_field, "Has prohibited field NotPrincipal");
}

std::string by(std::string_view principal_value) {
    return one(std::string(plain) + R"(,"Principal":)" + std::string(principal_value));
}
std::string trusts(std::string_view principal_value) {
    return one(R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":)" + std::string(principal_value));
}

// Spec 2.4, P2.
TEST(PolicyTypes, KnowTheFormsOfPrincipals) {
    for (
        const std::string_view value :
        {R"("*")", R"({"AWS":"*"})", R"({"AWS":"111122223333"})",
         R"({"AWS":"arn:aws:iam::111122223333:root"})",
         R"({"AWS":"arn:aws:iam::111122223333:user/path/Name"})",
         R"({"AWS":"arn:aws:iam::111122223333:role/Name"})",
         R"({"AWS":"arn:aws:sts::111122223333:assumed-role/Name/Session"})",
         R"({"AWS":"arn:aws:sts::111122223333:federated-user/Name"})", R"({"AWS":"AROAXVJ2QWERTZUIOPAS"})",
         R"({"AWS":["AIDAXVJ2QWERTZUIOPAS","111122223333"],"Service":["ec2.amazonaws.com","s3.us-east-1.amazonaws.com"]})",
         R"({"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})"})
        expect_accepted(by(value), PolicyType::resource);
    struct Row {
        std::string_view value, message;
    };
    for (const Row& row : {
             Row{R"({"AWS":"arn:aws:iam::111122223333:group/G"})",
                 R"(Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/G")"},
             Row{R"({"AWS":"arn:aws:iam::111122223333:instance-profile/P"})",
                 R"(Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:instance-profile/P")"},
             Row{R"({"AWS":"arn:aws:iam::111122223333:user/*"})",
                 R"(Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*")"},
             Row{R"({"AWS":["*","arn:aws:sts::111122223333:assumed-role/Name/*"]})",
                 R"(Invalid principal in policy: "AWS":"arn:aws:sts::111122223333:assumed-role/Name/*")"},
             Row{R"({"AWS":"12345"})", R"(Invalid principal in policy: "AWS":"12345")"},
             Row{R"({"AWS":"arn:aws:s3:::b"})", R"(Invalid principal in policy: "AWS":"arn:aws:s3:::b")"},
             Row{R"({"AWS":"arn:aws:iam::111122223333:user/"})",
                 R"(Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/")"},
             Row{R"({"Service":"*"})", R"(Invalid principal in policy: "SERVICE":"*")"},
             Row{R"({"Service":"ec2"})", R"(Invalid principal in policy: "SERVICE":"ec2")"},
             Row{R"({"CanonicalUser":"79a5"})", R"(Invalid principal in policy: "CANONICALUSER":"79a5")"},
             // P14: a bare ARN is refused at save.
             Row{R"("arn:aws:iam::111122223333:root")",
                 R"(Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:root")"},
             // Spec 2.4: trust policies only.
             Row{R"({"Federated":"accounts.google.com"})",
                 R"(Invalid principal in policy: "FEDERATED":"accounts.google.com")"},
         })
        expect_refused(by(row.value), PolicyType::resource, principal, row.message);
}

TEST(PolicyTypes, TrustPoliciesTakeIdentityProviders) {
    for (const std::string_view value :
         {R"({"AWS":"*"})", R"({"Service":"lambda.amazonaws.com"})",
          R"({"Federated":"cognito-identity.amazonaws.com"})",
          R"({"Federated":"arn:aws:iam::111122223333:saml-provider/Corp"})",
          R"({"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.example.com/path"})"})
        expect_accepted(trusts(value), PolicyType::trust);
    for (const std::string_view text : {"x", "*", "arn:aws:iam::111122223333:user/Bob"})
        expect_refused(trusts(R"({"Federated":")" + std::string(text) + "\"}"), PolicyType::trust, principal,
                       R"(Invalid principal in policy: "FEDERATED":")" + std::string(text) + "\"");
    expect_refused(
        trusts(R"({"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"})"),
        PolicyType::trust, principal,
        R"(Invalid principal in policy: "CANONICALUSER":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be")");
    // ?28: the scalar form is refused in strict mode only.
    expect_accepted(trusts(R"("*")"), PolicyType::trust);
    expect_refused(trusts(R"("*")"), PolicyType::trust, principal,
                   R"(AssumeRolepolicy contained an invalid principal: "STAR":"*".)", true);
    expect_accepted(trusts(R"({"AWS":"*"})"), PolicyType::trust, true);
}

// T2, T3.
TEST(PolicyTypes, TrustPoliciesSayHowToAssumeTheRole) {
    const auto with = [](std::string_view members) {
        return one(R"("Effect":"Allow","Principal":{"AWS":"111122223333"},)" + std::string(members));
    };
    for (const std::string_view action :
         {R"("sts:AssumeRole")", R"("STS:assumerole")", R"(["sts:AssumeRoleWithSAML","sts:TagSession"])",
          R"("sts:AssumeRoleWithWebIdentity")", R"("sts:SetSourceIdentity")", R"("sts:SetContext")",
          R"("sts:*")", R"("sts:Assume*")"})
        expect_accepted(with(R"("Action":)" + std::string(action)), PolicyType::trust);
    for (const std::string_view action :
         {R"("s3:GetObject")", R"("*")", R"("*:*")", R"(["sts:AssumeRole","iam:PassRole"])"})
        expect_refused(with(R"("Action":)" + std::string(action)), PolicyType::trust, trust_action,
                       "AssumeRole policy may only specify STS AssumeRole actions.");
    for (const std::string_view action :
         {R"("sts:AssumeRoot")", R"("sts:GetFederationToken")", R"("sts:AssumeRol")"})
        expect_refused(
            with(R"("Action":)" + std::string(action)), PolicyType::trust, trust_action,
            "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and "
            "sts:AssumeRoleWithWebIdentity");
    expect_refused(with(R"("Action":"sts:AssumeRole","Resource":"*")"), PolicyType::trust, prohibited_field,
                   "Has prohibited field Resource");
    expect_refused(with(R"("Action":"sts:AssumeRole","NotResource":"x")"), PolicyType::trust,
                   prohibited_field, "AssumeRole policy must not contain resources.");
}

// T4.
TEST(PolicyTypes, ScpsHaveTheFullLanguage) {
    for (
        const std::string_view members :
        {R"("Effect":"Allow","Action":"s3:Get*Object","Resource":"arn:aws:s3:::b/*","Condition":{"Bool":{"aws:SecureTransport":"true"}})",
         R"("Effect":"Allow","NotAction":"iam:*","Resource":"*")",
         R"("Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::b")",
         R"("Effect":"Deny","Action":"*","Resource":"arn:aws:s3:*")"})
        expect_accepted(one(members), PolicyType::scp);
    // R6: incomplete ARNs need a wildcard at their end.
    expect_refused(one(R"("Effect":"Deny","Action":"*","Resource":"arn:aws:s3")"), PolicyType::scp,
                   resource_form, organizations);
    expect_refused(one(R"("Effect":"Deny","Action":"invalid","Resource":"*")"), PolicyType::scp, action_form,
                   organizations);
}

// R6: STS does not fill up what is missing; IAM does.
TEST(PolicyTypes, SessionPoliciesNameResourcesInFull) {
    const std::string incomplete = one(R"("Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:*")");
    expect_accepted(incomplete, PolicyType::identity);
    expect_accepted(incomplete, PolicyType::boundary);
    expect_refused(incomplete, PolicyType::session, resource_form,
                   R"(Resource arn:aws:s3:* must be in ARN format or "*".)");
}

// 1.3, T5, ?32.
TEST(PolicyTypes, RcpsDenyEveryoneActionsOfServicesThatSupportThem) {
    const auto with = [](std::string_view members) {
        return one(R"("Effect":"Deny","Principal":"*","Resource":"*",)" + std::string(members));
    };
    expect_accepted(with(R"("Action":["s3:*","sts:AssumeRole","KMS:Decrypt"])"), PolicyType::rcp);
    expect_accepted(
        one(R"("Effect":"Deny","Principal":{"AWS":"*"},"NotResource":"arn:aws:s3:::b","Action":"s3:*")"),
        PolicyType::rcp);
    for (const std::string_view members :
         {R"("Action":"*")", R"("Action":"*:*")", R"("Action":"iam:GetUser")", R"("Action":"s*:Get*")",
          R"("Action":["s3:*","nosuch:*"])", R"("NotAction":"s3:*")"})
        expect_refused(with(members), PolicyType::rcp, policy_type, organizations);
    expect_refused(one(R"("Effect":"Allow","Principal":"*","Resource":"*","Action":"s3:*")"), PolicyType::rcp,
                   policy_type, organizations);
    for (const std::string_view value :
         {R"({"AWS":["*"]})", R"({"AWS": [ "*" ] })", R"({"AWS":"111122223333"})",
          R"({"Service":"s3.amazonaws.com"})", R"({"AWS":"*","Service":"s3.amazonaws.com"})"})
        expect_refused(
            one(R"("Effect":"Deny","Resource":"*","Action":"s3:*","Principal":)" + std::string(value)),
            PolicyType::rcp, policy_type, organizations);
    expect_refused(one(R"("Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:*")"),
                   PolicyType::rcp, resource_form, organizations);
}

// T6: a gateway endpoint takes "*" only; an interface endpoint takes any principal.
TEST(PolicyTypes, StrictEndpointPoliciesAreForEveryone) {
    for (const std::string_view value : {R"("*")", R"({"AWS":"*"})"})
        expect_accepted(by(value), PolicyType::endpoint, true);
    expect_accepted(by(R"({"AWS":"111122223333"})"), PolicyType::endpoint);
    expect_refused(by(R"({"AWS":"111122223333"})"), PolicyType::endpoint, principal,
                   R"(Invalid principal in policy: "AWS":"111122223333")", true);
    // T7: the default endpoint policy.
    expect_accepted(one(R"("Effect":"Allow","Principal":"*","Action":"*","Resource":"*")"),
                    PolicyType::endpoint, true);
}

// G9.
TEST(PolicyTypes, StrictDocumentsBeginWithTheBrace) {
    expect_accepted(" \n" + one(plain), PolicyType::identity);
    expect_accepted(one(plain) + "\n", PolicyType::identity, true);
    expect_refused(" \n" + one(plain), PolicyType::identity, json,
                   "JSON strings must not have leading spaces", true);
}

// K1.
TEST(PolicyTypes, StrictBordersHaveNoWildcards) {
    const auto with = [](std::string_view key, std::string_view op, std::string_view value, bool everyone) {
        return one(R"("Effect":"Deny","Action":"s3:*","Resource":"*")" +
                   std::string(everyone ? R"(,"Principal":"*")" : "") + R"(,"Condition":{")" +
                   std::string(op) + R"(":{")" + std::string(key) + R"(":")" + std::string(value) + "\"}}");
    };
    for (const std::string_view key :
         {"aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount", "aws:ResourceOrgID",
          "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceVpc", "aws:SourceVpce", "aws:VpceAccount",
          "aws:VpceOrgID", "AWS:sourcevpc"}) {
        expect_refused(with(key, "StringNotLike", "o-*", false), PolicyType::scp, policy_type, organizations,
                       true);
        expect_refused(with(key, "StringLikeIfExists", "o-*", true), PolicyType::rcp, policy_type,
                       organizations, true);
        expect_refused(with(key, "StringLike", "vpc-1*", true), PolicyType::endpoint, policy_type,
                       "Wildcards are not allowed in the values of " + std::string(key), true);
        expect_accepted(with(key, "StringLike", "vpc-12*", true), PolicyType::endpoint, true);
        expect_accepted(with(key, "StringLike", "o-*", false), PolicyType::scp);
        expect_accepted(with(key, "StringLike", "o-*", false), PolicyType::identity, true);
        expect_accepted(with(key, "StringEquals", "o-*", false), PolicyType::scp, true);
        expect_accepted(with(key, "StringLike", "o-abcdef", false), PolicyType::scp, true);
    }
    expect_accepted(with("aws:PrincipalTag/team", "StringLike", "o-*", false), PolicyType::scp, true);
}

// Other services than IAM have Sids with other characters and short forms of resources.
TEST(PolicyTypes, ResourcePoliciesHaveFormsOfTheirOwn) {
    expect_accepted(
        one(R"("Sid":"allow all of it","Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/stage/*")"),
        PolicyType::resource);
    expect_refused(one(R"("Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"bucket")"),
                   PolicyType::resource, resource_form, R"(Resource bucket must be in ARN format or "*".)");
}

// Spec 1.4.
TEST(CountedSize, LeavesOutWhiteSpaceBetweenTokens) {
    const auto document = parse("{ \"Statement\" :\n {\"Sid\":\"a  b\", \"Effect\":\"Allow\"} }\n");
    ASSERT_TRUE(document);
    const std::string_view bare = R"({"Statement":{"Sid":"a  b","Effect":"Allow"}})";
    for (const PolicyType type :
         {PolicyType::identity, PolicyType::boundary, PolicyType::session, PolicyType::trust})
        EXPECT_EQ(counted_size(**document, type), bare.size());
    for (const PolicyType type : {PolicyType::scp, PolicyType::rcp, PolicyType::endpoint})
        EXPECT_EQ(counted_size(**document, type), (*document)->text().size());
}

TEST(CountedSize, CountsCharactersNotBytes) {
    const auto document = parse("{\"Id\":\"\xC3\xA9\",\"Statement\":{\"Effect\":\"Allow\"}}");
    ASSERT_TRUE(document);
    EXPECT_EQ(counted_size(**document, PolicyType::identity), (*document)->text().size() - 1);
    EXPECT_EQ(counted_size(**document, PolicyType::scp), (*document)->text().size() - 1);
}

}  // namespace
}  // namespace writ::policy
