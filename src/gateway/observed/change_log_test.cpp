#include "gateway/observed/change_log.h"

#include <gtest/gtest.h>

#include "directory/principals/instance_profiles.h"
#include "directory/principals/roles.h"
#include "gateway/internal/world_for_tests.h"
#include "gateway/observed/stored_facts.h"

namespace writ::gateway {
namespace {

using directory::FactKind;

constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]})";
const std::string bucket = "arn:aws:s3:::docs";
const std::string queue = "arn:aws:sqs:us-east-1:123456789012:orders";

class ChangeLogTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        resources_ = std::make_unique<authz::Resources>(faulty_, environment_);
        log_ = std::make_unique<ChangeLog>(faulty_, environment_, *resources_);
    }
    [[nodiscard]] static ResourceChange change(decltype(ResourceChange::what) what) {
        return {std::string(account_id), std::move(what)};
    }
    authz::ResourcePtr known(std::string_view arn) {
        auto found = resources_->find(account_id, arn);
        EXPECT_TRUE(found);
        return found ? *found : nullptr;
    }
    std::string document(std::string_view arn) {
        auto reader = store_->read();
        EXPECT_TRUE(reader);
        const directory::AccountView view{**reader, std::string(account_id), environment_};
        const auto found = directory::find_resource_policy(view, arn);
        return found && *found ? (*found)->document : "none";
    }
    [[nodiscard]] MappingPlace place() const { return {"aws", region, account_id, nullptr}; }
    [[nodiscard]] StoredFacts facts() { return {*resources_, *subjects_, log_.get(), place()}; }

    std::unique_ptr<authz::Resources> resources_;
    std::unique_ptr<ChangeLog> log_;
};

TEST_F(ChangeLogTest, ChangesAreInForceAtOnce) {
    EXPECT_EQ(known(bucket)->policy_view(), nullptr);
    ASSERT_TRUE(
        log_->apply({change(PutPolicy{bucket, policy}), change(SetTags{bucket, {{"a", "1"}, {"b", "2"}}})}));
    EXPECT_NE(known(bucket)->policy_view(), nullptr);
    EXPECT_EQ(known(bucket)->tags.size(), 2U);
    ASSERT_TRUE(log_->apply({change(RemoveTags{bucket, {"a"}, {{"b", "other"}}})}));
    EXPECT_EQ(known(bucket)->tags.size(), 1U);
    ASSERT_TRUE(log_->apply({change(RemoveTags{bucket, {}, {{"b", "2"}}}), change(DeletePolicy{bucket})}));
    EXPECT_TRUE(known(bucket)->tags.empty());
    EXPECT_EQ(known(bucket)->policy_view(), nullptr);
}

TEST_F(ChangeLogTest, TagsAreReplacedCopiedAndForgotten) {
    const std::string a = bucket + "/a", b = bucket + "/b";
    ASSERT_TRUE(
        log_->apply({change(SetTags{a, {{"x", "1"}}, true}), change(SetTags{b, {{"y", "2"}}, true})}));
    ASSERT_TRUE(log_->apply({change(CopyTags{std::string(account_id), a, b})}));
    ASSERT_EQ(known(b)->tags.size(), 1U);
    EXPECT_EQ(known(b)->tags.front().first, "x");
    ASSERT_TRUE(log_->apply({change(SetTags{a, {}, true})}));
    EXPECT_TRUE(known(a)->tags.empty());
    ASSERT_TRUE(log_->apply({change(ForgetResource{bucket})}));
    EXPECT_TRUE(known(b)->tags.empty());
}

TEST_F(ChangeLogTest, StatementsAreAddedToWhatIsThere) {
    constexpr auto statement = R"({"Sid":"s","Effect":"Allow","Principal":"*","Action":"sqs:SendMessage"})";
    ASSERT_TRUE(log_->apply({change(AddStatement{queue, "s", statement})}));
    EXPECT_EQ(document(queue), std::string(R"({"Version":"2012-10-17","Statement":[)") + statement + "]}");
    ASSERT_TRUE(log_->apply({change(RemoveStatement{queue, "other"})}));
    EXPECT_NE(document(queue), "none");
    ASSERT_TRUE(log_->apply({change(RemoveStatement{queue, "s"})}));
    EXPECT_EQ(document(queue), "none");
}

TEST_F(ChangeLogTest, FactsAreLearntForgottenAndExpire) {
    ASSERT_TRUE(log_->apply({change(LearnFact{FactKind::partition_key, "t", "id", {}}),
                             change(LearnFact{FactKind::alias_key, "alias", "key", {}}),
                             change(LearnFact{FactKind::iterator_stream, iterator_fact_name("AAAA"), "stream",
                                              std::chrono::seconds(300)})}));
    EXPECT_EQ(facts().partition_key("t", ""), "id");
    EXPECT_EQ(facts().partition_key("t", "i"), std::nullopt);
    EXPECT_EQ(facts().key_of_alias("alias"), "key");
    EXPECT_EQ(facts().stream_of_iterator("AAAA"), "stream");
    ASSERT_TRUE(log_->apply({change(ForgetFact{FactKind::alias_key, "alias"})}));
    EXPECT_EQ(facts().key_of_alias("alias"), std::nullopt);
    clock_.advance(std::chrono::seconds(301));
    EXPECT_EQ(facts().stream_of_iterator("AAAA"), std::nullopt);
    EXPECT_EQ(facts().partition_key("t", ""), "id");
}

TEST_F(ChangeLogTest, SecretsAreKnownByNameAndByTheirUnendedArn) {
    const std::string secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db";
    ASSERT_TRUE(log_->apply({change(LearnFact{FactKind::secret_arn, secret, secret + "-AbCdEf", {}})}));
    EXPECT_EQ(facts().secret_arn("db"), secret + "-AbCdEf");
    EXPECT_EQ(facts().secret_arn(secret), secret + "-AbCdEf");
    EXPECT_EQ(facts().secret_arn(secret + "-AbCdEf"), std::nullopt);
}

TEST_F(ChangeLogTest, WhatIsKnownIsNotWrittenAgain) {
    const ResourceChanges learnt{change(LearnFact{FactKind::partition_key, "t", "id", {}})};
    ASSERT_TRUE(log_->apply(learnt));
    ASSERT_EQ(facts().partition_key("t", ""), "id");  // Kept from now on.
    const auto revision = store_->revision();
    faulty_.fail({.first = 1, .count = store::Fault::all});
    EXPECT_TRUE(log_->apply(learnt));
    EXPECT_EQ(store_->revision(), revision);
}

TEST_F(ChangeLogTest, RolesOfInstanceProfilesAreThoseOfTheDirectory) {
    {
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(account_id), environment_);
        ASSERT_TRUE(directory::create_role(
            account,
            {.name = "web", .trust_document = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                      "Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}));
        ASSERT_TRUE(directory::create_instance_profile(account, {.name = "web", .path = "/a/"}));
        ASSERT_TRUE(directory::create_instance_profile(account, {.name = "empty"}));
        ASSERT_TRUE(directory::add_role_to_instance_profile(account, "web", "web"));
        ASSERT_TRUE((*transaction)->commit());
    }
    const std::string profiles = "arn:aws:iam::123456789012:instance-profile/";
    EXPECT_EQ(facts().role_of_instance_profile(profiles + "a/web"), "arn:aws:iam::123456789012:role/web");
    EXPECT_EQ(facts().role_of_instance_profile(profiles + "web"), std::nullopt);  // Another path.
    EXPECT_EQ(facts().role_of_instance_profile(profiles + "empty"), std::nullopt);
    EXPECT_EQ(facts().role_of_instance_profile(profiles + "none"), std::nullopt);
}

// For every call of the store that may fail: either the change is in force, or its resource is in doubt until
// a later try succeeds.
TEST_F(ChangeLogTest, WhateverFailsNoChangeIsLost) {
    for (std::uint64_t call = 1; call < 12; ++call) {
        faulty_.mend();
        ASSERT_TRUE(log_->apply({change(DeletePolicy{bucket})}));
        faulty_.fail({.first = call, .count = store::Fault::all});
        const auto applied = log_->apply({change(PutPolicy{bucket, policy})});
        EXPECT_EQ(applied.has_value(), !log_->is_in_doubt(bucket)) << call;
        if (!applied) {
            EXPECT_TRUE(log_->is_in_doubt(bucket + "/a")) << call;
            EXPECT_FALSE(log_->is_in_doubt("arn:aws:s3:::docs2")) << call;
        }
        faulty_.mend();
        log_->retry();
        EXPECT_FALSE(log_->is_in_doubt(bucket)) << call;
        EXPECT_EQ(document(bucket), policy) << call;
    }
}

TEST_F(ChangeLogTest, LaterChangesDoNotOvertakeThoseThatWait) {
    faulty_.fail({.first = 1, .count = store::Fault::all});
    EXPECT_FALSE(log_->apply({change(PutPolicy{bucket, policy})}));
    faulty_.mend();
    EXPECT_FALSE(log_->apply({change(DeletePolicy{bucket})}));
    EXPECT_TRUE(log_->apply({change(SetTags{queue, {{"a", "1"}}})}));
    log_->retry();
    EXPECT_EQ(document(bucket), "none");
    EXPECT_FALSE(log_->is_in_doubt(bucket));
}

TEST_F(ChangeLogTest, APolicyThatCannotBeKeptLeavesItsResourceDenied) {
    ASSERT_TRUE(log_->apply({change(PutPolicy{bucket, policy})}));
    EXPECT_FALSE(log_->apply({change(PutPolicy{bucket, "no policy"})}));
    EXPECT_FALSE(known(bucket)->defect.empty());
    EXPECT_FALSE(log_->is_in_doubt(bucket));  // Nothing waits for that: it is written down.
    ASSERT_TRUE(log_->apply({change(PutPolicy{bucket, policy})}));
    EXPECT_TRUE(known(bucket)->defect.empty());
}

}  // namespace
}  // namespace writ::gateway
