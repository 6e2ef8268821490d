// Centralized root access (spec B27): what enables it, and what sessions of AssumeRoot may do (7.4).
#include <gtest/gtest.h>

#include "api/internal/organization_for_tests.h"
#include "base/text.h"
#include "crypto/one_time_code.h"

namespace writ::api {
namespace {

constexpr std::string_view enable_credentials = "EnableOrganizationsRootCredentialsManagement";
constexpr std::string_view enable_sessions = "EnableOrganizationsRootSessions";
const Json iam_principal{{"ServicePrincipal", "iam.amazonaws.com"}};

std::string task(std::string_view name) {
    return "arn:aws:iam::aws:policy/root-task/" + std::string(name);
}
const std::string audit = task("IAMAuditRootUserCredentials");
const std::string recover = task("IAMCreateRootUserPassword");
const std::string remove_all = task("IAMDeleteRootUserCredentials");
const std::string unlock_bucket = task("S3UnlockBucketPolicy");
const std::string unlock_queue = task("SQSUnlockQueuePolicy");

class RootAccessWorld : public testing::Test, public OrganizationWorld {
  protected:
    [[nodiscard]] std::string list(const Who& who) { return iam(who, "ListOrganizationsFeatures").summary(); }
    [[nodiscard]] Reply assume(const Who& who, const std::string& target, const std::string& task_policy,
                               Parameters more = {}) {
        more.insert(more.end(), {{"TargetPrincipal", target}, {"TaskPolicyArn.arn", task_policy}});
        return sts(who, "AssumeRoot", std::move(more));
    }
    void delegate_iam_to(const std::string& member) {
        manage("RegisterDelegatedAdministrator",
               {{"AccountId", member}, {"ServicePrincipal", "iam.amazonaws.com"}});
    }
};

using Features = RootAccessWorld;

TEST_F(Features, NeedAnOrganizationWithAllFeaturesThatTrustsIam) {
    EXPECT_TRUE(list(root()).starts_with("400 OrganizationNotFoundException: "));
    manage("CreateOrganization", {{"FeatureSet", "CONSOLIDATED_BILLING"}});
    EXPECT_TRUE(list(root()).starts_with("400 OrganizationNotInAllFeaturesModeException: "));
    manage("DeleteOrganization");
    make_organization();
    for (const std::string_view operation :
         {std::string_view("ListOrganizationsFeatures"), enable_credentials, enable_sessions,
          std::string_view("DisableOrganizationsRootCredentialsManagement"),
          std::string_view("DisableOrganizationsRootSessions")}) {
        EXPECT_EQ(iam(root(), operation).code(), "ServiceAccessNotEnabledException") << operation;
    }
    manage("EnableAWSServiceAccess", iam_principal);
    EXPECT_EQ(list(root()), "200");
}

TEST_F(Features, AreEnabledAndDisabledOneByOne) {
    make_organization();
    manage("EnableAWSServiceAccess", iam_principal);
    const auto features = [](const Reply& reply) { return reply.texts("EnabledFeatures/member"); };
    using Names = std::vector<std::string>;
    const Reply none = iam(root(), "ListOrganizationsFeatures");
    EXPECT_EQ(none.text("OrganizationId"), organization_id());
    EXPECT_TRUE(none.has("EnabledFeatures"));
    EXPECT_EQ(features(none), Names{});
    EXPECT_EQ(features(iam(root(), enable_sessions)), Names{"RootSessions"});
    EXPECT_EQ(features(iam(root(), enable_sessions)), Names{"RootSessions"}) << "twice";
    const Names both{"RootCredentialsManagement", "RootSessions"};
    EXPECT_EQ(features(iam(root(), enable_credentials)), both);
    EXPECT_EQ(features(iam(root(), "ListOrganizationsFeatures")), both);
    EXPECT_EQ(features(iam(root(), "DisableOrganizationsRootSessions")), Names{"RootCredentialsManagement"});
    EXPECT_EQ(features(iam(root(), "DisableOrganizationsRootSessions")), Names{"RootCredentialsManagement"});
    EXPECT_EQ(features(iam(root(), "DisableOrganizationsRootCredentialsManagement")), Names{});
}

TEST_F(Features, GoWithTheOrganization) {
    make_organization();
    manage("EnableAWSServiceAccess", iam_principal);
    EXPECT_TRUE(iam(root(), enable_sessions).ok());
    manage("DeleteOrganization");
    make_organization();
    manage("EnableAWSServiceAccess", iam_principal);
    EXPECT_FALSE(iam(root(), "ListOrganizationsFeatures").has("EnabledFeatures/member"));
}

TEST_F(Features, AreForTheManagementAccountAndTheDelegatedAdministratorOfIam) {
    make_organization();
    manage("EnableAWSServiceAccess", iam_principal);
    EXPECT_TRUE(iam(root(), enable_sessions).ok());
    const std::string member = make_account("member");
    const Who admin = administrator_of(member);
    const auto code = [&](std::string_view operation) { return iam(admin, operation).code(); };
    EXPECT_EQ(code("ListOrganizationsFeatures"), "AccountNotManagementOrDelegatedAdministratorException");
    EXPECT_EQ(code(enable_sessions), "AccountNotManagementOrDelegatedAdministratorException");
    manage("EnableAWSServiceAccess", {{"ServicePrincipal", "config.amazonaws.com"}});
    manage("RegisterDelegatedAdministrator",
           {{"AccountId", member}, {"ServicePrincipal", "config.amazonaws.com"}});
    EXPECT_EQ(code("ListOrganizationsFeatures"), "AccountNotManagementOrDelegatedAdministratorException");
    delegate_iam_to(member);
    EXPECT_EQ(iam(admin, "ListOrganizationsFeatures").text("EnabledFeatures/member"), "RootSessions");
    EXPECT_EQ(code(enable_credentials), "CallerIsNotManagementAccountException");
    EXPECT_EQ(iam(admin, "DisableOrganizationsRootSessions").summary(), "200");
    EXPECT_FALSE(iam(root(), "ListOrganizationsFeatures").has("EnabledFeatures/member"));
}

TEST_F(Features, NeedPermissions) {
    make_organization();
    manage("EnableAWSServiceAccess", iam_principal);
    const Who reader = make_user("reader", allow("iam:ListOrganizationsFeatures"));
    EXPECT_EQ(list(reader), "200");
    EXPECT_EQ(iam(reader, enable_sessions).summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/reader is not authorized to perform: "
              "iam:EnableOrganizationsRootSessions because no identity-based policy allows the "
              "iam:EnableOrganizationsRootSessions action");
}

/// Both features are enabled, and the other account of the World, whose root has a key, is a member.
class AssumeRoot : public RootAccessWorld {
  protected:
    void SetUp() override {
        make_organization();
        invite_other_account();
        manage("EnableAWSServiceAccess", iam_principal);
        EXPECT_TRUE(iam(root(), enable_credentials).ok());
        EXPECT_TRUE(iam(root(), enable_sessions).ok());
        admin_ = make_user("rooter", allow_all);
    }
    [[nodiscard]] Reply assume(const std::string& task_policy, Parameters more = {}) {
        return RootAccessWorld::assume(admin_, member_, task_policy, std::move(more));
    }
    [[nodiscard]] Who session(const std::string& task_policy) {
        const Reply reply = assume(task_policy);
        EXPECT_EQ(reply.summary(), "200") << task_policy;
        return reply.credentials();
    }
    [[nodiscard]] std::string refused(const std::string& who) const {
        return "403 AccessDenied: User: " + who +
               " is not authorized to perform: sts:AssumeRoot on resource: " + member_root_;
    }

    const std::string member_{other_account};
    const std::string member_root_ = "arn:aws:iam::" + member_ + ":root";
    const std::string admin_arn_ = "arn:aws:iam::123456789012:user/rooter";
    Who admin_;
};

TEST_F(AssumeRoot, MakesTheRootUserOfTheMember) {
    const Reply made = assume(audit);
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("Expiration"), "2026-11-24T04:38:00Z");
    EXPECT_FALSE(made.has("SourceIdentity"));
    EXPECT_FALSE(made.has("PackedPolicySize"));
    const Reply identity = sts(made.credentials(), "GetCallerIdentity");
    EXPECT_EQ(identity.text("Arn"), member_root_);
    EXPECT_EQ(identity.text("UserId"), member_);
    EXPECT_EQ(identity.text("Account"), member_);
    EXPECT_EQ(RootAccessWorld::assume(admin_, member_root_, audit).summary(), "200") << "by its ARN";
}

TEST_F(AssumeRoot, LastsAQuarterOfAnHourAtMost) {  // 7.3.
    EXPECT_EQ(assume(audit, {{"DurationSeconds", "60"}}).text("Expiration"), "2026-11-24T04:24:00Z");
    EXPECT_EQ(assume(audit, {{"DurationSeconds", "901"}}).code(), "ValidationError");
    const Who shortly = assume(audit, {{"DurationSeconds", "60"}}).credentials();
    EXPECT_EQ(sts(shortly, "GetCallerIdentity").summary(), "200");
    clock().advance(std::chrono::seconds(60));
    EXPECT_EQ(sts(shortly, "GetCallerIdentity").code(), "ExpiredToken");
}

TEST_F(AssumeRoot, RemovesTheCredentialsOfRoot) {
    EXPECT_EQ(iam(other_root(), "ListUsers").summary(), "200");
    const Who remover = session(remove_all);
    EXPECT_EQ(iam(remover, "ListAccessKeys").text("AccessKeyId"), other_root().access_key_id);
    const Parameters key{{"AccessKeyId", other_root().access_key_id}};
    EXPECT_EQ(iam(remover, "GetAccessKeyLastUsed", key).summary(), "200");
    EXPECT_EQ(iam(remover, "DeleteAccessKey", key).summary(), "200");
    EXPECT_EQ(iam(other_root(), "ListUsers").code(), "InvalidClientTokenId");
    EXPECT_FALSE(iam(remover, "ListAccessKeys").has("AccessKeyId"));
}

TEST_F(AssumeRoot, DoesNothingBesideItsTask) {
    ASSERT_TRUE(iam(other_root(), "CreateUser", {{"UserName", "bob"}}).ok());
    const Reply key = iam(other_root(), "CreateAccessKey", {{"UserName", "bob"}});
    const Who remover = session(remove_all);
    const std::string denied =
        " is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::" + member_ +
        ":user/ with an explicit deny in a session policy: " + remove_all;
    EXPECT_EQ(iam(remover, "ListUsers").summary(), "403 AccessDenied: User: " + member_root_ + denied);
    EXPECT_EQ(iam(remover, "CreateAccessKey").code(), "AccessDenied");
    EXPECT_EQ(iam(remover, "CreateLoginProfile").code(), "AccessDenied");
    EXPECT_EQ(iam(remover, "GetAccountSummary").code(), "AccessDenied");
    // The task is about root, not about users.
    EXPECT_EQ(iam(remover, "DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", key.text("AccessKeyId")}})
                  .code(),
              "AccessDenied");
    EXPECT_EQ(sts(remover, "GetSessionToken").code(), "AccessDenied");
    EXPECT_EQ(sts(remover, "AssumeRole",
                  {{"RoleArn", "arn:aws:iam::" + member_ + ":role/x"}, {"RoleSessionName", "s1"}})
                  .code(),
              "AccessDenied");
    EXPECT_EQ(RootAccessWorld::assume(remover, member_, remove_all).code(), "AccessDenied");
    const Who auditor = session(audit);
    EXPECT_EQ(iam(auditor, "GetAccountSummary").summary(), "200");
    EXPECT_EQ(iam(auditor, "GetUser").text("Arn"), member_root_);
    EXPECT_EQ(iam(auditor, "ListSigningCertificates").summary(), "200");
    EXPECT_EQ(iam(auditor, "DeleteAccessKey", {{"AccessKeyId", other_root().access_key_id}}).code(),
              "AccessDenied");
    EXPECT_EQ(iam(session(unlock_bucket), "ListAccessKeys").code(), "AccessDenied");
}

TEST_F(AssumeRoot, DeactivatesTheMfaDeviceOfRoot) {  // The root user itself needs a session with MFA (B15).
    const Reply made = iam(other_root(), "CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}});
    const auto seed = base64_decode(made.text("Base32StringSeed"));
    ASSERT_TRUE(seed);
    const auto codes = crypto::OneTimeCodes::of(Secret(crypto::as_text(*seed)));
    const std::int64_t step = crypto::one_time_step(clock().now());
    const Parameters device{{"SerialNumber", made.text("SerialNumber")}};
    Parameters enabling = device;
    enabling.emplace_back("UserName", member_);
    enabling.emplace_back("AuthenticationCode1", codes->at(step));
    enabling.emplace_back("AuthenticationCode2", codes->at(step + 1));
    ASSERT_EQ(iam(other_root(), "EnableMFADevice", enabling).summary(), "200");
    EXPECT_EQ(iam(other_root(), "DeactivateMFADevice", device).code(), "AccessDenied");
    const Who remover = session(remove_all);
    EXPECT_TRUE(iam(remover, "ListMFADevices").has("SerialNumber"));
    EXPECT_EQ(iam(remover, "DeactivateMFADevice", device).summary(), "200");
    EXPECT_FALSE(iam(remover, "ListMFADevices").has("SerialNumber"));
}

TEST_F(AssumeRoot, AllowsTheRecoveryOfTheRootPassword) {
    const Who recoverer = session(recover);
    EXPECT_EQ(iam(session(audit), "GetAccountSummary").body().find("AccountPasswordPresent</key><value>1"),
              std::string::npos);
    EXPECT_EQ(iam(recoverer, "GetLoginProfile").summary(),
              "404 NoSuchEntity: Login Profile for User " + member_ + " cannot be found.");
    EXPECT_EQ(iam(recoverer, "CreateLoginProfile", {{"Password", "Initial-1"}}).code(), "ValidationError");
    const Reply made = iam(recoverer, "CreateLoginProfile");
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("LoginProfile/CreateDate"), "2026-11-24T04:23:00Z");
    EXPECT_EQ(iam(recoverer, "CreateLoginProfile").code(), "EntityAlreadyExists");
    EXPECT_EQ(iam(recoverer, "DeleteLoginProfile").code(), "AccessDenied") << "another task";
    const Who remover = session(remove_all);
    EXPECT_EQ(iam(remover, "GetLoginProfile").summary(), "200");
    EXPECT_EQ(iam(remover, "DeleteLoginProfile").summary(), "200");
    EXPECT_EQ(iam(remover, "DeleteLoginProfile").code(), "NoSuchEntity");
    EXPECT_EQ(iam(other_root(), "GetLoginProfile").code(), "ValidationError") << "root names no user";
}

TEST_F(AssumeRoot, TakesTheTasksOfTheFeaturesThatAreEnabled) {
    const auto tasks_allowed = [&] {
        std::string allowed;
        for (const std::string& policy : {audit, recover, remove_all, unlock_bucket, unlock_queue}) {
            const std::string result = assume(policy).summary();
            EXPECT_TRUE(result == "200" || result == refused(admin_arn_)) << result;
            allowed += result == "200" ? '1' : '0';
        }
        return allowed;
    };
    EXPECT_EQ(tasks_allowed(), "11111");
    EXPECT_TRUE(iam(root(), "DisableOrganizationsRootSessions").ok());
    EXPECT_EQ(tasks_allowed(), "11100");
    EXPECT_TRUE(iam(root(), "DisableOrganizationsRootCredentialsManagement").ok());
    EXPECT_EQ(tasks_allowed(), "00000");
    EXPECT_TRUE(iam(root(), enable_sessions).ok());
    EXPECT_EQ(tasks_allowed(), "00011");
    manage("DisableAWSServiceAccess", iam_principal);
    EXPECT_EQ(tasks_allowed(), "00000");
    manage("EnableAWSServiceAccess", iam_principal);
    EXPECT_EQ(tasks_allowed(), "00011");
    EXPECT_EQ(assume("arn:aws:iam::aws:policy/AdministratorAccess").summary(), refused(admin_arn_));
    EXPECT_EQ(assume("arn:aws:iam::123456789012:policy/root-task/IAMAuditRootUserCredentials").summary(),
              refused(admin_arn_));
}

TEST_F(AssumeRoot, IsForMembersOnly) {
    const auto code = [&](const std::string& target) {
        return RootAccessWorld::assume(admin_, target, audit).code();
    };
    EXPECT_EQ(code(std::string(account)), "AccessDenied") << "the management account itself";
    EXPECT_EQ(code("999999999999"), "AccessDenied") << "unknown";
    const std::string created = make_account("created");
    EXPECT_EQ(code(created), "");
    manage("CloseAccount", {{"AccountId", created}});
    EXPECT_EQ(code(created), "AccessDenied") << "closed";
    manage("RemoveAccountFromOrganization", {{"AccountId", member_}});
    EXPECT_EQ(code(member_), "AccessDenied") << "a member no more";
    for (const char* target : {"bob-and-alice", "arn:aws:iam::123456789012:user/bob",
                               "arn:aws:iam::12345678901:root", "arn:aws:iam::123456789012:root/"}) {
        EXPECT_EQ(RootAccessWorld::assume(admin_, target, audit).summary(),
                  "400 ValidationError: " + std::string(target) + " is invalid");
    }
    EXPECT_EQ(sts(admin_, "AssumeRoot", {{"TargetPrincipal", member_}, {"TaskPolicyArn.other", "x"}}).code(),
              "ValidationError");
}

TEST_F(AssumeRoot, IsForUsersAndRolesOfTheAdministratingAccounts) {
    EXPECT_EQ(RootAccessWorld::assume(root(), member_, audit).summary(),
              refused("arn:aws:iam::123456789012:root"));
    const Who short_session = sts(admin_, "GetSessionToken").credentials();
    EXPECT_EQ(RootAccessWorld::assume(short_session, member_, audit).code(), "AccessDenied");
    const std::string delegate = make_account("security");
    const Who member_admin = administrator_of(delegate);
    const auto as_member = [&](const std::string& target) {
        return RootAccessWorld::assume(member_admin, target, audit).code();
    };
    EXPECT_EQ(as_member(member_), "AccessDenied");
    EXPECT_EQ(as_member(delegate), "AccessDenied") << "not even its own root";
    delegate_iam_to(delegate);
    EXPECT_EQ(as_member(member_), "");
    EXPECT_EQ(as_member(delegate), "");
    EXPECT_EQ(as_member(std::string(account)), "AccessDenied") << "never the management account";
    manage("DeregisterDelegatedAdministrator",
           {{"AccountId", delegate}, {"ServicePrincipal", "iam.amazonaws.com"}});
    EXPECT_EQ(as_member(member_), "AccessDenied");
}

TEST_F(AssumeRoot, NeedsThePermissionOnTheRootUserForTheTask) {
    const Who clerk = make_user("clerk");
    const auto result = [&](const std::string& policy, const std::string& task_policy) {
        set_policy("clerk", policy);
        return RootAccessWorld::assume(clerk, member_, task_policy).code();
    };
    EXPECT_EQ(RootAccessWorld::assume(clerk, member_, audit).summary(),
              refused("arn:aws:iam::123456789012:user/clerk"));
    EXPECT_EQ(result(allow("sts:AssumeRoot", member_root_), audit), "");
    EXPECT_EQ(result(allow("sts:AssumeRoot", "arn:aws:iam::123456789012:root"), audit), "AccessDenied");
    EXPECT_EQ(result(allow("sts:AssumeRole"), audit), "AccessDenied");
    EXPECT_EQ(result(deny("sts:AssumeRoot"), audit), "AccessDenied");
    const std::string audits_only =
        policy_of(R"({"Effect":"Allow","Action":"sts:AssumeRoot","Resource":"*","Condition":{"StringEquals":)"
                  R"({"sts:TaskPolicyArn":")" +
                  audit + R"("}}})");
    EXPECT_EQ(result(audits_only, audit), "");
    EXPECT_EQ(result(audits_only, remove_all), "AccessDenied");
}

TEST_F(AssumeRoot, NeedsThePermissionForTheRootOfTheOwnAccountToo) {
    const std::string delegate = make_account("security");
    delegate_iam_to(delegate);
    const Who member_admin = administrator_of(delegate);
    ASSERT_TRUE(iam(member_admin, "CreateUser", {{"UserName", "eve"}}).ok());
    const Reply key = iam(member_admin, "CreateAccessKey", {{"UserName", "eve"}});
    const Who eve{key.text("AccessKeyId"), key.text("SecretAccessKey"), {}};
    EXPECT_EQ(RootAccessWorld::assume(eve, delegate, audit).code(), "AccessDenied");
}

TEST_F(AssumeRoot, IsBoundByTheServiceControlPoliciesOfTheMember) {
    const Parameters key{{"AccessKeyId", other_root().access_key_id}};
    attach(
        make_policy("deny", policy_of(R"({"Effect":"Deny","Action":"iam:DeleteAccessKey","Resource":"*"})")),
        member_);
    const Who remover = session(remove_all);
    EXPECT_NE(iam(remover, "DeleteAccessKey", key).message().find("service control policy"),
              std::string::npos);
    EXPECT_EQ(iam(remover, "ListAccessKeys").summary(), "200");
}

TEST_F(AssumeRoot, IsToldFromTheRootUserByAConditionKey) {  // aws:AssumedRoot, aws:MultiFactorAuthPresent.
    const auto deny_if = [&](const std::string& key, const std::string& value) {
        const std::string id = make_policy("deny " + key.substr(4) + value,
                                           policy_of(R"({"Effect":"Deny","Action":"iam:ListAccessKeys",)"
                                                     R"("Resource":"*","Condition":{"Bool":{")" +
                                                     key + R"(":")" + value + R"("}}})"));
        attach(id, member_);
        return id;
    };
    const Who remover = session(remove_all);
    const std::string assumed = deny_if("aws:AssumedRoot", "true");
    EXPECT_EQ(iam(remover, "ListAccessKeys").code(), "AccessDenied");
    EXPECT_EQ(iam(other_root(), "ListAccessKeys").summary(), "200");
    detach(assumed, member_);
    EXPECT_EQ(iam(remover, "ListAccessKeys").summary(), "200");
    deny_if("aws:MultiFactorAuthPresent", "false");
    EXPECT_EQ(iam(remover, "ListAccessKeys").code(), "AccessDenied");
    EXPECT_EQ(iam(other_root(), "ListAccessKeys").summary(), "200") << "absent with long-term keys";
}

TEST_F(AssumeRoot, CarriesTheSourceIdentityOn) {
    make("CreateRole", {{"RoleName", "ops"},
                        {"AssumeRolePolicyDocument",
                         R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":)"
                         R"("123456789012"},"Action":["sts:AssumeRole","sts:SetSourceIdentity"]}})"}});
    make("PutRolePolicy", {{"RoleName", "ops"}, {"PolicyName", "p"}, {"PolicyDocument", allow_all}});
    const Who ops = sts(admin_, "AssumeRole",
                        {{"RoleArn", "arn:aws:iam::123456789012:role/ops"},
                         {"RoleSessionName", "s1"},
                         {"SourceIdentity", "ada"}})
                        .credentials();
    const Reply made = RootAccessWorld::assume(ops, member_, remove_all);
    ASSERT_EQ(made.summary(), "200");
    EXPECT_EQ(made.text("SourceIdentity"), "ada");
    attach(make_policy("ada", policy_of(R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":)"
                                        R"({"StringEquals":{"aws:SourceIdentity":"ada"}}})")),
           member_);
    EXPECT_EQ(iam(made.credentials(), "ListAccessKeys").code(), "AccessDenied");
    EXPECT_EQ(iam(session(remove_all), "ListAccessKeys").summary(), "200");
}

}  // namespace
}  // namespace writ::api
