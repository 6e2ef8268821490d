#include "reference/managed_policies.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/sha.h>
#include <sstream>
#include <string>

#include "base/text.h"

namespace writ::reference {
namespace {

// Members sorted, no blanks, UTF-8: what data/builders/managed_policies.py hashed of the published document.
std::string digest(const std::string& document) {
    const auto canonical = nlohmann::json::parse(document).dump();
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(canonical.data()), canonical.size(), hash.data());
    return hex_encode(std::as_bytes(std::span(hash)));
}

TEST(ManagedPolicies, PrintEveryDocumentAsPublished) {
    std::ifstream file(std::string(WRIT_SOURCE_DIR) + "/data/managed_policies.sha256");
    std::size_t count = 0;
    for (std::string line; std::getline(file, line); ++count) {
        std::istringstream words(line);
        std::string expected;
        std::string arn;
        std::string version;
        words >> expected >> arn >> version;
        const auto* policy = find_managed_policy(arn);
        ASSERT_NE(policy, nullptr) << arn;
        EXPECT_EQ(policy->version_id, version) << arn;
        EXPECT_EQ(digest(managed_policy_document(*policy)), expected) << arn;
    }
    EXPECT_EQ(count, 1'594U + 2U);
}

TEST(ManagedPolicies, ListThoseOfIamByArn) {
    ASSERT_EQ(managed_policy_count(), 1'594U);
    for (std::size_t i = 0; i < managed_policy_count(); ++i) {
        const auto& policy = managed_policy(i);
        EXPECT_EQ(policy.arn,
                  "arn:aws:iam::aws:policy" + std::string(policy.path) + std::string(policy.name));
        EXPECT_EQ(find_managed_policy(policy.arn), &policy);
        if (i > 0) {
            EXPECT_LT(managed_policy(i - 1).arn, policy.arn);
        }
        EXPECT_LE(policy.created, policy.updated) << policy.arn;
        EXPECT_TRUE(policy.version_id.starts_with('v')) << policy.arn;
    }
    const auto in_path = [](std::string_view path) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < managed_policy_count(); ++i)
            count += managed_policy(i).path == path ? 1U : 0U;
        return count;
    };
    EXPECT_EQ(in_path("/"), 994U);
    EXPECT_EQ(in_path("/aws-service-role/"), 357U);
    EXPECT_EQ(in_path("/service-role/"), 227U);
    EXPECT_EQ(in_path("/job-function/"), 11U);
    EXPECT_EQ(in_path("/root-task/"), 5U);
}

TEST(ManagedPolicies, KnowAdministratorAccess) {
    const auto* policy = find_managed_policy("arn:aws:iam::aws:policy/AdministratorAccess");
    ASSERT_NE(policy, nullptr);
    EXPECT_EQ(policy->version_id, "v1");
    EXPECT_EQ(policy->created, "2015-02-06T18:39:46Z");
    EXPECT_EQ(managed_policy_document(*policy),
              R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})");
}

TEST(ManagedPolicies, AreFoundByTheirExactArn) {
    EXPECT_NE(find_managed_policy("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"), nullptr);
    for (const auto* unknown :
         {"", "arn:aws:iam::aws:policy/ViewOnlyAccess", "AdministratorAccess",
          "arn:aws:iam::aws:policy/administratoraccess", "arn:aws:iam::aws:policy/AdministratorAccess2"})
        EXPECT_EQ(find_managed_policy(unknown), nullptr) << unknown;
}

// Attached everywhere while the policy type is enabled (spec O4).
TEST(ManagedPolicies, HoldThoseOfOrganizations) {
    const auto* scp =
        find_managed_policy("arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
    const auto* rcp =
        find_managed_policy("arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess");
    ASSERT_NE(scp, nullptr);
    ASSERT_NE(rcp, nullptr);
    EXPECT_EQ(scp->name, "FullAWSAccess");
    EXPECT_EQ(scp->path, "/");
    EXPECT_EQ(
        managed_policy_document(*rcp),
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})");
}

}  // namespace
}  // namespace writ::reference
