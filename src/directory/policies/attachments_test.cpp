#include "directory/policies/attachments.h"

#include <string>
#include <vector>

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

class Attachments : public PolicyTest {
  protected:
    Attachments() {
        make_user("ada");
        make_group("staff");
        make_role("ops");
    }
    Result<Page<AttachedPolicy>> list(const PolicyOwner& owner, std::string_view path_prefix = "/",
                                      const PageRequest& page = {}) {
        return view([&](const AccountView& account) {
            return list_attached_policies(account, owner, path_prefix, page);
        });
    }
    std::vector<std::string> names(const PolicyOwner& owner, std::string_view path_prefix = "/") {
        std::vector<std::string> names;
        const auto page = list(owner, path_prefix);
        for (const AttachedPolicy& policy : page->items) names.push_back(policy.name);
        return names;
    }
    Result<void> unbound(const PolicyOwner& owner) {
        return edit([&](AccountEdit& account) { return delete_permissions_boundary(account, owner); });
    }
    std::optional<std::string> boundary(const char* user) {
        return view([&](const AccountView& account) { return get_user(account, user); })->boundary_arn;
    }
};

constexpr std::array<OwnerKind, 3> kinds{OwnerKind::user, OwnerKind::group, OwnerKind::role};

TEST_F(Attachments, AreMadeOnce) {  // B22
    const std::string arn = make_policy("List");
    for (const PolicyOwner& owner : {ada, staff, ops}) {
        ASSERT_TRUE(attach(owner, arn));
        ASSERT_TRUE(attach(owner, arn));
        EXPECT_THAT(names(owner), testing::ElementsAre("List"));
    }
    EXPECT_EQ(policy(arn).attachment_count, 3);
}

// What iam:PolicyARN was compared with is what is attached.
TEST_F(Attachments, TakeTheArnInItsOwnSpellingOnly) {
    const std::string arn = make_policy("List");
    EXPECT_FALSE(attach(ada, "arn:aws:iam::111122223333:policy/LIST"));
    ASSERT_TRUE(attach(ada, arn));
    EXPECT_FALSE(detach(ada, "arn:aws:iam::111122223333:policy/list"));
    EXPECT_EQ(policy(arn).attachment_count, 1);
}

TEST_F(Attachments, NeedAnOwner) {  // 8.3
    for (const OwnerKind kind : kinds) {
        const std::string word = kind == OwnerKind::user    ? "user"
                                 : kind == OwnerKind::group ? "group"
                                                            : "role";
        const Error nobody{"NoSuchEntity", 404, "The " + word + " with name nobody cannot be found."};
        const PolicyOwner owner{kind, "nobody"};
        expect_error(attach(owner, read_only), nobody);
        expect_error(detach(owner, read_only), nobody);
        expect_error(list(owner), nobody);
    }
}

TEST_F(Attachments, NeedAPolicy) {  // 8.3
    for (const std::string arn :
         {"arn:aws:iam::111122223333:policy/Lost", "arn:aws:iam::aws:policy/Lost",
          "arn:aws:iam::444455556666:policy/List", "arn:aws:iam::111122223333:user/ada"}) {
        expect_error(attach(ada, arn),
                     {"NoSuchEntity", 404, "Policy " + arn + " does not exist or is not attachable."});
        expect_error(detach(ada, arn), {"NoSuchEntity", 404, "Policy " + arn + " was not found."});
    }
    expect_error(attach(ada, "longpolicynamebutnoarn"),
                 {"ValidationError", 400, "Invalid ARN:  Could not be parsed!"});
}

TEST_F(Attachments, AreNotForServiceRoleAndRootTaskPolicies) {  // B22
    for (const PolicyOwner& owner : {ada, staff, ops}) {
        expect_error(attach(owner, support_service_role),
                     {"PolicyNotAttachable", 400, "Cannot attach a Service Role Policy to a Customer Role."});
        EXPECT_EQ(error_of(attach(owner, audit_root_task)).code, "PolicyNotAttachable");
    }
    EXPECT_EQ(error_of(bound(ada, support_service_role)).code, "PolicyNotAttachable");
    EXPECT_TRUE(attach(ops, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
}

TEST_F(Attachments, AreDetachedOnce) {  // B22
    const std::string arn = make_policy("List");
    const Error not_found{"NoSuchEntity", 404, "Policy " + arn + " was not found."};
    expect_error(detach(ada, arn), not_found);
    ASSERT_TRUE(attach(ada, arn));
    ASSERT_TRUE(detach(ada, arn));
    expect_error(detach(ada, arn), not_found);
    EXPECT_TRUE(names(ada).empty());
    ASSERT_TRUE(bound(ada, arn));
    expect_error(detach(ada, arn), not_found);  // A boundary is not attached.
}

TEST_F(Attachments, KeepTheQuotaOfTheEntity) {  // 8.2
    const std::array<std::string, 3> keys{"PoliciesPerUser", "PoliciesPerGroup", "PoliciesPerRole"};
    const std::array<PolicyOwner, 3> owners{ada, staff, ops};
    std::vector<std::string> arns;
    for (int i = 0; i < 11; ++i) arns.push_back(make_policy("p" + std::to_string(i)));
    for (std::size_t kind = 0; kind < owners.size(); ++kind) {
        for (std::size_t i = 0; i < 10; ++i) ASSERT_TRUE(attach(owners[kind], arns[i]));
        expect_error(attach(owners[kind], arns[10]),
                     {"LimitExceeded", 409, "Cannot exceed quota for " + keys[kind] + ": 10"});
        EXPECT_TRUE(attach(owners[kind], arns[0]));  // Attached already.
    }
    EXPECT_TRUE(bound(ada, arns[10]));  // A boundary counts apart.
    EXPECT_EQ(policy(arns[10]).attachment_count, 0);
}

TEST_F(Attachments, AreListedByNameAndPath) {  // 8.4
    for (const char* name : {"beta", "Alpha", "gamma"}) ASSERT_TRUE(attach(ada, make_policy(name, "/eng/")));
    ASSERT_TRUE(attach(ada, make_policy("readonlyaccess")));
    ASSERT_TRUE(attach(ada, read_only));
    EXPECT_THAT(names(ada),
                testing::ElementsAre("Alpha", "beta", "gamma", "readonlyaccess", "ReadOnlyAccess"));
    EXPECT_THAT(names(ada, "/eng/"), testing::ElementsAre("Alpha", "beta", "gamma"));

    const auto first = list(ada, "/", {.items_max = 4});
    const auto second = list(ada, "/", {.marker = first->marker, .items_max = 4});
    ASSERT_EQ(second->items.size(), 1U);
    EXPECT_EQ(second->items[0].arn, read_only);
    EXPECT_FALSE(second->marker);
    expect_error(list(ops, "/", {.marker = first->marker}), {"ValidationError", 400, "Invalid Marker."});
    expect_error(list(ada, "/eng/", {.marker = first->marker}), {"ValidationError", 400, "Invalid Marker."});
}

TEST_F(Attachments, ToProtectedRolesAreAwsBusiness) {  // 8.3
    ASSERT_TRUE(edit([](AccountEdit& account) -> Result<void> {
        auto role = account.records.find<store::Role>(store::Role::by_name, {account_id, "ops"});
        (*role)->path = "/aws-service-role/support.amazonaws.com/";
        EXPECT_TRUE(account.writes.update(**role));
        return {};
    }));
    const Error unmodifiable{"UnmodifiableEntity", 400,
                             "Cannot perform the operation on the protected role 'ops' - this role is only "
                             "modifiable by AWS"};
    expect_error(attach(ops, read_only), unmodifiable);
    expect_error(detach(ops, read_only), unmodifiable);
    expect_error(bound(ops, read_only), unmodifiable);
    expect_error(unbound(ops), unmodifiable);
    expect_error(embed(ops, "inline", allow_list), unmodifiable);
}

TEST_F(Attachments, AsBoundaryReplaceOneAnother) {  // B23
    const std::string arn = make_policy("List");
    ASSERT_TRUE(bound(ada, arn));
    EXPECT_EQ(boundary("ada"), arn);
    ASSERT_TRUE(bound(ada, arn));
    EXPECT_EQ(policy(arn).boundary_usage_count, 1);
    ASSERT_TRUE(bound(ada, read_only));
    EXPECT_EQ(boundary("ada"), read_only);
    EXPECT_EQ(policy(arn).boundary_usage_count, 0);
    EXPECT_EQ(policy(read_only).boundary_usage_count, 1);
    ASSERT_TRUE(unbound(ada));
    EXPECT_EQ(boundary("ada"), std::nullopt);
    EXPECT_EQ(policy(read_only).boundary_usage_count, 0);
    EXPECT_EQ(error_of(unbound(ada)).code, "NoSuchEntity");
    EXPECT_EQ(error_of(unbound(ops)).http_status, 404);
}

TEST_F(Attachments, AsBoundaryNeedAPolicy) {  // 8.3, ?25
    const std::string lost = "arn:aws:iam::111122223333:policy/Lost";
    expect_error(bound(ada, lost),
                 {"NoSuchEntity", 404, "Policy " + lost + " does not exist or is not attachable."});
    for (const std::string arn : {"no-arn-at-all-but-long", "arn:aws:iam::111122223333:user/ada"}) {
        expect_error(bound(ada, arn), {"ValidationError", 400,
                                       "Value (" + arn + ") for parameter PermissionsBoundary is invalid."});
    }
}

TEST_F(Attachments, GoWithTheUserWhenTheyBound) {
    const std::string arn = make_policy("List");
    ASSERT_TRUE(bound(ada, arn));
    ASSERT_TRUE(edit([](AccountEdit& account) { return delete_user(account, "ada"); }));
    EXPECT_EQ(policy(arn).boundary_usage_count, 0);
}

TEST_F(Attachments, AreChangesOfWhoCarriesThem) {
    const User user = view([](const AccountView& account) { return get_user(account, "ada"); }).value();
    const auto touched =
        touched_by([](AccountEdit& account) { return attach_policy(account, ada, read_only); });
    EXPECT_THAT(touched,
                testing::ElementsAre(store::Entity{store::EntityKind::user, account_id, user.user_id}));
}

}  // namespace
}  // namespace writ::directory
