#include "crypto/opened_tokens.h"

#include <array>
#include <gtest/gtest.h>

#include "crypto/sealing.h"

namespace writ::crypto {
namespace {

class OpenedTokensTest : public testing::Test {
  protected:
    TemporaryCredentials issue(std::string_view session_name) {
        SessionClaims claims;
        claims.account = "123456789012";
        claims.session_name = session_name;
        return tokens_.issue(claims, random_);
    }

    SequenceRandom random_{1};
    SealingKeys keys_ = SealingKeys::of(std::array{RingKey{1, Instant{}, Secret(std::string(32, 'k'))}});
    SessionTokens tokens_{keys_};
};

TEST_F(OpenedTokensTest, OpensOnceAndGivesTheSameClaims) {
    OpenedTokens opened(tokens_);
    const auto issued = issue("one");
    const auto first = opened.open(issued.session_token, issued.access_key_id);
    const auto second = opened.open(issued.session_token, issued.access_key_id);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
    EXPECT_EQ((*first)->session_name, "one");
    EXPECT_EQ((*first)->access_key_id, issued.access_key_id);
}

TEST_F(OpenedTokensTest, AKnownKeyDoesNotOpenAnotherToken) {
    OpenedTokens opened(tokens_);
    const auto one = issue("one");
    const auto two = issue("two");
    ASSERT_TRUE(opened.open(one.session_token, one.access_key_id));
    EXPECT_FALSE(opened.open(two.session_token, one.access_key_id));
    EXPECT_FALSE(opened.open(one.session_token.substr(4), one.access_key_id));
    EXPECT_FALSE(opened.open("", one.access_key_id));
    EXPECT_TRUE(opened.open(one.session_token, one.access_key_id));
}

TEST_F(OpenedTokensTest, StaysRightWhenItForgets) {
    OpenedTokens opened(tokens_, 32);
    for (int i = 0; i < 500; ++i) {
        const auto issued = issue("s" + std::to_string(i));
        const auto claims = opened.open(issued.session_token, issued.access_key_id);
        ASSERT_TRUE(claims);
        EXPECT_EQ((*claims)->session_name, "s" + std::to_string(i));
    }
}

}  // namespace
}  // namespace writ::crypto
