#include <gtest/gtest.h>

#include "gateway/observed/observed_for_tests.h"

// Shapes: AWS KMS API Reference, AWS Secrets Manager API Reference.
namespace writ::gateway::testing {
namespace {

const std::string key = "arn:aws:kms:eu-west-1:111122223333:key/k-1";
const std::string alias = "arn:aws:kms:eu-west-1:111122223333:alias/orders";
constexpr auto policy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"}]})";
constexpr auto quoted =
    R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]})";

TEST(ObservedKeys, TheAnswerNamesWhatWasMade) {
    constexpr auto answer =
        R"({"KeyMetadata":{"AWSAccountId":"000000000000","KeyId":"k-1","Arn":"arn:aws:kms:eu-west-1:000000000000:key/k-1"}})";
    EXPECT_EQ(changes("kms", "CreateKey",
                      std::string(R"({"Policy":")") + quoted + R"(","Tags":[{"TagKey":"a","TagValue":"1"}]})",
                      answer),
              (Lines{"put " + key + " " + policy, "tag " + key + " a=1"}));
    EXPECT_EQ(changes("kms", "CreateKey", "{}", answer), Lines{});
    const auto refused = observation("kms", "CreateKey", R"({"Policy":"x"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "MalformedPolicyDocumentException");
}

TEST(ObservedKeys, PoliciesAndTags) {
    const std::string at_key = R"({"KeyId":"k-1")";
    EXPECT_EQ(changes("kms", "PutKeyPolicy", at_key + R"(,"Policy":")" + quoted + R"("})"),
              Lines{"put " + key + " " + policy});
    EXPECT_EQ(changes("kms", "TagResource", at_key + R"(,"Tags":[{"TagKey":"a","TagValue":"1"}]})"),
              Lines{"tag " + key + " a=1"});
    EXPECT_EQ(changes("kms", "UntagResource", at_key + R"(,"TagKeys":["a"]})"), Lines{"untag " + key + " a"});
    // It can be taken back, and the policy counts until then.
    EXPECT_EQ(changes("kms", "ScheduleKeyDeletion", at_key + "}"), Lines{});
}

TEST(ObservedKeys, Aliases) {
    EXPECT_EQ(changes("kms", "CreateAlias", R"({"AliasName":"alias/orders","TargetKeyId":"k-1"})"),
              Lines{"learn 1 " + alias + " is " + key});
    KnownFacts facts;
    facts.aliases[alias] = key;
    EXPECT_EQ(
        changes("kms", "UpdateAlias", R"({"AliasName":"alias/orders","TargetKeyId":"k-2"})", {}, &facts),
        Lines{"learn 1 " + alias + " is arn:aws:kms:eu-west-1:111122223333:key/k-2"});
    EXPECT_EQ(changes("kms", "DeleteAlias", R"({"AliasName":"alias/orders"})", {}, &facts),
              Lines{"unlearn 1 " + alias});
    EXPECT_EQ(
        changes("kms", "ListAliases", "{}",
                R"({"Aliases":[{"AliasName":"alias/aws/ebs"},)"
                R"({"AliasName":"alias/orders","AliasArn":"x","TargetKeyId":"k-1"}],"Truncated":false})"),
        Lines{"learn 1 " + alias + " is " + key});
}

const std::string secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db/main";

TEST(ObservedSecrets, AnswersTellTheEndOfTheArn) {
    constexpr auto answer =
        R"({"ARN":"arn:aws:secretsmanager:eu-west-1:000000000000:secret:db/main-AbCdEf","Name":"db/main"})";
    const std::string learnt = "learn 2 " + secret + " is " + secret + "-AbCdEf";
    EXPECT_EQ(changes("secretsmanager", "CreateSecret",
                      R"({"Name":"db/main","Tags":[{"Key":"a","Value":"1"}]})", answer),
              (Lines{learnt, "tag " + secret + "-AbCdEf a=1"}));
    const std::string by_arn = R"({"SecretId":")" + secret + R"(-AbCdEf"})";
    EXPECT_EQ(changes("secretsmanager", "DescribeSecret", by_arn, answer), Lines{learnt});
    EXPECT_EQ(changes("secretsmanager", "GetSecretValue", by_arn, answer), Lines{learnt});
    EXPECT_EQ(
        changes("secretsmanager", "ListSecrets", "{}", std::string(R"({"SecretList":[)") + answer + "]}"),
        Lines{learnt});
    // An ARN that the name does not begin is not believed.
    EXPECT_EQ(changes("secretsmanager", "DescribeSecret", by_arn,
                      R"({"ARN":"arn:aws:secretsmanager:eu-west-1:1:secret:other-AbCdEf","Name":"db/main"})"),
              Lines{});
}

TEST(ObservedSecrets, GettingAKnownOneReadsNoAnswer) {
    KnownFacts facts;
    facts.secrets[secret] = facts.secrets["db/main"] = secret + "-AbCdEf";
    const auto made = observation("secretsmanager", "GetSecretValue", R"({"SecretId":"db/main"})", &facts);
    ASSERT_TRUE(made);
    EXPECT_EQ(*made, nullptr);
}

TEST(ObservedSecrets, PoliciesAndTheEnd) {
    const std::string at_secret = R"({"SecretId":")" + secret + R"(-AbCdEf")";
    EXPECT_EQ(changes("secretsmanager", "PutResourcePolicy",
                      at_secret + R"(,"ResourcePolicy":")" + quoted + R"("})"),
              Lines{"put " + secret + "-AbCdEf " + policy});
    EXPECT_EQ(changes("secretsmanager", "DeleteResourcePolicy", at_secret + "}"),
              Lines{"delete " + secret + "-AbCdEf"});
    EXPECT_EQ(changes("secretsmanager", "TagResource", at_secret + R"(,"Tags":[{"Key":"a","Value":"1"}]})"),
              Lines{"tag " + secret + "-AbCdEf a=1"});
    EXPECT_EQ(changes("secretsmanager", "DeleteSecret", at_secret + "}"), Lines{});  // It can be restored.
    EXPECT_EQ(changes("secretsmanager", "DeleteSecret", at_secret + R"(,"ForceDeleteWithoutRecovery":true})"),
              (Lines{"unlearn 2 " + secret, "forget " + secret + "-AbCdEf"}));
}

}  // namespace
}  // namespace writ::gateway::testing
