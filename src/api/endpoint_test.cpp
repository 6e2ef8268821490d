#include "api/endpoint.h"

#include "api/internal/world_for_tests.h"

namespace writ::api {
namespace {

TEST(Endpoint, DeniesWithTheMissingPermissionUntilItIsGranted) {
    World world;
    const Who bob = world.make_user("bob");
    const Reply denied = world.iam(bob, "GetUser", {{"UserName", "bob"}});
    EXPECT_EQ(denied.summary(),
              "403 AccessDenied: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
              "iam:GetUser "
              "on resource: user bob because no identity-based policy allows the iam:GetUser action");
    EXPECT_EQ(denied.answer.record.decision, "implicitDeny");
    EXPECT_EQ(denied.answer.record.decided_by, "identity");
    EXPECT_EQ(denied.answer.record.action, "GetUser");
    EXPECT_EQ(denied.answer.record.error_code, "AccessDenied");

    const std::string arn =
        world
            .make("CreatePolicy", {{"PolicyName", "Self"},
                                   {"PolicyDocument",
                                    allow("iam:GetUser", "arn:aws:iam::123456789012:user/${aws:username}")}})
            .text("Policy/Arn");
    EXPECT_EQ(arn, "arn:aws:iam::123456789012:policy/Self");
    world.make("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", arn}});
    const Reply allowed = world.iam(bob, "GetUser");
    EXPECT_EQ(allowed.summary(), "200");
    EXPECT_EQ(allowed.text("User/UserName"), "bob");
    EXPECT_EQ(allowed.answer.record.decision, "allowed");
    EXPECT_EQ(allowed.answer.record.caller_arn, "arn:aws:iam::123456789012:user/bob");

    world.make("DetachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", arn}});
    EXPECT_EQ(world.iam(bob, "GetUser").status(), 403);
}

TEST(Endpoint, NamesTheKindOfDenialAndTheManagedPolicy) {
    World world;
    const Who bob = world.make_user("bob");
    const std::string arn =
        world.make("CreatePolicy", {{"PolicyName", "NoRoles"}, {"PolicyDocument", deny("iam:GetRole")}})
            .text("Policy/Arn");
    world.make("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", arn}});
    EXPECT_EQ(
        world.iam(bob, "GetRole", {{"RoleName", "ops"}}).message(),
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:GetRole on resource: "
        "role "
        "ops with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/NoRoles");
}

// Spec B7: who may not ask does not learn whether it exists.
TEST(Endpoint, AuthorizesBeforeItLooks) {
    World world;
    const Who bob = world.make_user("bob", allow("iam:GetUser", "arn:aws:iam::123456789012:user/b*"));
    EXPECT_EQ(world.iam(bob, "GetUser", {{"UserName", "nobody"}}).code(), "AccessDenied");
    EXPECT_EQ(world.iam(bob, "GetUser", {{"UserName", "bill"}}).summary(),
              "404 NoSuchEntity: The user with name bill cannot be found.");
}

TEST(Endpoint, ValidatesBeforeItAuthorizes) {  // Spec 8.5.
    World world;
    const Who bob = world.make_user("bob");
    EXPECT_EQ(world.iam(bob, "CreateUser", {{"UserName", "a b"}}).code(), "ValidationError");
    EXPECT_EQ(world.iam(bob, "CreateUser").summary(),
              "400 ValidationError: 1 validation error detected: Value null at 'userName' failed to satisfy "
              "constraint: Member must not be null");
    EXPECT_EQ(world
                  .iam(bob, "TagUser",
                       {{"UserName", "bob"}, {"Tags.member.1.Key", "aws:x"}, {"Tags.member.1.Value", "1"}})
                  .code(),
              "AccessDenied");
}

// Spec 6.1: what creates prints the ARN with the requested path, lists the beginning of what is listed.
TEST(Endpoint, ShowsResourcesAsAwsDoes) {
    struct Row {
        std::string_view action;
        Parameters parameters;
        std::string_view shown;
    };
    const std::string policy_arn = "arn:aws:iam::123456789012:policy/p";
    const std::vector<Row> rows{
        {"CreateUser", {{"UserName", "ada"}, {"Path", "/div/"}}, "arn:aws:iam::123456789012:user/div/ada"},
        {"CreateGroup", {{"GroupName", "ops"}}, "arn:aws:iam::123456789012:group/ops"},
        {"CreateRole",
         {{"RoleName", "ops"}, {"AssumeRolePolicyDocument", "{}"}},
         "arn:aws:iam::123456789012:role/ops"},
        {"CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", "{}"}}, "policy p"},
        {"GetGroup", {{"GroupName", "ops"}}, "group ops"},
        {"DeleteRole", {{"RoleName", "ops"}}, "role ops"},
        {"GetPolicy", {{"PolicyArn", policy_arn}}, "policy arn:aws:iam::123456789012:policy/p"},
        {"ListUsers", {}, "arn:aws:iam::123456789012:user/"},
        {"ListRoles", {{"PathPrefix", "/div/"}}, "arn:aws:iam::123456789012:role/div/"},
        {"ListGroups", {}, "arn:aws:iam::123456789012:group/"},
        {"ListPolicies", {}, "policy path /"},
        {"CreateAccessKey", {}, "user bob"},
    };
    World world;
    const Who bob = world.make_user("bob");
    for (const Row& row : rows) {
        const std::string action(row.action);
        EXPECT_EQ(world.iam(bob, action, row.parameters).message(),
                  "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:" + action +
                      " on resource: " + std::string(row.shown) +
                      " because no identity-based policy allows the iam:" + action + " action");
    }
}

TEST(Endpoint, PrintsTheEnvelopeOfQueryAnswers) {
    World world;
    const Reply reply = world.iam(world.root(), "DeleteUser", {{"UserName", "nobody"}});
    EXPECT_EQ(reply.body(),
              "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\n"
              "  <Error>\n    <Type>Sender</Type>\n    <Code>NoSuchEntity</Code>\n"
              "    <Message>The user with name nobody cannot be found.</Message>\n  </Error>\n"
              "  <RequestId>6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11</RequestId>\n</ErrorResponse>\n");
    const Reply made = world.iam(world.root(), "CreateUser", {{"UserName", "ada"}});
    EXPECT_EQ(made.text("ResponseMetadata/RequestId"), "6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11");
}

// Spec Q2, Q3.
TEST(Endpoint, TellsUnknownActions) {
    World world;
    const auto signed_call = [&](Parameters parameters) {
        HttpRequest request = World::request(parameters);
        crypto::sign(request, world.root().credentials(), "us-east-1", "iam", world.clock().now());
        return world.send(request);
    };
    const Reply unknown = signed_call({{"Action", "Fly"}, {"Version", "2010-05-08"}});
    EXPECT_EQ(unknown.summary(), "400 InvalidAction: Could not find operation Fly for version 2010-05-08");
    EXPECT_NE(unknown.body().find("xmlns=\"http://webservices.amazon.com/AWSFault/2005-15-09\""),
              std::string::npos);
    EXPECT_EQ(signed_call({{"Action", "GetUser"}}).summary(),
              "400 InvalidAction: Could not find operation GetUser for version NO_VERSION_SPECIFIED");
    EXPECT_EQ(signed_call({{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}}).summary(),
              "400 InvalidAction: Could not find operation GetCallerIdentity for version 2011-06-15");
    EXPECT_EQ(signed_call({{"Version", "2010-05-08"}}).summary(), "400 MissingAction: No Action specified");
}

TEST(Endpoint, NamesWhatIsNotImplemented) {
    World world;
    const Reply reply = world.sts(world.root(), "GetWebIdentityToken");
    EXPECT_EQ(reply.summary(),
              "501 NotImplemented: The operation sts:GetWebIdentityToken is not implemented.");
    // Not even that is told to somebody unknown.
    Who stranger = world.root();
    stranger.secret = "wrong";
    EXPECT_EQ(world.sts(stranger, "GetWebIdentityToken").code(), "SignatureDoesNotMatch");
}

TEST(Endpoint, NamesWhatIsNotImplementedOfRestServices) {
    World world;
    HttpRequest rest = World::request({});
    rest.method = "GET";
    rest.target = "/analyzer/mine";
    crypto::sign(rest, world.root().credentials(), "us-east-1", "access-analyzer", world.clock().now());
    const Reply analyzer = world.send(rest);
    EXPECT_EQ(analyzer.status(), 501);
    EXPECT_EQ(analyzer.body(),
              R"({"message":"The operation access-analyzer:GetAnalyzer is not implemented."})");
}

TEST(Endpoint, RefusesForNowInTheProtocolOfTheHead) {
    const Reply query(Answer{Endpoint::refuse_for_now(World::request({{"Action", "ListUsers"}})), {}});
    EXPECT_EQ(query.summary(),
              "503 ServiceUnavailable: The request has failed due to a temporary failure of the server.");
    EXPECT_EQ(query.text("Error/Type"), "Receiver");

    HttpRequest request = World::request({});
    request.headers.emplace_back("X-Amz-Target", "AWSOrganizationsV20161128.DescribeOrganization");
    const HttpResponse json = Endpoint::refuse_for_now(request);
    EXPECT_EQ(json.status, 503);
    EXPECT_NE(json.body.find(R"("__type":"ServiceUnavailable")"), std::string::npos) << json.body;
}

TEST(Endpoint, AnswersUnknownRoutes) {  // Spec 7.7, step 1.
    World world;
    HttpRequest request = World::request({{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}});
    request.target = "/elsewhere";
    EXPECT_EQ(world.send(request).status(), 404);
    crypto::sign(request, world.root().credentials(), "us-east-1", "sts", world.clock().now());
    const Reply reply = world.send(request);
    EXPECT_EQ(reply.status(), 404);
    EXPECT_EQ(reply.body(), "<UnknownOperationException />\n");
}

TEST(Endpoint, TakesTheKeysOfTheConnectionIntoAccount) {
    struct Row {
        std::string_view condition;
        bool allowed;
    };
    constexpr auto rows = std::to_array<Row>({
        {R"("IpAddress":{"aws:SourceIp":"203.0.113.0/24"})", true},
        {R"("IpAddress":{"aws:SourceIp":"198.51.100.0/24"})", false},
        {R"("Bool":{"aws:SecureTransport":"false"})", true},
        {R"("Bool":{"aws:SecureTransport":"true"})", false},
        {R"("StringLike":{"aws:UserAgent":"aws-cli/*"})", true},
        {R"("StringEquals":{"aws:RequestedRegion":"us-east-1"})", true},
        {R"("Bool":{"aws:ViaAWSService":"false"})", true},
        {R"("Null":{"aws:CalledVia":"true","aws:referer":"true","aws:TokenIssueTime":"true"})", true},
        {R"("DateLessThan":{"aws:CurrentTime":"2026-11-24T04:23:01Z"})", true},
        {R"("StringEquals":{"aws:username":"bob","aws:PrincipalAccount":"123456789012"})", true},
    });
    World world;
    const Who bob = world.make_user("bob");
    for (const Row& row : rows) {
        world.set_policy(
            "bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                   R"("Condition":{)" +
                       std::string(row.condition) + "}}}");
        EXPECT_EQ(world.iam(bob, "GetUser").ok(), row.allowed) << row.condition;
    }
}

// Spec 4.2: keys that follow from parameters and from what the call is about.
TEST(Endpoint, TakesTheKeysOfTheCallIntoAccount) {
    struct Row {
        std::string_view condition;
        std::string_view action;
        Parameters parameters;
        std::string_view result;
    };
    const std::string boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const std::vector<Row> rows{
        {R"("StringEquals":{"aws:RequestTag/team":"red"})",
         "CreateUser",
         {{"UserName", "u1"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}},
         "200"},
        {R"("StringEquals":{"aws:RequestTag/team":"red"})",
         "CreateUser",
         {{"UserName", "u2"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "blue"}},
         "AccessDenied"},
        {R"("ForAllValues:StringEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"})",
         "UntagUser",
         {{"UserName", "tagged"}, {"TagKeys.member.1", "other"}},
         "AccessDenied"},
        {R"("ForAllValues:StringEquals":{"aws:TagKeys":"team"},"Null":{"aws:TagKeys":"false"})",
         "UntagUser",
         {{"UserName", "tagged"}, {"TagKeys.member.1", "team"}},
         "200"},
        {R"("StringEquals":{"iam:ResourceTag/level":"9"})", "GetUser", {{"UserName", "tagged"}}, "200"},
        {R"("StringEquals":{"aws:ResourceTag/level":"9"})", "GetUser", {{"UserName", "bob"}}, "AccessDenied"},
        {R"("ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "AttachUserPolicy",
         {{"UserName", "bob"}, {"PolicyArn", boundary}},
         "200"},
        {R"("ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "AttachUserPolicy",
         {{"UserName", "bob"}, {"PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess"}},
         "AccessDenied"},
        {R"("StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "CreateUser",
         {{"UserName", "u3"}, {"PermissionsBoundary", boundary}},
         "200"},
        {R"("StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "CreateUser",
         {{"UserName", "u4"}},
         "AccessDenied"},
        // Of the user that is changed.
        {R"("StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "PutUserPolicy",
         {{"UserName", "bounded"}, {"PolicyName", "q"}, {"PolicyDocument", allow_all}},
         "200"},
        {R"("StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"})",
         "PutUserPolicy",
         {{"UserName", "tagged"}, {"PolicyName", "q"}, {"PolicyDocument", allow_all}},
         "AccessDenied"},
    };
    World world;
    const Who bob = world.make_user("bob");
    world.make("CreateUser",
               {{"UserName", "tagged"}, {"Tags.member.1.Key", "level"}, {"Tags.member.1.Value", "9"}});
    world.make("CreateUser", {{"UserName", "bounded"}, {"PermissionsBoundary", boundary}});
    for (const Row& row : rows) {
        world.set_policy(
            "bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                   R"("Condition":{)" +
                       std::string(row.condition) + "}}}");
        const Reply reply = world.iam(bob, row.action, row.parameters);
        EXPECT_EQ(reply.ok() ? "200" : reply.code(), row.result) << row.action << " " << row.condition;
    }
}

// Spec E12.
TEST(Endpoint, LetsNobodyChangeWhatBelongsToAws) {
    World world;
    EXPECT_EQ(
        world.iam(world.root(), "DeletePolicy", {{"PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}})
            .code(),
        "AccessDenied");
}

TEST(Endpoint, LeavesNothingOfAFailedCall) {
    World world;
    EXPECT_EQ(
        world.iam(world.root(), "CreateUser",
                  {{"UserName", "ada"}, {"PermissionsBoundary", "arn:aws:iam::123456789012:policy/missing"}})
                .status() /
            100,
        4);
    EXPECT_EQ(world.iam(world.root(), "GetUser", {{"UserName", "ada"}}).code(), "NoSuchEntity");
}

}  // namespace
}  // namespace writ::api
