#include "directory/principals/principals.h"

#include <string>
#include <vector>

#include "directory/credentials/access_keys.h"
#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

class Principals : public PolicyTest {
  protected:
    Result<std::optional<PrincipalRecord>> user(const std::string& id) {
        return view([&](const AccountView& account) {
            return read_user(account.records, environment_, account_id, id);
        });
    }
    Result<std::optional<PrincipalRecord>> role(const std::string& id) {
        return view([&](const AccountView& account) {
            return read_role(account.records, environment_, account_id, id);
        });
    }
    Result<std::optional<PrincipalRecord>> role_by_arn(const std::string& arn) {
        return view(
            [&](const AccountView& account) { return read_role_by_arn(account.records, environment_, arn); });
    }
    Result<std::optional<ManagedPolicyInForce>> managed(std::string_view arn) {
        return view([&](const AccountView& account) {
            return read_managed_policy(account.records, environment_, account_id, arn);
        });
    }
    Result<std::optional<Credential>> credential(const std::string& id) {
        return view(
            [&](const AccountView& account) { return read_credential(account.records, environment_, id); });
    }
    void join(const char* group, const char* user) {
        ASSERT_TRUE(edit([&](AccountEdit& account) { return add_user_to_group(account, group, user); }));
    }
};

TEST_F(Principals, BringEverythingInForceForAUser) {
    const std::string list = make_policy("List");
    const std::string bounding = make_policy("Bound");
    ASSERT_TRUE(edit([](AccountEdit& account) {
        return create_user(account, {.name = "ada", .path = "/eng/", .tags = {{"team", "blue"}}});
    }));
    const User made = view([](const AccountView& account) { return get_user(account, "ada"); }).value();
    const Group group = make_group("staff");
    join("staff", "ada");
    ASSERT_TRUE(attach(ada, list) && attach(staff, read_only) && bound(ada, bounding));
    ASSERT_TRUE(embed(ada, "Own", allow_list) && embed(staff, "Shared", allow_get));

    const auto read = user(made.user_id);
    ASSERT_TRUE(read && *read);
    const PrincipalRecord& record = **read;
    EXPECT_EQ(record.kind, store::EntityKind::user);
    EXPECT_EQ(record.account_id, account_id);
    EXPECT_EQ(record.id, made.user_id);
    EXPECT_EQ(record.name, "ada");
    EXPECT_EQ(record.path, "/eng/");
    EXPECT_EQ(record.arn, "arn:aws:iam::111122223333:user/eng/ada");
    EXPECT_EQ(record.tags, (std::vector<Tag>{{"team", "blue"}}));
    EXPECT_THAT(record.group_ids, testing::ElementsAre(group.group_id));

    ASSERT_EQ(record.inline_policies.size(), 2U);
    EXPECT_EQ(record.inline_policies[0].name, "Own");
    EXPECT_EQ(record.inline_policies[0].document, allow_list);
    EXPECT_EQ(record.inline_policies[0].attached_to, "");
    EXPECT_EQ(record.inline_policies[1].name, "Shared");
    EXPECT_EQ(record.inline_policies[1].attached_to, "staff");

    ASSERT_EQ(record.managed_policies.size(), 2U);
    EXPECT_EQ(record.managed_policies[0].arn, list);
    EXPECT_EQ(record.managed_policies[0].name, "List");
    EXPECT_EQ(record.managed_policies[0].policy_id, policy(list).policy_id);
    EXPECT_EQ(record.managed_policies[0].version, 1);
    EXPECT_EQ(record.managed_policies[0].attached_to, "");
    EXPECT_EQ(record.managed_policies[1].arn, read_only);
    EXPECT_EQ(record.managed_policies[1].name, "ReadOnlyAccess");
    EXPECT_EQ(record.managed_policies[1].policy_id, "");
    EXPECT_EQ(record.managed_policies[1].version, 0);
    EXPECT_EQ(record.managed_policies[1].attached_to, "staff");

    ASSERT_TRUE(record.boundary);
    EXPECT_EQ(record.boundary->arn, bounding);
    EXPECT_TRUE(record.trust_document.empty());
}

TEST_F(Principals, BringTheTrustPolicyOfARoleWithIds) {  // P3
    const User trusted = make_user("ada");
    const std::string trust =
        R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"X"}}})";
    const auto naming = [&](const std::string& principal) {
        return std::string(trust).replace(trust.find('X'), 1, principal);
    };
    ASSERT_TRUE(try_role({.name = "ops",
                          .path = "/eng/",
                          .trust_document = naming(trusted.arn),
                          .max_session_s = 7200,
                          .boundary_arn = std::string(read_only)}));
    ASSERT_TRUE(attach(ops, read_only));
    const auto read = role_by_arn("arn:aws:iam::111122223333:role/eng/ops");
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->kind, store::EntityKind::role);
    EXPECT_EQ((*read)->trust_document, naming(trusted.user_id));
    EXPECT_EQ((*read)->max_session_s, 7200);
    EXPECT_EQ((*read)->boundary->arn, read_only);
    EXPECT_EQ((*read)->managed_policies.size(), 1U);
    const auto again = role((*read)->id);
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->arn, "arn:aws:iam::111122223333:role/eng/ops");
}

TEST_F(Principals, AreFoundByTheirWholeArnOnly) {
    make_role("ops");
    EXPECT_TRUE(*role_by_arn("arn:aws:iam::111122223333:role/ops"));
    for (const char* arn :
         {"arn:aws:iam::111122223333:role/eng/ops", "arn:aws:iam::111122223333:role/OPS",
          "arn:aws:iam::444455556666:role/ops", "arn:aws-cn:iam::111122223333:role/ops",
          "arn:aws:iam::111122223333:user/ops", "arn:aws:sts::111122223333:role/ops", "ops", ""}) {
        const auto read = role_by_arn(arn);
        ASSERT_TRUE(read) << arn;
        EXPECT_FALSE(*read) << arn;
    }
}

TEST_F(Principals, AreNothingWhenTheyAreGone) {
    const User made = make_user("ada");
    ASSERT_TRUE(edit([](AccountEdit& account) { return delete_user(account, "ada"); }));
    EXPECT_FALSE(*user(made.user_id));
    EXPECT_FALSE(*role("AROANOBODY"));
    EXPECT_FALSE(*role(made.user_id));
}

TEST_F(Principals, FollowTheDefaultVersion) {  // B22
    const std::string arn = make_policy("List");
    const User made = make_user("ada");
    ASSERT_TRUE(attach(ada, arn));
    ASSERT_TRUE(add_version(arn, allow_get, true));
    const auto read = user(made.user_id);
    ASSERT_EQ((*read)->managed_policies.size(), 1U);
    const ManagedPolicyInForce& in_force = (*read)->managed_policies[0];
    EXPECT_EQ(in_force.version, 2);
    const auto document = view([&](const AccountView& account) {
        return read_document(account.records, environment_, account_id, in_force);
    });
    ASSERT_TRUE(document && *document);
    EXPECT_EQ(**document, allow_get);
    ManagedPolicyInForce missing = in_force;
    missing.version = 3;
    EXPECT_FALSE(*view([&](const AccountView& account) {
        return read_document(account.records, environment_, account_id, missing);
    }));
}

TEST_F(Principals, CannotBeReadWithAPolicyMissing) {
    const User made = make_user("ada");
    ASSERT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        const store::Attachment dangling{.account_id = account_id,
                                         .principal_kind = store::EntityKind::user,
                                         .principal_id = made.user_id,
                                         .principal_name_folded = "ada",
                                         .usage = store::PolicyUsage::permissions,
                                         .policy_arn = "arn:aws:iam::111122223333:policy/Gone"};
        EXPECT_TRUE(account.writes.insert(dangling));
        return {};
    }));
    EXPECT_EQ(error_of(user(made.user_id)).code, "ServiceFailure");  // Never less denials than there are.
}

TEST_F(Principals, FindManagedPoliciesForSessions) {
    const std::string arn = make_policy("List");
    EXPECT_EQ((*managed(arn))->version, 1);
    EXPECT_EQ((*managed(read_only))->policy_id, "");
    EXPECT_FALSE(*managed("arn:aws:iam::aws:policy/Lost"));
    EXPECT_FALSE(*managed("arn:aws:iam::444455556666:policy/List"));
    EXPECT_FALSE(*managed("arn:aws:iam::111122223333:policy/eng/List"));
    EXPECT_FALSE(*managed("List"));
}

TEST_F(Principals, AreTheOwnersOfAccessKeys) {
    const User made = make_user("ada");
    const auto own =
        edit([](AccountEdit& account) { return create_access_key(account, {.user_name = "ada"}); });
    const auto root = edit([](AccountEdit& account) { return create_access_key(account, {}); });
    ASSERT_TRUE(own && root);

    auto found = credential(own->key.access_key_id);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->access_key_id, own->key.access_key_id);
    EXPECT_EQ((*found)->account_id, account_id);
    EXPECT_FALSE((*found)->root);
    EXPECT_EQ((*found)->user_id, made.user_id);
    EXPECT_TRUE((*found)->active);
    EXPECT_EQ((*found)->secret.reveal(), own->secret.reveal());

    found = credential(root->key.access_key_id);
    ASSERT_TRUE(found && *found);
    EXPECT_TRUE((*found)->root);
    EXPECT_EQ((*found)->user_id, "");
    EXPECT_EQ((*found)->secret.reveal(), root->secret.reveal());
    EXPECT_FALSE(*credential("AKIANOBODYHASTHISKEY"));
}

TEST_F(Principals, HaveKeysThatRest) {
    make_user("ada");
    const auto key =
        edit([](AccountEdit& account) { return create_access_key(account, {.user_name = "ada"}); });
    ASSERT_TRUE(edit([&](AccountEdit& account) {
        return update_access_key(account, {.user_name = "ada"}, key->key.access_key_id, "Inactive");
    }));
    EXPECT_FALSE((*credential(key->key.access_key_id))->active);
}

TEST_F(Principals, KeepSecretsBoundToTheirKey) {
    make_user("ada");
    const auto key =
        edit([](AccountEdit& account) { return create_access_key(account, {.user_name = "ada"}); });
    ASSERT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
        auto row = account.records.find<store::AccessKey>(store::AccessKey::by_id, {key->key.access_key_id});
        (*row)->access_key_id = "AKIASOMEBODYELSESKEY";
        EXPECT_TRUE(account.writes.insert(**row));
        return {};
    }));
    EXPECT_EQ(error_of(credential("AKIASOMEBODYELSESKEY")).http_status, 500);
}

}  // namespace
}  // namespace writ::directory
