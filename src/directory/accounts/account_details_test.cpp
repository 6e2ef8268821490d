#include "directory/accounts/account_details.h"

#include "directory/accounts/account_import.h"
#include "directory/accounts/account_summary.h"
#include "directory/internal/testing.h"
#include "directory/policies/inline_policies.h"

namespace writ::directory {
namespace {

constexpr const char* trust = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":)"
                              R"("arn:aws:iam::111122223333:user/ada"},"Action":"sts:AssumeRole"}]})";
constexpr const char* read_all =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]})";
constexpr const char* local_arn = "arn:aws:iam::111122223333:policy/Read";
constexpr const char* aws_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";

/// One of everything.
class AccountDetailsTest : public DirectoryTest {
  protected:
    AccountDetailsTest() {
        const auto made = edit([](AccountEdit& account) -> Result<void> {
            auto policy = create_policy(account, {.name = "Read", .document = read_all, .description = "d"});
            if (!policy) return std::unexpected(policy.error());
            auto version = create_policy_version(account, local_arn, read_all, false);
            if (!version) return std::unexpected(version.error());
            auto group = create_group(account, {.name = "Devs"});
            if (!group) return std::unexpected(group.error());
            auto user = create_user(
                account, {.name = "ada", .path = "/eng/", .boundary_arn = aws_arn, .tags = {{"Team", "a"}}});
            if (!user) return std::unexpected(user.error());
            return {};
        });
        EXPECT_TRUE(made);
        // The trust names the ARN of ada with her path.
        std::string trusts_ada(trust);
        trusts_ada.replace(trusts_ada.find("user/ada"), 8, "user/eng/ada");
        const auto done = edit([&](AccountEdit& account) -> Result<void> {
            const PolicyOwner ada{OwnerKind::user, "ada"};
            const PolicyOwner run{OwnerKind::role, "run"};
            auto role = create_role(account, {.name = "run", .trust_document = trusts_ada});
            if (!role) return std::unexpected(role.error());
            auto profile = create_instance_profile(account, {.name = "web"});
            if (!profile) return std::unexpected(profile.error());
            Result<void> next = add_user_to_group(account, "Devs", "ada");
            if (next) next = put_inline_policy(account, ada, "own", read_all);
            if (next) next = put_inline_policy(account, {OwnerKind::group, "Devs"}, "theirs", read_all);
            if (next) next = attach_policy(account, run, local_arn);
            if (next) next = attach_policy(account, ada, aws_arn);
            if (next) next = add_role_to_instance_profile(account, "web", "run");
            if (next) next = record_role_use(account, role->role_id, "eu-west-1");
            return next;
        });
        EXPECT_TRUE(done) << done.error().message;
    }

    Result<AccountDetails> details(const DetailFilter& filter = {}, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return get_account_details(account, filter, page); });
    }
};

TEST_F(AccountDetailsTest, HoldAllThatPermissionsAreMadeOf) {  // B20.
    const auto all = details();
    ASSERT_TRUE(all);
    ASSERT_EQ(all->users.size(), 1U);
    const UserDetail& ada = all->users[0];
    EXPECT_EQ(ada.user.arn, "arn:aws:iam::111122223333:user/eng/ada");
    EXPECT_EQ(ada.user.boundary_arn, aws_arn);
    EXPECT_EQ(ada.user.tags, (std::vector<Tag>{{"Team", "a"}}));
    EXPECT_EQ(ada.group_names, std::vector<std::string>{"Devs"});
    ASSERT_EQ(ada.policies.inline_policies.size(), 1U);
    EXPECT_EQ(ada.policies.inline_policies[0].document, read_all);
    ASSERT_EQ(ada.policies.attached.size(), 1U);
    EXPECT_EQ(ada.policies.attached[0].name, "ReadOnlyAccess");

    ASSERT_EQ(all->roles.size(), 1U);
    const RoleDetail& run = all->roles[0];
    EXPECT_NE(run.role.trust_document.find("user/eng/ada"), std::string::npos);
    EXPECT_EQ(run.role.last_used->region, "eu-west-1");
    ASSERT_EQ(run.profiles.size(), 1U);
    EXPECT_EQ(run.profiles[0].role->name, "run");

    ASSERT_EQ(all->groups.size(), 1U);
    EXPECT_EQ(all->groups[0].policies.inline_policies[0].name, "theirs");

    ASSERT_EQ(all->policies.size(), 2U);
    const PolicyDetail& local = all->policies[0];
    EXPECT_EQ(local.policy.arn, local_arn);
    EXPECT_EQ(local.policy.attachment_count, 1);
    ASSERT_EQ(local.versions.size(), 2U);
    EXPECT_EQ(local.versions[0].version_id, "v2");  // Newest first.
    EXPECT_FALSE(local.versions[0].is_default);
    EXPECT_TRUE(local.versions[1].is_default);
    EXPECT_EQ(local.versions[1].document, read_all);
    const PolicyDetail& aws = all->policies[1];
    EXPECT_EQ(aws.policy.arn, aws_arn);
    EXPECT_EQ(aws.policy.attachment_count, 1);
    EXPECT_EQ(aws.policy.boundary_usage_count, 1);
    ASSERT_EQ(aws.versions.size(), 1U);
    EXPECT_FALSE(aws.versions[0].document.empty());
}

TEST_F(AccountDetailsTest, ShareOnePageAmongAllKinds) {  // B20.
    std::vector<std::string> order;
    PageRequest page{.items_max = 1};
    for (int pages = 0; pages < 5; ++pages) {
        const auto part = details({}, page);
        ASSERT_TRUE(part) << part.error().message;
        ASSERT_EQ(part->users.size() + part->roles.size() + part->groups.size() + part->policies.size(), 1U);
        for (const auto& detail : part->users) order.push_back(detail.user.name);
        for (const auto& detail : part->roles) order.push_back(detail.role.name);
        for (const auto& detail : part->groups) order.push_back(detail.group.name);
        for (const auto& detail : part->policies) order.push_back(detail.policy.name);
        page.marker = part->marker;
        EXPECT_EQ(part->marker.has_value(), pages < 4);
    }
    EXPECT_EQ(order, (std::vector<std::string>{"ada", "run", "Devs", "Read", "ReadOnlyAccess"}));
    EXPECT_EQ(details({}, {.items_max = 2})->users.size(), 1U);
    EXPECT_EQ(details({}, {.items_max = 2})->roles.size(), 1U);
    EXPECT_FALSE(details({}, {.items_max = 5})->marker);
}

TEST_F(AccountDetailsTest, FollowTheFilter) {
    const DetailFilter only_local{false, false, false, true, false};
    const auto local = details(only_local);
    EXPECT_TRUE(local->users.empty());
    ASSERT_EQ(local->policies.size(), 1U);
    EXPECT_EQ(local->policies[0].policy.name, "Read");
    const auto first = details({}, {.items_max = 1});
    EXPECT_EQ(error_of(details(only_local, {.marker = first->marker})).message, "Invalid Marker.");
}

TEST_F(AccountDetailsTest, AreSummedUp) {  // B19.
    EXPECT_TRUE(edit([](AccountEdit& account) -> Result<void> {
        store::ServerCertificate server;
        store::SigningCertificate signing;
        store::OidcProvider oidc;
        store::SamlProvider saml;
        for (std::string* id : {&server.account_id, &signing.account_id, &signing.owner_id, &oidc.account_id,
                                &saml.account_id}) {
            *id = account.account_id;
        }
        EXPECT_TRUE(account.writes.insert(server));
        EXPECT_TRUE(account.writes.insert(signing));
        EXPECT_TRUE(account.writes.insert(oidc));
        EXPECT_TRUE(account.writes.insert(saml));
        return {};
    }));
    const auto entries = view([](const AccountView& account) { return get_account_summary(account); });
    ASSERT_TRUE(entries);
    std::map<std::string_view, std::int64_t> summary;
    for (const SummaryEntry& entry : *entries) summary[entry.key] = entry.value;
    EXPECT_EQ(summary["Users"], 1);
    EXPECT_EQ(summary["Roles"], 1);
    EXPECT_EQ(summary["Groups"], 1);
    EXPECT_EQ(summary["Policies"], 1);
    EXPECT_EQ(summary["InstanceProfiles"], 1);
    EXPECT_EQ(summary["ServerCertificates"], 1);
    EXPECT_EQ(summary["Providers"], 2);
    EXPECT_EQ(summary["AccountSigningCertificatesPresent"], 1);
    EXPECT_EQ(summary["ServerCertificatesQuota"], 20);
    EXPECT_EQ(summary["PolicyVersionsInUse"], 2);
    EXPECT_EQ(summary["PolicyVersionsInUseQuota"], 10000);
    EXPECT_EQ(summary["UsersQuota"], 5000);
    EXPECT_EQ(summary["AssumeRolePolicySizeQuota"], 2048);
    EXPECT_EQ(summary["AccountAccessKeysPresent"], 0);
    EXPECT_EQ(summary["AccountMFAEnabled"], 0);
}

/// Everything that details say, as one text.
std::string told(const AccountDetails& details) {
    std::string text;
    const auto add = [&](const CarriedPolicies& policies) {
        for (const auto& policy : policies.inline_policies) text += policy.name + policy.document + ";";
        for (const auto& policy : policies.attached) text += policy.arn + ";";
    };
    for (const UserDetail& detail : details.users) {
        text += detail.user.user_id + detail.user.arn + format_iso8601(detail.user.created_at) +
                detail.user.boundary_arn.value_or("-");
        for (const Tag& tag : detail.user.tags) text += tag.key + "=" + tag.value;
        for (const std::string& name : detail.group_names) text += name;
        add(detail.policies);
    }
    for (const RoleDetail& detail : details.roles) {
        text += detail.role.role_id + detail.role.arn + detail.role.trust_document +
                format_iso8601(detail.role.last_used ? detail.role.last_used->used_at : Instant{});
        for (const InstanceProfile& profile : detail.profiles) text += profile.profile_id + profile.arn;
        add(detail.policies);
    }
    for (const GroupDetail& detail : details.groups) {
        text += detail.group.group_id + detail.group.arn;
        add(detail.policies);
    }
    for (const PolicyDetail& detail : details.policies) {
        text += detail.policy.policy_id + detail.policy.arn + std::to_string(detail.policy.attachment_count) +
                std::to_string(detail.policy.boundary_usage_count) + detail.policy.default_version_id;
        for (const PolicyVersion& version : detail.versions) text += version.version_id + version.document;
    }
    return text;
}

/// Another store, with the account but nothing in it.
class ImportTest : public AccountDetailsTest {
  protected:
    ImportTest() {
        auto transaction = other_store_->write();
        const store::Account account{.account_id = account_id, .created_at = clock_.now()};
        EXPECT_TRUE((*transaction)->insert(account));
        EXPECT_TRUE((*transaction)->commit());
    }
    Result<void> import(const AccountDetails& from) {
        auto transaction = other_store_->write();
        AccountEdit account(**transaction, account_id, environment_);
        auto done = import_account(account, from);
        if (done) {
            EXPECT_TRUE((*transaction)->commit());
        }
        return done;
    }
    Result<AccountDetails> imported() {
        auto reader = other_store_->read();
        return get_account_details({**reader, account_id, environment_}, {}, {});
    }

    store::TemporaryStore other_store_;
};

TEST_F(ImportTest, RebuildsTheAccount) {
    const auto all = details();
    const auto done = import(*all);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(told(*imported()), told(*all));
    EXPECT_EQ(error_of(import(*all)).code, "InvalidInput");  // It is not empty any more.
}

TEST_F(ImportTest, LeavesAnAccountThatCanBeWorkedWith) {
    ASSERT_TRUE(import(*details()));
    auto transaction = other_store_->write();
    AccountEdit account(**transaction, account_id, environment_);
    EXPECT_EQ(error_of(delete_policy(account, local_arn)).code, "DeleteConflict");
    EXPECT_TRUE(detach_policy(account, {OwnerKind::role, "run"}, local_arn));
    EXPECT_EQ(create_policy_version(account, local_arn, read_all, true)->version_id, "v3");
    EXPECT_EQ(error_of(create_user(account, {.name = "ADA"})).code, "EntityAlreadyExists");
    EXPECT_TRUE(remove_role_from_instance_profile(account, "web", "run"));
    EXPECT_TRUE(delete_role(account, "run"));
}

TEST_F(ImportTest, RefusesWhatWouldLoseADeny) {
    auto all = details();
    all->users[0].policies.attached[0].arn = "arn:aws:iam::aws:policy/NotKnownHere";
    EXPECT_EQ(error_of(import(*all)).code, "NoSuchEntity");
    all = details();
    all->policies[1].policy.arn = "arn:aws:iam::aws:policy/NotKnownHere";
    EXPECT_EQ(error_of(import(*all)).code, "InvalidInput");
    all = details();
    all->users[0].policies.inline_policies[0].document = "{}";
    EXPECT_EQ(error_of(import(*all)).code, "MalformedPolicyDocument");
    all = details();
    all->users[0].group_names = {"Nobody"};
    EXPECT_EQ(error_of(import(*all)).code, "NoSuchEntity");
    all = details();
    all->users.push_back(all->users[0]);
    EXPECT_EQ(error_of(import(*all)).code, "EntityAlreadyExists");
    all = details();
    all->roles[0].role.arn = "arn:aws:iam::999999999999:role/run";
    EXPECT_NE(error_of(import(*all)).message.find("--account-id 999999999999"), std::string::npos);
}

TEST_F(ImportTest, RefusesEntitiesThatAreNotWhatTheySay) {
    const auto refused = [&](auto change) {
        auto all = details();
        change(*all);
        const Error error = error_of(import(*all));
        EXPECT_EQ(error.code, "InvalidInput");
        return error.message;
    };
    using testing::HasSubstr;
    EXPECT_THAT(refused([](AccountDetails& all) { all.roles[0].role.arn += "s"; }),
                HasSubstr("path and name"));
    EXPECT_THAT(refused([](AccountDetails& all) { all.users[0].user.arn.replace(0, 7, "arn:aws-cn"); }),
                HasSubstr("path and name"));
    EXPECT_THAT(refused([](AccountDetails& all) { all.users[0].user.name = "a/b"; }),
                HasSubstr("characters"));
    EXPECT_THAT(
        refused([](AccountDetails& all) { std::swap(all.users[0].user.user_id, all.roles[0].role.role_id); }),
        HasSubstr("begins with A"));
    EXPECT_THAT(refused([](AccountDetails& all) { all.policies[0].versions[0].version_id = "v0"; }),
                HasSubstr("no version id"));
}

}  // namespace
}  // namespace writ::directory
