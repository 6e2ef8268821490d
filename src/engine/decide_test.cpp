// Spec 5.2 to 5.4: which policy type decides. Rows carry the ids of the worked cases of spec 5.5 or the rule.
#include "engine/decide.h"

#include <gtest/gtest.h>

#include "engine/internal/testing.h"

namespace writ::engine {
namespace {

using namespace testing;

constexpr std::string_view object = "arn:aws:s3:::bk/x";
constexpr std::string_view s3_all = R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})";
constexpr std::string_view ec2_all = R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})";
constexpr std::string_view s3_deny = R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})";
constexpr std::string_view full = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
constexpr std::string_view rcp_full = R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})";
constexpr std::string_view user_entry = R"({"AWS":"arn:aws:iam::111111111111:user/bob"})";
constexpr std::string_view account_entry = R"({"AWS":"111111111111"})";
constexpr std::string_view role_entry = R"({"AWS":"arn:aws:iam::111111111111:role/team/ops"})";
constexpr std::string_view session_entry = R"({"AWS":"arn:aws:sts::111111111111:assumed-role/ops/s1"})";

struct Row {
    std::string_view id;
    Principal caller;
    std::function<void(Setting&)> given;
    Verdict verdict;
    Layer layer;
    std::string_view owner = account_a;
    std::string_view action = "s3:GetObject";
    std::string_view resource = object;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        SCOPED_TRACE(row.id);
        Setting setting(row.caller);
        setting.fields.resource_account = row.owner;
        row.given(setting);
        const Decision decision = setting.ask(row.action, row.resource);
        EXPECT_EQ(name(decision.verdict), name(row.verdict));
        EXPECT_EQ(name(decision.decided_by), name(row.layer));
    }
}

constexpr auto nothing = [](Setting&) {};
using enum Verdict;

TEST(Decide, CombinesPolicyTypesInOneAccount) {
    const std::string names_user = grant("Allow", user_entry), names_account = grant("Allow", account_entry);
    const std::string names_role = grant("Allow", role_entry), names_session = grant("Allow", session_entry);
    const std::string names_all = grant("Allow", R"("*")");
    check({
        {"W01", user(), nothing, implicit_deny, Layer::identity},
        {"W02", user(), [&](Setting& s) { s.identity(s3_all); }, allowed, Layer::identity},
        {"W05", user(), [&](Setting& s) { s.identity(s3_all).boundary(ec2_all); }, implicit_deny,
         Layer::boundary},
        {"W06", user(), [&](Setting& s) { s.boundary(full); }, implicit_deny, Layer::identity},
        {"W07", user(), [&](Setting& s) { s.identity(s3_all).boundary(s3_deny); }, explicit_deny,
         Layer::boundary},
        {"W08", user(), [&](Setting& s) { s.resource(names_user); }, allowed, Layer::resource},
        {"W09", user(), [&](Setting& s) { s.resource(names_user).boundary(ec2_all); }, allowed,
         Layer::resource},
        {"W10", user(), [&](Setting& s) { s.resource(names_user).boundary(s3_deny); }, explicit_deny,
         Layer::boundary},
        {"W11", user(), [&](Setting& s) { s.resource(names_account); }, implicit_deny, Layer::identity},
        {"W12", user(),
         [&](Setting& s) { s.identity(s3_all).resource(grant("Allow", R"({"AWS":"999999999999"})")); },
         allowed, Layer::identity},
        {"W13", user(), [&](Setting& s) { s.identity(s3_all).resource(grant("Deny", R"("*")")); },
         explicit_deny, Layer::resource},
        {"W14", user(), [&](Setting& s) { s.resource(names_all); }, allowed, Layer::resource},
        {"W16", role_session(), [&](Setting& s) { s.identity(s3_all); }, allowed, Layer::identity},
        {"W17", role_session(), [&](Setting& s) { s.identity(s3_all).session(ec2_all); }, implicit_deny,
         Layer::session},
        {"W18", role_session(), [&](Setting& s) { s.resource(names_role); }, allowed, Layer::resource},
        {"W19", role_session(), [&](Setting& s) { s.resource(names_role).boundary(ec2_all); }, implicit_deny,
         Layer::boundary},
        {"W20", role_session(), [&](Setting& s) { s.resource(names_role).session(ec2_all); }, implicit_deny,
         Layer::session},
        {"W21", role_session(), [&](Setting& s) { s.resource(names_session).session(ec2_all); }, allowed,
         Layer::resource},
        {"W22", role_session(), [&](Setting& s) { s.resource(names_session).session(s3_deny); },
         explicit_deny, Layer::session},
        {"W24", role_session(), [&](Setting& s) { s.identity(s3_all).resource(grant("Deny", role_entry)); },
         explicit_deny, Layer::resource},
        {"W25", federated_user(), [&](Setting& s) { s.identity(s3_all); }, implicit_deny, Layer::session},
        {"W26", federated_user(), [&](Setting& s) { s.identity(s3_all).session(s3_all); }, allowed,
         Layer::identity},
        {"W27", federated_user(), [&](Setting& s) { s.session(s3_all); }, implicit_deny, Layer::identity},
        {"W28", federated_user(),
         [&](Setting& s) {
             s.resource(grant("Allow", R"({"AWS":"arn:aws:sts::111111111111:federated-user/fed"})"));
         },
         allowed, Layer::resource},
        {"W29", federated_user(), [&](Setting& s) { s.resource(names_user); }, implicit_deny, Layer::session},
        {"W30", federated_user(), [&](Setting& s) { s.resource(names_user).session(s3_all); }, allowed,
         Layer::resource},
        {"W31", root(), nothing, allowed, Layer::root},
        {"D7r", root(), [&](Setting& s) { s.resource(names_account); }, allowed, Layer::resource},
        {"5.3: several classes, the most generous", role_session(),
         [&](Setting& s) {
             s.resource(names_account + "," + names_role + "," + names_session).session(ec2_all);
         },
         allowed, Layer::resource},
    });
}

TEST(Decide, AppliesOrganizationPolicies) {
    Principal manager = root();
    manager.management_account = true;
    Principal linked = role_session();
    linked.service_linked = true;
    const std::string outsiders_out =
        R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEqualsIfExists":)"
        R"({"aws:PrincipalOrgID":"o-1"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}})";
    const std::string with_guard = std::string(rcp_full) + "," + outsiders_out;
    check({
        {"W32", root(), [&](Setting& s) { s.scp({full, s3_deny}); }, explicit_deny, Layer::scp},
        {"W33", manager, [&](Setting& s) { s.scp({s3_deny}); }, allowed, Layer::root},
        {"W34", user(), [&](Setting& s) { s.identity(s3_all).scp({full, ec2_all, full}); }, implicit_deny,
         Layer::scp},
        {"W35", user(), [&](Setting& s) { s.identity(s3_all).scp({full, ec2_all, s3_all}); }, implicit_deny,
         Layer::scp},
        {"W36", user(),
         [&](Setting& s) {
             s.identity(s3_all).scp({full, std::string(ec2_all) + "," + std::string(s3_all)});
         },
         allowed, Layer::identity},
        {"an SCP level without policies", user(), [&](Setting& s) { s.identity(s3_all).scp({full, ""}); },
         implicit_deny, Layer::scp},
        {"W37", linked, [&](Setting& s) { s.identity(s3_all).scp({s3_deny}); }, allowed, Layer::identity},
        {"E9 and RCP", linked, [&](Setting& s) { s.identity(s3_all).rcp({with_guard}); }, allowed,
         Layer::identity},
        {"W39", user(account_b),
         [&](Setting& s) {
             s.identity(s3_all).resource(grant("Allow", R"({"AWS":"222222222222"})")).rcp({with_guard});
         },
         explicit_deny, Layer::rcp},
        {"W41",
         {},
         [&](Setting& s) { s.resource(grant("Allow", R"("*")")).rcp({with_guard}); },
         explicit_deny,
         Layer::rcp},
        {"W42", service(),
         [&](Setting& s) {
             s.context.set("aws:PrincipalIsAWSService", "true");
             s.resource(grant("Allow", R"({"Service":"logs.amazonaws.com"})")).rcp({with_guard});
         },
         allowed, Layer::resource},
        {"W43", user(),
         [&](Setting& s) {
             s.fields.resource_in_management_account = true;
             s.identity(s3_all).rcp({with_guard});
         },
         allowed, Layer::identity},
        {"RCP without Allow", user(), [&](Setting& s) { s.identity(s3_all).rcp({""}); }, implicit_deny,
         Layer::rcp},
        {"a service without RCPs", user(), [&](Setting& s) { s.identity(full).rcp({""}); }, allowed,
         Layer::identity, account_a, "iam:GetUser", "arn:aws:iam::111111111111:user/bob"},
        {"W85, 6.2", user(),
         [&](Setting& s) { s.identity(s3_deny).resource(grant("Deny", R"("*")")).scp({s3_deny}); },
         explicit_deny, Layer::scp},
    });
}

TEST(Decide, NeedsBothSidesAcrossAccounts) {
    const Principal foreigner = user(account_b);
    const std::string names_account = grant("Allow", R"({"AWS":"222222222222"})");
    const std::string names_user = grant("Allow", R"({"AWS":"arn:aws:iam::222222222222:user/bob"})");
    const std::string names_session =
        grant("Allow", R"({"AWS":"arn:aws:sts::222222222222:assumed-role/ops/s1"})");
    check({
        {"W38", foreigner, [&](Setting& s) { s.identity(s3_all).resource(names_user); }, allowed,
         Layer::identity},
        {"W44", foreigner, [&](Setting& s) { s.resource(names_account); }, implicit_deny, Layer::identity},
        {"W45", foreigner, [&](Setting& s) { s.identity(s3_all); }, implicit_deny, Layer::resource},
        {"W46", foreigner, [&](Setting& s) { s.identity(s3_all).resource(names_user).boundary(ec2_all); },
         implicit_deny, Layer::boundary},
        {"W47", role_session(account_b),
         [&](Setting& s) { s.identity(s3_all).resource(names_session).session(ec2_all); }, implicit_deny,
         Layer::session},
        {"W48", root(account_b), [&](Setting& s) { s.resource(names_account); }, allowed, Layer::root},
        {"W49", foreigner, [&](Setting& s) { s.identity(s3_all).resource(names_user).scp({s3_deny}); },
         explicit_deny, Layer::scp},
        {"W84", foreigner, [&](Setting& s) { s.resource(grant("Allow", R"("*")")); }, implicit_deny,
         Layer::identity},
        {"E13", foreigner,
         [&](Setting& s) {
             s.caller.partition = "aws-cn";
             s.identity(s3_all).resource(grant("Allow", R"("*")"));
         },
         implicit_deny, Layer::resource},
        {"what AWS owns is nobody else's", foreigner, [&](Setting& s) { s.identity(full); }, allowed,
         Layer::identity, "", "iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    });
}

TEST(Decide, TreatsSpecialResources) {
    constexpr std::string_view key = "arn:aws:kms:eu-west-1:111111111111:key/1";
    static constexpr std::string_view role = "arn:aws:iam::111111111111:role/team/ops";
    const auto assume = [](std::string_view id, Principal caller, std::function<void(Setting&)> given,
                           Verdict verdict, Layer layer, std::string_view action = "sts:AssumeRole") {
        return Row{id, std::move(caller), std::move(given), verdict, layer, "", action, role};
    };
    const std::string trusts_account =
        R"({"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"})";
    const std::string trusts_user =
        R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:AssumeRole"})";
    const std::string trusts_provider =
        R"({"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111111111111:saml-provider/corp"},"Action":"sts:AssumeRoleWithSAML"})";
    check({
        {"W50", user(), [&](Setting& s) { s.identity(full).resource(grant("Allow", role_entry)); },
         implicit_deny, Layer::resource, "", "kms:Decrypt", key},
        {"W51", user(), [&](Setting& s) { s.identity(full).resource(grant("Allow", account_entry)); },
         allowed, Layer::identity, "", "kms:Decrypt", key},
        {"W52", role_session(),
         [&](Setting& s) { s.identity(deny("kms:*")).resource(grant("Allow", role_entry)); }, explicit_deny,
         Layer::identity, "", "kms:Decrypt", key},
        {"W53", root(), nothing, implicit_deny, Layer::resource, "", "kms:Decrypt", key},
        {"E2: no key policy", user(), [&](Setting& s) { s.identity(full); }, allowed, Layer::identity, "",
         "kms:ListKeys", "*"},
        {"E2: another service asks about a key", user(), [&](Setting& s) { s.identity(full); }, allowed,
         Layer::identity, "", "writ:PutResourcePolicy", key},
        assume(
            "W54", user(), [&](Setting& s) { s.trust(trusts_account); }, implicit_deny, Layer::identity),
        assume(
            "W55", user(), [&](Setting& s) { s.trust(trusts_user); }, allowed, Layer::trust),
        assume(
            "W56", user(), [&](Setting& s) { s.trust(trusts_user).identity(deny("sts:AssumeRole")); },
            explicit_deny, Layer::identity),
        assume(
            "W57", user(account_a, "eve"), [&](Setting& s) { s.trust(trusts_user).identity(full); },
            implicit_deny, Layer::trust),
        assume(
            "W58", role_session(), [&](Setting& s) { s.trust(trusts_user).identity(full); }, implicit_deny,
            Layer::trust),
        assume(
            "E3: no trust policy told", user(), [&](Setting& s) { s.identity(full); }, implicit_deny,
            Layer::trust),
        assume(
            "?16", user(), [&](Setting& s) { s.trust(trusts_user).boundary(ec2_all); }, implicit_deny,
            Layer::boundary),
        assume(
            "W61", user(), [&](Setting& s) { s.trust(trusts_user); }, implicit_deny, Layer::trust,
            "sts:TagSession"),
        assume(
            "E5", provider(), [&](Setting& s) { s.trust(trusts_provider); }, allowed, Layer::trust,
            "sts:AssumeRoleWithSAML"),
        assume(
            "?8", provider(),
            [&](Setting& s) { s.trust(R"({"Effect":"Allow","Principal":"*","Action":"sts:*"})"); },
            implicit_deny, Layer::trust, "sts:AssumeRoleWithSAML"),
        {"W76", user(), [&](Setting& s) { s.identity(deny("*")); }, allowed, Layer::always, "",
         "sts:GetCallerIdentity", "*"},
        {"W77", user(), nothing, allowed, Layer::always, "", "sts:GetSessionToken", "*"},
        {"E12: managed policies", user(), [&](Setting& s) { s.identity(full); }, implicit_deny, Layer::always,
         "", "iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"},
        {"E12: reserved roles", user(), [&](Setting& s) { s.identity(full); }, implicit_deny, Layer::always,
         "", "iam:TagRole", "arn:aws:iam::111111111111:role/aws-reserved/sso/x"},
        {"E12: service-linked roles", user(), [&](Setting& s) { s.identity(full); }, allowed, Layer::identity,
         "", "iam:TagRole", "arn:aws:iam::111111111111:role/aws-service-role/x/y"},
        {"E12: keys of AWS", user(), [&](Setting& s) { s.identity(full); }, implicit_deny, Layer::always, "",
         "kms:DeleteAlias", "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3"},
        {"?34",
         [] {
             auto r = root();
             r.assumed_root = true;
             return r;
         }(),
         [&](Setting& s) { s.session(deny("s3:PutObject")); }, allowed, Layer::root},
        {"?34 deny",
         [] {
             auto r = root();
             r.assumed_root = true;
             return r;
         }(),
         [&](Setting& s) { s.session(s3_deny); }, explicit_deny, Layer::session},
    });
}

TEST(Decide, LetsTheResourceSideAloneDecideForOutsiders) {
    const std::string source =
        R"({"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"*","Resource":"*",)"
        R"("Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}}})";
    check({
        {"W40", {}, [&](Setting& s) { s.resource(grant("Allow", R"("*")")); }, allowed, Layer::resource},
        {"step 5", {}, nothing, implicit_deny, Layer::resource},
        {"step 5 ignores identity", service(), [&](Setting& s) { s.identity(full); }, implicit_deny,
         Layer::resource},
        {"W82", service(),
         [&](Setting& s) {
             s.context.set("aws:SourceAccount", "333333333333");
             s.resource(source);
         },
         implicit_deny, Layer::resource},
        {"E7", service(),
         [&](Setting& s) {
             s.context.set("aws:SourceAccount", "111111111111");
             s.resource(source);
         },
         allowed, Layer::resource},
    });
}

TEST(Decide, FiltersWhatComesThroughAnEndpoint) {
    const std::string other = grant("Allow", R"("*")", "*", "arn:aws:s3:::other/*");
    check({
        {"W72", user(), [&](Setting& s) { s.identity(s3_all).endpoint(other); }, implicit_deny,
         Layer::endpoint},
        {"E19: never grants", user(), [&](Setting& s) { s.endpoint(grant("Allow", R"("*")")); },
         implicit_deny, Layer::identity},
        {"T7", user(), [&](Setting& s) { s.identity(s3_all).endpoint(grant("Allow", R"("*")")); }, allowed,
         Layer::identity},
        {"not through it", user(),
         [&](Setting& s) {
             s.identity(s3_all).endpoint(other);
             s.fields.via_vpc_endpoint = false;
         },
         allowed, Layer::identity},
        {"endpoint deny", user(), [&](Setting& s) { s.identity(s3_all).endpoint(grant("Deny", R"("*")")); },
         explicit_deny, Layer::endpoint},
    });
}

// GetScopedCredentials: the session's permissions and every scope-down policy together.
TEST(Decide, EveryScopeDownPolicyMustAllowToo) {
    const std::string names_session = grant("Allow", session_entry), names_role = grant("Allow", role_entry);
    const std::string list_only = allow("s3:ListBucket"), get_too = allow("s3:GetObject");
    check({
        {"allows", role_session(), [&](Setting& s) { s.identity(full).scope_down({s3_all}); }, allowed,
         Layer::identity},
        {"silent", role_session(), [&](Setting& s) { s.identity(full).scope_down({ec2_all}); }, implicit_deny,
         Layer::session},
        {"grants nothing", role_session(), [&](Setting& s) { s.scope_down({full}); }, implicit_deny,
         Layer::identity},
        {"one of three is silent", role_session(),
         [&](Setting& s) { s.identity(full).scope_down({s3_all, list_only, get_too}); }, implicit_deny,
         Layer::session},
        {"all of three allow", role_session(),
         [&](Setting& s) { s.identity(full).scope_down({s3_all, get_too, full}); }, allowed, Layer::identity},
        {"one denies", role_session(), [&](Setting& s) { s.identity(full).scope_down({full, s3_deny}); },
         explicit_deny, Layer::session},
        {"an empty set allows nothing", role_session(),
         [&](Setting& s) { s.identity(full).scope_down({""}); }, implicit_deny, Layer::session},
        {"beside session policies", role_session(),
         [&](Setting& s) { s.identity(full).session(list_only).scope_down({s3_all}); }, implicit_deny,
         Layer::session},
        {"D2 does not get around it", role_session(),
         [&](Setting& s) { s.resource(names_session).scope_down({ec2_all}); }, implicit_deny, Layer::session},
        {"D2 with its Allow", role_session(),
         [&](Setting& s) { s.resource(names_session).scope_down({s3_all}); }, allowed, Layer::resource},
        {"D5", role_session(), [&](Setting& s) { s.resource(names_role).scope_down({ec2_all}); },
         implicit_deny, Layer::session},
        {"user session", user(), [&](Setting& s) { s.identity(full).scope_down({ec2_all}); }, implicit_deny,
         Layer::session},
        {"federated user", federated_user(),
         [&](Setting& s) { s.identity(full).session(full).scope_down({ec2_all}); }, implicit_deny,
         Layer::session},
        {"a Deny of the identity side is named first", role_session(),
         [&](Setting& s) { s.identity(s3_deny).scope_down({s3_deny}); }, explicit_deny, Layer::identity},
        {"across accounts", role_session(),
         [&](Setting& s) { s.identity(full).resource(names_role).scope_down({ec2_all}); }, implicit_deny,
         Layer::session, account_b},
    });
    Setting setting(role_session());
    setting.identity(full).session(full).scope_down({full, ec2_all});
    EXPECT_EQ(setting.ask("s3:GetObject", object).statement.level, 2U) << "the second call";
    EXPECT_TRUE(setting.ask("sts:GetCallerIdentity", "*").allowed());
}

TEST(Decide, NamesTheFirstStatement) {
    Setting setting(user());
    setting.identity_documents({document_of(allow("ec2:*")),
                                document_of(deny("s3:Delete*") + "," + allow("*") + "," + s3_all.data())});
    const Decision allowed_by = setting.ask("s3:GetObject", object);
    EXPECT_EQ(allowed_by.statement, (StatementRef{0, 1, 1}));
    const Decision denied_by = setting.ask("s3:DeleteObject", object);
    EXPECT_EQ(denied_by.statement, (StatementRef{0, 1, 0}));
}

TEST(DecideAll, NeedsEveryPair) {
    Setting setting(user());
    setting.identity(allow("s3:GetObject") + "," + allow("iam:PassRole"));
    const Request get(setting.caller, {.action = "s3:GetObject", .resource = object}, setting.context);
    const Request put(setting.caller, {.action = "s3:PutObject", .resource = object}, setting.context);
    const std::array<const Request*, 2> mixed{&get, &put}, good{&get, &get};
    std::size_t failed = 99;
    EXPECT_EQ(decide_all(setting.policies, mixed, &failed).verdict, implicit_deny);
    EXPECT_EQ(failed, 1U);
    EXPECT_TRUE(decide_all(setting.policies, good).allowed());
    EXPECT_FALSE(decide_all(setting.policies, {}).allowed());
}

}  // namespace
}  // namespace writ::engine
