#include "gateway/recognize.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

// Written from the Smithy protocol specifications (URI binding and specificity, awsQuery, ec2Query, awsJson,
// rpcv2Cbor) and the request syntax in the API references of the services.
namespace writ::gateway {
namespace {

HttpRequest head(std::string method, std::string target, HttpHeaders headers = {}) {
    HttpRequest request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    return request;
}

const HttpHeaders form{{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};

/// "service:Operation", "service:?" while the body has to tell, or the code of the error.
std::string outcome(const Result<RecognizedRequest>& recognized) {
    if (!recognized) return recognized.error().code;
    const std::string service(recognized->service->id);
    return service + ":" +
           (recognized->operation == nullptr ? "?" : std::string(recognized->operation->name));
}

std::string recognized(const HttpRequest& request, std::string_view signing_name, const Hosts& hosts = {}) {
    return outcome(recognize(request, signing_name, hosts));
}

std::string s3(std::string method, std::string target, HttpHeaders headers = {}) {
    return recognized(head(std::move(method), std::move(target), std::move(headers)), "s3");
}

std::vector<std::string> labels(const Result<RecognizedRequest>& recognized) {
    std::vector<std::string> texts;
    if (!recognized) return {recognized.error().code};
    for (const Label& label : recognized->labels)
        texts.push_back(std::string(label.member->name) + "=" + label.value);
    return texts;
}

using Texts = std::vector<std::string>;

TEST(Recognize, JsonByTarget) {
    const auto get =
        recognize(head("POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}}), "dynamodb", {});
    ASSERT_EQ(outcome(get), "dynamodb:GetItem");
    EXPECT_EQ(get->protocol, WireProtocol::json_1_0);
    EXPECT_TRUE(get->needs_body);
    const auto put =
        recognize(head("POST", "/", {{"x-amz-target", "Kinesis_20131202.PutRecord"}}), "kinesis", {});
    ASSERT_EQ(outcome(put), "kinesis:PutRecord");
    EXPECT_EQ(put->protocol, WireProtocol::json_1_1);
}

TEST(Recognize, JsonServicesOfOneSigningNameAreToldApartByTheirTarget) {
    const auto target = [](const char* name) { return head("POST", "/", {{"X-Amz-Target", name}}); };
    EXPECT_EQ(recognized(target("DynamoDBStreams_20120810.GetRecords"), "dynamodb"),
              "dynamodbstreams:GetRecords");
    EXPECT_EQ(recognized(target("Timestream_20181101.Query"), "timestream"), "timestream-query:Query");
    EXPECT_EQ(recognized(target("Timestream_20181101.WriteRecords"), "timestream"),
              "timestream-write:WriteRecords");
    EXPECT_EQ(recognized(target("DynamoDB_20120810.Query"), "timestream"), "UnknownOperation");
}

TEST(Recognize, JsonThatIsNotOneRequestForOneOperation) {
    const std::string get = "DynamoDB_20120810.GetItem";
    EXPECT_EQ(recognized(head("POST", "/", {{"X-Amz-Target", "DynamoDB_20120810.getitem"}}), "dynamodb"),
              "UnknownOperation");
    EXPECT_EQ(recognized(head("POST", "/", {{"X-Amz-Target", "GetItem"}}), "dynamodb"), "UnknownOperation");
    EXPECT_EQ(
        recognized(head("POST", "/", {{"X-Amz-Target", get}, {"X-Amz-Target", "DynamoDB_20120810.PutItem"}}),
                   "dynamodb"),
        "MalformedRequest");
    EXPECT_EQ(recognized(head("GET", "/", {{"X-Amz-Target", get}}), "dynamodb"), "MalformedRequest");
    EXPECT_EQ(recognized(head("POST", "/x", {{"X-Amz-Target", get}}), "dynamodb"), "MalformedRequest");
    EXPECT_EQ(recognized(head("POST", "/"), "dynamodb"), "UnknownOperation");
    EXPECT_EQ(recognized(head("POST", "/?Action=PutItem", {{"X-Amz-Target", get}}), "dynamodb"),
              "AmbiguousRequest");
    EXPECT_EQ(recognized(head("POST", "/", {{"X-Amz-Target", get}}), "nothing"), "UnknownService");
}

TEST(Recognize, CborByPath) {
    const HttpHeaders cbor{{"Smithy-Protocol", "rpc-v2-cbor"}};
    const auto put =
        recognize(head("POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData", cbor),
                  "monitoring", {});
    ASSERT_EQ(outcome(put), "cloudwatch:PutMetricData");
    EXPECT_EQ(put->protocol, WireProtocol::rpc_v2_cbor);
    EXPECT_EQ(recognized(head("POST", "/service/GraniteServiceVersion20100801/operation/Nothing", cbor),
                         "monitoring"),
              "UnknownOperation");
    EXPECT_EQ(recognized(head("POST", "/service/Other/operation/PutMetricData", cbor), "monitoring"),
              "UnknownOperation");
    EXPECT_EQ(recognized(head("POST", "/", cbor), "monitoring"), "MalformedRequest");
    EXPECT_EQ(recognized(head("POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                              {{"smithy-protocol", "rpc-v2-json"}}),
                         "monitoring"),
              "UnknownOperation");
    EXPECT_EQ(recognized(head("POST", "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                              {{"smithy-protocol", "rpc-v2-cbor"},
                               {"X-Amz-Target", "GraniteServiceVersion20100801.ListMetrics"}}),
                         "monitoring"),
              "AmbiguousRequest");
}

TEST(Recognize, QueryByActionInTheQueryStringOrInTheBody) {
    EXPECT_EQ(recognized(head("GET", "/?Action=Publish&Version=2010-03-31"), "sns"), "sns:Publish");
    HttpRequest post = head("POST", "/", form);
    auto first = recognize(post, "sns", {});
    ASSERT_EQ(outcome(first), "sns:?");
    EXPECT_TRUE(first->needs_body);
    post.body = "Action=Publish&Version=2010-03-31&TopicArn=x";
    EXPECT_EQ(outcome(recognize_with_body(post, *first)), "sns:Publish");
    post.body = "TopicArn=x";
    EXPECT_EQ(outcome(recognize_with_body(post, *first)), "UnknownOperation");
    post.body = "Action=Publish&Action=Subscribe";
    EXPECT_EQ(outcome(recognize_with_body(post, *first)), "AmbiguousRequest");
    post.body = "Action=Publish&Version=%";
    EXPECT_EQ(outcome(recognize_with_body(post, *first)), "MalformedRequest");
    EXPECT_EQ(recognized(head("DELETE", "/?Action=Publish"), "sns"), "UnknownOperation");
    EXPECT_EQ(recognized(head("GET", "/elsewhere?Action=Publish"), "sns"), "UnknownOperation");
}

TEST(Recognize, Ec2Query) {
    const auto run = recognize(head("GET", "/?Action=RunInstances&Version=2016-11-15"), "ec2", {});
    ASSERT_EQ(outcome(run), "ec2:RunInstances");
    EXPECT_EQ(run->protocol, WireProtocol::ec2_query);
    EXPECT_FALSE(run->needs_body);
}

TEST(Recognize, QueryServicesOfOneSigningNameAreToldApartByTheirVersion) {
    EXPECT_EQ(
        recognized(head("GET", "/?Action=CreateLoadBalancer&Version=2012-06-01"), "elasticloadbalancing"),
        "elb:CreateLoadBalancer");
    EXPECT_EQ(
        recognized(head("GET", "/?Action=CreateLoadBalancer&Version=2015-12-01"), "elasticloadbalancing"),
        "elbv2:CreateLoadBalancer");
    EXPECT_EQ(recognized(head("GET", "/?Action=CreateLoadBalancer"), "elasticloadbalancing"),
              "AmbiguousRequest");
    EXPECT_EQ(recognized(head("GET", "/?Action=CreateRule"), "elasticloadbalancing"), "elbv2:CreateRule");
    EXPECT_EQ(recognized(head("GET", "/?Action=CreateDBCluster&Version=2014-10-31"), "rds"),
              "rds:CreateDBCluster");
}

TEST(Recognize, SqsInBothOfItsProtocols) {
    EXPECT_EQ(recognized(head("POST", "/", {{"X-Amz-Target", "AmazonSQS.SendMessage"}}), "sqs"),
              "sqs:SendMessage");
    HttpRequest post = head("POST", "/123456789012/orders", form);
    post.body = "Action=SendMessage&MessageBody=x";
    const auto first = recognize(post, "sqs", {});
    ASSERT_EQ(outcome(first), "sqs:?");
    EXPECT_EQ(outcome(recognize_with_body(post, *first)), "sqs:SendMessage");
}

TEST(Recognize, RestByMethodAndTemplate) {
    const auto invoke =
        recognize(head("POST", "/2015-03-31/functions/orders%3Alive/invocations"), "lambda", {});
    ASSERT_EQ(outcome(invoke), "lambda:Invoke");
    EXPECT_EQ(labels(invoke), (Texts{"FunctionName=orders:live"}));
    EXPECT_FALSE(invoke->needs_body) << "the payload of an invocation is not a parameter";
    EXPECT_EQ(recognized(head("GET", "/2015-03-31/functions/"), "lambda"), "lambda:ListFunctions");
    EXPECT_EQ(recognized(head("GET", "/2015-03-31/functions"), "lambda"), "lambda:ListFunctions");
    EXPECT_EQ(recognized(head("GET", "/2015-03-31/functions/orders"), "lambda"), "lambda:GetFunction");
    EXPECT_EQ(recognized(head("PUT", "/2015-03-31/functions/orders/code"), "lambda"),
              "lambda:UpdateFunctionCode");
    EXPECT_EQ(recognized(head("PATCH", "/2015-03-31/functions/orders"), "lambda"), "UnknownOperation");
    EXPECT_EQ(recognized(head("GET", "/2015-03-31//functions"), "lambda"), "UnknownOperation");
}

TEST(Recognize, ALiteralBeatsALabel) {
    // PUT /settings/{…} of other services aside: API Gateway has both.
    EXPECT_EQ(recognized(head("GET", "/v2/apis/a1/routes/r1"), "apigateway"), "apigatewayv2:GetRoute");
    EXPECT_EQ(recognized(head("GET", "/restapis/a1/stages/prod/sdks/java"), "apigateway"),
              "apigateway:GetSdk");
    EXPECT_EQ(recognized(head("POST", "/restapis?mode=import"), "apigateway"), "apigateway:ImportRestApi");
    EXPECT_EQ(recognized(head("POST", "/restapis"), "apigateway"), "apigateway:CreateRestApi");
}

TEST(Recognize, ArnsInLabelsKeepTheirSlashes) {
    const auto tags = recognize(head("GET", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1"),
                                "apigateway", {});
    ASSERT_EQ(outcome(tags), "apigateway:GetTags");
    EXPECT_EQ(labels(tags), (Texts{"resourceArn=arn:aws:apigateway:us-east-1::/restapis/a1"}));
}

TEST(Recognize, ArnsKeepTheirSlashesAlsoWhereAnotherOperationHasALabelMore) {
    // GET /namespaces/{tableBucketARN} is ListNamespaces, GET /namespaces/{tableBucketARN}/{namespace}
    // GetNamespace.
    EXPECT_EQ(
        recognized(head("GET", "/namespaces/arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb"), "s3tables"),
        "s3tables:ListNamespaces");
    EXPECT_EQ(recognized(head("GET", "/namespaces/arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb/n"),
                         "s3tables"),
              "s3tables:GetNamespace");
    EXPECT_EQ(recognized(head("GET", "/namespaces/b%2Fn"), "s3tables"), "AmbiguousRequest");
}

TEST(Recognize, AFixedPartOfTheQueryBeatsARequiredHeader) {
    const HttpHeaders bearer{{"x-amz-chime-bearer", "arn"}};
    EXPECT_EQ(recognized(head("POST", "/channels?operation=search", bearer), "chime"),
              "chime-sdk-messaging:SearchChannels");
    EXPECT_EQ(recognized(head("POST", "/channels", bearer), "chime"), "chime-sdk-messaging:CreateChannel");
}

TEST(Recognize, AnEncodedSlashThatCouldAddressAnotherOperation) {
    // GET /2015-03-31/functions/{FunctionName}/policy is GetPolicy.
    EXPECT_EQ(recognized(head("GET", "/2015-03-31/functions/orders%2Fpolicy"), "lambda"), "AmbiguousRequest");
    EXPECT_EQ(s3("GET", "/photos%2Fcat.jpg"), "AmbiguousRequest");
    EXPECT_EQ(s3("GET", "/pho%2Ftos/cat.jpg"), "AmbiguousRequest");
    EXPECT_EQ(s3("GET", "/photos/2026%2Fcat.jpg"), "s3:GetObject") << "keys hold slashes";
}

TEST(Recognize, MalformedPaths) {
    for (const char* path :
         {"/photos/../secret", "/photos/%2e%2E/secret", "/photos/.", "/photos/a%2F..%2Fb", "/photos/%zz",
          "/photos/%", "/photos/%f", "/photos/%ff", "/photos/%00", "/photos/a b", "/photos/a\\b",
          "/photos/a#b", "/photos/\xC3\xBC", "photos/a", "http://host/photos/a", ""}) {
        EXPECT_EQ(s3("GET", path), "MalformedRequest") << path;
    }
    EXPECT_EQ(s3("GET", "/photos/a?versionId=%"), "MalformedRequest");
    EXPECT_EQ(s3("GET", "/photos/a?x;versionId=1"), "MalformedRequest");
}

TEST(Recognize, S3BucketsAndObjects) {
    EXPECT_EQ(s3("GET", "/"), "s3:ListBuckets");
    EXPECT_EQ(s3("GET", "/photos"), "s3:ListObjects");
    EXPECT_EQ(s3("GET", "/photos/"), "s3:ListObjects");
    EXPECT_EQ(s3("GET", "/photos?list-type=2&prefix=a"), "s3:ListObjectsV2");
    EXPECT_EQ(s3("HEAD", "/photos"), "s3:HeadBucket");
    EXPECT_EQ(s3("PUT", "/photos"), "s3:CreateBucket");
    EXPECT_EQ(s3("DELETE", "/photos"), "s3:DeleteBucket");
    EXPECT_EQ(s3("GET", "/photos/cat.jpg"), "s3:GetObject");
    EXPECT_EQ(s3("GET", "/photos/cat.jpg?x-id=GetObject&versionId=1"), "s3:GetObject");
    EXPECT_EQ(s3("HEAD", "/photos/cat.jpg"), "s3:HeadObject");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg"), "s3:PutObject");
    EXPECT_EQ(s3("DELETE", "/photos/cat.jpg"), "s3:DeleteObject");
    EXPECT_EQ(s3("POST", "/photos?delete"), "s3:DeleteObjects");
    EXPECT_EQ(s3("OPTIONS", "/photos"), "UnknownOperation");
    EXPECT_EQ(recognized(head("GET", "/"), "s3express"), "s3:ListDirectoryBuckets");
}

TEST(Recognize, S3SubResources) {
    EXPECT_EQ(s3("GET", "/photos?acl"), "s3:GetBucketAcl");
    EXPECT_EQ(s3("GET", "/photos?acl="), "s3:GetBucketAcl");
    EXPECT_EQ(s3("GET", "/photos/cat.jpg?acl"), "s3:GetObjectAcl");
    EXPECT_EQ(s3("GET", "/photos?versions"), "s3:ListObjectVersions");
    EXPECT_EQ(s3("GET", "/photos?uploads"), "s3:ListMultipartUploads");
    EXPECT_EQ(s3("POST", "/photos/cat.jpg?uploads"), "s3:CreateMultipartUpload");
    EXPECT_EQ(s3("PUT", "/photos?lifecycle"), "s3:PutBucketLifecycleConfiguration")
        << "not the deprecated one";
    EXPECT_EQ(s3("GET", "/photos?analytics"), "s3:ListBucketAnalyticsConfigurations");
    EXPECT_EQ(s3("GET", "/photos?analytics&id=a"), "s3:GetBucketAnalyticsConfiguration");
    EXPECT_EQ(s3("POST", "/photos/cat.jpg?select&select-type=2"), "s3:SelectObjectContent");
}

TEST(Recognize, S3MultipartAndCopies) {
    const HttpHeaders copy{{"x-amz-copy-source", "/photos/dog.jpg"}};
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?partNumber=1&uploadId=u"), "s3:UploadPart");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?partNumber=1&uploadId=u", copy), "s3:UploadPartCopy");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg", copy), "s3:CopyObject");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?X-Amz-Copy-Source=%2Fphotos%2Fdog.jpg"), "s3:CopyObject")
        << "presigned URLs carry headers";
    EXPECT_EQ(s3("GET", "/photos/cat.jpg?uploadId=u"), "s3:ListParts");
    EXPECT_EQ(s3("POST", "/photos/cat.jpg?uploadId=u"), "s3:CompleteMultipartUpload");
    EXPECT_EQ(s3("DELETE", "/photos/cat.jpg?uploadId=u"), "s3:AbortMultipartUpload");
}

TEST(Recognize, S3RequestsThatCouldBeTwoOperations) {
    EXPECT_EQ(s3("GET", "/photos/cat.jpg?acl&tagging"), "AmbiguousRequest");
    EXPECT_EQ(s3("GET", "/photos/cat.jpg?acl&uploadId=u"), "AmbiguousRequest");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?acl", {{"x-amz-copy-source", "/photos/dog.jpg"}}),
              "AmbiguousRequest");
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?uploads"), "AmbiguousRequest")
        << "to put an object takes no uploads";
    EXPECT_EQ(s3("PUT", "/photos/cat.jpg?partNumber=1"), "AmbiguousRequest") << "of which upload?";
    EXPECT_EQ(s3("GET", "/photos?list-type=3"), "AmbiguousRequest");
    EXPECT_EQ(s3("DELETE", "/photos?delete"), "AmbiguousRequest");
}

TEST(Recognize, S3Keys) {
    const auto key = [](const char* target) { return labels(recognize(head("GET", target), "s3", {})); };
    EXPECT_EQ(key("/photos/2026/cat%20and%20dog.jpg"), (Texts{"Bucket=photos", "Key=2026/cat and dog.jpg"}));
    EXPECT_EQ(key("/photos//cat.jpg"), (Texts{"Bucket=photos", "Key=/cat.jpg"}));
    EXPECT_EQ(key("/photos/2026/"), (Texts{"Bucket=photos", "Key=2026/"}));
    EXPECT_EQ(key("/photos/a+b%2Bc"), (Texts{"Bucket=photos", "Key=a+b+c"})) << "a plus is a plus in a path";
    EXPECT_EQ(key("/photos/%2541"), (Texts{"Bucket=photos", "Key=%41"})) << "decoded once";
}

TEST(Recognize, S3FormUpload) {
    const HttpHeaders multipart{{"Content-Type", "multipart/form-data; boundary=x"}};
    const auto upload = recognize(head("POST", "/photos", multipart), "", {{}, "s3"});
    ASSERT_EQ(outcome(upload), "s3:PutObject");
    EXPECT_TRUE(upload->form_upload);
    EXPECT_FALSE(upload->needs_body);
    EXPECT_EQ(labels(upload), (Texts{"Bucket=photos"}));
    EXPECT_EQ(s3("POST", "/photos/cat.jpg", multipart), "UnknownOperation");
    EXPECT_EQ(s3("POST", "/photos"), "UnknownOperation");
}

TEST(Recognize, S3ControlIsAnotherServiceUnderTheSameName) {
    EXPECT_EQ(s3("GET", "/v20180820/jobs", {{"x-amz-account-id", "123456789012"}}), "s3control:ListJobs");
    EXPECT_EQ(s3("GET", "/v20180820/jobs"), "UnknownOperation");
}

Hosts example_hosts() {
    return {{{"s3.example.com", "s3"},
             {"dynamodb.example.com", "dynamodb"},
             {"bots.example.com", "lexv2-models"}},
            ""};
}

TEST(Recognize, HostsThatAreNoHostNames) {
    for (const char* host :
         {"...s3.example.com", ".s3.example.com", "a..s3.example.com", "a\x01.s3.example.com",
          "a b.s3.example.com", "a/b.s3.example.com", "a%2Fb.s3.example.com"}) {
        EXPECT_EQ(outcome(recognize(head("GET", "/cat.jpg", {{"Host", host}}), "s3", example_hosts())),
                  "MalformedRequest")
            << host;
    }
}

TEST(Recognize, BucketsInConfiguredHosts) {
    const Hosts hosts = example_hosts();
    const auto at = [&](const char* host, const char* target) {
        return recognize(head("GET", target, {{"Host", host}}), "s3", hosts);
    };
    EXPECT_EQ(labels(at("photos.s3.example.com", "/2026/cat.jpg")),
              (Texts{"Bucket=photos", "Key=2026/cat.jpg"}));
    EXPECT_EQ(labels(at("Photos.S3.Example.com:8080", "/cat.jpg")), (Texts{"Bucket=photos", "Key=cat.jpg"}));
    EXPECT_EQ(labels(at("my.photos.s3.example.com", "/cat.jpg")), (Texts{"Bucket=my.photos", "Key=cat.jpg"}));
    EXPECT_TRUE(at("photos.s3.example.com", "/cat.jpg")->bucket_in_host);
    EXPECT_EQ(outcome(at("photos.s3.example.com", "/")), "s3:ListObjects");
    EXPECT_EQ(labels(at("photos.s3.example.com", "//cat.jpg")), (Texts{"Bucket=photos", "Key=/cat.jpg"}));
    EXPECT_EQ(labels(at("s3.example.com", "/photos/cat.jpg")), (Texts{"Bucket=photos", "Key=cat.jpg"}));
    EXPECT_EQ(labels(at("xs3.example.com", "/photos/cat.jpg")), (Texts{"Bucket=photos", "Key=cat.jpg"}));
    EXPECT_EQ(outcome(at("dynamodb.example.com", "/photos/cat.jpg")), "AmbiguousRequest");
}

TEST(Recognize, TheHostsOfAws) {
    const auto at = [](const char* host, const char* target) {
        return labels(recognize(head("GET", target, {{"Host", host}}), "s3", {}));
    };
    const Texts cat{"Bucket=photos", "Key=cat.jpg"};
    EXPECT_EQ(at("photos.s3.eu-west-1.amazonaws.com", "/cat.jpg"), cat);
    EXPECT_EQ(at("photos.s3.dualstack.eu-west-1.amazonaws.com", "/cat.jpg"), cat);
    EXPECT_EQ(at("photos.s3-eu-west-1.amazonaws.com", "/cat.jpg"), cat);
    EXPECT_EQ(at("photos.s3.amazonaws.com", "/cat.jpg"), cat);
    EXPECT_EQ(at("photos.s3.cn-north-1.amazonaws.com.cn", "/cat.jpg"), cat);
    EXPECT_EQ(at("s3.eu-west-1.amazonaws.com", "/photos/cat.jpg"), cat);
    EXPECT_EQ(at("s3.amazonaws.com", "/photos/cat.jpg"), cat);
    EXPECT_EQ(recognized(
                  head("GET", "/S3Outposts/ListEndpoints", {{"Host", "s3-outposts.us-east-1.amazonaws.com"}}),
                  "s3-outposts"),
              "s3outposts:ListEndpoints");
    EXPECT_EQ(at("ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com", "/cat.jpg"),
              (Texts{"UnknownService"}));
}

TEST(Recognize, UnsignedRequestsAreKnownByTheirHost) {
    const auto at = [](const char* host, const char* target, const Hosts& hosts) {
        return recognized(head("GET", target, {{"Host", host}}), "", hosts);
    };
    EXPECT_EQ(at("photos.s3.example.com", "/cat.jpg", example_hosts()), "s3:GetObject");
    EXPECT_EQ(at("sts.amazonaws.com", "/?Action=AssumeRoleWithWebIdentity", {}),
              "sts:AssumeRoleWithWebIdentity");
    EXPECT_EQ(at("localhost:8080", "/photos/cat.jpg", {}), "UnknownService");
    EXPECT_EQ(at("localhost:8080", "/photos/cat.jpg", {{}, "s3"}), "s3:GetObject");
    EXPECT_EQ(recognized(
                  head("POST", "/",
                       {{"Host", "localhost"}, {"X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp"}}),
                  ""),
              "cognito-idp:SignUp");
    EXPECT_EQ(recognized(head("GET", "/a/b", {{"Host", "a.s3.example.com"}, {"Host", "s3.example.com"}}),
                         "s3", example_hosts()),
              "MalformedRequest");
}

TEST(Recognize, ModelsThatOnlyTheHostTellsApart) {
    // GET /imports/{importId} is DescribeImport of Lex V2 and GetImport of Lex V1.
    EXPECT_EQ(recognized(head("GET", "/imports/i1"), "lex"), "AmbiguousRequest");
    EXPECT_EQ(recognized(head("GET", "/imports/i1", {{"Host", "bots.example.com"}}), "lex", example_hosts()),
              "lexv2-models:DescribeImport");
    EXPECT_EQ(recognized(head("GET", "/imports/i1", {{"Host", "models.lex.us-east-1.amazonaws.com"}}), "lex"),
              "lex-models:GetImport");
    EXPECT_EQ(recognized(head("GET", "/2017-03-31/tags/x"), "lambda"), "lambda:ListTags")
        << "the same in both";
}

}  // namespace
}  // namespace writ::gateway
