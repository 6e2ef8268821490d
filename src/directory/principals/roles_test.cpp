#include "directory/principals/roles.h"

#include <string>
#include <vector>

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

class Roles : public PolicyTest {
  protected:
    Result<Role> get(std::string_view name) {
        return view([&](const AccountView& account) { return get_role(account, name); });
    }
    Result<Role> update(std::string_view name, const RoleChange& change) {
        return edit([&](AccountEdit& account) { return update_role(account, name, change); });
    }
    Result<void> trust(std::string_view name, std::string_view document) {
        return edit([&](AccountEdit& account) { return update_assume_role_policy(account, name, document); });
    }
    Result<void> remove(std::string_view name) {
        return edit([&](AccountEdit& account) { return delete_role(account, name); });
    }
    Result<Page<Role>> list(std::string_view path_prefix = "/", const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_roles(account, path_prefix, page); });
    }
    Result<void> use(const std::string& role_id, std::string_view region) {
        return edit([&](AccountEdit& account) { return record_role_use(account, role_id, region); });
    }
    void move_to(std::string_view name, std::string path) {
        ASSERT_TRUE(edit([&](AccountEdit& account) -> Result<void> {
            auto role = account.records.find<store::Role>(store::Role::by_name, {account_id, name});
            (*role)->path = std::move(path);
            EXPECT_TRUE(account.writes.update(**role));
            return {};
        }));
    }
};

std::string trusting(const std::string& principal) {
    return R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":")" + principal +
           R"("}}})";
}

TEST_F(Roles, AreWhatWasAskedFor) {
    const std::string boundary = make_policy("Bound");
    const auto made = try_role({.name = "Ops",
                                .path = "/eng/",
                                .trust_document = std::string(trust_account),
                                .description = "operators",
                                .max_session_s = 7200,
                                .boundary_arn = boundary,
                                .tags = {{"team", "blue"}}});
    ASSERT_TRUE(made);
    const auto read = get("ops");  // B2: found in any case.
    for (const Role& role : {*made, *read}) {
        EXPECT_EQ(role.role_id.substr(0, 4), "AROA");
        EXPECT_EQ(role.name, "Ops");
        EXPECT_EQ(role.arn, "arn:aws:iam::111122223333:role/eng/Ops");
        EXPECT_EQ(role.description, "operators");
        EXPECT_EQ(role.trust_document, trust_account);
        EXPECT_EQ(role.max_session_s, 7200);
        EXPECT_EQ(role.created_at, clock_.now());
        EXPECT_EQ(role.boundary_arn, boundary);
        EXPECT_EQ(role.tags, (std::vector<Tag>{{"team", "blue"}}));
        EXPECT_FALSE(role.last_used);
    }
    EXPECT_EQ(policy(boundary).boundary_usage_count, 1);
}

TEST_F(Roles, HaveNamesThatDifferInMoreThanCaseAndPath) {  // B2, 8.3
    make_role("ops");
    expect_error(try_role({.name = "OPS", .path = "/x/", .trust_document = std::string(trust_account)}),
                 {"EntityAlreadyExists", 409, "Role with name OPS already exists."});
}

TEST_F(Roles, KeepTheQuotaOfTheAccount) {  // 8.2
    environment_.quotas.set(Quota::roles_per_account, 1);
    make_role("one");
    expect_error(try_role({.name = "two", .trust_document = std::string(trust_account)}),
                 {"LimitExceeded", 409, "Cannot exceed quota for RolesPerAccount: 1"});
    ASSERT_TRUE(remove("one"));
    EXPECT_TRUE(try_role({.name = "two", .trust_document = std::string(trust_account)}));
}

TEST_F(Roles, LimitTheirSessions) {  // B6
    const auto of = [](std::int64_t seconds) {
        return NewRole{.name = "r" + std::to_string(seconds),
                       .trust_document = std::string(trust_account),
                       .max_session_s = seconds};
    };
    EXPECT_EQ(make_role("ops").max_session_s, 3600);
    EXPECT_TRUE(try_role(of(3600)));
    EXPECT_TRUE(try_role(of(43200)));
    const std::string text =
        "1 validation error detected: Value 'X' at 'maxSessionDuration' failed to satisfy constraint: "
        "Member must have value ";
    std::string low = text + "greater than or equal to 3600";
    std::string high = text + "less than or equal to 43200";
    low.replace(low.find('X'), 1, "3599");
    high.replace(high.find('X'), 1, "43201");
    expect_error(try_role(of(3599)), {"ValidationError", 400, low});
    expect_error(update("ops", {.max_session_s = 43201}), {"ValidationError", 400, high});
}

TEST_F(Roles, KeepWhatAnUpdateOmits) {  // B6
    const NewRole role{.name = "ops",
                       .trust_document = std::string(trust_account),
                       .description = "old",
                       .max_session_s = 7200};
    ASSERT_TRUE(try_role(role));
    ASSERT_TRUE(update("ops", {.description = "new"}));
    EXPECT_EQ(get("ops")->description, "new");
    EXPECT_EQ(get("ops")->max_session_s, 7200);
    ASSERT_TRUE(update("ops", {.max_session_s = 3600}));
    EXPECT_EQ(get("ops")->description, "new");
    EXPECT_EQ(get("ops")->max_session_s, 3600);
    ASSERT_TRUE(update("ops", {.description = ""}));
    EXPECT_EQ(get("ops")->description, "");
}

TEST_F(Roles, AreNamedWhenTheyDoNotExist) {  // 8.3
    const Error nobody{"NoSuchEntity", 404, "The role with name nobody cannot be found."};
    expect_error(get("nobody"), nobody);
    expect_error(update("nobody", {}), nobody);
    expect_error(trust("nobody", trust_account), nobody);
    expect_error(remove("nobody"), nobody);
}

TEST_F(Roles, CheckTheirTrustPolicy) {  // 1.5
    expect_error(try_role({.name = "ops", .trust_document = "no json"}),
                 {"MalformedPolicyDocument", 400, "This policy contains invalid Json"});  // ?27
    make_role("ops");
    const std::string nobody = "arn:aws:iam::111122223333:user/nobody";
    expect_error(trust("ops", trusting(nobody)),
                 {"MalformedPolicyDocument", 400, "Invalid principal in policy: \"AWS\":\"" + nobody + "\""});
    EXPECT_EQ(get("ops")->trust_document, trust_account);
}

TEST_F(Roles, ShowWhomTheyTrustWhileThatOneLives) {  // P3
    const User user = make_user("ada");
    make_role("ops", trusting(user.arn));
    EXPECT_EQ(get("ops")->trust_document, trusting(user.arn));
    EXPECT_EQ(list()->items[0].trust_document, trusting(user.arn));
    ASSERT_TRUE(edit([](AccountEdit& account) { return delete_user(account, "ada"); }));
    make_user("ada");
    EXPECT_EQ(get("ops")->trust_document, trusting(user.user_id));
    ASSERT_TRUE(trust("ops", trusting(user.arn)));  // Saved again: whoever has the name now.
    EXPECT_EQ(get("ops")->trust_document, trusting(user.arn));
}

TEST_F(Roles, CannotTrustThemselvesBeforeTheyExist) {  // 1.5 step 9
    const std::string own = "arn:aws:iam::111122223333:role/ops";
    EXPECT_EQ(error_of(try_role({.name = "ops", .trust_document = trusting(own)})).code,
              "MalformedPolicyDocument");
    make_role("ops");
    ASSERT_TRUE(trust("ops", trusting(own)));
    EXPECT_EQ(get("ops")->trust_document, trusting(own));
}

TEST_F(Roles, AreNotDeletedWithPolicies) {  // 8.3
    make_role("ops");
    ASSERT_TRUE(attach(ops, read_only));
    ASSERT_TRUE(embed(ops, "inline", allow_list));
    expect_error(remove("ops"),
                 {"DeleteConflict", 409, "Cannot delete entity, must detach all policies first."});
    ASSERT_TRUE(detach(ops, read_only));
    expect_error(remove("ops"), {"DeleteConflict", 409, "Cannot delete entity, must delete policies first."});
    ASSERT_TRUE(edit([](AccountEdit& account) { return delete_inline_policy(account, ops, "inline"); }));
    EXPECT_TRUE(remove("ops"));
    EXPECT_EQ(error_of(get("ops")).code, "NoSuchEntity");
}

TEST_F(Roles, TakeBoundaryTagsAndLastUseWithThem) {
    const auto role = try_role({.name = "ops",
                                .trust_document = std::string(trust_account),
                                .boundary_arn = std::string(read_only),
                                .tags = {{"a", "b"}}});
    ASSERT_TRUE(use(role->role_id, "eu-central-1"));
    ASSERT_TRUE(remove("ops"));
    EXPECT_EQ(policy(read_only).boundary_usage_count, 0);
    view([](const AccountView& account) {
        const store::Range all{.equal = {account_id}};
        EXPECT_EQ(account.records.count<store::Tag>(store::Tag::by_key, all), 0U);
        EXPECT_EQ(account.records.count<store::LastUse>(store::LastUse::by_id, all), 0U);
        EXPECT_EQ(account.records.count<store::Attachment>(store::Attachment::by_principal, all), 0U);
        EXPECT_EQ(account.records.count<store::Counter>(store::Counter::by_name, all), 0U);
        return true;
    });
}

TEST_F(Roles, AreListedByNameAndPathWithoutWhatOnlyGetTells) {  // B5, 8.4
    for (const char* name : {"beta", "Alpha", "gamma"}) {
        ASSERT_TRUE(try_role({.name = name,
                              .path = name[0] == 'g' ? "/eng/" : "/",
                              .trust_document = std::string(trust_account),
                              .boundary_arn = std::string(read_only),
                              .tags = {{"a", "b"}}}));
    }
    const auto first = list("/", {.items_max = 2});
    ASSERT_EQ(first->items.size(), 2U);
    EXPECT_EQ(first->items[0].name, "Alpha");
    EXPECT_EQ(first->items[0].max_session_s, 3600);
    EXPECT_FALSE(first->items[0].boundary_arn);
    EXPECT_TRUE(first->items[0].tags.empty());
    const auto second = list("/", {.marker = first->marker, .items_max = 2});
    ASSERT_EQ(second->items.size(), 1U);
    EXPECT_EQ(second->items[0].name, "gamma");
    EXPECT_EQ(list("/eng/")->items.size(), 1U);
}

TEST_F(Roles, RememberTheFirstUseOfEachQuarterOfAnHour) {
    const std::string id = make_role("ops").role_id;
    const Instant first = clock_.now();
    ASSERT_TRUE(use(id, "eu-central-1"));
    clock_.advance(std::chrono::minutes(14));
    ASSERT_TRUE(use(id, "us-east-1"));
    EXPECT_EQ(get("ops")->last_used->used_at, first);
    EXPECT_EQ(get("ops")->last_used->region, "eu-central-1");
    clock_.advance(std::chrono::minutes(1));
    ASSERT_TRUE(use(id, "us-east-1"));
    EXPECT_EQ(get("ops")->last_used->used_at, clock_.now());
    EXPECT_EQ(get("ops")->last_used->region, "us-east-1");
    EXPECT_FALSE(list()->items[0].last_used);  // B5
}

TEST_F(Roles, ForgetTheUseOfRolesThatAreGone) {
    const std::string id = make_role("ops").role_id;
    ASSERT_TRUE(remove("ops"));
    EXPECT_TRUE(use(id, "eu-central-1"));
    view([&](const AccountView& account) {
        EXPECT_FALSE(*account.records.find<store::LastUse>(store::LastUse::by_id, {account_id, id}));
        return true;
    });
}

TEST_F(Roles, OfAwsAreProtected) {  // 8.3
    make_role("ops");
    move_to("ops", "/aws-service-role/support.amazonaws.com/");
    const Error unmodifiable{"UnmodifiableEntity", 400,
                             "Cannot perform the operation on the protected role 'ops' - this role is only "
                             "modifiable by AWS"};
    expect_error(trust("ops", trust_account), unmodifiable);
    expect_error(remove("ops"), unmodifiable);
    expect_error(update("ops", {.max_session_s = 7200}),
                 {"UnmodifiableEntity", 400,
                  "ops is an AWS service linked role, max session duration cannot be changed."});
    EXPECT_TRUE(update("ops", {.description = "may change"}));
}

TEST_F(Roles, CannotBeMadeUnderThePathsOfAws) {
    for (const char* path : {"/aws-service-role/x.amazonaws.com/", "/aws-reserved/sso.amazonaws.com/"}) {
        EXPECT_EQ(
            error_of(try_role({.name = "ops", .path = path, .trust_document = std::string(trust_account)}))
                .code,
            "InvalidInput");
    }
}

}  // namespace
}  // namespace writ::directory
