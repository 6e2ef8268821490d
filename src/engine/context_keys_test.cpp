#include "engine/context_keys.h"

#include <gtest/gtest.h>

#include "policy/parse.h"

namespace writ::engine {
namespace {

std::vector<std::string> keys_of(std::string_view text) {
    std::vector<std::string> keys;
    const auto document = policy::parse(text);
    EXPECT_TRUE(document);
    if (document) add_context_keys(**document, keys);
    return keys;
}

TEST(ContextKeys, AreThoseOfConditionsAndVariables) {
    EXPECT_EQ(keys_of(R"({"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::${aws:username}/*","${*}${?}${$}"],
         "Condition":{"StringLike":{"s3:prefix":"${aws:PrincipalTag/team, 'none'}/*"}}},
        {"Effect":"Deny","NotAction":"s3:*","NotResource":"${aws:userid}",
         "Condition":{"Bool":{"AWS:USERNAME":"x","aws:SecureTransport":"false"}}}]})"),
              (std::vector<std::string>{"aws:username", "s3:prefix", "aws:PrincipalTag/team", "aws:userid",
                                        "aws:SecureTransport"}));
}

TEST(ContextKeys, OfOldDocumentsStandInConditionsOnly) {
    EXPECT_EQ(keys_of(R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"${aws:username}",
        "Condition":{"Null":{"s3:prefix":"true"}}}})"),
              (std::vector<std::string>{"s3:prefix"}));  // V1.
}

TEST(ContextKeys, NeedACompleteVariable) {
    EXPECT_EQ(keys_of(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",
        "Resource":"${}${aws:username"}})"),
              std::vector<std::string>{});  // X8.
}

}  // namespace
}  // namespace writ::engine
