#include "directory/policies/inline_policies.h"

#include <string>
#include <vector>

#include "directory/internal/testing_policies.h"

namespace writ::directory {
namespace {

class InlinePolicies : public PolicyTest {
  protected:
    InlinePolicies() {
        make_user("Ada");
        make_group("staff");
        make_role("ops");
    }
    Result<InlinePolicy> get(const PolicyOwner& owner, std::string_view name) {
        return view([&](const AccountView& account) { return get_inline_policy(account, owner, name); });
    }
    Result<void> remove(const PolicyOwner& owner, std::string_view name) {
        return edit([&](AccountEdit& account) { return delete_inline_policy(account, owner, name); });
    }
    Result<Page<std::string>> list(const PolicyOwner& owner, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_inline_policies(account, owner, page); });
    }
};

/// An owner, its word in error texts and the size that all its inline policies may have (spec 1.4).
struct Case {
    PolicyOwner owner;
    std::string word;
    std::string name;
    std::size_t size;
};
const std::vector<Case>& cases() {
    static const std::vector<Case> cases{{{OwnerKind::user, "ada"}, "user", "Ada", 2048},
                                         {{OwnerKind::group, "staff"}, "group", "staff", 5120},
                                         {{OwnerKind::role, "ops"}, "role", "ops", 10240}};
    return cases;
}

TEST_F(InlinePolicies, AreKeptByteForByte) {
    const std::string document = " \n" + std::string(allow_list) + "\t";
    for (const Case& c : cases()) {
        ASSERT_TRUE(embed(c.owner, "List", document));
        const auto policy = get(c.owner, "List");
        ASSERT_TRUE(policy);
        EXPECT_EQ(policy->owner_name, c.name);
        EXPECT_EQ(policy->policy_name, "List");
        EXPECT_EQ(policy->document, document);
    }
}

TEST_F(InlinePolicies, MatchNamesWithoutCase) {  // B3
    ASSERT_TRUE(embed(ada, "List", allow_list));
    ASSERT_TRUE(embed(ada, "LIST", allow_get));
    EXPECT_THAT(list(ada)->items, testing::ElementsAre("List"));  // The first spelling.
    EXPECT_EQ(get(ada, "lisT")->policy_name, "lisT");             // The spelling asked for.
    EXPECT_EQ(get(ada, "list")->document, allow_get);
    EXPECT_TRUE(remove(ada, "list"));
    EXPECT_THAT(list(ada)->items, testing::IsEmpty());
}

TEST_F(InlinePolicies, BelongToOneEntity) {  // B3
    ASSERT_TRUE(embed(ada, "List", allow_list));
    ASSERT_TRUE(embed(ops, "list", allow_get));
    EXPECT_EQ(get(ada, "List")->document, allow_list);
    EXPECT_EQ(get(ops, "List")->document, allow_get);
    EXPECT_THAT(list(staff)->items, testing::IsEmpty());
}

TEST_F(InlinePolicies, ThatDoNotExistAreNamed) {  // 8.3
    for (const Case& c : cases()) {
        const Error none{"NoSuchEntity", 404, "The " + c.word + " policy with name P cannot be found."};
        expect_error(get(c.owner, "P"), none);
        expect_error(remove(c.owner, "P"), none);
    }
}

TEST_F(InlinePolicies, NeedAnOwner) {  // 8.3
    for (const Case& c : cases()) {
        const PolicyOwner nobody{c.owner.kind, "nobody"};
        const Error none{"NoSuchEntity", 404, "The " + c.word + " with name nobody cannot be found."};
        expect_error(embed(nobody, "P", allow_list), none);
        expect_error(get(nobody, "P"), none);
        expect_error(remove(nobody, "P"), none);
        expect_error(list(nobody), none);
    }
}

TEST_F(InlinePolicies, ShareOneQuotaPerEntity) {  // 1.4
    for (const Case& c : cases()) {
        const Error too_large{"LimitExceeded", 409,
                              "Maximum policy size of " + std::to_string(c.size) + " bytes exceeded for " +
                                  c.word + " " + c.name};
        ASSERT_TRUE(embed(c.owner, "a", document_of_size(c.size - 200)));
        expect_error(embed(c.owner, "b", document_of_size(201)), too_large);
        ASSERT_TRUE(embed(c.owner, "b", document_of_size(200) + "   \n"));
        EXPECT_TRUE(embed(c.owner, "B", document_of_size(200)));  // What is replaced counts no more.
        expect_error(embed(c.owner, "b", document_of_size(201)), too_large);
        EXPECT_TRUE(remove(c.owner, "a"));
        EXPECT_TRUE(embed(c.owner, "b", document_of_size(c.size)));
    }
}

TEST_F(InlinePolicies, AreChecked) {  // 1.5, ?2
    expect_error(embed(ada, "P", "{"), {"MalformedPolicyDocument", 400, "Syntax errors in policy."});
    EXPECT_TRUE(embed(ada, "P", R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"));
}

TEST_F(InlinePolicies, AreListedByName) {  // 8.4
    for (const char* name : {"beta", "Alpha", "gamma"}) ASSERT_TRUE(embed(ada, name, allow_list));
    const auto first = list(ada, {.items_max = 2});
    EXPECT_THAT(first->items, testing::ElementsAre("Alpha", "beta"));
    const auto second = list(ada, {.marker = first->marker, .items_max = 2});
    EXPECT_THAT(second->items, testing::ElementsAre("gamma"));
    EXPECT_FALSE(second->marker);
    expect_error(list(ops, {.marker = first->marker}), {"ValidationError", 400, "Invalid Marker."});
}

TEST_F(InlinePolicies, AreChangesOfWhoCarriesThem) {
    const Role role = view([](const AccountView& account) { return get_role(account, "ops"); }).value();
    const auto touched =
        touched_by([](AccountEdit& account) { return put_inline_policy(account, ops, "P", allow_list); });
    EXPECT_THAT(touched,
                testing::ElementsAre(store::Entity{store::EntityKind::role, account_id, role.role_id}));
}

}  // namespace
}  // namespace writ::directory
