#include "cli/account_json.h"

#include <gtest/gtest.h>

namespace writ::cli {
namespace {

/// An account of one user, one role and one policy, with these in places where texts vary.
struct Written {
    std::string document = R"({"Version": "2012-10-17", "Statement": []})";
    std::string more{};  ///< Members of the whole, with a comma behind.

    [[nodiscard]] std::string text() const {
        return R"({)" + more + R"("UserDetailList": [{"Path": "/eng/", "UserName": "ada", "UserId": "AIDA1",
            "Arn": "arn:aws:iam::111122223333:user/eng/ada", "CreateDate": "2024-05-01T12:00:00+02:00",
            "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": )" +
               document + R"(}], "GroupList": ["devs", "ops"],
            "AttachedManagedPolicies": [{"PolicyName": "P", "PolicyArn": "arn:aws:iam::111122223333:policy/P"}],
            "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:b"},
            "Tags": [{"Key": "team", "Value": "r\u00e9d"}], "Unknown": {"x": [1, null]}}],
          "GroupDetailList": [],
          "RoleDetailList": [{"Path": "/", "RoleName": "run", "RoleId": "AROA1", "Arn": "arn:r",
            "CreateDate": "2024-05-02T12:00:00+00:00", "AssumeRolePolicyDocument": {"Version": "2012-10-17"},
            "RolePolicyList": [], "AttachedManagedPolicies": [], "PermissionsBoundary": null,
            "InstanceProfileList": [{"InstanceProfileId": "AIPA1", "InstanceProfileName": "run", "Path": "/",
              "Arn": "arn:i", "CreateDate": "2024-05-02T12:00:00+00:00"}],
            "RoleLastUsed": {"LastUsedDate": "2024-06-01T00:00:00+00:00", "Region": "eu-west-1"}}],
          "Policies": [{"PolicyName": "P", "PolicyId": "ANPA1", "Arn": "arn:p", "Path": "/", "DefaultVersionId": "v2",
            "CreateDate": "2024-05-01T12:00:00Z", "UpdateDate": "2024-05-03T12:00:00Z", "PolicyVersionList": [
              {"Document": "%7B%22Version%22:%222012-10-17%22%7D", "VersionId": "v2", "IsDefaultVersion": true,
               "CreateDate": "2024-05-03T12:00:00Z"},
              {"Document": {"Id": "b", "Version": "a"}, "VersionId": "v1", "IsDefaultVersion": false,
               "CreateDate": "2024-05-01T12:00:00Z"}]}]})";
    }
};

std::string defect_of(const std::string& text) {
    const auto read = read_account(text);
    return read ? "" : read.error();
}

TEST(AccountJson, HoldsWhatIsKnownOfResourcesOfOtherServices) {
    const auto account = read_account(Written{.more = R"("OwnedBuckets": ["docs"], "ResourceDetailList": [
          {"Arn": "arn:aws:s3:::docs", "ResourcePolicyDocument": {"Version": "2012-10-17"},
           "Tags": [{"Key": "team", "Value": "red"}]},
          {"Arn": "arn:aws:s3:::lost", "ResourcePolicyDocument": null, "Tags": []},
          {"Arn": "arn:aws:s3:::docs/a", "Tags": []}],)"}
                                          .text());
    ASSERT_TRUE(account) << account.error();
    EXPECT_EQ(account->buckets, std::vector<std::string>{"docs"});
    ASSERT_EQ(account->resources.size(), 3U);
    EXPECT_EQ(account->resources[0].arn, "arn:aws:s3:::docs");
    EXPECT_EQ(account->resources[0].policy, R"({"Version":"2012-10-17"})");
    EXPECT_EQ(account->resources[0].tags, (std::vector<directory::Tag>{{"team", "red"}}));
    EXPECT_EQ(account->resources[1].policy, "");  // There is one that is not known.
    EXPECT_EQ(account->resources[2].policy, std::nullopt);
    const auto again = read_account(print_account(*account));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->buckets, account->buckets);
    ASSERT_EQ(again->resources.size(), 3U);
    EXPECT_EQ(again->resources[0].policy, account->resources[0].policy);
    EXPECT_EQ(again->resources[1].policy, "");
    EXPECT_EQ(again->resources[2].policy, std::nullopt);
}

TEST(AccountJson, IsReadWithAllThatPermissionsAreMadeOf) {
    const auto account = read_account(Written().text());
    ASSERT_TRUE(account) << account.error();
    ASSERT_EQ(account->users.size(), 1U);
    const auto& ada = account->users.front();
    EXPECT_EQ(ada.user.name, "ada");
    EXPECT_EQ(ada.user.path, "/eng/");
    EXPECT_EQ(ada.user.created_at, parse_iso8601("2024-05-01T10:00:00Z"));
    EXPECT_EQ(ada.user.boundary_arn, "arn:b");
    EXPECT_EQ(ada.user.tags, (std::vector<directory::Tag>{{"team",
                                                           "r\xC3\xA9"
                                                           "d"}}));
    EXPECT_EQ(ada.group_names, (std::vector<std::string>{"devs", "ops"}));
    EXPECT_EQ(ada.policies.attached.front().arn, "arn:aws:iam::111122223333:policy/P");
    ASSERT_EQ(account->roles.size(), 1U);
    const auto& run = account->roles.front();
    EXPECT_EQ(run.role.boundary_arn, std::nullopt);
    EXPECT_EQ(run.profiles.front().profile_id, "AIPA1");
    EXPECT_EQ(run.role.last_used->region, "eu-west-1");
    ASSERT_EQ(account->policies.size(), 1U);
    EXPECT_TRUE(account->policies.front().versions.front().is_default);
    EXPECT_FALSE(account->policies.front().versions.back().is_default);
}

TEST(AccountJson, HasDocumentsAsObjectsOrAsEncodedTexts) {
    const auto account = read_account(Written().text());
    ASSERT_TRUE(account) << account.error();
    EXPECT_EQ(account->users.front().policies.inline_policies.front().document,
              R"({"Version":"2012-10-17","Statement":[]})");
    EXPECT_EQ(account->policies.front().versions.front().document, R"({"Version":"2012-10-17"})");
    EXPECT_EQ(account->policies.front().versions.back().document, R"({"Id":"b","Version":"a"})");
}

TEST(AccountJson, SaysWhatIsMissingWhere) {
    std::string text = Written().text();
    text.replace(text.find("\"PolicyName\""), 12, "\"policyname\"");
    EXPECT_EQ(defect_of(text), "UserDetailList[0].UserPolicyList[0].PolicyName is missing or no text");
    text = Written().text();
    text.replace(text.find("\"devs\""), 6, "{}");
    EXPECT_EQ(defect_of(text), "UserDetailList[0].GroupList[0].must be a text");
    text = Written().text();
    text.replace(text.find("[\"devs\", \"ops\"]"), 15, "\"devs\"");
    EXPECT_EQ(defect_of(text), "UserDetailList[0].GroupList is no list");
}

TEST(AccountJson, MustBeAWholeAccount) {
    EXPECT_EQ(defect_of(Written{.more = R"("IsTruncated": true,)"}.text()),
              "it is only a part of the account: IsTruncated is true");
    EXPECT_EQ(defect_of(Written{.more = R"("IsTruncated": false,)"}.text()), "");
    EXPECT_TRUE(defect_of(R"({"UserDetailList": []})").contains("RoleDetailList is missing"));
}

TEST(AccountJson, MustBeJson) {
    for (const std::string& text :
         {std::string(), std::string("[]"), std::string("{"), Written().text() + "x",
          Written().text() + std::string(1, '\0') + "x", Written{.more = "\"\xFF\": 1,"}.text()}) {
        EXPECT_EQ(defect_of(text), "it is no JSON object");
    }
}

TEST(AccountJson, MayNestBracketsOnlySoDeep) {
    const auto nested = [](std::size_t depth) {
        return Written{.document = R"({"Version":)" + std::string(depth, '[') + std::string(depth, ']') + "}"}
            .text();
    };
    EXPECT_EQ(defect_of(nested(50)), "");
    EXPECT_EQ(defect_of(nested(200)), "it is no JSON object");
    EXPECT_EQ(defect_of(nested(1'000'000)), "it is no JSON object");
}

TEST(AccountJson, OfAnAccountIsReadAsItWasPrinted) {
    const auto account = read_account(Written().text());
    ASSERT_TRUE(account) << account.error();
    const std::string printed = print_account(*account);
    const auto again = read_account(printed);
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(print_account(*again), printed);
}

}  // namespace
}  // namespace writ::cli
