// What is known of resources of other services: made from the store, kept, and made anew when it changes.
#include "authz/resources.h"

#include <functional>
#include <gtest/gtest.h>

#include "authz/authorize.h"
#include "crypto/sealing.h"
#include "directory/accounts/accounts.h"
#include "store/faulty_store.h"
#include "store/temporary_store.h"

namespace writ::authz {
namespace {

using directory::AccountEdit;
using directory::FactKind;

constexpr const char* account_id = "111122223333";
const std::string bucket = "arn:aws:s3:::docs";
const std::string function = "arn:aws:lambda:us-east-1:111122223333:function:f";
const std::string anyone = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*",)"
                           R"("Action":"*","Resource":"*"}})";

class ResourcesTest : public testing::Test {
  protected:
    void SetUp() override {
        edit([](AccountEdit& account) {
            return directory::ensure_account(account.writes, account.environment, account_id, nullptr);
        });
    }
    template <class Change>
    void edit(const Change& change) {
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        AccountEdit account(**transaction, account_id, environment_);
        ASSERT_TRUE(change(account));
        ASSERT_TRUE((*transaction)->commit());
    }
    void put(const std::string& arn) {
        edit([&](AccountEdit& account) { return directory::put_resource_policy(account, arn, anyone); });
    }
    void tag(const std::string& arn, const directory::TagPairs& tags) {
        edit([&](AccountEdit& account) { return directory::set_resource_tags(account, arn, tags, true); });
    }
    ResourcePtr find(const std::string& arn) {
        auto found = resources_.find(account_id, arn);
        EXPECT_TRUE(found);
        return *found;
    }
    ResourceInForce in_force(const std::string& arn) {
        auto found = resources_.in_force(account_id, arn);
        EXPECT_TRUE(found);
        return *found;
    }
    /// How many documents decide about it.
    std::size_t policies_of(const std::string& arn) {
        const ResourceInForce found = in_force(arn);
        const engine::PolicySet* policy = found.policy_holder->policy_view();
        return policy == nullptr ? 0 : policy->members().size();
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
    store::FaultyStore faulty_{*store_};
    directory::Environment environment_{.clock = clock_, .random = random_, .sealing = keys_, .quotas = {}};
    Resources resources_{faulty_, environment_};
};

TEST_F(ResourcesTest, AChangeIsVisibleAtOnce) {
    EXPECT_EQ(find(bucket)->policy_view(), nullptr);
    put(bucket);
    const ResourcePtr before = find(bucket);
    ASSERT_NE(before->policy_view(), nullptr);
    EXPECT_EQ(find(bucket), before) << "it is kept";
    tag(bucket, {{"k", "v"}});
    EXPECT_EQ(find(bucket)->tags, (Tags{{"k", "v"}}));
    EXPECT_TRUE(before->tags.empty()) << "whoever holds it keeps it";
    edit([](AccountEdit& account) { return directory::delete_resource_policy(account, bucket); });
    EXPECT_EQ(find(bucket)->policy_view(), nullptr);
    EXPECT_EQ(find(bucket)->tags.size(), 1U);
}

TEST_F(ResourcesTest, OfWhatNothingIsKnownNothingIsRead) {
    put(bucket);
    EXPECT_EQ(find("arn:aws:s3:::none")->policy_view(), nullptr);
    ASSERT_TRUE(resources_.bucket_owner("none"));
    ASSERT_TRUE(resources_.fact(account_id, FactKind::alias_key, "arn:a"));
    faulty_.fail({.first = 1});
    for (int number = 0; number < 100; ++number) {
        EXPECT_EQ(policies_of("arn:aws:sqs:us-east-1:111122223333:q" + std::to_string(number)), 0U);
    }
    EXPECT_EQ(resources_.bucket_owner("none")->has_value(), false);
    EXPECT_EQ(resources_.fact(account_id, FactKind::alias_key, "arn:a")->has_value(), false);
    EXPECT_FALSE(resources_.find(account_id, bucket)) << "this one must be read";
    faulty_.mend();
    EXPECT_NE(find(bucket)->policy_view(), nullptr);
}

TEST_F(ResourcesTest, AnAccountWithMoreThanFitsIsReadEachTime) {
    Resources few(faulty_, environment_, {.resources_max = 10, .facts_max = 10, .known_arns_max = 2});
    for (int number = 0; number < 4; ++number) tag(bucket + std::to_string(number), {{"k", "v"}});
    for (int times = 0; times < 2; ++times) {
        for (int number = 0; number < 4; ++number) {
            EXPECT_EQ((*few.find(account_id, bucket + std::to_string(number)))->tags.size(), 1U);
        }
        EXPECT_TRUE((*few.find(account_id, bucket))->tags.empty());
    }
    tag(bucket, {{"k", "v"}});
    EXPECT_EQ((*few.find(account_id, bucket))->tags.size(), 1U);
}

TEST_F(ResourcesTest, AnObjectHasThePolicyOfItsBucketAndItsOwnTags) {
    put(bucket);
    tag(bucket, {{"of", "bucket"}});
    tag(bucket + "/a", {{"of", "object"}});
    const ResourceInForce found = in_force(bucket + "/a");
    EXPECT_EQ(found.policy_holder, find(bucket));
    EXPECT_EQ(found.tag_holder->tags, (Tags{{"of", "object"}}));
    EXPECT_TRUE(in_force(bucket + "/b").tag_holder->tags.empty());
}

TEST_F(ResourcesTest, AVersionOfAFunctionHasItsOwnPolicyAndThatOfTheFunction) {
    EXPECT_EQ(policies_of(function + ":prod"), 0U);
    put(function);
    tag(function, {{"k", "v"}});
    EXPECT_EQ(policies_of(function + ":prod"), 1U);
    put(function + ":prod");
    EXPECT_EQ(policies_of(function + ":prod"), 2U);
    EXPECT_EQ(in_force(function + ":prod").policy_holder, in_force(function + ":prod").policy_holder);
    EXPECT_EQ(in_force(function + ":prod").tag_holder->tags.size(), 1U);
    EXPECT_EQ(policies_of(function), 1U);
    EXPECT_EQ(policies_of(function + ":test"), 1U);
    edit([](AccountEdit& account) { return directory::delete_resource_policy(account, function); });
    EXPECT_EQ(policies_of(function + ":prod"), 1U);
    edit([](AccountEdit& account) { return directory::distrust_resource_policy(account, function); });
    EXPECT_FALSE(in_force(function + ":prod").policy_holder->defect.empty());
}

// KMS Developer Guide, default key policy: a key that was made without one leaves it to IAM (spec E2).
TEST_F(ResourcesTest, AKeyWithoutPolicyHasTheOneThatAwsGivesIt) {
    const std::string key = "arn:aws:kms:us-east-1:111122223333:key/1";
    EXPECT_EQ(policies_of(key), 1U);
    EXPECT_EQ(in_force(key).policy_holder, in_force(key).policy_holder);
    EXPECT_EQ(policies_of("arn:aws:kms:us-east-1:111122223333:alias/a"), 0U);
    edit([&](AccountEdit& account) { return directory::distrust_resource_policy(account, key); });
    EXPECT_FALSE(in_force(key).policy_holder->defect.empty());
}

TEST_F(ResourcesTest, APolicyThatCannotBeReadIsADefect) {
    put(bucket);
    edit([](AccountEdit& account) { return directory::distrust_resource_policy(account, bucket); });
    EXPECT_NE(find(bucket)->defect.find(bucket), std::string::npos);
    put(bucket);
    EXPECT_EQ(find(bucket)->defect, "");
}

TEST_F(ResourcesTest, FactsAreKeptUntilTheyChangeOrExpire) {
    const auto learn = [&](std::string_view value) {
        edit([&](AccountEdit& account) {
            return directory::learn_fact(account, FactKind::alias_key, "arn:a", value,
                                         clock_.now() + std::chrono::seconds(10));
        });
    };
    const auto fact = [&] {
        return resources_.fact(account_id, FactKind::alias_key, "arn:a")->value_or("-");
    };
    EXPECT_EQ(fact(), "-");
    learn("1");
    EXPECT_EQ(fact(), "1");
    EXPECT_FALSE(*resources_.fact("444455556666", FactKind::alias_key, "arn:a"));
    learn("2");
    EXPECT_EQ(fact(), "2");
    clock_.advance(std::chrono::seconds(10));
    EXPECT_EQ(fact(), "-");
}

TEST_F(ResourcesTest, BucketsHaveOwners) {
    EXPECT_FALSE(*resources_.bucket_owner("docs"));
    edit([](AccountEdit& account) {
        return directory::learn_fact(account, FactKind::bucket_owner, "docs", account_id);
    });
    EXPECT_EQ(*resources_.bucket_owner("docs"), account_id);
    edit(
        [](AccountEdit& account) { return directory::forget_fact(account, FactKind::bucket_owner, "docs"); });
    EXPECT_FALSE(*resources_.bucket_owner("docs"));
}

// Spec E1, and S3's API Reference of these three operations.
TEST_F(ResourcesTest, TheRootUserOfTheOwnerUnlocksABucket) {
    edit([](AccountEdit& account) {
        return directory::put_resource_policy(
            account, bucket,
            R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*",)"
            R"("Resource":["arn:aws:s3:::docs","arn:aws:s3:::docs/*"]}})");
    });
    Subjects subjects(faulty_, environment_);
    Authorizer authorizer(subjects);
    const auto is_allowed = [&](engine::PrincipalKind kind, std::string_view action) {
        auto principal = std::make_shared<engine::Principal>();
        principal->kind = kind;
        principal->account = account_id;
        principal->arn = "arn:aws:iam::111122223333:root";
        const auto owner = subjects.organization(account_id);
        EXPECT_TRUE(owner);
        Caller caller;
        caller.principal = principal;
        caller.organization = *owner;
        const ResourcePtr known = find(bucket);
        return authorizer
            .authorize(caller,
                       {.action = action,
                        .resource = bucket,
                        .resource_account = account_id,
                        .owner = owner->get(),
                        .resource_policy = known->policy_view(),
                        .resource_defect = known->defect,
                        .shown = {}},
                       {})
            .allowed();
    };
    using enum engine::PrincipalKind;
    for (const std::string_view action :
         {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:deletebucketpolicy"}) {
        EXPECT_TRUE(is_allowed(root, action)) << action;
        EXPECT_FALSE(is_allowed(user, action)) << action;
    }
    EXPECT_FALSE(is_allowed(root, "s3:ListBucket"));
    edit([](AccountEdit& account) { return directory::distrust_resource_policy(account, bucket); });
    EXPECT_TRUE(is_allowed(root, "s3:PutBucketPolicy"));
    EXPECT_FALSE(is_allowed(root, "s3:ListBucket"));
}

TEST(ResourceTagKeys, AreNamedAsTheServiceNamesThem) {
    const auto value = [](std::string_view arn, std::string_view key) {
        engine::Context context;
        set_resource_tag_keys(context, arn, {{"team", "red"}});
        return context.find(key) != nullptr;
    };
    const std::string secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf";
    EXPECT_TRUE(value(secret, "aws:ResourceTag/team"));
    EXPECT_TRUE(value(secret, "secretsmanager:ResourceTag/team"));
    EXPECT_TRUE(value("arn:aws:ssm:us-east-1:111122223333:parameter/p", "ssm:resourceTag/team"));
    EXPECT_TRUE(value(bucket, "aws:ResourceTag/team"));
    EXPECT_TRUE(value(bucket, "s3:BucketTag/team"));
    EXPECT_TRUE(value(bucket + "/a", "s3:ExistingObjectTag/team"));
    EXPECT_FALSE(value(bucket + "/a", "aws:ResourceTag/team"));
}

}  // namespace
}  // namespace writ::authz
