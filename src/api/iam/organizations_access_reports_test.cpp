// GenerateOrganizationsAccessReport and GetOrganizationsAccessReport over the API (spec 8.15).
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

class OrganizationsAccessReports : public testing::Test {
  protected:
    OrganizationsAccessReports() {
        world.make_organization();
        member = world.make_account("member");
        path = world.organization_id() + "/" + world.root_id();
    }
    Reply generate(const Who& who, Parameters more = {}) {
        more.emplace_back("EntityPath", path);
        return world.iam(who, "GenerateOrganizationsAccessReport", std::move(more));
    }
    Reply read(const Who& who, const Reply& job, Parameters more = {}) {
        more.emplace_back("JobId", job.text("JobId"));
        return world.iam(who, "GetOrganizationsAccessReport", std::move(more));
    }

    OrganizationWorld world;
    std::string member;
    std::string path;
};

TEST_F(OrganizationsAccessReports, ComeFromRealUse) {
    const Who admin = world.administrator_of(member);
    EXPECT_EQ(world.iam(admin, "ListUsers").summary(), "200");
    world.endpoint().flush();
    const Reply told = read(world.root(), generate(world.root()),
                            {{"SortKey", "LAST_AUTHENTICATED_TIME_DESCENDING"}, {"MaxItems", "1"}});
    ASSERT_EQ(told.summary(), "200");
    EXPECT_EQ(told.text("JobStatus"), "COMPLETED");
    EXPECT_EQ(told.text("JobCreationDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(told.text("JobCompletionDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(told.text("member/ServiceNamespace"), "iam");
    EXPECT_EQ(told.text("member/ServiceName"), "AWS Identity and Access Management (IAM)");
    EXPECT_EQ(told.text("member/EntityPath"), path + "/" + member);
    EXPECT_EQ(told.text("member/Region"), "us-east-1");
    EXPECT_EQ(told.text("member/LastAuthenticatedTime"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(told.text("member/TotalAuthenticatedEntities"), "1");
    EXPECT_EQ(told.text("IsTruncated"), "true");
    EXPECT_EQ(std::stoi(told.text("NumberOfServicesAccessible")),
              std::stoi(told.text("NumberOfServicesNotAccessed")) + 1);
}

TEST_F(OrganizationsAccessReports, CountWhatRootDoes) {
    world.endpoint().flush();
    path += "/" + std::string(World::account);
    const Reply told =
        read(world.root(), generate(world.root()), {{"SortKey", "LAST_AUTHENTICATED_TIME_DESCENDING"}});
    EXPECT_EQ(told.text("member/EntityPath"), path);
    EXPECT_EQ(told.text("member/ServiceNamespace"), "organizations");
}

TEST_F(OrganizationsAccessReports, NeedWhatTheyShowToBeReadableInTheOrganization) {
    const std::string own = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":)"
                            R"("iam:GenerateOrganizationsAccessReport","Resource":)"
                            R"("arn:aws:iam::123456789012:access-report/)" +
                            path + R"("})";
    const Who bob = world.make_user("bob", own + "]}");
    EXPECT_EQ(generate(bob).message(),
              "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "organizations:DescribePolicy because no identity-based policy allows the "
              "organizations:DescribePolicy action");
    world.set_policy("bob", own + R"(,{"Effect":"Allow","Action":["organizations:Describe*",)"
                                  R"("organizations:List*"],"Resource":"*"}]})");
    EXPECT_EQ(generate(bob).summary(), "200");
    path += "/" + member;
    EXPECT_EQ(generate(bob).code(), "AccessDenied") << "another report";
}

TEST_F(OrganizationsAccessReports, CanBeAllowedForOnePolicyOnly) {
    const Who bob = world.make_user(
        "bob",
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["organizations:Describe*",)"
        R"("organizations:List*","iam:GetOrganizationsAccessReport"],"Resource":"*"},{"Effect":"Allow",)"
        R"("Action":"iam:GenerateOrganizationsAccessReport","Resource":"*","Condition":)"
        R"({"StringEquals":{"iam:OrganizationsPolicyId":"p-FullAWSAccess"}}}]})");
    EXPECT_EQ(generate(bob).code(), "AccessDenied");
    EXPECT_EQ(generate(bob, {{"OrganizationsPolicyId", "p-12345678"}}).code(), "AccessDenied");
    const Reply job = generate(bob, {{"OrganizationsPolicyId", "p-FullAWSAccess"}});
    ASSERT_EQ(job.summary(), "200");
    EXPECT_EQ(read(bob, job).text("JobStatus"), "COMPLETED");
    EXPECT_EQ(read(world.root(), job).code(), "NoSuchEntity");
}

TEST_F(OrganizationsAccessReports, TellWhyTheyFailed) {
    const Reply told = read(world.root(), generate(world.root(), {{"OrganizationsPolicyId", "p-12345678"}}));
    ASSERT_EQ(told.summary(), "200");
    EXPECT_EQ(told.text("JobStatus"), "FAILED");
    EXPECT_EQ(told.text("ErrorDetails/Code"), "INVALID_ORGANIZATIONS_POLICY");
    EXPECT_NE(told.text("ErrorDetails/Message"), "");
    EXPECT_FALSE(told.has("AccessDetails"));
    EXPECT_EQ(generate(world.other_root()).summary(),
              "403 AccessDenied: Organizations access reports require the management account of an "
              "organization.");
    path = "o-1";
    EXPECT_EQ(generate(world.root()).code(), "ValidationError");
}

}  // namespace
}  // namespace writ::api
