// What policy documents take while they are kept: of principals there may be hundreds of thousands.
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

#include "counting_new.h"
#include "engine/policies.h"
#include "policy/parse.h"
#include "reference/managed_policies.h"

namespace writ {
namespace {

Held operator-(const Held& after, const Held& before) {
    return {after.allocations - before.allocations, after.bytes - before.bytes};
}

/// What parsing and compiling a text leave behind, the one besides the other.
struct Kept {
    Held parsed, compiled;
};

Kept kept_of(const std::string& text) {
    const Held before = held();
    const auto document = policy::parse(text, {.characters_max = text.size()});
    const Held parsed = held();
    if (!document) throw std::runtime_error(document.error().hint);
    const auto compiled = engine::compile(*document, policy::PolicyType::identity);
    return {parsed - before, held() - parsed};
}

std::string statements(std::size_t count, const std::string& statement) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + statement;
    return text + "]}";
}

// The object, and one piece of memory for all that it has.
TEST(Documents, AreKeptInOnePiece) {
    for (const std::string& statement : {
             std::string(R"({"Effect":"Allow","Action":"*","Resource":"*"})"),
             std::string(R"({"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:Put*"],)"
                         R"("Resource":"arn:aws:s3:::a/*"})"),
             std::string(
                 R"({"Sid":"A","Effect":"Deny","NotAction":"s3:*","Resource":["arn:aws:s3:::a/*/b",)"
                 R"("arn:aws:*:*:*:x"],"Condition":{"StringEquals":{"aws:RequestedRegion":["a","b"]},)"
                 R"("IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}})"),
             std::string(
                 R"({"Effect":"Allow","Action":"iam:Get*","Resource":"arn:aws:iam::*:user/${aws:username}",)"
                 R"("Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/x-*"}}})"),
         }) {
        for (const std::size_t count : {1U, 10U, 50U}) {
            const Kept kept = kept_of(statements(count, statement));
            EXPECT_EQ(kept.parsed.allocations, 2U) << count << " of " << statement;
            EXPECT_EQ(kept.compiled.allocations, 2U) << count << " of " << statement;
        }
    }
}

TEST(Documents, OfAwsAreKeptInOnePiece) {
    for (std::size_t i = 0; i < reference::managed_policy_count(); ++i) {
        const auto& policy = reference::managed_policy(i);
        const Kept kept = kept_of(reference::managed_policy_document(policy));
        EXPECT_EQ(kept.parsed.allocations, 2U) << policy.name;
        EXPECT_EQ(kept.compiled.allocations, 2U) << policy.name;
    }
}

// Ten statements as users have them, of 150 characters: the text, and what it takes to decide by it.
TEST(Documents, TakeAFewTimesTheirText) {
    const std::string text =
        statements(10, R"({"Sid":"S0","Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query"],)"
                       R"("Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/p0000000-0-*"})");
    const Kept kept = kept_of(text);
    EXPECT_LT(kept.parsed.bytes, text.size() * 6);
    EXPECT_LT(kept.compiled.bytes, text.size() * 5);
}

}  // namespace
}  // namespace writ
