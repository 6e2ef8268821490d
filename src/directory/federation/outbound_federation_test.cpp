#include "directory/federation/outbound_federation.h"

#include "directory/internal/testing.h"

namespace writ::directory {
namespace {

class OutboundFederationTest : public DirectoryTest {
  protected:
    static std::vector<crypto::WebKeyPair> some_keys() {
        std::vector<crypto::WebKeyPair> keys;
        keys.push_back(crypto::make_web_key(crypto::WebAlgorithm::es384));
        return keys;
    }
    Result<std::string> enable(const std::vector<crypto::WebKeyPair>& keys) {
        return edit([&](AccountEdit& account) { return enable_outbound_federation(account, keys); });
    }
    Result<void> disable() {
        return edit([](AccountEdit& account) { return disable_outbound_federation(account); });
    }
    Result<std::optional<std::vector<IssuerKey>>> keys_of(const std::string& issuer) {
        return view([&](const AccountView& account) { return find_issuer_keys(account.records, issuer); });
    }
};

TEST_F(OutboundFederationTest, IsOffUntilItIsEnabledOnce) {  // B26.
    EXPECT_EQ(error_of(view(get_enabled_issuer)).code, "FeatureDisabled");
    EXPECT_EQ(error_of(disable()).http_status, 404);
    const auto issuer = enable(some_keys());
    ASSERT_TRUE(issuer);
    EXPECT_EQ(*view(get_enabled_issuer), *issuer);
    const Error again = error_of(enable(some_keys()));
    EXPECT_EQ(again.code, "FeatureEnabled");
    EXPECT_EQ(again.http_status, 409);
    EXPECT_EQ(error_of(view(get_enabled_issuer, other_account_id)).code, "FeatureDisabled");
}

TEST_F(OutboundFederationTest, KeepsIssuerAndKeysWhenItIsDisabled) {
    const auto issuer = enable(some_keys());
    const auto before = keys_of(*issuer);
    ASSERT_TRUE(before && *before);
    ASSERT_EQ((*before)->size(), 1U);
    ASSERT_TRUE(disable());
    EXPECT_EQ(error_of(view(get_enabled_issuer)).code, "FeatureDisabled");
    EXPECT_EQ(*view(find_issuer), *issuer);
    EXPECT_EQ(keys_of(*issuer)->value().at(0).public_pem, (*before)->at(0).public_pem);
    EXPECT_EQ(enable(some_keys()), *issuer);
    EXPECT_EQ(keys_of(*issuer)->value().size(), 1U) << "those of before are enough";
    EXPECT_FALSE(*keys_of("00000000-0000-4000-8000-000000000000"));
}

TEST_F(OutboundFederationTest, SealsThePrivateHalves) {
    const auto keys = some_keys();
    ASSERT_TRUE(enable(keys));
    const auto rows = view([](const AccountView& account) {
        return account.records.list<store::OutboundKey>(store::OutboundKey::by_id, {.equal = {account_id}});
    });
    ASSERT_EQ(rows->size(), 1U);
    const store::OutboundKey& row = rows->front();
    const std::string sealed(crypto::as_text(row.sealed_private_key));
    EXPECT_EQ(sealed.find("PRIVATE"), std::string::npos);
    const auto opened = sealing_.open_secret(sealed, row.key_id);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(), keys.front().private_pem.reveal());
    EXPECT_FALSE(sealing_.open_secret(sealed, "another key"));
}

}  // namespace
}  // namespace writ::directory
