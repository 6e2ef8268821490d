// An account as its organization sees it: made from the store, kept, and made anew when something changes.
#include "directory/organizations/organization.h"

#include <functional>
#include <gtest/gtest.h>

#include "authz/authorize.h"
#include "crypto/sealing.h"
#include "directory/accounts/accounts.h"
#include "directory/organizations/members.h"
#include "directory/organizations/policies.h"
#include "store/records.h"
#include "store/temporary_store.h"

namespace writ::authz {
namespace {

namespace org = directory::organizations;

constexpr std::string_view manager = "111122223333";
constexpr const char* deny_all =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]})";

class OrganizationOfAccount : public testing::Test {
  protected:
    void SetUp() override {
        edit([](directory::AccountEdit& account) {
            ASSERT_TRUE(directory::ensure_account(account.writes, account.environment, manager, nullptr));
        });
    }
    void edit(const std::function<void(directory::AccountEdit&)>& change) {
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(manager), environment_);
        change(account);
        ASSERT_TRUE((*transaction)->commit());
    }
    /// Returns a member.
    std::string make_organization() {
        std::string member;
        edit([&](directory::AccountEdit& account) {
            ASSERT_TRUE(org::create_organization(account, store::FeatureSet::all));
            const auto made = org::create_account(account, {.email = "a@b.example", .name = "a"});
            ASSERT_TRUE(made);
            member = made->account_id;
        });
        return member;
    }
    OrganizationPtr organization_of(std::string_view account) {
        auto organization = subjects_.organization(account);
        EXPECT_TRUE(organization);
        return *organization;
    }
    /// What the root user of the account may do in it, by everything in force.
    Ruling ask(const OrganizationPtr& organization) {
        Caller caller;
        auto principal = std::make_shared<engine::Principal>();
        principal->kind = engine::PrincipalKind::root;
        principal->account = organization->account;
        principal->arn = directory::root_arn("aws", organization->account);
        caller.principal = principal;
        caller.organization = organization;
        Authorizer authorizer(subjects_);
        return authorizer.authorize(caller,
                                    {.action = "iam:ListUsers",
                                     .resource = "*",
                                     .resource_account = {},
                                     .owner = organization.get(),
                                     .shown = {}},
                                    {});
    }

    FixedClock clock_{Instant(std::chrono::milliseconds(1'700'000'000'000))};
    SystemRandom random_;
    std::vector<crypto::RingKey> ring_ = [] {
        std::vector<crypto::RingKey> ring;
        ring.push_back({1, Instant{}, Secret("0123456789abcdef0123456789abcdef")});
        return ring;
    }();
    crypto::SealingKeys keys_ = crypto::SealingKeys::of(ring_);
    store::TemporaryStore store_;
    directory::Environment environment_{.clock = clock_, .random = random_, .sealing = keys_, .quotas = {}};
    Subjects subjects_{*store_, environment_};
};

TEST_F(OrganizationOfAccount, IsNoneUntilTheAccountJoinsOne) {
    const auto before = organization_of(manager);
    EXPECT_EQ(before->id, "");
    EXPECT_FALSE(before->service_control);
    EXPECT_EQ(organization_of(manager), before) << "it is kept";
    make_organization();
    const auto after = organization_of(manager);
    EXPECT_NE(after->id, "");
    EXPECT_TRUE(after->manages());
    EXPECT_FALSE(after->service_control) << "nothing binds the management account";
}

TEST_F(OrganizationOfAccount, HasALevelForEachNodeAndFollowsChanges) {
    const std::string member = make_organization();
    const auto before = organization_of(member);
    ASSERT_TRUE(before->service_control);
    EXPECT_EQ(before->service_control->views().size(), 2U);
    EXPECT_FALSE(before->resource_control);
    EXPECT_TRUE(ask(before).allowed());
    edit([&](directory::AccountEdit& account) {
        const auto policy =
            org::create_policy(account, {.type = store::OrganizationPolicyType::service_control,
                                         .name = "deny",
                                         .description = {},
                                         .content = deny_all});
        ASSERT_TRUE(policy);
        ASSERT_TRUE(org::attach_policy(account, policy->summary.id, member));
    });
    const auto after = organization_of(member);
    EXPECT_NE(after, before);
    const Ruling ruling = ask(after);
    EXPECT_EQ(ruling.decision.verdict, engine::Verdict::explicit_deny);
    EXPECT_EQ(ruling.decision.decided_by, engine::Layer::scp);
    EXPECT_TRUE(ask(before).allowed()) << "who holds the old value keeps it until done";
}

TEST_F(OrganizationOfAccount, APolicyThatCannotBeReadDeniesEverything) {
    const std::string member = make_organization();
    edit([&](directory::AccountEdit& account) {
        const std::string id = organization_of(member)->id;
        ASSERT_TRUE(account.writes.insert(store::OrganizationPolicy{.organization_id = id,
                                                                    .policy_id = "p-broken",
                                                                    .name = "broken",
                                                                    .description = "",
                                                                    .content = "{"}));
        ASSERT_TRUE(org::attach_policy(account, "p-broken", member));
    });
    const auto organization = organization_of(member);
    EXPECT_NE(organization->defect, "");
    EXPECT_FALSE(ask(organization).allowed());
    EXPECT_TRUE(ask(organization_of(manager)).allowed());
}

TEST_F(OrganizationOfAccount, WhereItIsUnknownEverythingIsDenied) {
    Caller caller;
    auto principal = std::make_shared<engine::Principal>();
    principal->kind = engine::PrincipalKind::root;
    principal->account = manager;
    caller.principal = principal;
    Authorizer authorizer(subjects_);
    const Ruling ruling = authorizer.authorize(
        caller, {.action = "iam:ListUsers", .resource = "*", .resource_account = {}, .shown = {}}, {});
    EXPECT_FALSE(ruling.allowed()) << "an unknown organization is a defect";
    EXPECT_NE(ruling.defect, "");
}

}  // namespace
}  // namespace writ::authz
