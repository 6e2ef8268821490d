#include "reference/request_model.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <ranges>
#include <string>
#include <thread>
#include <vector>

namespace writ::reference {
namespace {

const RequestOperation& operation(std::string_view service, std::string_view name) {
    return *find_request_operation(*find_request_service(service), name);
}

const RequestMember& member(const RequestShape& shape, std::string_view name) {
    return *std::ranges::find(shape.members, name, &RequestMember::name);
}

TEST(RequestModel, HasEveryService) {
    EXPECT_GE(request_services().size(), 445U);
    EXPECT_TRUE(std::ranges::is_sorted(request_services(), {}, &RequestService::id));
    std::size_t operations = 0;
    for (const RequestService& service : request_services()) {
        const auto all = request_operations(service);
        EXPECT_TRUE(std::ranges::is_sorted(all, {}, &RequestOperation::name)) << service.id;
        EXPECT_NE(service.protocols, 0) << service.id;
        operations += all.size();
    }
    EXPECT_GE(operations, 20'000U);
}

TEST(RequestModel, TellsHowAServiceIsCalled) {
    const RequestService* dynamodb = find_request_service("dynamodb");
    ASSERT_NE(dynamodb, nullptr);
    EXPECT_EQ(dynamodb->title, "DynamoDB");
    EXPECT_EQ(dynamodb->signing_name, "dynamodb");
    EXPECT_EQ(dynamodb->api_version, "2012-08-10");
    EXPECT_EQ(dynamodb->target_prefix, "DynamoDB_20120810");
    EXPECT_TRUE(dynamodb->speaks(WireProtocol::json_1_0));
    EXPECT_FALSE(dynamodb->speaks(WireProtocol::json_1_1));
    EXPECT_TRUE(find_request_service("s3")->speaks(WireProtocol::rest_xml));
    EXPECT_TRUE(find_request_service("ec2")->speaks(WireProtocol::ec2_query));
    EXPECT_TRUE(find_request_service("sqs")->speaks(WireProtocol::query)) << "older clients";
    EXPECT_TRUE(find_request_service("sqs")->speaks(WireProtocol::json_1_0));
    EXPECT_TRUE(find_request_service("cloudwatch")->speaks(WireProtocol::rpc_v2_cbor));
    EXPECT_EQ(find_request_service("cloudwatch")->signing_name, "monitoring");
    EXPECT_EQ(find_request_service("DynamoDB"), nullptr);
}

TEST(RequestModel, FindsServicesByWhatTheyAreSignedAs) {
    const auto rds = request_services_signed_as("rds");
    ASSERT_EQ(rds.size(), 3U);
    EXPECT_EQ(rds.front()->id, "rds");
    const auto streams = request_services_signed_as("dynamodb");
    ASSERT_EQ(streams.size(), 2U);
    EXPECT_EQ(streams.back()->id, "dynamodbstreams");
    EXPECT_TRUE(std::ranges::any_of(request_services_signed_as("s3express"),
                                    [](const auto* service) { return service->id == "s3"; }));
    EXPECT_TRUE(request_services_signed_as("nothing").empty());
    EXPECT_EQ(find_request_service_by_target("AWSCognitoIdentityProviderService")->id, "cognito-idp");
    EXPECT_EQ(find_request_service_by_target("nothing"), nullptr);
}

TEST(RequestModel, TellsWhereTheMembersOfAnOperationTravel) {
    using enum RequestMember::Location;
    const RequestOperation& upload = operation("s3", "UploadPart");
    EXPECT_EQ(upload.http_method, "PUT");
    EXPECT_EQ(upload.request_uri, "/{Bucket}/{Key+}");
    EXPECT_EQ(member(*upload.input, "Bucket").location, uri);
    EXPECT_EQ(member(*upload.input, "PartNumber").location, query_string);
    EXPECT_EQ(member(*upload.input, "PartNumber").wire_name, "partNumber");
    EXPECT_TRUE(member(*upload.input, "PartNumber").required);
    EXPECT_EQ(member(*upload.input, "SSECustomerKeyMD5").wire_name,
              "x-amz-server-side-encryption-customer-key-MD5");
    EXPECT_EQ(member(*upload.input, "Body").location, payload);
    EXPECT_TRUE(member(*upload.input, "Body").streaming);
    EXPECT_EQ(member(*operation("s3", "PutObject").input, "Metadata").location, header_prefix);
    EXPECT_EQ(operation("s3", "PutBucketTagging").xml_root, "Tagging");
    EXPECT_EQ(operation("s3", "GetBucketAcl").request_uri, "/{Bucket}?acl");
}

TEST(RequestModel, HasTheShapesOfBodies) {
    const RequestShape& item = *member(*operation("dynamodb", "PutItem").input, "Item").shape;
    ASSERT_EQ(item.kind, RequestShapeKind::map);
    const RequestShape& value = *item.element->shape;
    EXPECT_EQ(value.kind, RequestShapeKind::structure);
    EXPECT_EQ(member(value, "M").shape->element->shape, &value) << "values hold values";
    const RequestShape& tags =
        *member(*member(*operation("s3", "PutBucketTagging").input, "Tagging").shape, "TagSet").shape;
    EXPECT_EQ(tags.kind, RequestShapeKind::list);
    EXPECT_EQ(tags.element->wire_name, "Tag");
}

TEST(RequestModel, KnowsTheNamesOfTheQueryProtocols) {
    const RequestShape& run = *operation("ec2", "RunInstances").input;
    EXPECT_EQ(member(run, "BlockDeviceMappings").query_name, "BlockDeviceMapping");
    EXPECT_EQ(member(run, "InstanceInitiatedShutdownBehavior").query_name,
              "InstanceInitiatedShutdownBehavior");
    EXPECT_EQ(member(run, "EbsOptimized").query_name, "EbsOptimized");
    EXPECT_EQ(member(run, "EbsOptimized").wire_name, "ebsOptimized");
    const RequestMember& attributes = member(*operation("sqs", "SetQueueAttributes").input, "Attributes");
    EXPECT_EQ(attributes.wire_name, "Attributes");
    EXPECT_EQ(attributes.query_name, "Attribute");
    EXPECT_TRUE(attributes.shape->flattened);
    EXPECT_EQ(attributes.shape->key->query_name, "Name");
}

TEST(RequestModel, IsLoadedOnceByManyThreads) {
    std::vector<const RequestOperation*> found(8);
    {
        std::vector<std::jthread> threads;
        for (auto& place : found) threads.emplace_back([&place] { place = &operation("sns", "Publish"); });
    }
    EXPECT_TRUE(std::ranges::all_of(found, [&](const auto* one) { return one == found.front(); }));
}

}  // namespace
}  // namespace writ::reference
