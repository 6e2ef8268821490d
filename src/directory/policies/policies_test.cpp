#include "directory/policies/policies.h"

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

using Policies = PolicyTest;

Error not_found(const std::string& arn) {
    return {"NoSuchEntity", 404, "Policy " + arn + " was not found."};
}

TEST_F(Policies, BeginWithVersionOneAsDefault) {  // B21
    const auto made = try_policy({.name = "List",
                                  .path = "/eng/",
                                  .document = std::string(allow_list),
                                  .description = "may list",
                                  .tags = {{"team", "blue"}}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->policy_id.substr(0, 4), "ANPA");
    EXPECT_EQ(made->arn, "arn:aws:iam::111122223333:policy/eng/List");
    EXPECT_EQ(made->path, "/eng/");
    EXPECT_EQ(made->default_version_id, "v1");
    EXPECT_EQ(made->attachment_count, 0);
    EXPECT_EQ(made->boundary_usage_count, 0);
    EXPECT_TRUE(made->attachable);
    EXPECT_EQ(made->created_at, clock_.now());
    EXPECT_EQ(made->updated_at, clock_.now());

    const Policy read = policy(made->arn);
    EXPECT_EQ(read.policy_id, made->policy_id);
    EXPECT_EQ(read.description, "may list");
    EXPECT_EQ(read.tags, (std::vector<Tag>{{"team", "blue"}}));
    const auto version =
        view([&](const AccountView& account) { return get_policy_version(account, made->arn, "v1"); });
    ASSERT_TRUE(version);
    EXPECT_EQ(version->document, allow_list);
}

TEST_F(Policies, HaveNamesThatDifferInMoreThanCaseAndPath) {  // B2
    make_policy("List");
    expect_error(try_policy({.name = "LIST", .path = "/other/", .document = std::string(allow_list)}),
                 {"EntityAlreadyExists", 409,
                  "A policy called LIST already exists. Duplicate names are not allowed."});
}

TEST_F(Policies, KeepTheQuotaOfTheAccount) {  // 8.2
    environment_.quotas.set(Quota::policies_per_account, 1);
    const std::string first = make_policy("one");
    expect_error(try_policy({.name = "two", .document = std::string(allow_list)}),
                 {"LimitExceeded", 409, "Cannot exceed quota for PoliciesPerAccount: 1"});
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_policy(account, first); }));
    EXPECT_TRUE(try_policy({.name = "two", .document = std::string(allow_list)}));
}

TEST_F(Policies, AreNotFoundUnderAnotherPathOrAccount) {  // 8.3
    make_policy("List", "/eng/");
    for (const std::string arn :
         {"arn:aws:iam::111122223333:policy/List", "arn:aws:iam::111122223333:policy/eng/Lost",
          "arn:aws:iam::444455556666:policy/eng/List", "arn:aws:iam::aws:policy/List"}) {
        expect_error(view([&](const AccountView& account) { return get_policy(account, arn); }),
                     not_found(arn));
    }
    expect_error(view([&](const AccountView& account) { return get_policy(account, "no-arn-at-all-here"); }),
                 {"ValidationError", 400, "Invalid ARN:  Could not be parsed!"});
}

TEST_F(Policies, OfAwsAreThereInEveryAccount) {
    const Policy read = policy(read_only);
    EXPECT_EQ(read.name, "ReadOnlyAccess");
    EXPECT_EQ(read.path, "/");
    EXPECT_EQ(read.policy_id.substr(0, 4), "ANPA");
    EXPECT_EQ(read.default_version_id.front(), 'v');
    EXPECT_EQ(format_iso8601(read.created_at).substr(0, 4), "2015");
    EXPECT_GT(read.updated_at, read.created_at);
    EXPECT_TRUE(read.attachable);
    EXPECT_FALSE(policy(audit_root_task).attachable);
    const auto elsewhere =
        view([](const AccountView& account) { return get_policy(account, read_only); }, other_account_id);
    EXPECT_EQ(elsewhere->policy_id, read.policy_id);
}

TEST_F(Policies, OfAwsNeverChange) {
    const Error outside{"AccessDenied", 403, "Policy is outside your own account."};
    expect_error(edit([](AccountEdit& account) { return delete_policy(account, read_only); }), outside);
    expect_error(add_version(read_only, allow_list, true), outside);
    const auto version = policy(read_only).default_version_id;
    expect_error(
        edit([&](AccountEdit& account) { return set_default_policy_version(account, read_only, version); }),
        outside);
    expect_error(
        edit([&](AccountEdit& account) { return delete_policy_version(account, read_only, version); }),
        outside);
}

TEST_F(Policies, CountWhoUsesThem) {  // B21
    const std::string arn = make_policy("List");
    make_user("ada");
    make_group("staff");
    make_role("ops");
    for (const std::string_view used : {std::string_view(arn), std::string_view(read_only)}) {
        ASSERT_TRUE(attach(ada, used));
        ASSERT_TRUE(attach(staff, used));
        ASSERT_TRUE(attach(ops, used));
        ASSERT_TRUE(bound(ops, used));
        EXPECT_EQ(policy(used).attachment_count, 3);
        EXPECT_EQ(policy(used).boundary_usage_count, 1);
        ASSERT_TRUE(detach(staff, used));
        EXPECT_EQ(policy(used).attachment_count, 2);
    }
    EXPECT_EQ(policy(arn).boundary_usage_count, 0);  // The boundary was replaced.
}

TEST_F(Policies, AreNotDeletedWhileInUse) {  // 8.3
    const Error attached{"DeleteConflict", 409, "Cannot delete a policy attached to entities."};
    const std::string arn = make_policy("List");
    const auto remove = [&] {
        return edit([&](AccountEdit& account) { return delete_policy(account, arn); });
    };
    make_user("ada");
    ASSERT_TRUE(add_version(arn, allow_get, true));
    ASSERT_TRUE(attach(ada, arn));
    expect_error(remove(), attached);
    ASSERT_TRUE(detach(ada, arn));
    ASSERT_TRUE(bound(ada, arn));
    expect_error(remove(), attached);
    ASSERT_TRUE(edit([](AccountEdit& account) { return delete_permissions_boundary(account, ada); }));
    expect_error(
        remove(),
        {"DeleteConflict", 409,
         "This policy has more than one version. Before you delete a policy, you must delete the policy's "
         "versions. The default version is deleted with the policy."});
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_policy_version(account, arn, "v1"); }));
    EXPECT_TRUE(remove());
    expect_error(remove(), not_found(arn));
}

TEST_F(Policies, TakeTheirTagsWithThem) {
    const NewPolicy tagged{.name = "List", .document = std::string(allow_list), .tags = {{"a", "b"}}};
    const std::string arn = try_policy(tagged)->arn;
    ASSERT_TRUE(edit([&](AccountEdit& account) { return delete_policy(account, arn); }));
    view([](const AccountView& account) {
        EXPECT_EQ(account.records.count<store::Tag>(store::Tag::by_key, {.equal = {account_id}}), 0U);
        EXPECT_EQ(account.records.count<store::Counter>(store::Counter::by_name, {.equal = {account_id}}),
                  0U);
        return true;
    });
}

TEST_F(Policies, OfAnotherAccountAreOutOfReach) {
    const std::string arn = make_policy("List");
    expect_error(edit([&](AccountEdit& account) { return delete_policy(account, arn); }, other_account_id),
                 not_found(arn));
}

}  // namespace
}  // namespace writ::directory
