#include "api/authorization_message.h"

#include <array>
#include <gtest/gtest.h>

#include "cases/read.h"

namespace writ::api {
namespace {

cases::Case question(const std::string& policies) {
    const auto read = cases::read_text(
        R"({"cases":[{"name":"n","principal":{"arn":"arn:aws:sts::111122223333:assumed-role/ops/s1",)"
        R"("id":"AROAX"},"action":"ec2:RunInstances","resource":"arn:aws:ec2:us-east-1:111122223333:instance/i",)"
        R"("time":"2026-11-24T04:23:00Z","context":{"aws:RequestedRegion":"us-east-1"},"policies":)" +
            policies + "}]}",
        "f", {});
    EXPECT_TRUE(read) << cases::to_string(read.error());
    return read->front();
}

TEST(AuthorizationMessage, TellsTheStatementsThatDenied) {  // N12.
    const std::string told = describe_denial(question(
        R"({"identity":[{"Statement":[{"Sid":"No","Effect":"Deny","Action":"ec2:Run*","Resource":"*",)"
        R"("Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}},)"
        R"({"Effect":"Allow","Action":"*","Resource":"*"}]}]})"));
    EXPECT_EQ(told,
              R"({"allowed":false,"explicitDeny":true,"matchedStatements":{"items":[{"statementId":"No",)"
              R"("effect":"DENY","principals":{"items":[{"value":"AROAX"}]},"principalGroups":{"items":[]},)"
              R"("actions":{"items":[{"value":"ec2:Run*"}]},"resources":{"items":[{"value":"*"}]},)"
              R"("conditions":{"items":[{"key":"aws:RequestedRegion","operator":"StringEquals",)"
              R"("values":{"items":[{"value":"us-east-1"}]}}]}}]},"failures":{"items":[]},)"
              R"("context":{"principal":{"id":"AROAX:s1",)"
              R"("arn":"arn:aws:sts::111122223333:assumed-role/ops/s1"},"action":"ec2:RunInstances",)"
              R"("resource":"arn:aws:ec2:us-east-1:111122223333:instance/i",)"
              R"("conditions":{"items":[{"key":"aws:RequestedRegion",)"
              R"("values":{"items":[{"value":"us-east-1"}]}}]}}})");
}

TEST(AuthorizationMessage, HasNoStatementsWhenNothingAllowed) {
    const std::string told = describe_denial(question(R"({"identity":[]})"));
    EXPECT_TRUE(told.starts_with(
        R"({"allowed":false,"explicitDeny":false,"matchedStatements":{"items":[]},"failures":{"items":[]},)"))
        << told;
}

TEST(AuthorizationMessage, OpensForItsAccountForADay) {  // N11.
    const std::array ring{crypto::RingKey{.id = 1, .created = {}, .material = Secret(std::string(32, 'k'))}};
    const auto keys = crypto::SealingKeys::of(ring);
    SequenceRandom random(1);
    const Instant now = *parse_iso8601("2026-11-24T04:23:00Z");
    const std::string sealed = encode_authorization_message(keys, "111122223333", "{\"a\":1}", now, random);
    EXPECT_EQ(decode_authorization_message(keys, "111122223333", sealed, now), "{\"a\":1}");
    EXPECT_FALSE(decode_authorization_message(keys, "444455556666", sealed, now));
    const Instant late = now + std::chrono::hours(24);
    EXPECT_TRUE(
        decode_authorization_message(keys, "111122223333", sealed, late - std::chrono::milliseconds(1)));
    EXPECT_FALSE(decode_authorization_message(keys, "111122223333", sealed, late));
    std::string broken = sealed;
    broken[broken.size() / 2] = broken[broken.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(decode_authorization_message(keys, "111122223333", broken, now));
    EXPECT_FALSE(decode_authorization_message(keys, "111122223333", "nonsense", now));
}

}  // namespace
}  // namespace writ::api
