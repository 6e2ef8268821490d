// Spec 6.1 and 6.2: the access-denied sentence, literally.
#include <gtest/gtest.h>

#include "engine/explain.h"
#include "engine/internal/testing.h"

namespace writ::engine {
namespace {

using namespace testing;

constexpr std::string_view object = "arn:aws:s3:::bk/x";
constexpr std::string_view queue = "arn:aws:sqs:eu-west-1:111111111111:jobs";
constexpr std::string_view role = "arn:aws:iam::111111111111:role/team/ops";

std::string message_of(Setting& setting, std::string_view action, std::string_view resource,
                       std::optional<std::string_view> shown = std::nullopt, bool name_policy_arn = true) {
    const Decision decision = setting.ask(action, resource);
    setting.fields.action = action;
    setting.fields.resource = resource;
    const Request request(setting.caller, setting.fields, setting.context);
    return denial_message(setting.policies, request, decision, shown, name_policy_arn);
}

constexpr std::string_view bob = "User: arn:aws:iam::111111111111:user/bob is not authorized to perform: ";
constexpr std::string_view on_queue = " on resource: arn:aws:sqs:eu-west-1:111111111111:jobs ";

struct Row {
    std::string_view id;
    std::function<void(Setting&)> given;
    std::string_view reason;
};

TEST(DenialMessage, NamesThePolicyTypeThatDecided) {
    const std::string all = allow("*"), none = deny("sqs:*");
    const std::string deny_all = grant("Deny", R"("*")"), allow_all = grant("Allow", R"("*")");
    const std::vector<Row> rows{
        {"identity, implicit", [](Setting&) {},
         "because no identity-based policy allows the sqs:SendMessage action"},
        {"identity, explicit", [&](Setting& s) { s.identity(none); },
         "with an explicit deny in an identity-based policy"},
        {"boundary, implicit", [&](Setting& s) { s.identity(all).boundary(""); },
         "because no permissions boundary allows the sqs:SendMessage action"},
        {"boundary, explicit", [&](Setting& s) { s.boundary(none); },
         "with an explicit deny in a permissions boundary"},
        {"session, implicit", [&](Setting& s) { s.identity(all).session(""); },
         "because no session policy allows the sqs:SendMessage action"},
        {"session, explicit", [&](Setting& s) { s.session(none); },
         "with an explicit deny in a session policy"},
        {"SCP, implicit", [&](Setting& s) { s.scp({all, ""}); },
         "because no service control policy allows the sqs:SendMessage action"},
        {"SCP, explicit", [&](Setting& s) { s.scp({all, none}); },
         "with an explicit deny in a service control policy"},
        {"RCP, implicit", [&](Setting& s) { s.rcp({""}); },
         "because no resource control policy allows the sqs:SendMessage action"},
        {"RCP, explicit", [&](Setting& s) { s.rcp({deny_all}); },
         "with an explicit deny in a resource control policy"},
        {"resource, explicit", [&](Setting& s) { s.resource(deny_all); },
         "with an explicit deny in a resource-based policy"},
        {"endpoint, implicit", [&](Setting& s) { s.endpoint(""); },
         "because no VPC endpoint policy allows the sqs:SendMessage action"},
        {"endpoint, explicit", [&](Setting& s) { s.endpoint(deny_all); },
         "with an explicit deny in a VPC endpoint policy"},
        {"6.2, 2: SCP before RCP before identity",
         [&](Setting& s) { s.identity(none).scp({none}).rcp({deny_all}).resource(deny_all); },
         "with an explicit deny in a service control policy"},
        {"6.2, 2: identity before resource", [&](Setting& s) { s.identity(none).resource(deny_all); },
         "with an explicit deny in an identity-based policy"},
        {"6.2, 3: SCP before identity", [&](Setting& s) { s.scp({""}); },
         "because no service control policy allows the sqs:SendMessage action"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.id);
        Setting setting(user());
        row.given(setting);
        const std::string expected =
            std::string(bob) + "sqs:SendMessage" + std::string(on_queue) + std::string(row.reason);
        EXPECT_EQ(message_of(setting, "sqs:SendMessage", queue), expected);
    }
}

TEST(DenialMessage, SpellsTheActionAsDocumented) {
    Setting setting(user());
    EXPECT_EQ(message_of(setting, "SQS:sendmessage", queue),
              std::string(bob) + "sqs:SendMessage" + std::string(on_queue) +
                  "because no identity-based policy allows the sqs:SendMessage action");
    EXPECT_EQ(message_of(setting, "acme:Paint", "arn:aws:acme:::wall"),
              std::string(bob) + "acme:Paint on resource: arn:aws:acme:::wall " +
                  "because no identity-based policy allows the acme:Paint action");
}

TEST(DenialMessage, PrintsTheResourceAsTheOperationDoes) {
    Setting setting(user());
    const std::string_view reason_for = " because no identity-based policy allows the ";
    EXPECT_EQ(
        message_of(setting, "s3:ListAllMyBuckets", "*"),
        std::string(bob) + "s3:ListAllMyBuckets" + std::string(reason_for) + "s3:ListAllMyBuckets action");
    EXPECT_EQ(message_of(setting, "s3:GetObject", object),
              std::string(bob) + "s3:GetObject on resource: \"arn:aws:s3:::bk/x\"" + std::string(reason_for) +
                  "s3:GetObject action");
    EXPECT_EQ(message_of(setting, "iam:GetRole", role, "role ops"),
              std::string(bob) + "iam:GetRole on resource: role ops" + std::string(reason_for) +
                  "iam:GetRole action");
}

TEST(DenialMessage, PrintsEveryKindOfCaller) {
    const auto begin = [](Principal caller) {
        Setting setting(std::move(caller));
        const std::string text = message_of(setting, "sqs:SendMessage", queue);
        return text.substr(0, text.find(" is not"));
    };
    EXPECT_EQ(begin(role_session()), "User: arn:aws:sts::111111111111:assumed-role/ops/s1");
    EXPECT_EQ(begin(federated_user()), "User: arn:aws:sts::111111111111:federated-user/fed");
    EXPECT_EQ(begin(root()), "User: arn:aws:iam::111111111111:root");
    EXPECT_EQ(begin(Principal{}), "User: anonymous");
    EXPECT_EQ(begin(service()), "User: logs.amazonaws.com");
}

TEST(DenialMessage, SaysOnlyTheActionToCallersWithoutArn) {  // N5
    Setting setting(provider());
    setting.trust(R"({"Effect":"Deny","Principal":"*","Action":"sts:*"})");
    EXPECT_EQ(message_of(setting, "sts:AssumeRoleWithSAML", role),
              "Not authorized to perform sts:AssumeRoleWithSAML");
}

TEST(DenialMessage, GivesNoReasonForRoles) {  // N3, N4, N6, ?19
    Setting setting(user());
    setting.trust(R"({"Effect":"Deny","Principal":"*","Action":"sts:*"})");
    EXPECT_EQ(message_of(setting, "sts:AssumeRole", role),
              std::string(bob) + "sts:AssumeRole on resource: " + std::string(role));
    EXPECT_EQ(message_of(setting, "sts:TagSession", role),
              std::string(bob) + "sts:TagSession on resource: " + std::string(role));
    Setting silent(user());
    silent.trust(R"({"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"})");
    EXPECT_EQ(message_of(silent, "sts:AssumeRole", role),
              std::string(bob) + "sts:AssumeRole on resource: " + std::string(role));
}

// A set of one managed policy.
PolicySet managed(const std::string& statements, policy::PolicyType type, std::string arn) {
    std::vector<PolicySet::Member> members;
    members.push_back({compile(document_of(statements), type), {"P", std::move(arn), ""}});
    return PolicySet(std::move(members));
}

TEST(DenialMessage, AppendsTheArnOfThePolicyThatDenies) {  // N1
    const PolicySet denies =
        managed(deny("sqs:*"), policy::PolicyType::identity, "arn:aws:iam::111111111111:policy/P");
    Setting setting(user());
    setting.policies.identity = &denies;
    const std::string without = std::string(bob) + "sqs:SendMessage" + std::string(on_queue) +
                                "with an explicit deny in an identity-based policy";
    EXPECT_EQ(message_of(setting, "sqs:SendMessage", queue),
              without + ": arn:aws:iam::111111111111:policy/P");
    EXPECT_EQ(message_of(setting, "sqs:SendMessage", queue, std::nullopt, false), without);

    const PolicySet resource = managed(grant("Deny", R"("*")"), policy::PolicyType::resource, "arn:aws:x");
    Setting by_resource(user());
    by_resource.policies.resource = &resource;
    EXPECT_TRUE(message_of(by_resource, "sqs:SendMessage", queue)
                    .ends_with("explicit deny in a resource-based policy"));
}

TEST(DenialMessage, AppendsNoArnToImplicitDenials) {  // N2
    const PolicySet other =
        managed(allow("ec2:*"), policy::PolicyType::boundary, "arn:aws:iam::111111111111:policy/P");
    Setting setting(user());
    setting.identity(allow("*"));
    setting.policies.boundary = &other;
    EXPECT_TRUE(message_of(setting, "sqs:SendMessage", queue).ends_with("the sqs:SendMessage action"));
}

TEST(DenialMessage, KeepsThePolicyArnInsideTheOrganization) {  // N1
    const PolicySet denies =
        managed(deny("sqs:*"), policy::PolicyType::scp, "arn:aws:organizations::333333333333:policy/o-1/p-1");
    const PolicySet* const level = &denies;
    Setting setting(user(account_b));
    setting.policies.scp = std::span(&level, 1);
    EXPECT_TRUE(message_of(setting, "sqs:SendMessage", queue).ends_with("in a service control policy"));
    setting.context.set("aws:PrincipalOrgID", "o-1");
    setting.context.set("aws:ResourceOrgID", "o-2");
    EXPECT_TRUE(message_of(setting, "sqs:SendMessage", queue).ends_with("in a service control policy"));
    setting.context.set("aws:ResourceOrgID", "o-1");
    EXPECT_TRUE(message_of(setting, "sqs:SendMessage", queue).ends_with("policy/o-1/p-1"));
}

TEST(DenialMessage, NamesTheSideThatAwsNamesAcrossAccounts) {  // Spec 6.2, 4
    const std::string names_account = grant("Allow", R"({"AWS":"222222222222"})");
    const std::string names_user = grant("Allow", R"({"AWS":"arn:aws:iam::222222222222:user/bob"})");
    const auto reason = [](const std::function<void(Setting&)>& given) {
        Setting setting(user(account_b));
        given(setting);
        const std::string text = message_of(setting, "sqs:SendMessage", queue);
        const std::size_t at = std::min(text.find("because"), text.find("with an"));
        return at == std::string::npos ? text : text.substr(at);
    };
    const std::string by_resource = "because no resource-based policy allows the sqs:SendMessage action";
    EXPECT_EQ(reason([&](Setting& s) { s.resource(names_account); }), by_resource);
    EXPECT_EQ(reason([&](Setting& s) { s.resource(names_user); }),
              "because no identity-based policy allows the sqs:SendMessage action");
    EXPECT_EQ(reason([&](Setting& s) { s.identity(allow("*")); }), by_resource);
    EXPECT_EQ(reason([&](Setting&) {}), by_resource);
    EXPECT_EQ(reason([&](Setting& s) { s.identity(deny("*")); }),
              "with an explicit deny in an identity-based policy");
    EXPECT_EQ(reason([&](Setting& s) { s.identity(allow("*")).resource(grant("Deny", R"("*")")); }),
              "with an explicit deny in a resource-based policy");
}

TEST(DenialMessage, GivesNoReasonWhereNoPolicyHasASay) {  // E12
    Setting setting(user());
    setting.identity(allow("*"));
    EXPECT_EQ(message_of(setting, "iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
              std::string(bob) + "iam:DeletePolicy on resource: arn:aws:iam::aws:policy/ReadOnlyAccess");
}

}  // namespace
}  // namespace writ::engine
