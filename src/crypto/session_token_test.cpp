#include "crypto/session_token.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/access_key.h"
#include "crypto/sealing.h"

namespace writ::crypto {
namespace {

SealingKeys ring_of(std::initializer_list<std::string> materials) {
    std::vector<RingKey> keys;
    for (const std::string& material : materials) {
        keys.push_back({static_cast<std::uint32_t>(keys.size() + 1), Instant{}, Secret(material)});
    }
    return SealingKeys::of(keys);
}
const std::string material_one(32, '1');
const std::string material_two(32, '2');

SessionClaims role_session() {
    SessionClaims claims;
    claims.kind = SessionKind::role;
    claims.account = "123456789012";
    claims.role_arn = "arn:aws:iam::123456789012:role/team/ops";
    claims.role_id = "AROAZ4EXAMPLEROLEIDAB";
    claims.role_name = "ops";
    claims.session_name = "zoë@example.com";
    claims.issued = *parse_iso8601("2026-11-24T04:23:00Z");
    claims.expires = *parse_iso8601("2026-11-24T05:23:00Z");
    return claims;
}

SessionClaims bare_session() {
    SessionClaims claims;
    claims.account = "000000000001";
    return claims;
}

SessionClaims full_session() {
    SessionClaims claims = role_session();
    claims.partition = "aws-us-gov";
    claims.mfa_time = *parse_iso8601("2026-11-24T04:22:59.123Z");
    claims.policy_documents = {R"({"Version":"2012-10-17","Statement":[]})", "", std::string(2048, '{')};
    claims.policy_arns = {"arn:aws:iam::aws:policy/ReadOnlyAccess"};
    claims.tags = {{"Team", "blue"}, {"empty", ""}, {"日本", "\U0001F511"}};
    claims.transitive_tag_keys = {"Team"};
    claims.source_identity = "zoe";
    claims.federated_provider = "arn:aws:iam::123456789012:saml-provider/corp";
    claims.user_arn = "arn:aws:iam::123456789012:user/zoe";
    claims.user_id = "AIDAZ4EXAMPLEUSERIDAB";
    claims.user_name = "zoe";
    claims.chained = true;
    return claims;
}

SessionClaims scoped_session() {
    SessionClaims claims = role_session();
    claims.scope_down_documents = {R"({"Statement":[]})", "", std::string(2048, '[')};
    return claims;
}

SessionClaims full_scoped_session() {
    SessionClaims claims = full_session();
    claims.scope_down_documents = {"{}"};
    return claims;
}

SessionClaims delegated_session() {
    SessionClaims claims = full_scoped_session();
    claims.delegate_account = "999988887777";
    return claims;
}

TEST(SessionTokens, ComeBackAsTheyWereIssued) {
    const SealingKeys keys = ring_of({material_one});
    const SessionTokens tokens(keys);
    SequenceRandom random(1);
    for (SessionClaims claims : {role_session(), full_session(), bare_session(), scoped_session(),
                                 full_scoped_session(), delegated_session()}) {
        for (const auto kind : {SessionKind::role, SessionKind::federated_user, SessionKind::user,
                                SessionKind::root, SessionKind::assumed_root}) {
            claims.kind = kind;
            const TemporaryCredentials issued = tokens.issue(claims, random);
            claims.access_key_id = issued.access_key_id;
            const auto opened = tokens.open(issued.session_token, issued.access_key_id);
            ASSERT_TRUE(opened);
            EXPECT_EQ(*opened, claims);
        }
    }
}

// Spec S15, S16, 7.6.
TEST(SessionTokens, HaveTheFormOfTemporaryCredentials) {
    const SealingKeys keys = ring_of({material_one});
    SequenceRandom random(2);
    const TemporaryCredentials issued = SessionTokens(keys).issue(role_session(), random);
    EXPECT_EQ(kind_of_id(issued.access_key_id), IdKind::temporary_access_key);
    EXPECT_EQ(account_of_id(issued.access_key_id), "123456789012");
    EXPECT_EQ(issued.secret_access_key.reveal().size(), 40U);
    EXPECT_TRUE(base64_decode(issued.session_token));
    EXPECT_LT(issued.session_token.size(), 400U);
}

TEST(SessionTokens, GiveTheSecretBackWithoutKeepingIt) {
    const SealingKeys keys = ring_of({material_one});
    SequenceRandom random(3);
    const TemporaryCredentials issued = SessionTokens(keys).issue(role_session(), random);
    const TemporaryCredentials other = SessionTokens(keys).issue(role_session(), random);
    EXPECT_NE(issued.secret_access_key.reveal(), other.secret_access_key.reveal());

    const SealingKeys elsewhere = ring_of({material_one});  // Another node with the same ring.
    EXPECT_EQ(SessionTokens(elsewhere).secret_of(issued.session_token, issued.access_key_id)->reveal(),
              issued.secret_access_key.reveal());
    const SealingKeys stranger = ring_of({material_two});
    EXPECT_NE(SessionTokens(stranger).secret_of(issued.session_token, issued.access_key_id)->reveal(),
              issued.secret_access_key.reveal());
}

TEST(SessionTokens, BelongToOneAccessKey) {
    const SealingKeys keys = ring_of({material_one});
    const SessionTokens tokens(keys);
    SequenceRandom random(4);
    const TemporaryCredentials issued = tokens.issue(role_session(), random);
    const TemporaryCredentials other = tokens.issue(role_session(), random);
    const auto refused = credential_error(CredentialFault::invalid_token);
    EXPECT_EQ(tokens.open(issued.session_token, other.access_key_id).error(), refused);
    EXPECT_EQ(tokens.open(issued.session_token, "").error(), refused);
    EXPECT_NE(tokens.secret_of(issued.session_token, other.access_key_id)->reveal(),
              other.secret_access_key.reveal());
}

TEST(SessionTokens, OpenUnderOldKeysUntilThoseGo) {
    SequenceRandom random(5);
    const SealingKeys before = ring_of({material_one});
    const TemporaryCredentials issued = SessionTokens(before).issue(role_session(), random);
    const SealingKeys rotated = ring_of({material_one, material_two});
    EXPECT_TRUE(SessionTokens(rotated).open(issued.session_token, issued.access_key_id));
    EXPECT_EQ(SessionTokens(rotated).secret_of(issued.session_token, issued.access_key_id)->reveal(),
              issued.secret_access_key.reveal());
    const TemporaryCredentials newer = SessionTokens(rotated).issue(role_session(), random);
    EXPECT_FALSE(SessionTokens(before).open(newer.session_token, newer.access_key_id));
    EXPECT_FALSE(SessionTokens(before).secret_of(newer.session_token, newer.access_key_id));
}

TEST(SessionTokens, RefuseEveryOtherText) {
    const SealingKeys keys = ring_of({material_one});
    const SessionTokens tokens(keys);
    SequenceRandom random(6);
    const TemporaryCredentials issued = tokens.issue(full_session(), random);
    const std::string& token = issued.session_token;
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.open(changed, issued.access_key_id)) << "character " << i;
        EXPECT_FALSE(tokens.open(token.substr(0, i), issued.access_key_id)) << "length " << i;
    }
    for (const std::string& text : {std::string(), std::string("="), std::string("not base64!"),
                                    std::string(70000, 'A'), token + token, token + "AAAA", " " + token}) {
        EXPECT_EQ(tokens.open(text, issued.access_key_id).error(),
                  credential_error(CredentialFault::invalid_token));
        EXPECT_FALSE(tokens.secret_of(text, issued.access_key_id) &&
                     tokens.secret_of(text, issued.access_key_id)->reveal() ==
                         issued.secret_access_key.reveal());
    }
}

// Spec 7.7 step 6, S8.
TEST(SessionTokens, ExpireAtTheSecond) {
    const SessionClaims claims = role_session();
    EXPECT_TRUE(check_not_expired(claims, claims.expires - std::chrono::milliseconds{1}));
    EXPECT_EQ(check_not_expired(claims, claims.expires).error(),
              credential_error(CredentialFault::expired_token));
}

TEST(SessionTokens, ArePaddedToTheSizeAskedFor) {
    const SealingKeys keys = ring_of({material_one});
    const SessionTokens tokens(keys);
    SequenceRandom random(8);
    const SessionClaims scoped = scoped_session();
    const std::size_t plain = tokens.issue(scoped, random).session_token.size();
    for (std::size_t chars_min = plain - 5; chars_min <= plain + 600; ++chars_min) {
        const TemporaryCredentials issued = tokens.issue(scoped, random, chars_min);
        const std::size_t chars = issued.session_token.size();
        EXPECT_GE(chars, std::max(chars_min, plain));
        EXPECT_LE(chars, std::max(chars_min + 3, plain));
        auto claims = tokens.open(issued.session_token, issued.access_key_id);
        ASSERT_TRUE(claims) << chars_min;
        claims->access_key_id.clear();
        EXPECT_EQ(*claims, scoped);
    }
    EXPECT_EQ(tokens.issue(bare_session(), random, 4096).session_token.size(), 4096U);
    EXPECT_EQ(tokens.issue(bare_session(), random, 0).session_token.size(),
              tokens.issue(bare_session(), random).session_token.size());
}

}  // namespace
}  // namespace writ::crypto
