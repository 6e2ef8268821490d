#include "directory/resources/guarded_resources.h"

#include <algorithm>

#include "directory/accounts/account_details.h"
#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

const std::string queue = "arn:aws:sqs:us-east-1:111122223333:q";
const std::string bucket = "arn:aws:s3:::docs";
const std::string anyone_reads = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                                 R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::docs/*"}]})";

class GuardedResources : public DirectoryTest {
  protected:
    Result<void> put(const std::string& arn, const std::string& document) {
        return edit([&](AccountEdit& account) { return put_resource_policy(account, arn, document); });
    }
    Result<void> set(const std::string& arn, const TagPairs& tags, bool replace_all = false) {
        return edit([&](AccountEdit& account) { return set_resource_tags(account, arn, tags, replace_all); });
    }
    /// "-": none.
    std::string policy_of(const std::string& arn) {
        const auto found =
            view([&](const AccountView& account) { return find_resource_policy(account, arn); });
        return found && *found ? (*found)->document : "-";
    }
    TagPairs tags_of(const std::string& arn) {
        return *view([&](const AccountView& account) { return resource_tags(account, arn); });
    }
    Result<void> own(const std::string& name, const char* account = account_id) {
        return edit(
            [&](AccountEdit& edited) { return learn_fact(edited, FactKind::bucket_owner, name, account); },
            account);
    }
    std::string owner_of(const std::string& name) {
        const auto reader = store_->read();
        const auto owner = read_bucket_owner(**reader, name);
        return owner && *owner ? **owner : "-";
    }
};

TEST_F(GuardedResources, PoliciesAreKeptAsTheyWereGiven) {
    EXPECT_EQ(policy_of(bucket), "-");
    ASSERT_TRUE(put(bucket, anyone_reads));
    EXPECT_EQ(policy_of(bucket), anyone_reads);
    const std::string indented = "\n " + anyone_reads + "\n";
    ASSERT_TRUE(put(bucket, indented));
    EXPECT_EQ(policy_of(bucket), indented);
    for (int times = 0; times < 2; ++times) {
        EXPECT_TRUE(edit([&](AccountEdit& account) { return delete_resource_policy(account, bucket); }));
        EXPECT_EQ(policy_of(bucket), "-");
    }
}

// Spec 1.3: a policy of a resource says for whom it is.
TEST_F(GuardedResources, WhatIsNoResourceBasedPolicyIsRefused) {
    const std::string no_principal =
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})";
    EXPECT_EQ(error_of(put(bucket, no_principal)).code, "MalformedPolicyDocument");
    EXPECT_EQ(error_of(put(bucket, "{")).code, "MalformedPolicyDocument");
    EXPECT_EQ(error_of(put(bucket, "")).http_status, 400);
    EXPECT_EQ(policy_of(bucket), "-");
    // Policies of repositories name no resource.
    EXPECT_TRUE(
        put("arn:aws:ecr:us-east-1:111122223333:repository/a/b",
            R"({"Version":"2008-10-17","Statement":[{"Sid":"any name","Effect":"Allow","Principal":"*",)"
            R"("Action":"ecr:BatchGetImage"}]})"));
}

TEST_F(GuardedResources, PoliciesBelongToWholeResourcesOfTheAccount) {
    for (const std::string arn : {"docs", "*", "arn:aws:s3:::", "arn:aws:s3:::docs/a", "arn:aws:s3:::doc*",
                                  "arn:aws-cn:s3:::docs", "arn:aws:sqs:us-east-1:444455556666:q",
                                  "arn:aws:dynamodb:us-east-1:111122223333:table/T/index/I"}) {
        EXPECT_EQ(error_of(put(arn, anyone_reads)).code, "ValidationError") << arn;
    }
    EXPECT_EQ(error_of(put("arn:aws:s3:::" + std::string(2'100, 'a'), anyone_reads)).code, "ValidationError");
    EXPECT_EQ(
        error_of(put("arn:aws:s3:::docs/a", anyone_reads)).message,
        "\"arn:aws:s3:::docs/a\" has no policy of its own; that of arn:aws:s3:::docs decides about it.");
}

TEST_F(GuardedResources, ListsPoliciesByArn) {
    ASSERT_TRUE(put(queue, anyone_reads));
    ASSERT_TRUE(put(bucket, anyone_reads));
    const auto page_after = [&](std::optional<std::string> marker) {
        return *view([&](const AccountView& account) {
            return list_resource_policies(account, {.marker = std::move(marker), .items_max = 1});
        });
    };
    const auto first = page_after(std::nullopt);
    ASSERT_EQ(first.items.size(), 1U);
    EXPECT_EQ(first.items[0].resource_arn, bucket);
    EXPECT_EQ(first.items[0].set_at, clock_.now());
    ASSERT_TRUE(first.marker);
    const auto second = page_after(first.marker);
    ASSERT_EQ(second.items.size(), 1U);
    EXPECT_EQ(second.items[0].resource_arn, queue);
    EXPECT_FALSE(second.marker);
}

TEST_F(GuardedResources, TagsAreAddedReplacedAndRemoved) {
    ASSERT_TRUE(set(queue, {{"team", "red"}, {"Team", "RED"}}));  // Keys have their case.
    ASSERT_TRUE(set(queue, {{"team", "blue"}, {"cost", "1"}}));
    EXPECT_EQ(tags_of(queue), (TagPairs{{"Team", "RED"}, {"cost", "1"}, {"team", "blue"}}));
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return remove_resource_tags(account, queue, {"Team", "none"}); }));
    EXPECT_EQ(tags_of(queue), (TagPairs{{"cost", "1"}, {"team", "blue"}}));
    ASSERT_TRUE(set(queue, {{"team", "green"}}, true));
    EXPECT_EQ(tags_of(queue), (TagPairs{{"team", "green"}}));
    ASSERT_TRUE(set(queue, {}, true));
    EXPECT_EQ(tags_of(queue), TagPairs{});
}

TEST_F(GuardedResources, TagsAreHeldToTheRules) {
    EXPECT_EQ(error_of(set(queue, {{"", "x"}})).code, "InvalidInput");
    EXPECT_EQ(error_of(set(queue, {{std::string(513, 'k'), "x"}})).code, "InvalidInput");
    EXPECT_EQ(error_of(set(queue, {{"k", std::string(1'025, 'x')}})).code, "InvalidInput");
    EXPECT_EQ(error_of(set(queue, {{"k", "1"}, {"k", "2"}})).code, "InvalidInput");
    EXPECT_EQ(error_of(set("q", {{"k", "1"}})).code, "ValidationError");
    TagPairs many;
    for (int number = 0; number < 1'000; ++number) many.emplace_back(std::to_string(number), "");
    EXPECT_TRUE(set(queue, many));
    EXPECT_EQ(error_of(set(queue, {{"one more", ""}})).code, "LimitExceeded");
    EXPECT_TRUE(set(queue, {{"7", "again"}}));
    EXPECT_TRUE(set("arn:aws:s3:::docs/a*b?", {{"k", "v"}}));  // Keys of objects may hold them.
}

/// Not every store keeps a NUL, or bytes that are no text.
TEST_F(GuardedResources, NamesAndTagsAreText) {
    for (const std::string& text : {std::string("a\0b", 3), std::string("a\xff")}) {
        EXPECT_EQ(error_of(set(queue, {{text, "v"}})).code, "InvalidInput");
        EXPECT_EQ(error_of(set(queue, {{"k", text}})).code, "InvalidInput");
        EXPECT_EQ(error_of(set(queue + text, {{"k", "v"}})).code, "ValidationError");
        EXPECT_EQ(error_of(own(text)).code, "InvalidInput");
    }
}

TEST_F(GuardedResources, WhatIsThereAlreadyIsNotWritten) {
    const auto changes = [&](AccountEdit& account) -> Result<void> {
        if (auto done = put_resource_policy(account, bucket, anyone_reads); !done) return done;
        if (auto done = set_resource_tags(account, queue, {{"a", "1"}}, true); !done) return done;
        return learn_fact(account, FactKind::partition_key, "arn:t", "Id");
    };
    const store::Entity of_fact{store::EntityKind::resource, account_id, "fact:0:arn:t"};
    const auto told = touched_by(changes);
    EXPECT_EQ(told, (std::vector<store::Entity>{{store::EntityKind::resource, account_id, bucket},
                                                {store::EntityKind::resource, account_id, queue},
                                                of_fact}));
    EXPECT_TRUE(touched_by(changes).empty());
    EXPECT_TRUE(touched_by([&](AccountEdit& account) -> Result<void> {
                    if (auto done = forget_resource(account, "arn:aws:s3:::other"); !done) return done;
                    return forget_fact(account, FactKind::partition_key, "arn:none");
                }).empty());
}

TEST_F(GuardedResources, AResourceThatIsGoneTakesItsPartsWithIt) {
    ASSERT_TRUE(put(bucket, anyone_reads));
    ASSERT_TRUE(put("arn:aws:s3:::docs-2", anyone_reads));
    for (const std::string arn : {"docs", "docs/a", "docs/a/b", "docs-2/a", "docs0"}) {
        ASSERT_TRUE(set("arn:aws:s3:::" + arn, {{"k", "v"}}));
    }
    const std::string function = "arn:aws:lambda:us-east-1:111122223333:function:f";
    ASSERT_TRUE(put(function, anyone_reads));
    ASSERT_TRUE(put(function + ":prod", anyone_reads));
    ASSERT_TRUE(put(function + "2", anyone_reads));
    const auto forget = [&](const std::string& arn) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return forget_resource(account, arn); }));
    };
    forget("arn:aws:s3:::docs/a");  // Another object than docs/a/b.
    EXPECT_EQ(tags_of("arn:aws:s3:::docs/a"), TagPairs{});
    EXPECT_EQ(tags_of("arn:aws:s3:::docs/a/b").size(), 1U);
    forget(bucket);
    EXPECT_EQ(policy_of(bucket), "-");
    EXPECT_EQ(tags_of("arn:aws:s3:::docs/a/b"), TagPairs{});
    EXPECT_EQ(policy_of("arn:aws:s3:::docs-2"), anyone_reads);
    EXPECT_EQ(tags_of("arn:aws:s3:::docs-2/a").size(), 1U);
    EXPECT_EQ(tags_of("arn:aws:s3:::docs0").size(), 1U);
    forget(function);
    EXPECT_EQ(policy_of(function + ":prod"), "-");
    EXPECT_EQ(policy_of(function + "2"), anyone_reads);
}

TEST_F(GuardedResources, FactsExpire) {
    const auto learn = [&](const char* name, std::chrono::seconds lifetime) {
        ASSERT_TRUE(edit([&](AccountEdit& account) {
            return learn_fact(account, FactKind::iterator_stream, name, "arn:s", clock_.now() + lifetime);
        }));
    };
    const auto fact = [&](const char* name) {
        const auto reader = store_->read();
        const auto read = read_fact(**reader, environment_, account_id, FactKind::iterator_stream, name);
        return read && *read ? (*read)->value : "-";
    };
    learn("a", std::chrono::seconds(300));
    EXPECT_EQ(fact("a"), "arn:s");
    clock_.advance(std::chrono::seconds(300));
    EXPECT_EQ(fact("a"), "-");
    learn("b", std::chrono::seconds(300));  // Clears what has expired.
    const auto reader = store_->read();
    EXPECT_EQ((*reader)->count<store::ResourceFact>(store::ResourceFact::by_name, {.equal = {account_id}}),
              1U);
    EXPECT_EQ(fact("b"), "arn:s");
}

TEST_F(GuardedResources, FactsWithoutExpiryStay) {
    ASSERT_TRUE(own("docs"));
    ASSERT_TRUE(edit([&](AccountEdit& account) {
        return learn_fact(account, FactKind::iterator_stream, "i", "arn:s", clock_.now());
    }));
    EXPECT_EQ(owner_of("docs"), account_id);
}

// Some servers answer the making of a bucket that is there already as if they had made it.
TEST_F(GuardedResources, ABucketIsNotTakenFromItsOwner) {
    ASSERT_TRUE(own("docs"));
    EXPECT_TRUE(own("docs"));
    EXPECT_EQ(error_of(own("docs", other_account_id)).code, "InvalidInput");
    EXPECT_EQ(owner_of("docs"), account_id);
    EXPECT_EQ(owner_of("doc"), "-");
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return forget_fact(account, FactKind::bucket_owner, "docs"); }));
    EXPECT_TRUE(own("docs", other_account_id));
    EXPECT_EQ(owner_of("docs"), other_account_id);
}

TEST_F(GuardedResources, GoIntoAnotherAccountAsTheyAre) {
    ASSERT_TRUE(put(bucket, anyone_reads));
    ASSERT_TRUE(set(bucket, {{"k", "v"}}));
    ASSERT_TRUE(own("docs"));
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return distrust_resource_policy(account, "arn:aws:s3:::lost"); }));
    AccountDetails details;
    ASSERT_TRUE(view([&](const AccountView& account) { return add_resource_details(account, details); }));
    ASSERT_EQ(details.resources.size(), 2U);
    EXPECT_EQ(details.buckets, std::vector<std::string>{"docs"});
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return forget_fact(account, FactKind::bucket_owner, "docs"); }));
    ASSERT_TRUE(edit([&](AccountEdit& account) { return import_resource_details(account, details); },
                     other_account_id));
    AccountDetails copied;
    ASSERT_TRUE(view([&](const AccountView& account) { return add_resource_details(account, copied); },
                     other_account_id));
    ASSERT_EQ(copied.resources.size(), 2U);
    EXPECT_EQ(copied.resources[0].arn, bucket);
    EXPECT_EQ(copied.resources[0].policy, anyone_reads);
    EXPECT_EQ(copied.resources[0].tags, (std::vector<Tag>{{"k", "v"}}));
    EXPECT_EQ(copied.resources[1].policy, "");
    EXPECT_EQ(copied.buckets, details.buckets);
}

}  // namespace
}  // namespace writ::directory
