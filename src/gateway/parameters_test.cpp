#include "gateway/parameters.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/text.h"

// Written from the Smithy protocol specifications and the API references of the services.
namespace writ::gateway {
namespace {

using Texts = std::vector<std::string>;

HttpRequest request(std::string method, std::string target, HttpHeaders headers, std::string body) {
    HttpRequest request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

HttpRequest json(std::string target, std::string body) {
    return request("POST", "/", {{"X-Amz-Target", std::move(target)}}, std::move(body));
}

HttpRequest form(std::string body) {
    return request("POST", "/", {{"Content-Type", "application/x-www-form-urlencoded"}}, std::move(body));
}

Result<Parameters> read(const HttpRequest& request, std::string_view signing_name,
                        const BodyLimits& limits = {}) {
    auto recognized = recognize(request, signing_name, {});
    if (!recognized) return std::unexpected(recognized.error());
    auto complete = recognize_with_body(request, std::move(*recognized));
    if (!complete) return std::unexpected(complete.error());
    return read_parameters(*complete, request, limits);
}

std::string error_of(const HttpRequest& request, std::string_view signing_name,
                     const BodyLimits& limits = {}) {
    const auto parameters = read(request, signing_name, limits);
    return parameters ? "none" : parameters.error().code;
}

Parameters of(const HttpRequest& request, std::string_view signing_name) {
    auto parameters = read(request, signing_name);
    EXPECT_TRUE(parameters) << parameters.error().message;
    return parameters ? std::move(*parameters) : Parameters();
}

Result<Parameters> dynamodb(const std::string& operation, std::string body) {
    return read(json("DynamoDB_20120810." + operation, std::move(body)), "dynamodb");
}

std::string dynamodb_error(const std::string& operation, std::string body) {
    return error_of(json("DynamoDB_20120810." + operation, std::move(body)), "dynamodb");
}

TEST(Parameters, PathsThroughStructuresListsAndMaps) {
    const auto item = dynamodb(
        "PutItem", R"({"TableName":"orders","Item":{"pk":{"S":"a"},"n":{"N":"1"}},"ReturnValues":null})");
    ASSERT_TRUE(item);
    EXPECT_EQ(item->first("TableName"), "orders");
    EXPECT_EQ(item->all("Item{}"), (Texts{"pk", "n"}));
    EXPECT_EQ(item->all("Item{pk}.S"), (Texts{"a"}));
    EXPECT_EQ(item->all("Item{*}.S"), (Texts{"a"}));
    EXPECT_TRUE(item->has("Item"));
    EXPECT_TRUE(item->has("Item{n}"));
    EXPECT_FALSE(item->has("Item{m}"));
    EXPECT_FALSE(item->has("ReturnValues")) << "null is as good as absent";
    EXPECT_EQ(item->first("Item"), std::nullopt) << "no scalar";
    EXPECT_EQ(item->first("Nothing"), std::nullopt);
    EXPECT_EQ(item->names(), (std::vector<std::string_view>{"TableName", "Item"}));
    EXPECT_EQ(item->all("Item[]"), Texts{}) << "a map is no list";

    const auto write =
        dynamodb("TransactWriteItems",
                 R"({"TransactItems":[{"Put":{"TableName":"a","Item":{}}},)"
                 R"({"Delete":{"TableName":"b","Key":{}}},{"Put":{"TableName":"c","Item":{}}}]})");
    ASSERT_TRUE(write);
    EXPECT_EQ(write->all("TransactItems[].Put.TableName"), (Texts{"a", "c"}));
    EXPECT_EQ(write->all("TransactItems[].Delete.TableName"), (Texts{"b"}));
    EXPECT_EQ(write->first("TransactItems[1].Delete.TableName"), "b");
    EXPECT_EQ(write->names("TransactItems[2].Put"), (std::vector<std::string_view>{"TableName", "Item"}));
    EXPECT_TRUE(write->names("TransactItems").empty());
    EXPECT_TRUE(write->names("TransactItems[9]").empty());
    EXPECT_TRUE(write->has("TransactItems[2]"));
    EXPECT_FALSE(write->has("TransactItems[3]"));
    EXPECT_FALSE(write->has("TransactItems[x]"));
    const auto batch = dynamodb("BatchGetItem", R"({"RequestItems":{"a":{"Keys":[]},"b":{"Keys":[]}}})");
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->all("RequestItems{}"), (Texts{"a", "b"}));
}

TEST(Parameters, ScalarsOfJsonAreTextAsWritten) {
    const auto query = dynamodb("Query", R"({"TableName":"\u00fc\"","Limit":10,"ConsistentRead":true,)"
                                         R"("ScanIndexForward":false,"IndexName":""})");
    ASSERT_TRUE(query);
    EXPECT_EQ(query->first("TableName"), "\xC3\xBC\"");
    EXPECT_EQ(query->first("Limit"), "10");
    EXPECT_EQ(query->first("ConsistentRead"), "true");
    EXPECT_EQ(query->first("ScanIndexForward"), "false");
    EXPECT_EQ(query->first("IndexName"), "");
}

TEST(Parameters, JsonThatTwoReadersCouldReadDifferently) {
    const std::string bad = "SerializationException";
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":"a","TableName":"b"})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":"a","tableName":"b"})"), bad) << "some ignore case";
    EXPECT_EQ(dynamodb_error("GetItem", R"({"Key":{"a":{"S":"1"},"a":{"S":"2"}}})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"Unknown":{"x":1,"x":2}})"), bad) << "also where nobody looks";
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":"a"} {"TableName":"b"})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", std::string("{\"TableName\":\"a\"}\0{", 19)), bad);
    EXPECT_EQ(dynamodb_error("GetItem", "\xEF\xBB\xBF{}"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", "{\"TableName\":\"\xff\"}"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":["a"]})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":{"a":1}})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"Key":"a"})"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"(["TableName"])"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"("TableName")"), bad);
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":"a")"), bad);
    std::string many = "{\"Key\":{";
    for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i % 99) + "\":{},";
    many.back() = '}';
    EXPECT_EQ(dynamodb_error("GetItem", many + '}'), bad) << "among many keys";
    EXPECT_EQ(dynamodb_error("GetItem", R"({"TableName":"a","Unknown":[1,{"x":null}],"Key":{}})"), "none");
    EXPECT_EQ(dynamodb_error("GetItem", ""), "none");
}

TEST(Parameters, BodiesHaveLimits) {
    const HttpRequest deep = json("DynamoDB_20120810.GetItem", R"({"Unknown":)" + std::string(100'000, '[') +
                                                                   std::string(100'000, ']') + '}');
    EXPECT_EQ(error_of(deep, "dynamodb"), "SerializationException");
    const HttpRequest small = json("DynamoDB_20120810.GetItem", R"({"TableName":"a","Key":{"b":{"S":"c"}}})");
    EXPECT_EQ(error_of(small, "dynamodb", {.bytes_max = 39, .depth_max = 3, .values_max = 5}), "none");
    EXPECT_EQ(error_of(small, "dynamodb", {.bytes_max = 38, .depth_max = 3, .values_max = 5}),
              "RequestEntityTooLarge");
    EXPECT_EQ(error_of(small, "dynamodb", {.bytes_max = 39, .depth_max = 2, .values_max = 5}),
              "SerializationException");
    EXPECT_EQ(error_of(small, "dynamodb", {.bytes_max = 39, .depth_max = 3, .values_max = 4}),
              "SerializationException");
}

// {"TableName":"…"} with a name of a hundred 'a', by gzip -n -9: 39 bytes.
constexpr std::string_view packed_body = "H4sIAAAAAAACA6tWCklMykn1S8xNVbJSSqQDUKoFABqMlzt0AAAA";

TEST(Parameters, CompressedBodies) {
    const auto bytes = base64_decode(packed_body);
    HttpRequest get =
        json("DynamoDB_20120810.GetItem", {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    get.headers.emplace_back("Content-Encoding", "gzip");
    EXPECT_EQ(of(get, "dynamodb").first("TableName"), std::string(100, 'a'));
    EXPECT_EQ(error_of(get, "dynamodb", {.bytes_max = 115, .depth_max = 9, .values_max = 9}),
              "RequestEntityTooLarge");
    get.headers.back().second = "br";
    EXPECT_EQ(error_of(get, "dynamodb"), "SerializationException");
    get.headers.back().second = "gzip, gzip";
    EXPECT_EQ(error_of(get, "dynamodb"), "SerializationException");
    get.headers.back().second = "gzip";
    get.body += "x";
    EXPECT_EQ(error_of(get, "dynamodb"), "SerializationException") << "something behind it";
    get.body.resize(get.body.size() - 2);
    EXPECT_EQ(error_of(get, "dynamodb"), "SerializationException") << "cut";
}

// Query protocol: lists "Name.member.N", maps "Name.entry.N.key".

TEST(Parameters, QueryForms) {
    const auto policy = of(form("Action=CreateUser&Version=2010-05-08&UserName=ann+b&Tags.member.1.Key=team&"
                                "Tags.member.1.Value=a%26b&Tags.member.2.Key=stage&Tags.member.10.Key=last"),
                           "iam");
    EXPECT_EQ(policy.first("UserName"), "ann b");
    EXPECT_EQ(policy.all("Tags[].Key"), (Texts{"team", "stage", "last"}));
    EXPECT_EQ(policy.all("Tags[].Value"), (Texts{"a&b"}));
    const auto publish = of(form("Action=Publish&MessageAttributes.entry.1.Name=a&"
                                 "MessageAttributes.entry.1.Value.DataType=String"),
                            "sns");
    EXPECT_EQ(publish.all("MessageAttributes{}"), (Texts{"a"}));
    EXPECT_EQ(publish.all("MessageAttributes{a}.DataType"), (Texts{"String"}));
    EXPECT_TRUE(of(form("Action=CreateUser&Tags="), "iam").has("Tags")) << "an empty list";
}

TEST(Parameters, QueryInTheQueryStringAndInBoth) {
    EXPECT_EQ(of(request("GET", "/?Action=GetUser&UserName=ann", {}, ""), "iam").first("UserName"), "ann");
    HttpRequest both = form("UserName=ann");
    both.target = "/?Action=GetUser";
    EXPECT_EQ(of(both, "iam").first("UserName"), "ann");
    both.target = "/?Action=GetUser&UserName=ben";
    EXPECT_EQ(error_of(both, "iam"), "SerializationException");
    both.target = "/?Action=GetUser";
    both.headers = {{"Content-Type", "text/plain"}};
    EXPECT_EQ(error_of(both, "iam"), "SerializationException");
}

TEST(Parameters, FormsThatTwoReadersCouldReadDifferently) {
    const std::string bad = "SerializationException";
    EXPECT_EQ(error_of(form("Action=GetUser&UserName=a&UserName=b"), "iam"), bad);
    EXPECT_EQ(error_of(form("Action=GetUser&username=a"), "iam"), bad);
    EXPECT_EQ(error_of(form("Action=CreateUser&Tags.1.Key=a"), "iam"), bad) << "without .member";
    EXPECT_EQ(error_of(form("Action=CreateUser&Tags.member.01.Key=a"), "iam"), bad);
    EXPECT_EQ(error_of(form("Action=CreateUser&Tags.member.x.Key=a"), "iam"), bad);
    EXPECT_EQ(
        error_of(
            form("Action=Publish&MessageAttributes.entry.1.Name=a&MessageAttributes.entry.2.Name=a&"
                 "MessageAttributes.entry.1.Value.DataType=b&MessageAttributes.entry.2.Value.DataType=b"),
            "sns"),
        bad);
    EXPECT_EQ(error_of(form("Action=GetUser&Other=1"), "iam"), "none");
}

TEST(Parameters, Ec2Forms) {
    const auto run =
        of(form("Action=RunInstances&Version=2016-11-15&ImageId=ami-1&MinCount=1&SecurityGroupId.1=sg-1&"
                "SecurityGroupId.2=sg-2&NetworkInterface.1.SubnetId=subnet-1&"
                "TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=team&"
                "IamInstanceProfile.Arn=arn&EbsOptimized=true"),
           "ec2");
    EXPECT_EQ(run.first("ImageId"), "ami-1");
    EXPECT_EQ(run.all("SecurityGroupIds[]"), (Texts{"sg-1", "sg-2"}));
    EXPECT_EQ(run.all("NetworkInterfaces[].SubnetId"), (Texts{"subnet-1"}));
    EXPECT_EQ(run.all("TagSpecifications[].Tags[].Key"), (Texts{"team"}));
    EXPECT_EQ(run.first("IamInstanceProfile.Arn"), "arn");
    EXPECT_EQ(run.first("EbsOptimized"), "true");
}

TEST(Parameters, SqsFormsOfOlderClients) {
    const auto send = of(form("Action=SendMessageBatch&QueueUrl=u&SendMessageBatchRequestEntry.1.Id=a&"
                              "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n&"
                              "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=v"),
                         "sqs");
    EXPECT_EQ(send.all("Entries[].Id"), (Texts{"a"}));
    EXPECT_EQ(send.all("Entries[].MessageAttributes{n}.StringValue"), (Texts{"v"}));
    const auto set =
        of(form("Action=SetQueueAttributes&QueueUrl=u&Attribute.1.Name=Policy&Attribute.1.Value=p"), "sqs");
    EXPECT_EQ(set.first("Attributes{Policy}"), "p");
    const auto tag = of(form("Action=TagQueue&QueueUrl=u&Tag.1.Key=k&Tag.1.Value=v"), "sqs");
    EXPECT_EQ(tag.all("Tags{}"), (Texts{"k"}));
    const auto add =
        of(form("Action=AddPermission&QueueUrl=u&Label=l&AWSAccountId.1=123456789012&ActionName.1=*"), "sqs");
    EXPECT_EQ(add.all("AWSAccountIds[]"), (Texts{"123456789012"}));
}

TEST(Parameters, TheQueueOfAPath) {
    const auto at = [](std::string target, std::string body) {
        HttpRequest post = form(std::move(body));
        post.target = std::move(target);
        post.headers.emplace_back("Host", "sqs.eu-west-1.amazonaws.com");
        return post;
    };
    EXPECT_EQ(of(at("/123456789012/orders", "Action=SendMessage&MessageBody=m"), "sqs").first("QueueUrl"),
              "https://sqs.eu-west-1.amazonaws.com/123456789012/orders");
    EXPECT_EQ(
        of(at("/123456789012/orders", "Action=SendMessage&QueueUrl=http://other/123456789012/orders"), "sqs")
            .first("QueueUrl"),
        "http://other/123456789012/orders");
    EXPECT_EQ(
        error_of(at("/123456789012/orders", "Action=SendMessage&QueueUrl=http://other/123456789012/secrets"),
                 "sqs"),
        "AmbiguousRequest");
}

TEST(Parameters, LabelsQueryStringAndHeaders) {
    const auto get = of(request("GET", "/photos/2026/cat.jpg?versionId=v1&response-content-type=text%2Fplain",
                                {{"Range", " bytes=0-9 "}, {"x-amz-request-payer", "requester"}}, ""),
                        "s3");
    EXPECT_EQ(get.first("Bucket"), "photos");
    EXPECT_EQ(get.first("Key"), "2026/cat.jpg");
    EXPECT_EQ(get.first("VersionId"), "v1");
    EXPECT_EQ(get.first("ResponseContentType"), "text/plain");
    EXPECT_EQ(get.first("Range"), "bytes=0-9");
    EXPECT_EQ(get.first("RequestPayer"), "requester");
    const auto put =
        of(request("PUT", "/photos/cat.jpg",
                   {{"X-Amz-Meta-Owner", "ann"}, {"x-amz-meta-b", "c"}, {"x-amz-acl", "private"}}, "ignored"),
           "s3");
    EXPECT_EQ(put.all("Metadata{}"), (Texts{"owner", "b"}));
    EXPECT_EQ(put.first("Metadata{owner}"), "ann");
    EXPECT_EQ(put.first("ACL"), "private");
    EXPECT_FALSE(put.has("Body"));
}

TEST(Parameters, HeadersThatAPresignedUrlCarries) {
    EXPECT_EQ(of(request("PUT", "/photos/cat.jpg?X-Amz-Acl=public-read", {}, ""), "s3").first("ACL"),
              "public-read");
    EXPECT_EQ(
        error_of(request("PUT", "/photos/cat.jpg?x-amz-acl=private", {{"x-amz-acl", "public-read"}}, ""),
                 "s3"),
        "SerializationException");
}

TEST(Parameters, ListsInQueryStringsAndHeaders) {
    const auto untag = of(request("DELETE", "/2017-03-31/tags/arn?tagKeys=a&tagKeys=b", {}, ""), "lambda");
    EXPECT_EQ(untag.all("TagKeys[]"), (Texts{"a", "b"}));
    const auto attributes = of(request("GET", "/photos/cat.jpg?attributes",
                                       {{"x-amz-object-attributes", R"(ETag, "a,\"b" ,Checksum)"}}, ""),
                               "s3");
    EXPECT_EQ(attributes.all("ObjectAttributes[]"), (Texts{"ETag", "a,\"b", "Checksum"}));
    const auto sdk =
        of(request("GET", "/restapis/a1/stages/prod/sdks/java?groupId=g&artifactId=a", {}, ""), "apigateway");
    EXPECT_EQ(sdk.all("parameters{}"), (Texts{"groupId", "artifactId"}));
    EXPECT_EQ(sdk.first("parameters{groupId}"), "g");
}

TEST(Parameters, HeadsThatTwoReadersCouldReadDifferently) {
    const std::string bad = "SerializationException";
    EXPECT_EQ(error_of(request("GET", "/photos/cat.jpg?versionId=1&versionId=2", {}, ""), "s3"), bad);
    EXPECT_EQ(error_of(request("GET", "/photos/cat.jpg?versionid=1", {}, ""), "s3"), bad);
    EXPECT_EQ(error_of(request("GET", "/photos/cat.jpg", {{"Range", "a"}, {"range", "b"}}, ""), "s3"), bad);
    EXPECT_EQ(
        error_of(request("PUT", "/photos/cat.jpg", {{"x-amz-meta-a", "1"}, {"X-Amz-Meta-A", "2"}}, ""), "s3"),
        bad);
}

TEST(Parameters, RestJsonBodies) {
    const auto create =
        of(request("POST", "/2015-03-31/functions", {},
                   R"({"FunctionName":"orders","Role":"arn:aws:iam::1:role/r","Tags":{"a":"b"},)"
                   R"("VpcConfig":{"SubnetIds":["s1","s2"]},"Layers":[]})"),
           "lambda");
    EXPECT_EQ(create.first("FunctionName"), "orders");
    EXPECT_EQ(create.all("VpcConfig.SubnetIds[]"), (Texts{"s1", "s2"}));
    EXPECT_EQ(create.first("Tags{a}"), "b");
    EXPECT_TRUE(create.has("Layers"));
    // A member that travels in the path has no place in the body.
    const auto update =
        of(request("PUT", "/2015-03-31/functions/orders/code", {}, R"({"FunctionName":"other","S3Key":"k"})"),
           "lambda");
    EXPECT_EQ(update.all("FunctionName"), (Texts{"orders"}));
    EXPECT_EQ(update.first("S3Key"), "k");
}

constexpr std::string_view tagging =
    R"(<?xml version="1.0" encoding="UTF-8"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>)"
    R"(<Tag><Key>team</Key><Value>a &amp; b</Value></Tag><Tag><Key>x</Key><Value/></Tag></TagSet></Tagging>)";

HttpRequest put_xml(std::string target, std::string_view body) {
    return request("PUT", std::move(target), {}, std::string(body));
}

TEST(Parameters, RestXmlBodies) {
    const auto tags = of(put_xml("/photos/cat.jpg?tagging", tagging), "s3");
    EXPECT_EQ(tags.all("Tagging.TagSet[].Key"), (Texts{"team", "x"}));
    EXPECT_EQ(tags.all("Tagging.TagSet[].Value"), (Texts{"a & b", ""}));
    HttpRequest post = put_xml("/photos?delete",
                               "<Delete><Object><Key>a</Key></Object><Quiet>true</Quiet>"
                               "<Object><Key> b </Key><VersionId>v</VersionId></Object></Delete>");
    post.method = "POST";
    const auto remove = of(post, "s3");
    EXPECT_EQ(remove.all("Delete.Objects[].Key"), (Texts{"a", " b "})) << "a flattened list";
    EXPECT_EQ(remove.all("Delete.Objects[].VersionId"), (Texts{"v"}));
    EXPECT_EQ(remove.first("Delete.Quiet"), "true");
    const auto acl =
        of(put_xml("/photos?acl",
                   R"(<AccessControlPolicy xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
                   "<AccessControlList><Grant><Grantee xsi:type=\"Group\"><URI>u</URI></Grantee>"
                   "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>"),
           "s3");
    EXPECT_EQ(acl.all("AccessControlPolicy.Grants[].Grantee.Type"), (Texts{"Group"})) << "an attribute";
    EXPECT_EQ(acl.all("AccessControlPolicy.Grants[].Permission"), (Texts{"READ"}));
    const auto zone =
        of(request("POST", "/2013-04-01/hostedzone", {},
                   "<CreateHostedZoneRequest><Name>example.com</Name></CreateHostedZoneRequest>"),
           "route53");
    EXPECT_EQ(zone.first("Name"), "example.com") << "a body without payload";
    EXPECT_EQ(of(put_xml("/photos?policy", R"({"Version":"2012-10-17"})"), "s3").first("Policy"),
              R"({"Version":"2012-10-17"})")
        << "a text that is the body";
}

TEST(Parameters, XmlThatTwoReadersCouldReadDifferently) {
    const std::string bad = "SerializationException";
    const auto error = [](std::string_view body) { return error_of(put_xml("/photos?tagging", body), "s3"); };
    EXPECT_EQ(error(tagging), "none");
    EXPECT_EQ(error("<!DOCTYPE x [<!ENTITY e 'v'>]><Tagging/>"), bad);
    EXPECT_EQ(error("<!DOCTYPE Tagging SYSTEM 'http://x'><Tagging/>"), bad);
    EXPECT_EQ(error(R"(<?xml version="1.0" encoding="UTF-7"?><Tagging/>)"), bad);
    EXPECT_EQ(error("<Tagging><TagSet/><TagSet/></Tagging>"), bad);
    EXPECT_EQ(error("<Tagging><TagSet><Tag><Key>a</Key><Key>b</Key></Tag></TagSet></Tagging>"), bad);
    EXPECT_EQ(error("<Tagging><TagSet><Tag><key>a</key></Tag></TagSet></Tagging>"), bad);
    EXPECT_EQ(error("<Tagging><s:TagSet xmlns:s='x'/></Tagging>"), bad);
    EXPECT_EQ(error("<Tagging><TagSet><Other/></TagSet></Tagging>"), bad);
    EXPECT_EQ(error("<Other/>"), bad);
    EXPECT_EQ(error("<Tagging><TagSet><Tag><Key><b>a</b></Key></Tag></TagSet></Tagging>"), bad);
    EXPECT_EQ(error("<Tagging><TagSet>"), bad);
    EXPECT_EQ(error("\xFF\xFE<\0T\0"), bad);
    EXPECT_EQ(error("<Tagging>\xFF</Tagging>"), bad);
}

// RFC 8949 by hand.

HttpRequest cbor(std::string body) {
    return request("POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                   {{"smithy-protocol", "rpc-v2-cbor"}}, std::move(body));
}

std::string cbor_text(std::string_view text) {
    return static_cast<char>(0x60 + text.size()) + std::string(text);
}

TEST(Parameters, CborBodies) {
    // {"Namespace": "app", "MetricData": [_ {"MetricName": (_ "a", "b"), "Value": 1.5, "Timestamp": 1(5)}]}
    const std::string metric = "\xA3" + cbor_text("MetricName") + "\x7F" + cbor_text("a") + cbor_text("b") +
                               "\xFF" + cbor_text("Value") + std::string("\xF9\x3E\x00", 3) +
                               cbor_text("Timestamp") + "\xC1\x05";
    const auto put = of(cbor("\xA2" + cbor_text("Namespace") + cbor_text("app") + cbor_text("MetricData") +
                             "\x9F" + metric + "\xFF"),
                        "monitoring");
    EXPECT_EQ(put.first("Namespace"), "app");
    EXPECT_EQ(put.all("MetricData[].MetricName"), (Texts{"ab"}));
    EXPECT_EQ(put.all("MetricData[].Value"), (Texts{"1.5"}));
    EXPECT_EQ(put.all("MetricData[].Timestamp"), (Texts{"5"}));
    const auto values = of(cbor("\xBF" + cbor_text("MetricData") + "\x81\xA1" + cbor_text("Values") + "\x84" +
                                std::string("\x19\x03\xE8\x38\x63\xF5\xFA\x3F\xC0\x00\x00", 11) + "\xFF"),
                           "monitoring");
    EXPECT_EQ(values.all("MetricData[].Values[]"), (Texts{"1000", "-100", "true", "1.5"}));
}

TEST(Parameters, CborThatIsNone) {
    const auto error = [](std::string body) { return error_of(cbor(std::move(body)), "monitoring"); };
    const std::string bad = "SerializationException";
    const std::string name = cbor_text("Namespace");
    EXPECT_EQ(error("\xA1" + name + cbor_text("a")), "none");
    EXPECT_EQ(error("\xA1" + name + "\xF6"), "none");
    EXPECT_EQ(error("\xA2" + name + cbor_text("a") + name + cbor_text("b")), bad) << "twice";
    EXPECT_EQ(error("\xA1" + cbor_text("namespace") + cbor_text("a")), bad) << "another case";
    EXPECT_EQ(error("\xA1" + name), bad) << "cut";
    EXPECT_EQ(error("\xA1" + name +
                    "\x62"
                    "a"),
              bad)
        << "cut in a text";
    EXPECT_EQ(error("\xA1" + name + cbor_text("a") + "\x01"), bad) << "more behind it";
    EXPECT_EQ(error("\xA1\x01\x01"), bad) << "a key that is no text";
    EXPECT_EQ(error("\xBF" + name + "\xFF"), bad) << "a key without a value";
    EXPECT_EQ(error("\xA1" + name + "\x61\xFF"), bad) << "not UTF-8";
    EXPECT_EQ(error("\xFF"), bad);
    EXPECT_EQ(error(std::string("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 9)), bad);
    for (const char deep : {'\x81', '\x9F', '\x5F', '\x7F', '\xC1', '\xA1', '\xBF'})
        EXPECT_EQ(error("\xA1" + name + std::string(1'000'000, deep)), bad) << static_cast<int>(deep);
}

TEST(Parameters, OperationsWithoutParameters) {
    EXPECT_TRUE(of(request("GET", "/", {}, ""), "s3").names().empty());
    EXPECT_EQ(Parameters().first("Key"), std::nullopt);
}

}  // namespace
}  // namespace writ::gateway
