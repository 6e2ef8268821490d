// CloudTrail's page "record contents", its page "userIdentity element", and "Logging IAM and AWS STS API
// calls" of the IAM guide.
#include "api/audit/event.h"

#include <gtest/gtest.h>

#include "api/internal/audit_for_tests.h"
#include "api/internal/organization_for_tests.h"

namespace writ::api {
namespace {

constexpr std::size_t uuid_characters = 36;

std::string trust(std::string_view principal) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:AssumeRole",)"
           R"("sts:SetSourceIdentity"],"Principal":{"AWS":")" +
           std::string(principal) + R"("}}})";
}

class AuditEvents : public testing::Test {
  protected:
    Who assume(const Who& who, const std::string& role_arn, Parameters more = {}) {
        more.insert(more.end(), {{"RoleArn", role_arn}, {"RoleSessionName", "s1"}});
        const Reply reply = world.sts(who, "AssumeRole", more);
        EXPECT_EQ(reply.summary(), "200");
        return reply.credentials();
    }
    World world;
};

TEST_F(AuditEvents, TellEveryFieldOfAChange) {
    world.make("CreateUser", {{"UserName", "bob"},
                              {"Path", "/eng/"},
                              {"Tags.member.1.Key", "team"},
                              {"Tags.member.1.Value", "red"}});
    Json event = event_of(world, "iam:CreateUser");
    EXPECT_EQ(event["eventID"].get<std::string>().size(), uuid_characters);
    EXPECT_TRUE(event["responseElements"]["user"]["userId"].get<std::string>().starts_with("AIDA"));
    event.erase("eventID");
    event["responseElements"]["user"].erase("userId");
    EXPECT_EQ(event, Json::parse(R"({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "Root",
            "principalId": "123456789012",
            "arn": "arn:aws:iam::123456789012:root",
            "accountId": "123456789012",
            "accessKeyId": "AKIAROOTROOTROOTROOT"
        },
        "eventTime": "2026-11-24T04:23:00Z",
        "eventSource": "iam.amazonaws.com",
        "eventName": "CreateUser",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.9",
        "userAgent": "aws-cli/2.31",
        "requestParameters": {
            "userName": "bob", "path": "/eng/", "tags": [{"key": "team", "value": "red"}]
        },
        "responseElements": {
            "user": {
                "path": "/eng/",
                "userName": "bob",
                "arn": "arn:aws:iam::123456789012:user/eng/bob",
                "createDate": "2026-11-24T04:23:00Z",
                "tags": [{"key": "team", "value": "red"}]
            }
        },
        "requestID": "6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11",
        "readOnly": false,
        "resources": [{
            "ARN": "arn:aws:iam::123456789012:user/eng/bob",
            "accountId": "123456789012",
            "type": "AWS::IAM::User"
        }],
        "eventType": "AwsApiCall",
        "apiVersion": "2010-05-08",
        "managementEvent": true,
        "recipientAccountId": "123456789012",
        "eventCategory": "Management"
    })"));
}

TEST_F(AuditEvents, OfReadsTellNoAnswer) {
    const Who bob = world.make_user("bob", allow_all);
    EXPECT_TRUE(world.iam(bob, "GetUser", {{"UserName", "bob"}}).ok());
    const Json event = event_of(world, "iam:GetUser");
    EXPECT_EQ(event["readOnly"], true);
    EXPECT_EQ(event["responseElements"], nullptr);
    EXPECT_EQ(event["requestParameters"], Json({{"userName", "bob"}}));
    Json identity = event["userIdentity"];
    EXPECT_TRUE(identity["principalId"].get<std::string>().starts_with("AIDA"));
    identity.erase("principalId");
    EXPECT_EQ(identity, Json({{"type", "IAMUser"},
                              {"arn", "arn:aws:iam::123456789012:user/bob"},
                              {"accountId", "123456789012"},
                              {"accessKeyId", bob.access_key_id},
                              {"userName", "bob"}}));
    EXPECT_FALSE(event.contains("errorCode"));

    EXPECT_TRUE(world.sts(bob, "GetCallerIdentity").ok());
    const Json plain = event_of(world, "sts:GetCallerIdentity");
    EXPECT_EQ(plain["eventSource"], "sts.amazonaws.com");
    EXPECT_EQ(plain["requestParameters"], nullptr);
    EXPECT_EQ(plain["readOnly"], true);
    EXPECT_FALSE(plain.contains("resources"));
}

TEST_F(AuditEvents, TellWhatTheCallerWasToldOfADenial) {
    const Who bob = world.make_user("bob");
    const Reply denied = world.iam(bob, "DeleteUser", {{"UserName", "eve"}});
    ASSERT_EQ(denied.code(), "AccessDenied");
    const Json event = event_of(world, "iam:DeleteUser");
    EXPECT_EQ(event["errorCode"], "AccessDenied");
    EXPECT_EQ(event["errorMessage"], denied.message());
    EXPECT_EQ(event["requestParameters"], Json({{"userName", "eve"}}));
    EXPECT_EQ(event["responseElements"], nullptr);
    EXPECT_EQ(event["readOnly"], false);
    EXPECT_EQ(event["resources"][0]["ARN"], "arn:aws:iam::123456789012:user/eve");
}

TEST_F(AuditEvents, NameTheExceptionOfTheModel) {
    const Reply failed = world.iam(world.root(), "GetUser", {{"UserName", "nobody"}});
    ASSERT_EQ(failed.code(), "NoSuchEntity");
    const Json event = event_of(world, "iam:GetUser");
    EXPECT_EQ(event["errorCode"], "NoSuchEntityException");
    EXPECT_EQ(event["errorMessage"], failed.message());
}

TEST_F(AuditEvents, OfBadParametersAreThereToo) {
    ASSERT_EQ(world.iam(world.root(), "CreateUser", {{"UserName", "a b"}}).code(), "ValidationError");
    EXPECT_EQ(event_of(world, "iam:CreateUser")["errorCode"], "ValidationError");
    ASSERT_EQ(world.iam(world.root(), "ListUsers", {{"MaxItems", "many"}}).code(), "MalformedInput");
    const Json event = event_of(world, "iam:ListUsers");
    EXPECT_EQ(event["errorCode"], "MalformedInput");
    EXPECT_EQ(event["requestParameters"], nullptr);  // Could not be read.
}

TEST_F(AuditEvents, AreNotThereForWhomNobodyKnowsAndForWhatDoesNotExist) {
    Who wrong = world.root();
    wrong.secret = "not-the-secret-not-the-secret-not-the-sec";
    EXPECT_FALSE(world.iam(wrong, "ListUsers").ok());
    EXPECT_FALSE(world.iam(world.root(), "ListUnicorns").ok());
    world.endpoint().flush();
    EXPECT_TRUE(kept_events(world).empty());
}

// The tables of "Logging sign-in events for temporary credentials".
TEST_F(AuditEvents, OfTemporaryCredentialsTellWhichKeyWasGiven) {
    const Who bob = world.make_user("bob", allow_all);
    const std::string role = "arn:aws:iam::123456789012:role/ops";
    world.make("CreateRole", {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", trust("123456789012")}});
    const Who ops = assume(bob, role, {{"SourceIdentity", "robert"}});
    const Json assumed = event_of(world, "sts:AssumeRole");
    EXPECT_EQ(assumed["readOnly"], true);
    EXPECT_EQ(assumed["responseElements"]["credentials"],
              Json({{"accessKeyId", ops.access_key_id}, {"expiration", "2026-11-24T05:23:00Z"}}));
    EXPECT_EQ(assumed["responseElements"]["assumedRoleUser"]["arn"],
              "arn:aws:sts::123456789012:assumed-role/ops/s1");
    EXPECT_EQ(assumed["resources"],
              Json::array({{{"ARN", role}, {"accountId", "123456789012"}, {"type", "AWS::IAM::Role"}}}));
    EXPECT_FALSE(assumed.contains("sharedEventID"));

    for (const char* operation : {"GetSessionToken", "GetFederationToken"}) {
        Parameters parameters;
        if (operation == std::string("GetFederationToken")) parameters = {{"Name", "kim"}};
        const Reply given = world.sts(bob, operation, parameters);
        ASSERT_TRUE(given.ok()) << given.summary();
        const Json event = event_of(world, std::string("sts:") + operation);
        EXPECT_EQ(event["readOnly"], false) << operation;
        EXPECT_EQ(event["responseElements"]["credentials"]["accessKeyId"], given.text("AccessKeyId"));
        EXPECT_EQ(event["responseElements"]["credentials"].size(), 2U) << event;
    }
}

TEST_F(AuditEvents, OfRoleSessionsNameTheirIssuer) {
    const Who bob = world.make_user("bob", allow_all);
    world.make(
        "CreateRole",
        {{"RoleName", "ops"}, {"Path", "/team/"}, {"AssumeRolePolicyDocument", trust("123456789012")}});
    const std::string role = "arn:aws:iam::123456789012:role/team/ops";
    const Who ops = assume(bob, role, {{"SourceIdentity", "robert"}});
    world.clock().advance(std::chrono::minutes(1));
    EXPECT_FALSE(world.iam(ops, "ListRoles").ok());
    Json identity = event_of(world, "iam:ListRoles")["userIdentity"];
    const std::string role_id = identity["sessionContext"]["sessionIssuer"]["principalId"];
    EXPECT_TRUE(role_id.starts_with("AROA"));
    EXPECT_EQ(
        identity,
        Json({{"type", "AssumedRole"},
              {"principalId", role_id + ":s1"},
              {"arn", "arn:aws:sts::123456789012:assumed-role/ops/s1"},
              {"accountId", "123456789012"},
              {"accessKeyId", ops.access_key_id},
              {"sessionContext",
               {{"sessionIssuer",
                 {{"type", "Role"},
                  {"principalId", role_id},
                  {"arn", role},
                  {"accountId", "123456789012"},
                  {"userName", "ops"}}},
                {"attributes", {{"creationDate", "2026-11-24T04:23:00Z"}, {"mfaAuthenticated", "false"}}},
                {"sourceIdentity", "robert"}}}}));
}

TEST_F(AuditEvents, OfOtherSessionsTellWhoIsBehindThem) {
    const Who bob = world.make_user("bob", allow_all);
    const Who session = world.sts(bob, "GetSessionToken").credentials();
    EXPECT_TRUE(world.sts(session, "GetCallerIdentity").ok());
    const Json user = event_of(world, "sts:GetCallerIdentity")["userIdentity"];
    EXPECT_EQ(user["type"], "IAMUser");
    EXPECT_EQ(user["userName"], "bob");
    EXPECT_EQ(user["accessKeyId"], session.access_key_id);
    EXPECT_EQ(user["sessionContext"]["sessionIssuer"], Json::object());
    EXPECT_EQ(user["sessionContext"]["attributes"]["mfaAuthenticated"], "false");

    const Who kim = world.sts(bob, "GetFederationToken", {{"Name", "kim"}}).credentials();
    static_cast<void>(world.sts(kim, "GetAccessKeyInfo", {{"AccessKeyId", kim.access_key_id}}));
    const Json federated = event_of(world, "sts:GetAccessKeyInfo")["userIdentity"];
    EXPECT_EQ(federated["type"], "FederatedUser");
    EXPECT_EQ(federated["principalId"], "123456789012:kim");
    EXPECT_EQ(federated["arn"], "arn:aws:sts::123456789012:federated-user/kim");
    EXPECT_FALSE(federated.contains("userName"));
    const Json issuer = federated["sessionContext"]["sessionIssuer"];
    EXPECT_EQ(issuer["type"], "IAMUser");
    EXPECT_EQ(issuer["arn"], "arn:aws:iam::123456789012:user/bob");
    EXPECT_EQ(issuer["userName"], "bob");
}

TEST_F(AuditEvents, OfForeignRolesAreToldToBothAccounts) {
    const std::string role = "arn:aws:iam::210987654321:role/guest";
    ASSERT_TRUE(world
                    .iam(world.other_root(), "CreateRole",
                         {{"RoleName", "guest"}, {"AssumeRolePolicyDocument", trust("123456789012")}})
                    .ok());
    const Who bob = world.make_user("bob", allow_all);
    static_cast<void>(assume(bob, role));
    const Json own = event_of(world, "sts:AssumeRole");
    const Json theirs = event_of(world, "sts:AssumeRole", World::other_account);
    EXPECT_EQ(own["userIdentity"]["type"], "IAMUser");
    EXPECT_EQ(theirs["userIdentity"], Json({{"type", "AWSAccount"},
                                            {"principalId", own["userIdentity"]["principalId"]},
                                            {"accountId", "123456789012"}}));
    EXPECT_EQ(own["sharedEventID"], theirs["sharedEventID"]);
    EXPECT_EQ(own["sharedEventID"].get<std::string>().size(), uuid_characters);
    EXPECT_NE(own["eventID"], theirs["eventID"]);
    EXPECT_EQ(theirs["recipientAccountId"], "210987654321");
    EXPECT_EQ(own["recipientAccountId"], "123456789012");
    EXPECT_EQ(theirs["resources"], own["resources"]);
}

TEST_F(AuditEvents, OfForeignRolesThatAreDeniedAreToldToTheCallerOnly) {
    const Who bob = world.make_user("bob", allow_all);
    EXPECT_FALSE(world
                     .sts(bob, "AssumeRole",
                          {{"RoleArn", "arn:aws:iam::210987654321:role/none"}, {"RoleSessionName", "s1"}})
                     .ok());
    EXPECT_EQ(event_of(world, "sts:AssumeRole")["errorCode"], "AccessDenied");
    EXPECT_EQ(kept_events(world, {.action = "sts:AssumeRole"}).size(), 1U);
}

TEST_F(AuditEvents, HoldAtMost1KBOfTextsAnd100KBOfParameters) {
    HttpRequest request = World::request({{"Action", "CreateUser"},
                                          {"Version", std::string(iam_version)},
                                          {"UserName", "bob"},
                                          {"PermissionsBoundary", std::string(200'000, 'x')}});
    for (auto& [name, value] : request.headers) {
        if (name == "User-Agent") value = std::string(1'023, 'a') + "\xC3\xA4" + std::string(5'000, 'a');
    }
    crypto::sign(request, world.root().credentials(), "us-east-1", "iam", world.clock().now());
    EXPECT_FALSE(world.send(request).ok());
    const Json event = event_of(world, "iam:CreateUser");
    EXPECT_EQ(event["userAgent"], std::string(1'023, 'a'));  // No half of a scalar.
    EXPECT_LE(event["errorMessage"].get<std::string>().size(), 1'024U);
    EXPECT_EQ(event["requestParameters"]["omitted"], true);
    EXPECT_GT(event["requestParameters"]["originalSize"], 200'000);
}

TEST_F(AuditEvents, AreJsonWhateverBytesCame) {
    HttpRequest request =
        World::request({{"Action", "GetUser"}, {"Version", std::string(iam_version)}, {"UserName", "a\nb"}});
    for (auto& [name, value] : request.headers) {
        if (name == "User-Agent") value = "agent \xFE \"quoted\"";
    }
    crypto::sign(request, world.root().credentials(), "us-east-1", "iam", world.clock().now());
    EXPECT_FALSE(world.send(request).ok());
    EXPECT_EQ(event_of(world, "iam:GetUser")["userAgent"], "agent ? \"quoted\"");
    EXPECT_EQ(kept_events(world).front().json.find('\n'), std::string::npos);
}

TEST(AuditEventsOfOrganizations, SpeakTheWordsOfTheService) {
    OrganizationWorld world;
    world.make_organization();
    const Json made = event_of(world, "organizations:CreateOrganization");
    EXPECT_EQ(made["eventSource"], "organizations.amazonaws.com");
    EXPECT_EQ(made["awsRegion"], "us-east-1");
    EXPECT_EQ(made["responseElements"]["organization"]["id"], world.organization_id());
    EXPECT_EQ(made["readOnly"], false);
    EXPECT_FALSE(world.organizations(world.other_root(), "DescribeOrganization").ok());
    EXPECT_EQ(event_of(world, "organizations:DescribeOrganization", World::other_account)["errorCode"],
              "AWSOrganizationsNotInUseException");
}

TEST(AuditEventsOfRegions, AreThoseOfTheServer) {
    World world(EndpointConfig{.region = "eu-central-1"});
    HttpRequest request =
        World::request({{"Action", "GetCallerIdentity"}, {"Version", std::string(sts_version)}});
    crypto::sign(request, world.root().credentials(), "eu-central-1", "sts", world.clock().now());
    EXPECT_TRUE(world.send(request).ok());
    EXPECT_EQ(event_of(world, "sts:GetCallerIdentity")["awsRegion"], "eu-central-1");
    request = World::request({{"Action", "ListUsers"}, {"Version", std::string(iam_version)}});
    crypto::sign(request, world.root().credentials(), "us-east-1", "iam", world.clock().now());
    EXPECT_TRUE(world.send(request).ok());
    EXPECT_EQ(event_of(world, "iam:ListUsers")["awsRegion"], "us-east-1");
}

}  // namespace
}  // namespace writ::api
