#include "directory/credentials/access_keys.h"

#include "base/text.h"
#include "crypto/access_key.h"
#include "directory/internal/testing.h"
#include "directory/principals/users.h"

namespace writ::directory {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr KeyOwner root{};
constexpr KeyOwner ada{.user_name = "ada"};
constexpr KeyOwner bob{.user_name = "bob"};

class AccessKeysTest : public DirectoryTest {
  protected:
    AccessKeysTest() {
        for (const char* name : {"ada", "bob"}) {
            EXPECT_TRUE(edit([&](AccountEdit& account) { return create_user(account, {.name = name}); }));
        }
    }
    Result<NewAccessKey> create(const KeyOwner& owner) {
        return edit([&](AccountEdit& account) { return create_access_key(account, owner); });
    }
    std::string new_key_id(const KeyOwner& owner) { return create(owner)->key.access_key_id; }
    Result<void> update(const KeyOwner& owner, std::string_view id, std::string_view status) {
        return edit([&](AccountEdit& account) { return update_access_key(account, owner, id, status); });
    }
    Result<void> remove(const KeyOwner& owner, std::string_view id) {
        return edit([&](AccountEdit& account) { return delete_access_key(account, owner, id); });
    }
    Result<Page<AccessKey>> list(const KeyOwner& owner, const PageRequest& page = {}) {
        return view([&](const AccountView& account) { return list_access_keys(account, owner, page); });
    }
    store::AccessKey row(const std::string& id) {
        return **view([&](const AccountView& account) {
            return account.records.find<store::AccessKey>(store::AccessKey::by_id, {id});
        });
    }
    static Error not_found(const std::string& id) {
        return {"NoSuchEntity", 404, "The Access Key with id " + id + " cannot be found."};
    }
};

TEST_F(AccessKeysTest, ANewKeyIsActiveAndTellsItsSecret) {
    const auto made = create({.user_name = "ADA"});
    ASSERT_TRUE(made);
    EXPECT_EQ(crypto::kind_of_id(made->key.access_key_id), crypto::IdKind::access_key);
    EXPECT_EQ(crypto::account_of_id(made->key.access_key_id), account_id);
    EXPECT_EQ(made->key.user_name, "ada");
    EXPECT_TRUE(made->key.active);
    EXPECT_EQ(made->key.created_at, clock_.now());
    EXPECT_EQ(made->secret.reveal().size(), 40U);
}

TEST_F(AccessKeysTest, SecretsAreSealedForTheirKeyAlone) {
    const auto made = create(ada);
    const store::AccessKey stored = row(made->key.access_key_id);
    const std::string sealed(reinterpret_cast<const char*>(stored.sealed_secret.data()),
                             stored.sealed_secret.size());
    EXPECT_EQ(sealed.find(made->secret.reveal()), std::string::npos);
    EXPECT_EQ(sealing_.open_secret(sealed, made->key.access_key_id)->reveal(), made->secret.reveal());
    EXPECT_FALSE(sealing_.open_secret(sealed, new_key_id(ada)));
}

TEST_F(AccessKeysTest, RootHasKeysToo) {
    const auto made = create(root);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->key.user_name, "");
    EXPECT_EQ(row(made->key.access_key_id).owner_id, account_id);
    EXPECT_EQ(list(root)->items.size(), 1U);
    EXPECT_THAT(list(ada)->items, IsEmpty());
}

TEST_F(AccessKeysTest, AreAtMostTwoAUser) {
    for (const KeyOwner& owner : {ada, root}) {
        const std::string first = new_key_id(owner);
        ASSERT_TRUE(update(owner, first, "Inactive"));  // Counts all the same.
        ASSERT_TRUE(create(owner));
        EXPECT_EQ(error_of(create(owner)),
                  (Error{"LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2"}));
        ASSERT_TRUE(remove(owner, first));
        EXPECT_TRUE(create(owner));
    }
}

TEST_F(AccessKeysTest, CanBeSetActiveAndInactive) {
    const std::string id = new_key_id(ada);
    EXPECT_TRUE(update(ada, id, "Inactive"));
    EXPECT_FALSE(list(ada)->items.at(0).active);
    EXPECT_TRUE(update(ada, id, "Active"));
    EXPECT_TRUE(list(ada)->items.at(0).active);
}

TEST_F(AccessKeysTest, CannotBeSetExpired) {
    const std::string id = new_key_id(ada);
    EXPECT_EQ(error_of(update(ada, id, "Expired")).code, "InvalidInput");
    EXPECT_EQ(error_of(update(ada, id, "Expired")).http_status, 400);
    EXPECT_TRUE(row(id).active);
}

// Spec 8.7: a mismatch of user and key is not found.
TEST_F(AccessKeysTest, OfSomebodyElseAreNotFound) {
    const std::string id = new_key_id(ada);
    for (const KeyOwner& owner : {bob, root}) {
        EXPECT_EQ(error_of(update(owner, id, "Inactive")), not_found(id));
        EXPECT_EQ(error_of(remove(owner, id)), not_found(id));
    }
    const auto elsewhere =
        edit([&](AccountEdit& account) { return delete_access_key(account, root, id); }, other_account_id);
    EXPECT_EQ(error_of(elsewhere), not_found(id));
    EXPECT_TRUE(row(id).active);
}

TEST_F(AccessKeysTest, ThatAreMissingAreNotFound) {
    EXPECT_EQ(error_of(remove(ada, "AKIAMISSING")), not_found("AKIAMISSING"));
    const std::string id = new_key_id(ada);
    EXPECT_TRUE(remove(ada, id));
    EXPECT_EQ(error_of(remove(ada, id)), not_found(id));
}

TEST_F(AccessKeysTest, NeedAUser) {
    const Error error{"NoSuchEntity", 404, "The user with name eve cannot be found."};
    const KeyOwner eve{.user_name = "eve"};
    EXPECT_EQ(error_of(create(eve)), error);
    EXPECT_EQ(error_of(update(eve, "AKIA1", "Active")), error);
    EXPECT_EQ(error_of(remove(eve, "AKIA1")), error);
    EXPECT_EQ(error_of(list(eve)), error);
}

TEST_F(AccessKeysTest, StayWithARenamedUser) {
    const std::string id = new_key_id(ada);
    ASSERT_TRUE(edit([](AccountEdit& account) { return update_user(account, "ada", {.name = "Countess"}); }));
    const auto keys = list({.user_name = "countess"});
    ASSERT_EQ(keys->items.size(), 1U);
    EXPECT_EQ(keys->items[0].access_key_id, id);
    EXPECT_EQ(keys->items[0].user_name, "Countess");
}

TEST_F(AccessKeysTest, AreListedByPages) {
    std::vector<std::string> ids{new_key_id(ada), new_key_id(ada)};
    std::ranges::sort(ids);
    const auto first = list(ada, {.items_max = 1});
    ASSERT_EQ(first->items.size(), 1U);
    EXPECT_EQ(first->items[0].access_key_id, ids[0]);
    const auto second = list(ada, {.marker = first->marker, .items_max = 1});
    ASSERT_EQ(second->items.size(), 1U);
    EXPECT_EQ(second->items[0].access_key_id, ids[1]);
    EXPECT_FALSE(second->marker);
    EXPECT_EQ(error_of(list(bob, {.marker = first->marker})).message, "Invalid Marker.");
}

TEST_F(AccessKeysTest, TellTheFeedThatTheyChanged) {
    const std::string id = new_key_id(ada);
    const store::Entity entity{store::EntityKind::access_key, account_id, id};
    EXPECT_THAT(
        touched_by([&](AccountEdit& account) { return update_access_key(account, ada, id, "Inactive"); }),
        ElementsAre(entity));
    EXPECT_THAT(touched_by([&](AccountEdit& account) { return delete_access_key(account, ada, id); }),
                ElementsAre(entity));
}

}  // namespace
}  // namespace writ::directory
