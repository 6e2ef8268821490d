#include "gateway/denials.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace writ::gateway {
namespace {

using reference::RequestService;
using reference::WireProtocol;

constexpr std::string_view sentence =
    "User: arn:aws:iam::123456789012:user/a<b is not authorized to perform: x:Y";

RequestService service(std::string_view id, std::string_view signing_name, std::string_view version,
                       WireProtocol protocol) {
    RequestService made;
    made.id = id;
    made.signing_name = signing_name;
    made.endpoint_prefix = signing_name;
    made.api_version = version;
    made.protocols = static_cast<std::uint8_t>(1U << static_cast<unsigned>(protocol));
    return made;
}

HttpRequest request(std::string_view method = "POST") {
    HttpRequest made;
    made.method = method;
    made.request_id = "id-1";
    return made;
}

std::string header(const HttpResponse& response, std::string_view name) {
    const std::string* found = find_header(response.headers, name);
    return found == nullptr ? "" : *found;
}

HttpResponse denied(const RequestService& of, WireProtocol protocol, std::string_view method = "POST") {
    const ErrorDialect dialect = dialect_of(of, protocol);
    return print_error(dialect, denial(dialect, sentence), request(method));
}

// Spec 6.3, row by row.
TEST(GatewayDenials, OfS3) {
    const RequestService s3 = service("s3", "s3", "2006-03-01", WireProtocol::rest_xml);
    const HttpResponse response = denied(s3, WireProtocol::rest_xml);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(
        response.body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>User: "
        "arn:aws:iam::123456789012:user/a&lt;b is not authorized to perform: x:Y</Message><RequestId>id-1"
        "</RequestId><HostId>id-1</HostId></Error>");
    EXPECT_EQ(header(response, "content-type"), "application/xml");
    EXPECT_EQ(header(response, "x-amz-request-id"), "id-1");
    EXPECT_EQ(denied(s3, WireProtocol::rest_xml, "HEAD").body, "");
    EXPECT_EQ(denied(s3, WireProtocol::rest_xml, "HEAD").status, 403);
}

TEST(GatewayDenials, OfQueryServices) {
    const HttpResponse response = denied(
        service("cloudformation", "cloudformation", "2010-05-15", WireProtocol::query), WireProtocol::query);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(
        response.body,
        "<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender"
        "</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/a&lt;b is not "
        "authorized to perform: x:Y</Message></Error><RequestId>id-1</RequestId></ErrorResponse>");
    const HttpResponse sns =
        denied(service("sns", "sns", "2010-03-31", WireProtocol::query), WireProtocol::query);
    EXPECT_NE(sns.body.find("<Code>AuthorizationError</Code>"), std::string::npos);
}

TEST(GatewayDenials, OfEc2) {
    const HttpResponse response =
        denied(service("ec2", "ec2", "2016-11-15", WireProtocol::ec2_query), WireProtocol::ec2_query);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(
        response.body,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>UnauthorizedOperation"
        "</Code><Message>You are not authorized to perform this operation. User: "
        "arn:aws:iam::123456789012:user/a&lt;b is not authorized to perform: x:Y</Message></Error></Errors>"
        "<RequestID>id-1</RequestID></Response>");
}

TEST(GatewayDenials, OfJsonServices) {
    const HttpResponse response =
        denied(service("dynamodb", "dynamodb", "2012-08-10", WireProtocol::json_1_0), WireProtocol::json_1_0);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body,
              R"({"__type":"AccessDeniedException","Message":")" + std::string(sentence) + "\"}");
    EXPECT_EQ(header(response, "content-type"), "application/x-amz-json-1.0");
    EXPECT_EQ(header(response, "x-amzn-query-error"), "");
    const HttpResponse sqs =
        denied(service("sqs", "sqs", "2012-11-05", WireProtocol::json_1_0), WireProtocol::json_1_0);
    EXPECT_EQ(header(sqs, "x-amzn-query-error"), "AccessDenied;Sender");
    EXPECT_EQ(
        header(denied(service("ssm", "ssm", "2014-11-06", WireProtocol::json_1_1), WireProtocol::json_1_1),
               "content-type"),
        "application/x-amz-json-1.1");
}

TEST(GatewayDenials, OfRestServices) {
    const HttpResponse response =
        denied(service("lambda", "lambda", "2015-03-31", WireProtocol::rest_json), WireProtocol::rest_json);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(response.body, R"({"message":")" + std::string(sentence) + "\"}");
    EXPECT_EQ(header(response, "x-amzn-errortype"), "AccessDeniedException");
    const HttpResponse route53 =
        denied(service("route53", "route53", "2013-04-01", WireProtocol::rest_xml), WireProtocol::rest_xml);
    EXPECT_EQ(route53.status, 403);
    EXPECT_TRUE(
        route53.body.starts_with("<ErrorResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"));
}

TEST(GatewayDenials, OfCborServices) {
    const HttpResponse response =
        denied(service("cloudwatch", "monitoring", "2010-08-01", WireProtocol::rpc_v2_cbor),
               WireProtocol::rpc_v2_cbor);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(header(response, "smithy-protocol"), "rpc-v2-cbor");
    const auto body = nlohmann::json::from_cbor(response.body);
    EXPECT_EQ(body.at("__type"), "AccessDeniedException");
    EXPECT_EQ(body.at("message"), sentence);
}

TEST(GatewayDenials, HoldOnlyWhatTheirFormatCan) {
    for (const WireProtocol protocol :
         {WireProtocol::json_1_0, WireProtocol::rest_json, WireProtocol::rest_xml, WireProtocol::query,
          WireProtocol::rpc_v2_cbor}) {
        const RequestService of = service("s3", "s3", "2006-03-01", protocol);
        const ErrorDialect dialect = dialect_of(of, protocol);
        const HttpResponse response =
            print_error(dialect, denial(dialect, std::string_view("\xff\x01\0a", 4)), request());
        EXPECT_NE(response.body.find("???a"), std::string::npos);
    }
}

TEST(GatewayDenials, TheShapeIsGuessedForWhatIsNotRecognised) {
    HttpRequest head = request();
    head.target = "/";
    EXPECT_EQ(guess_dialect(head, "s3").shape, ErrorShape::s3);
    EXPECT_EQ(guess_dialect(head, "").shape, ErrorShape::s3);
    EXPECT_EQ(guess_dialect(head, "lambda").shape, ErrorShape::rest_json);
    EXPECT_EQ(guess_dialect(head, "ec2").shape, ErrorShape::ec2);
    head.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    EXPECT_EQ(guess_dialect(head, "sns").shape, ErrorShape::query);
    head.headers = {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}};
    EXPECT_EQ(guess_dialect(head, "dynamodb").shape, ErrorShape::json);
    head.headers = {{"smithy-protocol", "rpc-v2-cbor"}};
    EXPECT_EQ(guess_dialect(head, "monitoring").shape, ErrorShape::cbor);
}

}  // namespace
}  // namespace writ::gateway
