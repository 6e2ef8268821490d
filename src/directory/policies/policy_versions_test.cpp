#include <string>
#include <vector>

#include "directory/internal/testing_policies.h"
#include "directory/policies/policies.h"
#include "policy/parse.h"

namespace writ::directory {
namespace {

class PolicyVersions : public PolicyTest {
  protected:
    Result<PolicyVersion> get(std::string_view arn, std::string_view version) {
        return view([&](const AccountView& account) { return get_policy_version(account, arn, version); });
    }
    Result<void> remove(std::string_view arn, std::string_view version) {
        return edit([&](AccountEdit& account) { return delete_policy_version(account, arn, version); });
    }
    Result<void> set_default(std::string_view arn, std::string_view version) {
        return edit([&](AccountEdit& account) { return set_default_policy_version(account, arn, version); });
    }
    Page<PolicyVersion> list(std::string_view arn, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_policy_versions(account, arn, page); })
            .value();
    }
    std::vector<std::string> ids(std::string_view arn) {
        std::vector<std::string> ids;
        for (const PolicyVersion& version : list(arn).items) ids.push_back(version.version_id);
        return ids;
    }

    std::string arn_ = make_policy("List");
};

Error no_version(const std::string& arn, const std::string& version) {
    return {"NoSuchEntity", 404,
            "Policy " + arn + " version " + version + " does not exist or is not attachable."};
}

TEST_F(PolicyVersions, BecomeDefaultWhenAsked) {  // B21
    clock_.advance(std::chrono::hours(1));
    const auto second = add_version(arn_, allow_get, false);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->version_id, "v2");
    EXPECT_FALSE(second->is_default);
    EXPECT_EQ(second->created_at, clock_.now());
    EXPECT_EQ(policy(arn_).default_version_id, "v1");
    EXPECT_EQ(policy(arn_).updated_at, clock_.now());

    EXPECT_TRUE(add_version(arn_, allow_get, true)->is_default);
    EXPECT_EQ(policy(arn_).default_version_id, "v3");
    ASSERT_TRUE(set_default(arn_, "v2"));
    EXPECT_EQ(policy(arn_).default_version_id, "v2");
    EXPECT_TRUE(get(arn_, "v2")->is_default);
    EXPECT_FALSE(get(arn_, "v3")->is_default);
}

TEST_F(PolicyVersions, KeepTheirDocumentByteForByte) {
    const std::string document = "  " + std::string(allow_get) + "\n";
    ASSERT_TRUE(add_version(arn_, document, false));
    EXPECT_EQ(get(arn_, "v2")->document, document);
    EXPECT_EQ(get(arn_, "v1")->document, allow_list);
}

TEST_F(PolicyVersions, AreFiveAtMost) {  // 8.2
    for (int i = 2; i <= 5; ++i) ASSERT_TRUE(add_version(arn_, allow_get, false));
    expect_error(add_version(arn_, allow_get, false),
                 {"LimitExceeded", 409,
                  "A managed policy can have up to 5 versions. Before you create a new version, you must "
                  "delete an existing version."});
}

TEST_F(PolicyVersions, NeverReuseANumber) {  // B21
    ASSERT_TRUE(add_version(arn_, allow_get, false));
    ASSERT_TRUE(remove(arn_, "v2"));
    EXPECT_EQ(add_version(arn_, allow_get, false)->version_id, "v3");
}

TEST_F(PolicyVersions, ThatAreDefaultStay) {  // 8.3
    expect_error(remove(arn_, "v1"),
                 {"DeleteConflict", 409, "Cannot delete the default version of a policy."});
}

TEST_F(PolicyVersions, ThatDoNotExistAreNamed) {  // 8.3
    for (const std::string version : {"v2", "v01", "1", "latest"}) {
        expect_error(get(arn_, version), no_version(arn_, version));
        expect_error(remove(arn_, version), no_version(arn_, version));
        expect_error(set_default(arn_, version), no_version(arn_, version));
    }
}

TEST_F(PolicyVersions, AreCheckedLikeThePolicy) {
    EXPECT_EQ(error_of(add_version(arn_, "{", false)).code, "MalformedPolicyDocument");
    EXPECT_EQ(error_of(add_version(arn_, document_of_size(6145), false)).code, "LimitExceeded");
}

TEST_F(PolicyVersions, AreListedNewestFirst) {
    for (int i = 2; i <= 5; ++i) ASSERT_TRUE(add_version(arn_, allow_get, false));
    for (int i = 1; i <= 4; ++i)
        ASSERT_TRUE(set_default(arn_, "v5") && remove(arn_, "v" + std::to_string(i)));
    for (int i = 6; i <= 9; ++i) ASSERT_TRUE(add_version(arn_, allow_get, false));
    ASSERT_TRUE(remove(arn_, "v6"));
    ASSERT_TRUE(add_version(arn_, allow_get, false));
    EXPECT_THAT(ids(arn_), testing::ElementsAre("v10", "v9", "v8", "v7", "v5"));

    const auto first = list(arn_, {.items_max = 3});
    ASSERT_TRUE(first.marker);
    const auto second = list(arn_, {.marker = first.marker, .items_max = 3});
    EXPECT_EQ(second.items.front().version_id, "v7");
    EXPECT_EQ(second.items.size(), 2U);
    EXPECT_FALSE(second.marker);
    EXPECT_TRUE(second.items.front().document.empty());
}

TEST_F(PolicyVersions, OfAwsAreKnownInTheirDefault) {
    const std::string version = policy(read_only).default_version_id;
    const auto known = get(read_only, version);
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->is_default);
    EXPECT_TRUE(policy::parse(known->document, {.characters_max = 1'000'000}));
    EXPECT_THAT(ids(read_only), testing::ElementsAre(version));
    expect_error(get(read_only, "v99999"), no_version(std::string(read_only), "v99999"));
}

TEST_F(PolicyVersions, TellTheFeedWhenTheDefaultChanges) {  // B22
    const std::string id = policy(arn_).policy_id;
    ASSERT_TRUE(add_version(arn_, allow_get, false));
    const auto touched =
        touched_by([&](AccountEdit& account) { return set_default_policy_version(account, arn_, "v2"); });
    EXPECT_THAT(touched, testing::ElementsAre(store::Entity{store::EntityKind::policy, account_id, id}));
}

}  // namespace
}  // namespace writ::directory
