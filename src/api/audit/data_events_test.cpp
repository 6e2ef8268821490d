// CloudTrail's page "Logging data events".
#include "api/audit/data_events.h"

#include "api/call.h"
#include "api/internal/audit_for_tests.h"

namespace writ::api::audit {
namespace {

using Json = nlohmann::json;

TEST(DataEvents, AreWhatIsDoneWithContent) {
    struct Row {
        std::string_view service, operation;
        std::vector<std::string> resources;
        bool expected;
    };
    for (const Row& row : {
             Row{"s3", "GetObject", {"arn:aws:s3:::docs/a"}, true},
             Row{"s3", "PutObjectAcl", {"arn:aws:s3:::docs/a"}, true},
             Row{"s3", "ListObjectsV2", {"arn:aws:s3:::docs"}, true},
             Row{"s3", "CreateBucket", {"arn:aws:s3:::docs"}, false},
             Row{"s3", "PutBucketPolicy", {"arn:aws:s3:::docs"}, false},
             Row{"dynamodb", "GetItem", {"arn:aws:dynamodb:us-east-1:1:table/t"}, true},
             Row{"dynamodb", "CreateTable", {"arn:aws:dynamodb:us-east-1:1:table/t"}, false},
             Row{"lambda", "Invoke", {}, true},
             Row{"lambda", "CreateFunction", {}, false},
             Row{"sqs", "SendMessage", {}, true},
             Row{"kms", "Decrypt", {}, false},
         }) {
        EXPECT_EQ(is_data_event(row.service, row.operation, row.resources), row.expected) << row.operation;
    }
}

class GuardedEvents : public testing::Test {
  protected:
    /// The event of a call of root, as JSON.
    Json printed(GuardedCall called, std::vector<std::string> resources, const Error& error = {"", 200, ""}) {
        authz::Caller caller;
        auto principal = std::make_shared<engine::Principal>();
        principal->kind = engine::PrincipalKind::root;
        principal->account = World::account;
        principal->arn = "arn:aws:iam::" + principal->account + ":root";
        caller.principal = std::move(principal);
        caller.access_key_id = "AKIAROOTROOTROOTROOT";
        HttpRequest request;
        request.peer_address = "203.0.113.9";
        request.request_id = "id-1";
        request.headers.emplace_back("User-Agent", "Boto3/1.40");
        AuditedCall call(std::move(called), caller, request, *parse_iso8601("2026-11-24T04:23:00Z"));
        call.resource_arns = std::move(resources);
        if (!error.code.empty()) call.failed(error);
        const auto events = events_of(call, {"eu-west-1", "us-east-1"}, false, random_);
        EXPECT_EQ(events.size(), 1U);
        action_ = events.front().action;
        return Json::parse(events.front().json);
    }
    static GuardedCall get_item() {
        return {.service = "dynamodb",
                .operation = "GetItem",
                .api_version = "2012-08-10",
                .region = "eu-central-1",
                .is_read_only = true,
                .is_data_event = true};
    }
    SequenceRandom random_{1};
    std::string action_;
};

TEST_F(GuardedEvents, TellEveryFieldOfADataEvent) {
    Json event = printed(get_item(), {"arn:aws:dynamodb:eu-central-1:123456789012:table/orders"});
    event.erase("eventID");
    event.erase("userIdentity");
    EXPECT_EQ(event, Json::parse(R"({
        "eventVersion": "1.11",
        "eventTime": "2026-11-24T04:23:00Z",
        "eventSource": "dynamodb.amazonaws.com",
        "eventName": "GetItem",
        "awsRegion": "eu-central-1",
        "sourceIPAddress": "203.0.113.9",
        "userAgent": "Boto3/1.40",
        "requestParameters": null,
        "responseElements": null,
        "requestID": "id-1",
        "readOnly": true,
        "resources": [{
            "ARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/orders",
            "accountId": "123456789012",
            "type": "AWS::DynamoDB::Table"
        }],
        "eventType": "AwsApiCall",
        "apiVersion": "2012-08-10",
        "managementEvent": false,
        "recipientAccountId": "123456789012",
        "eventCategory": "Data"
    })"));
    EXPECT_EQ(action_, "dynamodb:GetItem");
}

TEST_F(GuardedEvents, TellDenialsAndManagement) {
    GuardedCall create = get_item();
    create.operation = "CreateTable";
    create.is_data_event = create.is_read_only = false;
    const Json event = printed(create, {}, {"AccessDeniedException", 400, "User: … is not authorized"});
    EXPECT_EQ(event["errorCode"], "AccessDeniedException");
    EXPECT_EQ(event["errorMessage"], "User: … is not authorized");
    EXPECT_EQ(event["managementEvent"], true);
    EXPECT_EQ(event["eventCategory"], "Management");
    EXPECT_EQ(event["readOnly"], false);
    EXPECT_FALSE(event.contains("resources"));
}

TEST_F(GuardedEvents, NameTheTypesOfResources) {
    const Json event = printed(
        get_item(), {"arn:aws:s3:::docs/a", "arn:aws:s3:::docs", "arn:aws:sqs:us-east-1:123456789012:q",
                     "arn:aws:lambda:us-east-1:123456789012:function:f"});
    std::vector<std::string> types;
    for (const Json& resource : event["resources"]) types.push_back(resource["type"]);
    EXPECT_EQ(types, (std::vector<std::string>{"AWS::S3::Object", "AWS::S3::Bucket", "AWS::SQS::Queue",
                                               "AWS::Lambda::Function"}));
    EXPECT_FALSE(event["resources"][0].contains("accountId"));
}

TEST_F(GuardedEvents, AreKeptByTheSameSetting) {
    World world;
    Surroundings& at = world.endpoint().surroundings();
    EXPECT_TRUE(at.audit.wants(true));
    EXPECT_TRUE(at.audit.wants(false));
    const Trail writes(at.store, at.environment, {.events = Events::write}, {"us-east-1", "us-east-1"});
    EXPECT_FALSE(writes.wants(true));
    EXPECT_TRUE(writes.wants(false));
    const Trail none(at.store, at.environment, {.events = Events::none}, {"us-east-1", "us-east-1"});
    EXPECT_FALSE(none.wants(false));
}

}  // namespace
}  // namespace writ::api::audit
