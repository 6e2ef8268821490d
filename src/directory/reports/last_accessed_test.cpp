#include "directory/reports/last_accessed.h"

#include "directory/internal/reports/granted_actions.h"
#include "directory/internal/testing.h"
#include "directory/policies/attachments.h"
#include "directory/policies/inline_policies.h"
#include "directory/policies/policies.h"
#include "directory/principals/groups.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

std::vector<std::string> granted_by(std::string_view document) {
    GrantedActions granted;
    granted.add(document);
    std::vector<std::string> services;
    for (const std::string_view service : services_of(granted.actions())) services.emplace_back(service);
    return services;
}

using Names = std::vector<std::string>;

TEST(GrantedActionsTest, AreThoseThatSomeAllowMatches) {  // 8.15.
    EXPECT_EQ(granted_by(R"({"Statement":[{"Effect":"Allow","Action":["s3:GetObject","iam:Get*"],)"
                         R"("Resource":"arn:aws:s3:::b/*"}]})"),
              (Names{"iam", "s3"}));
    EXPECT_EQ(granted_by(R"({"Statement":{"Effect":"Allow","Action":"s3:NoSuchAction","Resource":"*"}})"),
              Names{});
    EXPECT_EQ(granted_by("no policy"), Names{});
    EXPECT_GT(granted_by(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})").size(), 300U);
}

TEST(GrantedActionsTest, AreThoseThatNotActionLeaves) {
    const Names left =
        granted_by(R"({"Statement":{"Effect":"Allow","NotAction":["s3:*","iam:GetUser"],"Resource":"*"}})");
    EXPECT_EQ(std::ranges::count(left, "s3"), 0);
    EXPECT_EQ(std::ranges::count(left, "iam"), 1);
}

TEST(GrantedActionsTest, AreTakenByDeniesOfEverythingOnly) {
    const auto with_deny = [](const std::string& rest) {
        return granted_by(
            R"({"Statement":[{"Effect":"Allow","Action":["s3:*","iam:GetUser"],"Resource":"*"},)"
            R"({"Effect":"Deny","Action":"s3:*",)" +
            rest + "}]}");
    };
    EXPECT_EQ(with_deny(R"("Resource":"*")"), Names{"iam"});
    EXPECT_EQ(with_deny(R"("Resource":"arn:aws:s3:::b")"), (Names{"iam", "s3"}));
    EXPECT_EQ(with_deny(R"("Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}})"),
              (Names{"iam", "s3"}));
}

class LastAccessedTest : public DirectoryTest {
  protected:
    static constexpr const char* ada_arn = "arn:aws:iam::111122223333:user/ada";
    static constexpr const char* devs_arn = "arn:aws:iam::111122223333:group/devs";
    static constexpr const char* policy_arn = "arn:aws:iam::111122223333:policy/two";
    static constexpr const char* two_services =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:GetUser","iam:PassRole",)"
        R"("s3:GetObject"],"Resource":"*"}]})";

    LastAccessedTest() {
        EXPECT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
            auto ada = create_user(account, {.name = "ada"});
            auto bob = create_user(account, {.name = "bob"});
            ada_id_ = ada->user_id;
            bob_id_ = bob->user_id;
            auto devs = create_group(account, {.name = "devs"});
            auto policy = create_policy(account, {.name = "two", .document = two_services});
            Result<void> next = add_user_to_group(account, "devs", "ada");
            if (next) next = add_user_to_group(account, "devs", "bob");
            if (next) next = attach_policy(account, {OwnerKind::group, "devs"}, policy_arn);
            return next;
        }));
    }
    void use(const std::string& principal, const std::string& service, const std::string& action) {
        EXPECT_TRUE(edit([&](AccountEdit& account) {
            return record_service_use(account, {principal, service, action, clock_.now()}, "eu-west-1");
        }));
    }
    std::string generate(std::string_view arn, bool by_action = false) {
        return *edit([&](AccountEdit& account) {
            return generate_access_report(account,
                                          {.arn = arn, .by_action = by_action, .caller_id = "AIDACALLER"});
        });
    }
    Result<AccessReport> report(const std::string& job, std::string_view caller = "AIDACALLER") {
        return view([&](const AccountView& account) { return get_access_report(account, job, caller, {}); });
    }

    std::string ada_id_, bob_id_;
};

TEST_F(LastAccessedTest, TellsWhatPoliciesGrantAndWhenItWasTried) {
    use(ada_id_, "iam", "GetUser");
    use(ada_id_, "ec2", "RunInstances");  // Not granted.
    const std::string job = generate(ada_arn);
    EXPECT_EQ(job.size(), 36U);
    const auto told = report(job);
    ASSERT_TRUE(told);
    ASSERT_EQ(told->services.items.size(), 2U);
    const ServiceLastAccessed& iam = told->services.items[0];
    EXPECT_EQ(iam.service, "iam");
    EXPECT_EQ(iam.last.at, clock_.now());
    EXPECT_EQ(iam.last.entity_arn, ada_arn);
    EXPECT_EQ(iam.last.region, "eu-west-1");
    EXPECT_EQ(iam.entities, 1);
    EXPECT_TRUE(iam.actions.empty());
    const ServiceLastAccessed& s3 = told->services.items[1];
    EXPECT_EQ(s3.service, "s3");
    EXPECT_FALSE(s3.last.at);
    EXPECT_EQ(s3.entities, 0);
}

TEST_F(LastAccessedTest, TellsActionsOfWhatWritDecides) {
    use(ada_id_, "iam", "GetUser");
    const auto told = report(generate(ada_arn, true));
    EXPECT_TRUE(told->by_action);
    const auto& actions = told->services.items[0].actions;
    ASSERT_EQ(actions.size(), 1U);  // Handing on a role is not tracked.
    EXPECT_EQ(actions[0].name, "GetUser");
    EXPECT_EQ(actions[0].last.at, clock_.now());
    EXPECT_TRUE(told->services.items[1].actions.empty());
}

TEST_F(LastAccessedTest, IsFrozenAndBelongsToWhoAskedForIt) {
    const std::string job = generate(ada_arn);
    use(ada_id_, "iam", "GetUser");
    EXPECT_FALSE(report(job)->services.items[0].last.at);
    EXPECT_EQ(error_of(report(job, "AIDAOTHER")).code, "NoSuchEntity");
    EXPECT_EQ(error_of(report("00000000-0000-4000-8000-000000000000")).code, "NoSuchEntity");
}

TEST_F(LastAccessedTest, ForgetsWhatIsOlderThan400Days) {
    use(ada_id_, "iam", "GetUser");
    clock_.advance(std::chrono::days(400));
    EXPECT_TRUE(report(generate(ada_arn))->services.items[0].last.at);
    clock_.advance(std::chrono::days(1));
    EXPECT_FALSE(report(generate(ada_arn))->services.items[0].last.at);
}

TEST_F(LastAccessedTest, TellsTheMembersOfGroupsAndThoseWhomPoliciesReach) {
    use(ada_id_, "iam", "GetUser");
    clock_.advance(std::chrono::minutes(1));
    use(bob_id_, "iam", "GetUser");
    for (const char* arn : {devs_arn, policy_arn}) {
        const std::string job = generate(arn);
        const auto told = report(job);
        EXPECT_EQ(told->services.items[0].entities, 2) << arn;
        EXPECT_EQ(told->services.items[0].last.entity_arn, "arn:aws:iam::111122223333:user/bob");
        const auto of = [&](std::string_view service) {
            return view([&](const AccountView& account) {
                return get_access_report_entities(account, job, "AIDACALLER", service, {});
            });
        };
        const auto iam = of("iam");
        ASSERT_EQ(iam->entities.items.size(), 2U);
        EXPECT_EQ(iam->entities.items[0].arn, ada_arn);
        EXPECT_EQ(iam->entities.items[0].id, ada_id_);
        EXPECT_TRUE(iam->entities.items[0].at);
        EXPECT_FALSE(of("s3")->entities.items[0].at);
    }
    const std::string job = generate(ada_arn);
    EXPECT_EQ(error_of(view([&](const AccountView& account) {
                  return get_access_report_entities(account, job, "AIDACALLER", "iam", {});
              })).code,
              "InvalidInput");
}

TEST_F(LastAccessedTest, KnowsNoOtherSubjects) {
    const auto error = [&](std::string_view arn) {
        return error_of(edit([&](AccountEdit& account) {
                   return generate_access_report(account, {.arn = arn, .caller_id = "x"});
               }))
            .code;
    };
    EXPECT_EQ(error("arn:aws:iam::111122223333:user/nobody"), "NoSuchEntity");
    EXPECT_EQ(error("arn:aws:iam::111122223333:policy/none"), "NoSuchEntity");
    EXPECT_EQ(error("arn:aws:iam::111122223333:mfa/device"), "InvalidInput");
}

TEST_F(LastAccessedTest, GoesWithItsUserAndAfterAWeek) {
    const std::string job = generate(devs_arn);
    use(ada_id_, "iam", "GetUser");
    EXPECT_TRUE(edit([](AccountEdit& account) -> Result<void> {
        auto removed = remove_user_from_group(account, "devs", "ada");
        return removed ? delete_user(account, "ada") : removed;
    }));
    use(ada_id_, "iam", "GetUser");  // Of nobody any more.
    view([&](const AccountView& account) {
        EXPECT_EQ(*account.records.count<store::ServiceUse>(store::ServiceUse::by_action,
                                                            {.equal = {account.account_id}}),
                  0U);
        return 0;
    });
    clock_.advance(std::chrono::days(8));
    generate(devs_arn);
    EXPECT_EQ(error_of(report(job)).code, "NoSuchEntity");
}

TEST_F(LastAccessedTest, ListsThePoliciesThatGrantAService) {
    EXPECT_TRUE(edit([](AccountEdit& account) {
        return put_inline_policy(account, {OwnerKind::user, "ada"}, "own",
                                 R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})");
    }));
    const auto listed = view([](const AccountView& account) {
        return list_policies_granting_access(account, ada_arn, {"s3", "iam", "ec2"});
    });
    ASSERT_TRUE(listed);
    ASSERT_EQ((*listed)[0].size(), 2U);
    EXPECT_EQ((*listed)[0][0].arn, policy_arn);
    EXPECT_EQ((*listed)[0][1].name, "own");
    EXPECT_EQ((*listed)[0][1].owner_name, "ada");
    EXPECT_EQ((*listed)[1].size(), 1U);
    EXPECT_TRUE((*listed)[2].empty());
}

}  // namespace
}  // namespace writ::directory
