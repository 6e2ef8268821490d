#include "reference/authorization.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/text.h"

namespace writ::reference {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

template <class Count>
std::size_t total(Count count) {
    std::size_t sum = 0;
    for (const Service& service : services()) sum += count(service);
    return sum;
}

std::vector<std::string_view> key_names(std::span<const std::uint32_t> keys) {
    std::vector<std::string_view> names;
    for (const auto key : keys) names.push_back(condition_keys()[key].name);
    return names;
}

std::vector<std::string_view> names_of(const std::vector<const Action*>& actions) {
    std::vector<std::string_view> names;
    for (const auto* action : actions) names.push_back(action->name);
    return names;
}

// The figures of the package, and the four actions and the keys of data/facts.
TEST(Authorization, HoldsWhatThePackagesHold) {
    EXPECT_EQ(services().size(), 456U);
    EXPECT_EQ(total([](const Service& service) { return service.actions.size(); }), 22'091U + 4U);
    EXPECT_EQ(total([](const Service& service) { return service.resource_types.size(); }), 2'334U);
    EXPECT_EQ(total([](const Service& service) { return service.condition_keys.size(); }), 2'578U + 2U);
    EXPECT_EQ(total([](const Service& service) { return service.supports_rcp ? 1U : 0U; }), 62U);
    EXPECT_EQ(condition_keys().size(), 1'635U);
    EXPECT_EQ(total([](const Service& service) {
                  return static_cast<std::size_t>(std::ranges::count_if(
                      service.actions, [](const Action& action) { return action.resources.empty(); }));
              }),
              6'724U + 2U);
}

TEST(Authorization, HoldsTheDependentActionsOfTheOlderRelease) {
    EXPECT_EQ(
        total([](const Service& service) {
            return static_cast<std::size_t>(std::ranges::count_if(
                service.actions, [](const Action& action) { return !action.dependent_actions.empty(); }));
        }),
        852U);
    const auto* action = find_action("lambda:CreateFunction");
    ASSERT_NE(action, nullptr);
    ASSERT_EQ(action->resources.size(), 1U);
    EXPECT_THAT(action->resources[0].dependent_actions, testing::Contains("iam:PassRole"));
}

TEST(Authorization, CountsActionsByTheFiveLevels) {
    std::vector<std::size_t> count(5);
    for (const Service& service : services())
        for (const Action& action : service.actions) ++count[static_cast<std::size_t>(action.access_level)];
    EXPECT_THAT(count, ElementsAre(3'719U, 5'871U + 1U, 11'357U + 3U, 425U, 719U));
}

TEST(Authorization, FindsActionsInAnyCase) {
    const auto* action = find_action("S3:getobject");
    ASSERT_NE(action, nullptr);
    EXPECT_EQ(action->name, "s3:GetObject");
    EXPECT_EQ(find_action("s3:GetObject"), action);
    EXPECT_EQ(action->access_level, AccessLevel::read);
    EXPECT_TRUE(std::ranges::any_of(action->resources, [](const ActionResource& resource) {
        return resource.type->name == "object" &&
               resource.type->arn_pattern == "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
    }));
    EXPECT_THAT(key_names(action->condition_keys), testing::Contains("s3:authType"));
    for (const auto* unknown :
         {"", ":", "s3", "s3:", "s3:GetObjec", "s3:GetObjectt", "s3;GetObject", "GetObject", "S3[GetObject"})
        EXPECT_EQ(find_action(unknown), nullptr) << unknown;
}

TEST(Authorization, FindsEveryActionByItsName) {
    for (const Service& service : services()) {
        EXPECT_EQ(find_service(service.prefix), &service);
        EXPECT_TRUE(std::ranges::is_sorted(service.actions, {},
                                           [](const Action& action) { return ascii_lower(action.name); }));
        for (const Action& action : service.actions) {
            EXPECT_EQ(find_action(action.name), &action) << action.name;
            EXPECT_EQ(find_action(ascii_lower(action.name)), &action) << action.name;
        }
    }
}

TEST(Authorization, KnowsPassRole) {
    const auto* action = find_action("iam:PassRole");
    ASSERT_NE(action, nullptr);
    EXPECT_EQ(action->access_level, AccessLevel::write);
    ASSERT_EQ(action->resources.size(), 1U);
    EXPECT_EQ(action->resources[0].type->name, "role");
    EXPECT_TRUE(action->resources[0].required);
    EXPECT_EQ(action->resources[0].type->arn_pattern,
              "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
    EXPECT_THAT(key_names(action->condition_keys),
                IsSupersetOf({"iam:AssociatedResourceArn", "iam:PassedToService"}));
}

TEST(Authorization, SpeaksTheFiveWordsOfAws) {
    const auto level = [](std::string_view action) { return name(find_action(action)->access_level); };
    EXPECT_EQ(level("iam:ListUsers"), "List");
    EXPECT_EQ(level("iam:GetUser"), "Read");
    EXPECT_EQ(level("iam:CreateUser"), "Write");
    EXPECT_EQ(level("iam:AttachUserPolicy"), "Permissions management");
    EXPECT_EQ(level("iam:TagUser"), "Tagging");
}

TEST(Authorization, ExpandsWildcards) {
    EXPECT_THAT(names_of(expand_action("S3:get*TAGGING")),
                ElementsAre("s3:GetBucketTagging", "s3:GetJobTagging", "s3:GetObjectTagging",
                            "s3:GetObjectVersionTagging", "s3:GetStorageLensConfigurationTagging"));
    EXPECT_THAT(names_of(expand_action("iam:?etUser")), ElementsAre("iam:GetUser"));
    EXPECT_THAT(names_of(expand_action("s3:GetObject")), ElementsAre("s3:GetObject"));
    EXPECT_EQ(expand_action("*").size(), 22'095U);
    EXPECT_EQ(expand_action("*:*").size(), 22'095U);
    EXPECT_EQ(expand_action("s3:*").size(), find_service("s3")->actions.size());
    for (const auto* nothing : {"s3:", "s3", "", "s*:GetObject", "s3:GetObject?", "nosuch:*"})
        EXPECT_TRUE(expand_action(nothing).empty()) << nothing;
}

struct KeyCase {
    std::string_view asked, found;
    KeyType type;
    bool multivalued;
};

TEST(Authorization, FindsConditionKeysAndFillsTheirHoles) {
    const KeyCase cases[] = {
        {"s3:prefix", "s3:prefix", KeyType::string, false},
        {"AWS:sourceip", "aws:SourceIp", KeyType::ip_address, false},
        {"aws:TagKeys", "aws:TagKeys", KeyType::string, true},
        {"aws:PrincipalOrgPaths", "aws:PrincipalOrgPaths", KeyType::string, true},
        {"aws:CalledVia", "aws:CalledVia", KeyType::string, true},
        {"aws:CurrentTime", "aws:CurrentTime", KeyType::date, false},
        {"aws:MultiFactorAuthPresent", "aws:MultiFactorAuthPresent", KeyType::boolean, false},
        {"aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", KeyType::numeric, false},
        {"aws:RequestTag/team", "aws:RequestTag/${TagKey}", KeyType::string, false},
        {"aws:principaltag/Cost Center", "aws:PrincipalTag/${TagKey}", KeyType::string, false},
        {"s3:ExistingObjectTag/security", "s3:ExistingObjectTag/${key}", KeyType::string, false},
        {"kms:EncryptionContext:app", "kms:EncryptionContext:${EncryptionContextKey}", KeyType::string,
         false},
        {"codebuild:environment.environmentVariables/HOME.value",
         "codebuild:environment.environmentVariables/${name}.value", KeyType::string, false},
        {"token.actions.githubusercontent.com:sub", "token.actions.githubusercontent.com:sub",
         KeyType::string, false},
        {"sts:TransitiveTagKeys", "sts:TransitiveTagKeys", KeyType::string, true},
        {"iam:PolicyARN", "iam:PolicyARN", KeyType::arn, false},
        {"aws:RequestTag/${TagKey}", "aws:RequestTag/${TagKey}", KeyType::string, false},
    };
    for (const auto& expected : cases) {
        SCOPED_TRACE(expected.asked);
        const auto* key = find_condition_key(expected.asked);
        ASSERT_NE(key, nullptr);
        EXPECT_EQ(key->name, expected.found);
        EXPECT_EQ(key->type, expected.type) << name(key->type);
        EXPECT_EQ(key->multivalued, expected.multivalued);
    }
    for (const auto* unknown : {"", "aws:RequestTag/", "aws:RequestTag", "aws:NoSuchKey", "s3:prefi",
                                "codebuild:environment.environmentVariables/.value"})
        EXPECT_EQ(find_condition_key(unknown), nullptr) << unknown;
}

TEST(Authorization, FindsEveryConditionKey) {
    for (const ConditionKey& key : condition_keys())
        EXPECT_EQ(find_condition_key(key.name), &key) << key.name;
}

// Spec 5.2 lists the services that resource control policies act on.
TEST(Authorization, KnowsWhereResourceControlPoliciesAct) {
    for (const auto* prefix : {"s3", "sts", "kms", "sqs", "secretsmanager", "dynamodb"})
        EXPECT_TRUE(find_service(prefix)->supports_rcp) << prefix;
    for (const auto* prefix : {"iam", "ec2", "organizations", "lambda"})
        EXPECT_FALSE(find_service(prefix)->supports_rcp) << prefix;
}

TEST(Authorization, SearchesByWord) {
    const auto found = search("tagging");
    EXPECT_THAT(names_of(found.actions), testing::Contains("s3:GetObjectTagging"));
    EXPECT_TRUE(std::ranges::any_of(search("Identity and Access").services,
                                    [](const Service* service) { return service->prefix == "iam"; }));
    EXPECT_TRUE(std::ranges::any_of(search("prefix").condition_keys,
                                    [](const ConditionKey* key) { return key->name == "s3:prefix"; }));
    EXPECT_TRUE(search("no such word").actions.empty());
}

TEST(Authorization, LinksToTheServicesPage) {
    EXPECT_EQ(documentation_url(*find_service("s3")),
              "https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html");
}

}  // namespace
}  // namespace writ::reference
