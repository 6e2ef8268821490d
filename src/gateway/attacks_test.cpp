// What somebody may try who has a key that opens little: requests that the gateway could take for one
// operation or resource and the service behind it for another, and requests that cost much.
#include <chrono>
#include <gmock/gmock.h>
#include <zlib.h>

#include "gateway/guard.h"
#include "gateway/internal/world_for_tests.h"

namespace writ::gateway {
namespace {

using ::testing::HasSubstr;

class GatewayAttacks : public GuardWorld {
  protected:
    static constexpr std::string_view form = "application/x-www-form-urlencoded";
    static constexpr std::string_view more = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":["dynamodb:*","lambda:InvokeFunction","cloudwatch:PutMetricData","ec2:*","sqs:*",
                                 "secretsmanager:GetSecretValue","sns:CreateTopic"],
       "Resource":"*"},
      {"Effect":"Deny","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/secret"},
      {"Effect":"Deny","Action":"secretsmanager:*",
       "Resource":"arn:aws:secretsmanager:us-east-1:123456789012:secret:prod-??????"},
      {"Effect":"Deny","Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:123456789012:secret"},
      {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"}]})";

    void SetUp() override {
        GuardWorld::SetUp();
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(account_id), environment_);
        ASSERT_TRUE(directory::put_inline_policy(account, {directory::OwnerKind::user, "ada"}, "more", more));
        ASSERT_TRUE((*transaction)->commit());
        add_upstream("service=s3,url=http://127.0.0.1:9001,bucket=docs");
        add_upstream("service=s3,url=http://127.0.0.1:9002,account=210987654321");
        add_upstream(
            "service=sqs,service=dynamodb,service=lambda,service=secretsmanager,service=sns,service="
            "monitoring,service=ec2,"
            "url=http://127.0.0.1:9003");
    }

    /// A request to another service than S3, with its body.
    HttpRequest call(std::string_view service, std::string_view method, std::string_view target,
                     HttpHeaders headers, std::string body, std::string_view of_region = region) {
        HttpRequest made = request(method, target, std::move(headers));
        made.body = std::move(body);
        made.headers.emplace_back("Content-Length", std::to_string(made.body.size()));
        crypto::sign(made, credentials(), of_region, service, clock_.now());
        return made;
    }
    HttpRequest get_item(std::string_view table, std::string_view target = "/",
                         HttpHeaders more_headers = {}) {
        more_headers.emplace_back("X-Amz-Target", "DynamoDB_20120810.GetItem");
        return call("dynamodb", "POST", target, std::move(more_headers),
                    R"({"TableName":")" + std::string(table) + R"(","Key":{"Id":{"S":"1"}}})");
    }
    HttpRequest delete_objects(std::string body) {
        HttpRequest made = signed_s3("POST", "/docs?delete");
        made.body = std::move(body);
        made.headers.emplace_back("Content-Length", std::to_string(made.body.size()));
        return made;
    }

    Judgement judge(HttpRequest made) {
        Guard guard(config(), services());
        return guard.judge(made, true);
    }
    /// "POST /", or what was answered: "400 InvalidRequest: A GET request has no body."
    std::string outcome(HttpRequest made) {
        const Judgement judgement = judge(std::move(made));
        if (const auto* passage = std::get_if<Passage>(&judgement.outcome))
            return passage->request.method + " " + passage->request.target;
        const auto* answer = std::get_if<HttpResponse>(&judgement.outcome);
        return (answer == nullptr ? std::string("body") : std::to_string(answer->status)) + " " +
               judgement.record.error_code + ": " + judgement.record.error_message;
    }
    std::string outcome_of_form(std::string_view target, std::string body, HttpHeaders headers = {}) {
        headers.emplace_back("Content-Type", form);
        return outcome(call("sqs", "POST", target, std::move(headers), std::move(body)));
    }
};

constexpr auto list_queues = "Action=ListQueues&Version=2012-11-05";

TEST_F(GatewayAttacks, ABodyThatTheOperationHasNotIsRefused) {
    EXPECT_EQ(outcome(call("sqs", "GET", std::string("/?") + list_queues, {}, "")),
              std::string("GET /?") + list_queues);
    EXPECT_EQ(
        outcome(call("sqs", "GET", std::string("/?") + list_queues, {{"Content-Type", std::string(form)}},
                     "Action=DeleteQueue&Version=2012-11-05&QueueUrl=orders")),
        "400 InvalidRequest: A GET request has no body.");
    HttpRequest made = signed_s3("GET", "/docs/a");
    made.body = "DELETE /docs/b HTTP/1.1\r\n\r\n";
    made.headers.emplace_back("Content-Length", std::to_string(made.body.size()));
    EXPECT_EQ(outcome(std::move(made)), "400 InvalidRequest: A GET request has no body.");
    made = signed_s3("DELETE", "/docs/a");
    made.body = "DELETE /docs/b HTTP/1.1\r\n\r\n";
    made.headers.emplace_back("Content-Length", std::to_string(made.body.size()));
    EXPECT_EQ(outcome(std::move(made)), "400 InvalidRequest: DeleteObject takes no body.");
}

TEST_F(GatewayAttacks, ParametersThatTheOperationHasNotEndAtTheGateway) {
    EXPECT_EQ(outcome(signed_s3("GET", "/docs/a?Action=x&x-id=GetObject&response-content-type=text%2Fplain")),
              "GET /docs/a?response-content-type=text%2Fplain");
    EXPECT_EQ(outcome(get_item("t", "/?TableName=secret&x=1")), "POST /");
    EXPECT_EQ(
        outcome(call("lambda", "POST",
                     "/2015-03-31/functions/f/invocations?Action=DeleteFunction&Qualifier=v", {}, "{}")),
        "POST /2015-03-31/functions/f/invocations?Qualifier=v");
}

TEST_F(GatewayAttacks, HeadersThatTheOperationHasNotEndAtTheGateway) {
    const Judgement judgement = judge(signed_s3(
        "GET", "/docs/a", {{"x-amz-if-modified-since-internal", "1"}, {"x-amz-checksum-mode", "ENABLED"}}));
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome));
    const HttpHeaders& headers = std::get<Passage>(judgement.outcome).request.headers;
    EXPECT_EQ(find_header(headers, "x-amz-if-modified-since-internal"), nullptr);
    EXPECT_NE(find_header(headers, "x-amz-checksum-mode"), nullptr);
}

TEST_F(GatewayAttacks, ABodyIsNoFormWhereNoneBelongs) {
    for (const char* type :
         {"application/x-www-form-urlencoded; charset=utf-8", "multipart/form-data; boundary=x"}) {
        EXPECT_THAT(outcome(get_item("t", "/", {{"Content-Type", type}})), HasSubstr("400 InvalidRequest"))
            << type;
        EXPECT_THAT(outcome(call("lambda", "POST", "/2015-03-31/functions/f/invocations",
                                 {{"Content-Type", type}}, "Action=DeleteFunction")),
                    HasSubstr("400 InvalidRequest: The body of the request is called a form"))
            << type;
    }
}

TEST_F(GatewayAttacks, TheActionOfAFormIsNamedInOneWay) {
    EXPECT_EQ(outcome_of_form("/", list_queues), "POST /");
    for (const char* other : {"&action=DeleteQueue", "&ACTION=DeleteQueue", "&%61ction=DeleteQueue",
                              "&version=2011-10-01", "&Action=ListQueues"}) {
        EXPECT_THAT(outcome_of_form("/", list_queues + std::string(other)), HasSubstr("parameter")) << other;
        EXPECT_THAT(outcome_of_form("/?" + std::string(other).substr(1), list_queues), HasSubstr("parameter"))
            << other;
    }
}

TEST_F(GatewayAttacks, AFormIsInUtf8) {
    const std::string_view wide("A\0c\0t\0i\0o\0n\0=\0D\0e\0l\0e\0t\0e\0Q\0u\0e\0u\0e\0", 36);
    HttpHeaders headers{{"Content-Type", "application/x-www-form-urlencoded; charset=utf-16le"}};
    EXPECT_THAT(outcome(call("sqs", "POST", std::string("/?") + list_queues, headers, std::string(wide))),
                HasSubstr("charset"));
    headers.front().second = "application/x-www-form-urlencoded; Charset=\"UTF-8\"";
    EXPECT_EQ(outcome(call("sqs", "POST", "/", headers, list_queues)), "POST /");
}

std::string gzip(std::string_view text, const char* file_name) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string name(file_name), bytes(text), packed(text.size() + name.size() + 64, '\0');
    gz_header header{};
    header.name = reinterpret_cast<Bytef*>(name.data());
    EXPECT_EQ(deflateSetHeader(&stream, &header), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

/// The name of the file in front of what is packed is a form too, to a server that knows no encodings.
TEST_F(GatewayAttacks, WhatWasDecidedAboutGoesOnUnpacked) {
    const std::string packed = gzip(list_queues, "&Action=DeleteQueue&QueueUrl=orders&");
    const Judgement judgement = judge(call(
        "sqs", "POST", "/", {{"Content-Type", std::string(form)}, {"Content-Encoding", "gzip"}}, packed));
    ASSERT_TRUE(std::holds_alternative<Passage>(judgement.outcome));
    const HttpRequest& passed = std::get<Passage>(judgement.outcome).request;
    EXPECT_EQ(passed.body, list_queues);
    EXPECT_EQ(find_header(passed.headers, "content-encoding"), nullptr);
}

TEST_F(GatewayAttacks, AnArnWithHolesIsNoOtherNameForWhatIsDenied) {
    EXPECT_EQ(outcome(get_item("t")), "POST /");
    EXPECT_EQ(outcome(get_item("arn:aws:dynamodb:us-east-1:123456789012:table/t")), "POST /");
    for (const char* name :
         {"secret", "arn:aws:dynamodb:us-east-1:123456789012:table/secret", "arn:aws:dynamodb:::table/secret",
          "arn:aws:dynamodb:us-east-1::table/secret", "arn:aws:dynamodb::123456789012:table/secret",
          "arn:aws:dynamodb:us-east-1:999999999999:table/secret",
          "arn:aws:dynamodb:us-west-2:123456789012:table/secret"}) {
        EXPECT_THAT(outcome(get_item(name)), HasSubstr("AccessDenied")) << name;
    }
}

/// The upstream is told no region, so that there is one.
TEST_F(GatewayAttacks, AnotherRegionIsNoOtherNameForWhatIsDenied) {
    const auto receive = [&](std::string_view of_region) {
        return outcome(call("sqs", "POST", "/", {{"X-Amz-Target", "AmazonSQS.ReceiveMessage"}},
                            R"({"QueueUrl":"http://h/123456789012/secret"})", of_region));
    };
    EXPECT_THAT(receive("us-east-1"), HasSubstr("explicit deny"));
    EXPECT_THAT(receive("eu-west-9"), HasSubstr("no upstream of the gateway serves sqs in eu-west-9"));
}

TEST_F(GatewayAttacks, ACopyIsOfABucketOnTheSameUpstream) {
    EXPECT_EQ(outcome(signed_s3("PUT", "/docs/a", {{"x-amz-copy-source", "/docs/b"}})), "PUT /docs/a");
    EXPECT_THAT(outcome(signed_s3("PUT", "/docs/a", {{"x-amz-copy-source", "/other/b"}})),
                HasSubstr("the bucket other is not on the same upstream"));
}

TEST_F(GatewayAttacks, TwoNamesOfOneResourceAreRefused) {
    const auto ec2 = [&](const std::string& parameters) {
        return outcome(call("ec2", "POST", "/", {{"Content-Type", std::string(form)}},
                            "Version=2016-11-15&Action=" + parameters));
    };
    EXPECT_EQ(ec2("DeleteSecurityGroup&GroupId=sg-1"), "POST /");
    EXPECT_EQ(ec2("ReleaseAddress&AllocationId=eipalloc-1"), "POST /");
    for (const char* parameters : {"DeleteSecurityGroup&GroupId=sg-1&GroupName=secret",
                                   "AuthorizeSecurityGroupIngress&GroupId=sg-1&GroupName=secret",
                                   "ReleaseAddress&AllocationId=eipalloc-1&PublicIp=192.0.2.1",
                                   "DeleteKeyPair&KeyName=a&KeyPairId=key-1"}) {
        EXPECT_THAT(ec2(parameters), HasSubstr("may name two resources")) << parameters;
    }
}

/// With an ARN without its end, or with one that is the name of another secret, a denial of the whole ARN
/// would be passed by.
TEST_F(GatewayAttacks, ASecretIsNamedByItsWholeArn) {
    const auto get = [&](std::string_view id) {
        return outcome(call("secretsmanager", "POST", "/",
                            {{"X-Amz-Target", "secretsmanager.GetSecretValue"}},
                            R"({"SecretId":"arn:aws:secretsmanager:us-east-1:123456789012:secret:)" +
                                std::string(id) + "\"}"));
    };
    EXPECT_EQ(get("open-AbCdEf"), "POST /");
    EXPECT_THAT(get("prod-AbCdEf"), HasSubstr("explicit deny"));
    EXPECT_THAT(get("prod"), HasSubstr("name the secret by its whole ARN"));
    EXPECT_THAT(get("prod-"), HasSubstr("name the secret by its whole ARN"));
}

/// Servers that answer for a queue which is there already must not let it be opened by who may only make one.
TEST_F(GatewayAttacks, APolicyOfWhatIsMadeTakesPermissionToSetOne) {
    const auto create = [&](const std::string& attributes) {
        return outcome(call("sns", "POST", "/", {{"Content-Type", std::string(form)}},
                            "Action=CreateTopic&Version=2010-03-31&Name=news" + attributes));
    };
    EXPECT_EQ(create(""), "POST /");
    EXPECT_THAT(create("&Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%7D"),
                HasSubstr("sns:SetTopicAttributes"));
}

TEST_F(GatewayAttacks, AStatementHoldsNoOther) {
    const auto execute = [&](std::string_view statement) {
        return outcome(call("dynamodb", "POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.ExecuteStatement"}},
                            R"({"Statement":")" + std::string(statement) + "\"}"));
    };
    EXPECT_EQ(execute("SELECT * FROM t WHERE Id = '1'"), "POST /");
    for (const char* statement :
         {"SELECT * FROM t WHERE (SELECT * FROM secret) IS NOT MISSING",
          "SELECT * FROM t WHERE Id = '1' AND EXISTS(SELECT * FROM secret WHERE Id = '1')",
          "UPDATE t SET a = (SELECT Id FROM secret) WHERE Id = '1'",
          "INSERT INTO t VALUE {'Id': (SELECT Id FROM secret)}"}) {
        EXPECT_THAT(execute(statement), HasSubstr("not understood")) << statement;
    }
}

/// PostgreSQL keeps no NUL and no bytes that are no text: what cannot be written down must not pass.
TEST_F(GatewayAttacks, NamesAreText) {
    EXPECT_THAT(outcome(get_item(R"(a\u0000b)")), HasSubstr("holds a NUL"));
    const auto batch = call("dynamodb", "POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.BatchGetItem"}},
                            R"({"RequestItems":{"a\u0000b":{"Keys":[{"Id":{"S":"1"}}]}}})");
    EXPECT_THAT(outcome(batch), HasSubstr("holds a NUL"));
    for (const char* source : {"/docs/%ff", "/docs/a%00b"}) {
        EXPECT_THAT(outcome(signed_s3("PUT", "/docs/a", {{"x-amz-copy-source", source}})),
                    HasSubstr("cannot be mapped"))
            << source;
    }
    for (const char* tags : {"a=%ff", "%ff=a", "a=%00"}) {
        EXPECT_THAT(outcome(signed_s3("PUT", "/docs/a", {{"x-amz-tagging", tags}})),
                    HasSubstr("cannot be mapped"))
            << tags;
    }
}

/// The condition keys of the payload are those of what was signed, not of a parameter called alike.
TEST_F(GatewayAttacks, ParametersOfASignatureAreNoHeaders) {
    HttpRequest made = request("GET", "/docs/a?x-amz-content-sha256=abc&X-AMZ-DATE=1&x-amz-acl=private");
    const auto rebuilt = rebuild_head(made, true, PathRule::strict);
    ASSERT_TRUE(rebuilt);
    EXPECT_EQ(find_header(rebuilt->headers, "x-amz-content-sha256"), nullptr);
    EXPECT_EQ(find_header(rebuilt->headers, "x-amz-date"), nullptr);
    EXPECT_NE(find_header(rebuilt->headers, "x-amz-acl"), nullptr);
}

TEST_F(GatewayAttacks, TextOfXmlIsInOnePart) {
    const auto of_key = [&](const std::string& key) {
        return outcome(delete_objects("<Delete><Object><Key>" + key + "</Key></Object></Delete>"));
    };
    EXPECT_THAT(of_key("a"), HasSubstr("AccessDenied"));  // There is no TLS, and so no permission.
    for (const char* key :
         {"a<!-- -->b", "<![CDATA[a]]>b", "a<?x y?>b", "<!-- -->a", "a<b/>", "&x;<!---->"}) {
        EXPECT_THAT(of_key(key), HasSubstr("SerializationException")) << key;
    }
    EXPECT_THAT(outcome(delete_objects("<Delete><Object><Key>a</Key></Object></Delete><Delete/>")),
                HasSubstr("SerializationException"));
}

TEST_F(GatewayAttacks, AStringIsNothingElse) {
    const auto of_body = [&](const std::string& body) {
        return outcome(call("dynamodb", "POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}}, body));
    };
    EXPECT_EQ(of_body(R"({"TableName":"1","Key":{"Id":{"N":"1"},"B":{"BOOL":true}}})"), "POST /");
    for (const char* name : {"1e2", "true", R"("sec\udc00ret")", R"("\ud800")"}) {
        EXPECT_THAT(of_body(R"({"TableName":)" + std::string(name) + R"(,"Key":{"Id":{"S":"1"}}})"),
                    HasSubstr("SerializationException"))
            << name;
    }
    const auto of_cbor = [&](std::string body) {
        return outcome(call("monitoring", "POST",
                            "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                            {{"smithy-protocol", "rpc-v2-cbor"}}, std::move(body)));
    };
    EXPECT_THAT(of_cbor("\xa1\x69Namespace\x63"
                        "abc"),
                HasSubstr("POST /service/"));
    EXPECT_THAT(of_cbor("\xa1\x69Namespace\x43"
                        "abc"),
                HasSubstr("SerializationException"));
}

/// Whatever is long is refused before it is walked through again and again.
class CostlyRequests : public GatewayAttacks {
  protected:
    void expect_quickly_denied(HttpRequest made) {
        const auto began = std::chrono::steady_clock::now();
        EXPECT_THAT(outcome(std::move(made)), HasSubstr("cannot be mapped"));
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    }
};

TEST_F(CostlyRequests, ManyObjects) {
    std::string body = "<Delete>";
    for (int i = 0; i < 100'000; ++i) body += "<Object><Key>" + std::to_string(i) + "</Key></Object>";
    expect_quickly_denied(delete_objects(body + "</Delete>"));
}

TEST_F(CostlyRequests, ManyResourcesWithManyTags) {
    std::string body = "Action=CreateTags&Version=2016-11-15";
    for (int i = 1; i <= 5'000; ++i) {
        const std::string n = std::to_string(i);
        body.append("&ResourceId.").append(n).append("=i-").append(n);
        body.append("&Tag.").append(n).append(".Key=k").append(n);
    }
    expect_quickly_denied(call("ec2", "POST", "/", {{"Content-Type", std::string(form)}}, body));
}

TEST_F(CostlyRequests, ManyTablesAndAttributes) {
    std::string tables = R"({"RequestItems":{)", attributes = R"({"TableName":"t","Item":{)";
    for (int i = 0; i < 50'000; ++i) {
        const std::string n = (i > 0 ? ",\"a" : "\"a") + std::to_string(i);
        tables.append(n).append(R"(":{"Keys":[]})");
        attributes.append(n).append(R"(":{"N":"1"})");
    }
    expect_quickly_denied(
        call("dynamodb", "POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.BatchGetItem"}}, tables + "}}"));
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(call("dynamodb", "POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.PutItem"}},
                           attributes + "}}")),
              "POST /");
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

}  // namespace
}  // namespace writ::gateway
