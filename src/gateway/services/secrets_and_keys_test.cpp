#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// Secrets Manager, Parameter Store and KMS.
namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const std::string key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

KnownFacts facts() {
    KnownFacts known;
    known.secrets["db"] = secret;
    known.aliases["arn:aws:kms:eu-west-1:111122223333:alias/app"] = key;
    return known;
}
const KnownFacts known = facts();
const MappingPlace informed{"aws", "eu-west-1", "111122223333", &known};

TEST(SecretsManagerMapping, NeedsTheWholeArn) {
    const std::string by_arn = R"({"SecretId":")" + secret + "\"}";
    EXPECT_THAT(demands("secretsmanager", "GetSecretValue", by_arn),
                ElementsAre("secretsmanager:GetSecretValue " + secret));
    EXPECT_THAT(demands("secretsmanager", "GetSecretValue", R"({"SecretId":"db"})", informed),
                ElementsAre("secretsmanager:GetSecretValue " + secret));
    EXPECT_TRUE(is_refused("secretsmanager", "GetSecretValue", R"({"SecretId":"db"})"));
    EXPECT_TRUE(is_refused("secretsmanager", "GetSecretValue", R"({"SecretId":"other"})", informed));
}

TEST(SecretsManagerMapping, OfOperations) {
    const std::string made = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????";
    EXPECT_THAT(demands("secretsmanager", "CreateSecret",
                        R"({"Name":"db","AddReplicaRegions":[{"Region":"eu-west-2"}]})"),
                ElementsAre("secretsmanager:CreateSecret " + made,
                            "secretsmanager:ReplicateSecretToRegions " + made));
    EXPECT_THAT(demands("secretsmanager", "ListSecrets", "{}"), ElementsAre("secretsmanager:ListSecrets *"));
    EXPECT_THAT(
        demands("secretsmanager", "BatchGetSecretValue", R"({"SecretIdList":["db"]})", informed),
        ElementsAre("secretsmanager:BatchGetSecretValue *", "secretsmanager:GetSecretValue " + secret));
    EXPECT_TRUE(
        is_refused("secretsmanager", "BatchGetSecretValue", R"({"Filters":[{"Key":"all","Values":["x"]}]})"));
    EXPECT_THAT(
        demands("secretsmanager", "RotateSecret",
                R"({"SecretId":"db","ExternalSecretRotationRoleArn":"arn:aws:iam::111122223333:role/r"})",
                informed),
        ElementsAre("secretsmanager:RotateSecret " + secret,
                    "iam:PassRole arn:aws:iam::111122223333:role/r"));
}

TEST(SecretsManagerMapping, Keys) {
    EXPECT_THAT(keys("secretsmanager", "GetSecretValue", R"({"SecretId":"db","VersionStage":"AWSCURRENT"})",
                     "secretsmanager:GetSecretValue", informed),
                UnorderedElementsAre(Pair("secretsmanager:SecretId", secret),
                                     Pair("secretsmanager:VersionStage", "AWSCURRENT")));
    EXPECT_THAT(
        keys(
            "secretsmanager", "CreateSecret",
            R"({"Name":"db","Description":"d","KmsKeyId":"alias/app","Tags":[{"Key":"a","Value":"b"},{"Key":"c"}]})",
            "secretsmanager:CreateSecret"),
        UnorderedElementsAre(Pair("secretsmanager:Name", "db"), Pair("secretsmanager:Description", "d"),
                             Pair("secretsmanager:KmsKeyId", "alias/app"),
                             Pair("secretsmanager:KmsKeyArn", "?"), Pair("aws:RequestTag/a", "b"),
                             Pair("aws:RequestTag/c", ""), Pair("aws:TagKeys", "a,c")));
}

TEST(SsmMapping, OfParameters) {
    const std::string begin = "arn:aws:ssm:eu-west-1:111122223333:parameter/";
    EXPECT_THAT(demands("ssm", "GetParameter", R"({"Name":"/db/password"})"),
                ElementsAre("ssm:GetParameter " + begin + "db/password"));
    EXPECT_THAT(demands("ssm", "GetParameter", R"({"Name":"plain:3"})"),
                ElementsAre("ssm:GetParameter " + begin + "plain"));
    EXPECT_THAT(demands("ssm", "GetParameter", R"({"Name":")" + begin + R"(db:label"})"),
                ElementsAre("ssm:GetParameter " + begin + "db"));
    EXPECT_THAT(demands("ssm", "GetParameters", R"({"Names":["/a","b"]})"),
                ElementsAre("ssm:GetParameters " + begin + "a", "ssm:GetParameters " + begin + "b"));
    EXPECT_THAT(demands("ssm", "GetParametersByPath", R"({"Path":"/db/"})"),
                ElementsAre("ssm:GetParametersByPath " + begin + "db"));
    EXPECT_THAT(
        demands("ssm", "PutParameter", R"({"Name":"a","Value":"v","Tags":[{"Key":"t","Value":"u"}]})"),
        ElementsAre("ssm:PutParameter " + begin + "a", "ssm:AddTagsToResource " + begin + "a"));
    EXPECT_THAT(demands("ssm", "DescribeParameters", "{}"), ElementsAre("ssm:DescribeParameters *"));
    EXPECT_THAT(
        demands("ssm", "AddTagsToResource", R"({"ResourceType":"Parameter","ResourceId":"/a","Tags":[]})"),
        ElementsAre("ssm:AddTagsToResource " + begin + "a"));
    EXPECT_THAT(demands("ssm", "GetDocument", R"({"Name":"AWS-RunShellScript"})"),
                ElementsAre("ssm:GetDocument arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"));
    EXPECT_TRUE(is_refused("ssm", "GetParameter", R"({"Name":"/aws/reference/secretsmanager/db"})"));
    EXPECT_TRUE(is_refused("ssm", "GetParameter", "{}"));
    EXPECT_TRUE(
        is_refused("ssm", "AddTagsToResource", R"({"ResourceType":"Else","ResourceId":"a","Tags":[]})"));
    EXPECT_THAT(
        keys("ssm", "GetParametersByPath", R"({"Path":"/db","Recursive":true})", "ssm:GetParametersByPath"),
        UnorderedElementsAre(Pair("ssm:Recursive", "true")));
}

TEST(SsmMapping, OfCommandsAndSessions) {
    EXPECT_THAT(demands("ssm", "SendCommand",
                        R"({"DocumentName":"AWS-RunShellScript","InstanceIds":["i-1","mi-2"]})"),
                ElementsAre("ssm:SendCommand arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
                            "ssm:SendCommand arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
                            "ssm:SendCommand arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-2"));
    EXPECT_TRUE(is_refused(
        "ssm", "SendCommand",
        R"({"DocumentName":"d","Targets":[{"Key":"tag:a","Values":["b"]}],"InstanceIds":["i-1"]})"));
    EXPECT_THAT(demands("ssm", "StartSession", R"({"Target":"i-1"})"),
                ElementsAre("ssm:StartSession arn:aws:ec2:eu-west-1:111122223333:instance/i-1"));
}

TEST(KmsMapping, NamesTheKey) {
    EXPECT_THAT(demands("kms", "Encrypt", R"({"KeyId":"1234abcd"})"), ElementsAre("kms:Encrypt " + key));
    EXPECT_THAT(demands("kms", "Encrypt", R"({"KeyId":")" + key + "\"}"), ElementsAre("kms:Encrypt " + key));
    EXPECT_THAT(demands("kms", "Encrypt", R"({"KeyId":"alias/app"})", informed),
                ElementsAre("kms:Encrypt " + key));
    EXPECT_TRUE(is_refused("kms", "Encrypt", R"({"KeyId":"alias/app"})"));
    EXPECT_TRUE(is_refused("kms", "Encrypt", R"({"KeyId":"arn:aws:kms:us-east-1:111122223333:alias/app"})",
                           informed));
    // The ciphertext alone does not tell.
    EXPECT_TRUE(is_refused("kms", "Decrypt", R"({"CiphertextBlob":"AAAA"})"));
    EXPECT_THAT(demands("kms", "Decrypt", R"({"CiphertextBlob":"AAAA","KeyId":"1234abcd"})"),
                ElementsAre("kms:Decrypt " + key));
}

TEST(KmsMapping, OfOperations) {
    const std::string alias = "arn:aws:kms:eu-west-1:111122223333:alias/app";
    const std::string other = "arn:aws:kms:eu-west-1:111122223333:key/new";
    EXPECT_THAT(demands("kms", "CreateAlias", R"({"AliasName":"alias/app","TargetKeyId":"new"})"),
                ElementsAre("kms:CreateAlias " + alias, "kms:CreateAlias " + other));
    EXPECT_THAT(
        demands("kms", "UpdateAlias", R"({"AliasName":"alias/app","TargetKeyId":"new"})", informed),
        ElementsAre("kms:UpdateAlias " + alias, "kms:UpdateAlias " + key, "kms:UpdateAlias " + other));
    EXPECT_THAT(demands("kms", "DeleteAlias", R"({"AliasName":"alias/app"})", informed),
                ElementsAre("kms:DeleteAlias " + alias, "kms:DeleteAlias " + key));
    EXPECT_THAT(demands("kms", "ReEncrypt",
                        R"({"CiphertextBlob":"A","SourceKeyId":"1234abcd","DestinationKeyId":"new"})"),
                ElementsAre("kms:ReEncryptFrom " + key, "kms:ReEncryptTo " + other));
    EXPECT_THAT(demands("kms", "CreateKey", "{}"), ElementsAre("kms:CreateKey *"));
    EXPECT_THAT(demands("kms", "ListKeys", "{}"), ElementsAre("kms:ListKeys *"));
    EXPECT_THAT(demands("kms", "CreateGrant", R"({"KeyId":"1234abcd","Operations":["Decrypt"]})"),
                ElementsAre("kms:CreateGrant " + key));
}

TEST(KmsMapping, Keys) {
    EXPECT_THAT(keys("kms", "Encrypt", R"({"KeyId":"alias/app","EncryptionContext":{"app":"x","Stage":"y"}})",
                     "kms:Encrypt", informed),
                UnorderedElementsAre(
                    Pair("kms:RequestAlias", "alias/app"), Pair("kms:EncryptionContext:app", "x"),
                    Pair("kms:EncryptionContext:Stage", "y"), Pair("kms:EncryptionContextKeys", "Stage,app"),
                    Pair("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT")));
    EXPECT_THAT(
        keys("kms", "CreateKey", R"({"KeySpec":"RSA_2048","KeyUsage":"SIGN_VERIFY"})", "kms:CreateKey"),
        UnorderedElementsAre(Pair("kms:KeySpec", "RSA_2048"), Pair("kms:KeyUsage", "SIGN_VERIFY"),
                             Pair("kms:KeyOrigin", "AWS_KMS"), Pair("kms:MultiRegion", "false")));
    EXPECT_THAT(
        keys(
            "kms", "CreateGrant",
            R"({"KeyId":"1234abcd","Operations":["Decrypt","Encrypt"],"GranteePrincipal":"arn:aws:iam::111122223333:role/r",
                         "Constraints":{"EncryptionContextSubset":{"a":"b"}}})",
            "kms:CreateGrant"),
        UnorderedElementsAre(Pair("kms:GrantOperations", "Decrypt,Encrypt"),
                             Pair("kms:GranteePrincipal", "arn:aws:iam::111122223333:role/r"),
                             Pair("kms:GrantConstraintType", "EncryptionContextSubset"),
                             Pair("kms:GrantIsForAWSResource", "false"), Pair("kms:EncryptionContext:a", "b"),
                             Pair("kms:EncryptionContextKeys", "a")));
    EXPECT_THAT(
        keys("kms", "ReEncrypt",
             R"({"SourceKeyId":"1234abcd","DestinationKeyId":"1234abcd","SourceEncryptionContext":{"a":"1"},
                         "DestinationEncryptionContext":{"b":"2"}})",
             "kms:ReEncryptTo"),
        UnorderedElementsAre(Pair("kms:ReEncryptOnSameKey", "true"), Pair("kms:EncryptionContext:b", "2"),
                             Pair("kms:EncryptionContextKeys", "b"),
                             Pair("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT")));
    // What the key is does not follow from the request.
    EXPECT_EQ(keys("kms", "DescribeKey", R"({"KeyId":"1234abcd"})", "kms:DescribeKey").size(), 0U);
}

}  // namespace
}  // namespace writ::gateway::testing
