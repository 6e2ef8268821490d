// The promises of include/writ/engine.h.
#include <array>
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "writ/engine.h"

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* bob = "arn:aws:iam::111122223333:user/bob";
constexpr const char* object = "arn:aws:s3:::orders/1";
constexpr const char* allow_s3 =
    R"({"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"}})";
constexpr const char* allow_all =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr const char* deny_s3 =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},)"
    R"({"Sid":"D","Effect":"Deny","Action":"s3:*","Resource":"*"}]})";

struct Free {
    void operator()(writ_policies* policies) const { writ_policies_free(policies); }
    void operator()(writ_request* request) const { writ_request_free(request); }
    void operator()(char* text) const { writ_string_free(text); }
};
using Policies = std::unique_ptr<writ_policies, Free>;
using Request = std::unique_ptr<writ_request, Free>;
using Text = std::unique_ptr<char, Free>;

Policies policies_with(std::initializer_list<std::pair<writ_policy_type, const char*>> documents) {
    Policies policies(writ_policies_new());
    for (const auto& [type, json] : documents) {
        writ_error error{};
        EXPECT_EQ(writ_policies_add(policies.get(), type, 0, nullptr, json, &error), WRIT_OK)
            << error.message;
    }
    return policies;
}

Request request_of(const char* principal, const char* action = "s3:GetObject",
                   const char* resource = object) {
    writ_error error{};
    Request request(writ_request_new(principal, action, resource, &error));
    EXPECT_NE(request, nullptr) << error.message;
    return request;
}

writ_decision ask(const Policies& policies, const Request& request) {
    return writ_decide(policies.get(), request.get());
}

TEST(Embed, DecidesByThePolicyTypeThatItNames) {
    const Request request = request_of(bob);
    const writ_decision nothing = ask(policies_with({}), request);
    EXPECT_EQ(nothing.verdict, WRIT_IMPLICIT_DENY);
    EXPECT_EQ(nothing.decided_by, WRIT_BY_IDENTITY);
    EXPECT_EQ(nothing.policy, WRIT_NO_INDEX);
    EXPECT_EQ(nothing.statement, WRIT_NO_INDEX);

    const writ_decision allowed =
        ask(policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_IDENTITY, allow_all}}), request);
    EXPECT_EQ(allowed.verdict, WRIT_ALLOWED);
    EXPECT_EQ(allowed.decided_by, WRIT_BY_IDENTITY);
    EXPECT_EQ(allowed.policy, 0U);

    const writ_decision denied =
        ask(policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_BOUNDARY, deny_s3}}), request);
    EXPECT_EQ(denied.verdict, WRIT_EXPLICIT_DENY);
    EXPECT_EQ(denied.decided_by, WRIT_BY_BOUNDARY);
    EXPECT_EQ(denied.statement, 1U);
}

struct Silent {
    writ_policy_type type;
    writ_decider decider;
};

TEST(Embed, PutsPolicyTypesInForceWithoutDocuments) {
    for (const Silent& row : {Silent{WRIT_BOUNDARY, WRIT_BY_BOUNDARY}, Silent{WRIT_SESSION, WRIT_BY_SESSION},
                              Silent{WRIT_SCP, WRIT_BY_SCP}, Silent{WRIT_RCP, WRIT_BY_RCP},
                              Silent{WRIT_ENDPOINT, WRIT_BY_ENDPOINT}}) {
        SCOPED_TRACE(writ_decider_name(row.decider));
        const Policies policies = policies_with({{WRIT_IDENTITY, allow_s3}});
        const Request request = request_of(bob);
        EXPECT_EQ(ask(policies, request).verdict, WRIT_ALLOWED);
        EXPECT_EQ(writ_policies_require(policies.get(), row.type, 0, nullptr), WRIT_OK);
        EXPECT_EQ(ask(policies, request).verdict, WRIT_IMPLICIT_DENY);
        EXPECT_EQ(ask(policies, request).decided_by, row.decider);
    }
}

TEST(Embed, AsksEveryLevelOfAnOrganization) {
    const Policies policies = policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_SCP, allow_all}});
    const Request request = request_of(bob);
    EXPECT_EQ(ask(policies, request).verdict, WRIT_ALLOWED);
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_SCP, 2, nullptr, allow_all, nullptr), WRIT_OK);
    EXPECT_EQ(ask(policies, request).decided_by, WRIT_BY_SCP);
    EXPECT_EQ(ask(policies, request).level, 1U);
    EXPECT_EQ(writ_policies_add_managed(
                  policies.get(), WRIT_SCP, 1,
                  "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", nullptr),
              WRIT_OK);
    EXPECT_EQ(ask(policies, request).verdict, WRIT_ALLOWED);
    EXPECT_EQ(writ_request_set_fact(request.get(), WRIT_MANAGEMENT_ACCOUNT, "111122223333"), WRIT_OK);
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_SCP, 3, nullptr, deny_s3, nullptr), WRIT_OK);
    EXPECT_EQ(ask(policies, request).verdict, WRIT_ALLOWED);  // SCPs do not bind it (spec 5.2).
}

TEST(Embed, ReportsWhereAPolicyIsWrong) {
    const Policies policies = policies_with({});
    writ_error error{};
    const char* misspelt = "{\"Version\": \"2012-10-17\",\n \"Statement\": {\"Efect\": \"Allow\"}}";
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_IDENTITY, 0, nullptr, misspelt, &error),
              WRIT_INVALID_POLICY);
    EXPECT_EQ(error.status, WRIT_INVALID_POLICY);
    EXPECT_EQ(error.line, 2U);
    EXPECT_EQ(error.column, 16U);
    EXPECT_EQ(std::string(misspelt).substr(error.byte, 7), "\"Efect\"");
    EXPECT_THAT(error.message, StartsWith("Syntax errors in policy."));
    EXPECT_THAT(error.message, HasSubstr("Effect"));
    EXPECT_EQ(ask(policies, request_of(bob)).verdict, WRIT_IMPLICIT_DENY);
}

TEST(Embed, CutsLongMessagesBetweenCharacters) {
    const Policies policies = policies_with({});
    std::string name;
    for (int i = 0; i < 1000; ++i) name += "é";
    writ_error error{};
    const std::string json = R"({"Statement":{")" + name + R"(":1}})";
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_IDENTITY, 0, nullptr, json.c_str(), &error),
              WRIT_INVALID_POLICY);
    const std::string message = error.message;
    EXPECT_LT(message.size(), sizeof error.message);
    EXPECT_NE(static_cast<unsigned char>(message.back()), 0xC3U);
}

TEST(Embed, RefusesImpossibleArgumentsAndChangesNothing) {
    const Policies policies = policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_BOUNDARY, allow_all}});
    writ_policies* const handle = policies.get();
    writ_error error{};
    EXPECT_EQ(writ_policies_add(nullptr, WRIT_IDENTITY, 0, nullptr, allow_s3, &error), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(error.line, 0U);
    EXPECT_EQ(writ_policies_add(handle, WRIT_IDENTITY, 0, nullptr, nullptr, nullptr), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_policies_add(handle, WRIT_IDENTITY, 1, nullptr, deny_s3, nullptr), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_policies_add(handle, WRIT_SCP, 1000000, nullptr, deny_s3, nullptr), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_policies_add(handle, WRIT_BOUNDARY, 0, nullptr, deny_s3, nullptr), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_policies_add_managed(handle, WRIT_IDENTITY, 0, "arn:aws:iam::aws:policy/Nothing", nullptr),
              WRIT_NOT_FOUND);
    EXPECT_EQ(writ_policies_add_managed(handle, WRIT_IDENTITY, 0, "/etc/passwd", nullptr),
              WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(ask(policies, request_of(bob)).verdict, WRIT_ALLOWED);

    EXPECT_EQ(writ_request_new("bob", "s3:GetObject", object, &error), nullptr);
    EXPECT_EQ(error.status, WRIT_INVALID_ARGUMENT);
    EXPECT_THAT(error.message, HasSubstr("bob"));
    EXPECT_EQ(writ_request_new(bob, nullptr, object, nullptr), nullptr);
    const Request request = request_of(bob);
    const std::array<const char*, 2> holed{"a", nullptr};
    EXPECT_EQ(writ_request_set(request.get(), nullptr, "x"), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_request_set_list(request.get(), "k", holed.data(), 2), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_request_set_fact(request.get(), WRIT_SERVICE_LINKED, "yes"), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(writ_request_set_time(request.get(), INT64_MAX), WRIT_INVALID_ARGUMENT);
    EXPECT_EQ(ask(policies, request).verdict, WRIT_ALLOWED);
}

TEST(Embed, DeniesWithoutArguments) {
    const writ_decision decision = writ_decide(nullptr, nullptr);
    EXPECT_EQ(decision.verdict, WRIT_IMPLICIT_DENY);
    EXPECT_EQ(decision.decided_by, WRIT_BY_NOTHING);
    EXPECT_EQ(writ_explain_json(nullptr, nullptr), nullptr);
    EXPECT_EQ(writ_denial_message(nullptr, nullptr), nullptr);
    writ_policies_free(nullptr);
    writ_request_free(nullptr);
    writ_string_free(nullptr);
}

std::string allow_if(const std::string& condition) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
           condition + "}}";
}

writ_verdict verdict_if(const std::string& condition, const Request& request) {
    return ask(policies_with({{WRIT_IDENTITY, allow_if(condition).c_str()}}), request).verdict;
}

TEST(Embed, FillsTheContextAsTheServerDoes) {
    const Request request = request_of(bob);
    EXPECT_EQ(verdict_if(R"({"StringEquals":{"aws:username":"bob"}})", request), WRIT_ALLOWED);
    EXPECT_EQ(verdict_if(R"({"StringEquals":{"aws:PrincipalAccount":"111122223333"}})", request),
              WRIT_ALLOWED);
    EXPECT_EQ(verdict_if(R"({"DateGreaterThan":{"aws:CurrentTime":"2020-01-01"}})", request), WRIT_ALLOWED);
    EXPECT_EQ(writ_request_set_time(request.get(), 0), WRIT_OK);
    EXPECT_EQ(verdict_if(R"({"DateEquals":{"aws:CurrentTime":"1970-01-01"}})", request), WRIT_ALLOWED);
}

TEST(Embed, LetsTheCallerOverrideTheContext) {
    const Request request = request_of(bob);
    const std::string named = R"({"StringEquals":{"AWS:UserName":"eve"}})";
    EXPECT_EQ(verdict_if(named, request), WRIT_IMPLICIT_DENY);
    EXPECT_EQ(writ_request_set(request.get(), "aws:USERNAME", "eve"), WRIT_OK);
    EXPECT_EQ(verdict_if(named, request), WRIT_ALLOWED);
    EXPECT_EQ(writ_request_set_fact(request.get(), WRIT_PRINCIPAL_ID, "AIDA1"), WRIT_OK);
    EXPECT_EQ(writ_request_set_target(request.get(), "ec2:RunInstances", "*"), WRIT_OK);
    EXPECT_EQ(verdict_if(named, request),
              WRIT_ALLOWED);  // Neither facts nor targets bring back what was derived.
    EXPECT_EQ(verdict_if(R"({"StringEquals":{"aws:userid":"AIDA1"}})", request), WRIT_ALLOWED);
    EXPECT_EQ(writ_request_remove(request.get(), "aws:username"), WRIT_OK);
    EXPECT_EQ(verdict_if(R"({"Null":{"aws:username":"true"}})", request), WRIT_ALLOWED);
}

TEST(Embed, TellsListsFromSingleValues) {  // C13
    const Request request = request_of(bob);
    const std::array<const char*, 1> keys{"team"};
    const std::string single = R"({"StringEquals":{"aws:TagKeys":"team"}})";
    EXPECT_EQ(writ_request_set_list(request.get(), "aws:TagKeys", keys.data(), keys.size()), WRIT_OK);
    EXPECT_EQ(verdict_if(single, request), WRIT_IMPLICIT_DENY);
    EXPECT_EQ(verdict_if(R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"team"}})", request), WRIT_ALLOWED);
    EXPECT_EQ(writ_request_set(request.get(), "aws:TagKeys", "team"), WRIT_OK);
    EXPECT_EQ(verdict_if(single, request), WRIT_ALLOWED);
    EXPECT_EQ(writ_request_set_list(request.get(), "aws:TagKeys", nullptr, 0), WRIT_OK);
    EXPECT_EQ(verdict_if(R"({"Null":{"aws:TagKeys":"false"}})", request), WRIT_ALLOWED);  // ?13
}

TEST(Embed, TakesEveryFact) {
    const char* names_role =
        R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/team/ops"},)"
        R"("Action":"s3:*","Resource":"*"}})";
    const Request session = request_of("arn:aws:sts::111122223333:assumed-role/ops/s1");
    const Policies by_role = policies_with({{WRIT_RESOURCE, names_role}});
    EXPECT_EQ(ask(by_role, session).verdict, WRIT_IMPLICIT_DENY);
    EXPECT_EQ(writ_request_set_fact(session.get(), WRIT_ROLE_ARN, "arn:aws:iam::111122223333:role/team/ops"),
              WRIT_OK);
    EXPECT_EQ(ask(by_role, session).verdict, WRIT_ALLOWED);

    const Policies limited = policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_SCP, deny_s3}});
    EXPECT_EQ(ask(limited, session).verdict, WRIT_EXPLICIT_DENY);
    EXPECT_EQ(writ_request_set_fact(session.get(), WRIT_SERVICE_LINKED, "true"), WRIT_OK);
    EXPECT_EQ(ask(limited, session).verdict, WRIT_ALLOWED);  // E9

    const Request owner = request_of(bob);
    const Policies own = policies_with({{WRIT_IDENTITY, allow_s3}});
    EXPECT_EQ(writ_request_set_fact(owner.get(), WRIT_RESOURCE_ACCOUNT, "444455556666"), WRIT_OK);
    EXPECT_EQ(ask(own, owner).decided_by, WRIT_BY_RESOURCE);  // Step 7

    const char* names_canonical =
        R"({"Statement":{"Effect":"Allow","Principal":{"CanonicalUser":"abc"},"Action":"s3:*","Resource":"*"}})";
    const Policies canonical = policies_with({{WRIT_IDENTITY, allow_s3}, {WRIT_RESOURCE, names_canonical}});
    EXPECT_EQ(ask(canonical, owner).verdict, WRIT_IMPLICIT_DENY);
    EXPECT_EQ(writ_request_set_fact(owner.get(), WRIT_CANONICAL_USER_ID, "abc"), WRIT_OK);
    EXPECT_EQ(ask(canonical, owner).verdict, WRIT_ALLOWED);

    const char* names_issuer =
        R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},)"
        R"("Action":"s3:*","Resource":"*"}})";
    const Request federated = request_of("arn:aws:sts::111122223333:federated-user/fed");
    const Policies by_issuer = policies_with({{WRIT_SESSION, allow_s3}, {WRIT_RESOURCE, names_issuer}});
    EXPECT_EQ(ask(by_issuer, federated).verdict, WRIT_IMPLICIT_DENY);
    EXPECT_EQ(writ_request_set_fact(federated.get(), WRIT_ISSUER_ARN, bob), WRIT_OK);
    EXPECT_EQ(ask(by_issuer, federated).verdict, WRIT_ALLOWED);  // D6

    const Request root = request_of("arn:aws:iam::111122223333:root");
    const Policies task = policies_with({{WRIT_SESSION, deny_s3}});
    EXPECT_EQ(ask(task, root).decided_by, WRIT_BY_ROOT);
    EXPECT_EQ(writ_request_set_fact(root.get(), WRIT_ASSUMED_ROOT, "true"), WRIT_OK);
    EXPECT_EQ(ask(task, root).verdict, WRIT_EXPLICIT_DENY);  // ?34
}

TEST(Embed, ExplainsInTheWordsOfPolicyCases) {
    const Policies policies = policies_with({});
    const writ_policy_source source{"Guard", "arn:aws:iam::111122223333:policy/Guard", "group developers"};
    EXPECT_EQ(writ_policies_add(policies.get(), WRIT_IDENTITY, 0, &source, deny_s3, nullptr), WRIT_OK);
    const Request request = request_of(bob);
    const Text json(writ_explain_json(policies.get(), request.get()));
    ASSERT_NE(json, nullptr);
    EXPECT_THAT(json.get(), HasSubstr(R"("decision":"explicitDeny","decided_by":"identity")"));
    EXPECT_THAT(json.get(), HasSubstr(R"("policy":"Guard")"));
    EXPECT_THAT(json.get(), HasSubstr(R"("sid":"D")"));
    EXPECT_THAT(json.get(), HasSubstr("group developers"));
    const Text message(writ_denial_message(policies.get(), request.get()));
    ASSERT_NE(message, nullptr);
    EXPECT_STREQ(message.get(),
                 "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject on "
                 "resource: \"arn:aws:s3:::orders/1\" with an explicit deny in an identity-based policy: "
                 "arn:aws:iam::111122223333:policy/Guard");
    EXPECT_EQ(writ_denial_message(policies_with({{WRIT_IDENTITY, allow_s3}}).get(), request.get()), nullptr);
}

TEST(Embed, NamesWhatItDecides) {
    EXPECT_STREQ(writ_verdict_name(WRIT_ALLOWED), "allowed");
    EXPECT_STREQ(writ_verdict_name(WRIT_EXPLICIT_DENY), "explicitDeny");
    EXPECT_STREQ(writ_verdict_name(WRIT_IMPLICIT_DENY), "implicitDeny");
    EXPECT_STREQ(writ_decider_name(WRIT_BY_IDENTITY), "identity");
    EXPECT_STREQ(writ_decider_name(WRIT_BY_ENDPOINT), "endpoint");
    EXPECT_STREQ(writ_decider_name(WRIT_BY_NOTHING), "implicit");
    EXPECT_STREQ(writ_version(), WRIT_TEST_VERSION);
}

TEST(Embed, AnswersManyThreadsAtOnce) {
    const Policies policies = policies_with({{WRIT_IDENTITY, deny_s3}, {WRIT_RCP, allow_all}});
    const Request request = request_of(bob);
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 200; ++n) {
                const Text json(writ_explain_json(policies.get(), request.get()));
                wrong += json == nullptr || ask(policies, request).verdict != WRIT_EXPLICIT_DENY;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
