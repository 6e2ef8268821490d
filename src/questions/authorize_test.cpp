#include "questions/internal/world_for_tests.h"

/// The native API: who may ask about whom, what is answered, and that whatever goes wrong is a denial.
namespace writ::questions {
namespace {

using Json = TestJson;

const std::string bucket = "arn:aws:s3:::orders";

class Authorize : public testing::Test {
  protected:
    /// A question about somebody who may read one bucket.
    static Json question(const std::string& principal, const std::string& action = "s3:ListBucket") {
        return {{"principal", principal}, {"action", action}, {"resource", bucket}};
    }
    World world;
};

TEST_F(Authorize, AnswersWhatPoliciesAllow) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    const Told allowed = world.authorize(World::root(), question(World::arn("user/bob")));
    EXPECT_EQ(allowed.status, 200);
    EXPECT_EQ(allowed.json, Json({{"decision", "allowed"}, {"decided_by", "identity"}}));
    EXPECT_EQ(allowed.header("Content-Type"), "application/json");
}

TEST_F(Authorize, DeniesWithTheSentenceOfAws) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    const Told implicit = world.authorize(World::root(), question(World::arn("user/bob"), "s3:DeleteBucket"));
    EXPECT_EQ(implicit.json,
              Json({{"decision", "implicitDeny"},
                    {"decided_by", "identity"},
                    {"message",
                     "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: "
                     "s3:DeleteBucket on resource: \"arn:aws:s3:::orders\" because no identity-based "
                     "policy allows the s3:DeleteBucket action"}}));
    world.iam("PutUserPolicy", {{"UserName", "bob"},
                                {"PolicyName", "d"},
                                {"PolicyDocument", R"({"Version":"2012-10-17","Statement":{"Effect":"Deny",)"
                                                   R"("Action":"s3:ListBucket","Resource":"*"}})"}});
    const Told denied = world.authorize(World::root(), question(World::arn("user/bob")));
    EXPECT_EQ(denied.json["decision"], "explicitDeny");
    EXPECT_EQ(denied.json["decided_by"], "identity");
}

TEST_F(Authorize, AnswersManyQuestionsInTheirOrder) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    world.make_user("eve");
    const Json body{{"resource", bucket},
                    {"action", "s3:ListBucket"},
                    {"questions",
                     {{{"principal", World::arn("user/bob")}},
                      {{"principal", World::arn("user/eve")}},
                      {{"principal", World::arn("user/nobody")}},
                      {{"principal", World::arn("user/bob")}, {"action", "s3:*"}},
                      {{"principal", World::arn("user/bob")}, {"resource", "arn:aws:s3:::other"}},
                      {{"principal", World::arn("user/bob")}}}}};
    const Told told = world.authorize(World::root(), body);
    ASSERT_EQ(told.status, 200);
    std::vector<std::string> decisions;
    for (const Json& each : told.json["answers"]) decisions.push_back(each["decision"]);
    EXPECT_EQ(decisions, (std::vector<std::string>{"allowed", "implicitDeny", "implicitDeny", "implicitDeny",
                                                   "implicitDeny", "allowed"}));
    EXPECT_EQ(told.json["answers"][2]["error"], "NoSuchEntity");
    EXPECT_EQ(told.json["answers"][3]["error"], "ValidationError");  // Patterns are no actions.
}

TEST_F(Authorize, IsAskedAboutOneselfWithoutPermission) {
    const Who bob = world.make_user("bob", allow("s3:ListBucket", bucket));
    for (const Json& body :
         {Json{{"action", "s3:ListBucket"}, {"resource", bucket}}, question(World::arn("user/bob"))}) {
        EXPECT_EQ(world.authorize(bob, body).json["decision"], "allowed");
    }
}

TEST_F(Authorize, NeedsPermissionToAskAboutOthers) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    const Who guard = world.make_user("guard");
    const Told refused = world.authorize(guard, question(World::arn("user/bob")));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.json["decision"], "implicitDeny");
    EXPECT_EQ(refused.json["error"], "AccessDenied");
    EXPECT_EQ(refused.json["message"],
              "User: arn:aws:iam::123456789012:user/guard is not authorized to perform: writ:Authorize on "
              "resource: arn:aws:iam::123456789012:user/bob because no identity-based policy allows the "
              "writ:Authorize action");
    // Nor is it told who is there.
    EXPECT_EQ(world.authorize(guard, question(World::arn("user/nobody"))).status, 403);

    world.iam("PutUserPolicy", {{"UserName", "guard"},
                                {"PolicyName", "p"},
                                {"PolicyDocument", allow("writ:Authorize", World::arn("user/bob"))}});
    EXPECT_EQ(world.authorize(guard, question(World::arn("user/bob"))).json["decision"], "allowed");
    EXPECT_EQ(world.authorize(guard, question(World::arn("root"))).status, 403);
}

TEST_F(Authorize, MayBeGrantedByTagsOfWhoIsAskedAbout) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    world.iam("TagUser",
              {{"UserName", "bob"}, {"Tags.member.1.Key", "app"}, {"Tags.member.1.Value", "shop"}});
    world.make_user("eve", allow("s3:ListBucket", bucket));
    const Who guard = world.make_user(
        "guard", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"writ:Authorize",)"
                 R"("Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/app":"shop"}}}})");
    EXPECT_EQ(world.authorize(guard, question(World::arn("user/bob"))).json["decision"], "allowed");
    EXPECT_EQ(world.authorize(guard, question(World::arn("user/eve"))).status, 403);
}

TEST_F(Authorize, KnowsRolesTheirSessionsAndRoot) {
    world.make_role("app", allow("s3:ListBucket", bucket), World::arn("root"));
    for (const std::string& principal :
         {World::arn("role/app"), std::string("arn:aws:sts::123456789012:assumed-role/app/i-1"),
          World::arn("root")}) {
        EXPECT_EQ(world.authorize(World::root(), question(principal)).json["decision"], "allowed")
            << principal;
    }
    for (const std::string& principal :
         {World::arn("role/path/app"), std::string("arn:aws:sts::123456789012:assumed-role/other/i-1"),
          World::arn("group/app")}) {
        EXPECT_EQ(world.authorize(World::root(), question(principal)).json["error"], "NoSuchEntity")
            << principal;
    }
    // Nobody of another partition is anybody's to ask about.
    EXPECT_EQ(world.authorize(World::root(), question("arn:aws-cn:iam::123456789012:role/app")).json["error"],
              "AccessDenied");
}

TEST_F(Authorize, KeepsToTheLimitsOfASession) {
    const Who bob = world.make_user("bob", allow("*"));
    world.make_role("app", allow("s3:*"), "123456789012");
    const Who session = world.assume(bob, "app", allow("s3:GetObject"));
    const Json own{{"action", "s3:ListBucket"}, {"resource", bucket}};
    EXPECT_EQ(world.authorize(session, own).json["decided_by"], "session");
    const Json of_token{
        {"principal", {{"access_key_id", session.access_key_id}, {"session_token", session.token}}},
        {"action", "s3:ListBucket"},
        {"resource", bucket}};
    EXPECT_EQ(world.authorize(World::root(), of_token).json["decided_by"], "session");
    // Its ARN names any session of that role and name, for which permission is needed.
    const std::string arn = "arn:aws:sts::123456789012:assumed-role/app/session";
    EXPECT_EQ(world.authorize(session, question(arn)).status, 403);
    Json foreign = of_token;
    foreign["principal"]["access_key_id"] = "ASIAAAAAAAAAAAAAAAAA";
    const Told refused = world.authorize(World::root(), foreign);
    EXPECT_EQ(refused.status, 404);
    EXPECT_EQ(refused.json["decision"], "implicitDeny");
}

TEST_F(Authorize, AsksTheTrustPolicyOfARole) {
    world.make_user("bob", allow("sts:*"));
    world.make_role("mine", allow("s3:*"), World::arn("user/bob"));
    world.make_role("others", allow("s3:*"), World::arn("root"));
    world.make_user("eve");
    world.make_role("eves", allow("s3:*"), World::arn("user/eve"));
    const auto decision = [&](const std::string& role) {
        Json body = question(World::arn("user/bob"), "sts:AssumeRole");
        body["resource"] = World::arn("role/" + role);
        return world.authorize(World::root(), body).json["decision"];
    };
    EXPECT_EQ(decision("mine"), "allowed");
    EXPECT_EQ(decision("others"), "allowed");
    EXPECT_EQ(decision("eves"), "implicitDeny");
    EXPECT_EQ(decision("missing"), "implicitDeny");
}

/// Tags, source identities and contexts of sessions are the trust policy's to allow too (spec E6, T3).
TEST_F(Authorize, AsksTheTrustPolicyForWhatGoesWithAnAssumption) {
    world.make_user("bob", allow("sts:*"));
    world.make_role("app", allow("s3:*"), World::arn("user/bob"));  // Trusted with sts:AssumeRole alone.
    const auto ask = [&](const std::string& action) {
        Json body = question(World::arn("user/bob"), action);
        body["resource"] = World::arn("role/app");
        return world.authorize(World::root(), body).json;
    };
    const std::vector<std::string> companions{"sts:SetContext", "sts:SetSourceIdentity", "sts:TagSession"};
    EXPECT_EQ(ask("sts:AssumeRole")["decision"], "allowed");
    for (const std::string& action : companions) {
        EXPECT_EQ(ask(action)["decision"], "implicitDeny") << action;
        EXPECT_EQ(ask(action)["decided_by"], "trust") << action;
    }
    world.iam("UpdateAssumeRolePolicy",
              {{"RoleName", "app"},
               {"PolicyDocument",
                R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":")" +
                    World::arn("user/bob") +
                    R"("},"Action":["sts:SetContext","sts:SetSourceIdentity","sts:TagSession"]}})"}});
    EXPECT_EQ(ask("sts:AssumeRole")["decision"], "implicitDeny");
    for (const std::string& action : companions) EXPECT_EQ(ask(action)["decision"], "allowed") << action;
    // No trust policy is about anything else that happens to a role.
    world.make_user("eve", allow("iam:GetRole"));
    Json read = question(World::arn("user/eve"), "iam:GetRole");
    read["resource"] = World::arn("role/app");
    EXPECT_EQ(world.authorize(World::root(), read).json["decision"], "allowed");
}

TEST_F(Authorize, TakesConditionKeysOfEveryKind) {
    world.make_user("bob",
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                    R"("Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"},)"
                    R"("NumericLessThan":{"s3:max-keys":"11"},"Bool":{"aws:SecureTransport":"true"},)"
                    R"("ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}}})");
    const auto decision = [&](const Json& context) {
        Json body = question(World::arn("user/bob"));
        body["context"] = context;
        return world.authorize(World::root(), body).json["decision"];
    };
    const Json fits{{"aws:RequestedRegion", "eu-west-1"},
                    {"s3:max-keys", 10},
                    {"aws:SecureTransport", true},
                    {"aws:TagKeys", {"a", "b"}}};
    EXPECT_EQ(decision(fits), "allowed");
    const std::vector<std::pair<std::string, Json>> others{{"aws:RequestedRegion", "us-east-1"},
                                                           {"s3:max-keys", 11.5},
                                                           {"aws:SecureTransport", false},
                                                           {"aws:TagKeys", {"a", "c"}},
                                                           {"s3:max-keys", nullptr}};
    for (const auto& [key, value] : others) {
        Json changed = fits;
        changed[key] = value;
        EXPECT_EQ(decision(changed), "implicitDeny") << key << value;
    }
    // What one question tells does not hold for the next.
    const Json body{{"questions", {question(World::arn("user/bob")), question(World::arn("user/bob"))}}};
    Json first = body;
    first["questions"][0]["context"] = fits;
    const Told told = world.authorize(World::root(), first);
    EXPECT_EQ(told.json["answers"][0]["decision"], "allowed");
    EXPECT_EQ(told.json["answers"][1]["decision"], "implicitDeny");
}

TEST_F(Authorize, KnowsThePrincipalBetterThanWhoeverAsks) {
    world.make_user("bob",
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                    R"("Condition":{"StringEquals":{"aws:username":"eve"}}}})");
    Json body = question(World::arn("user/bob"));
    body["context"] = {{"aws:username", "eve"}};
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "implicitDeny");
    body["context"] = {{"AWS:UserName", "eve"}};
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "implicitDeny");
}

TEST_F(Authorize, MayBeAskedAboutAnotherTime) {
    world.make_user("bob",
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",)"
                    R"("Condition":{"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}}}})");
    Json body = question(World::arn("user/bob"));
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "allowed");
    body["context"] = {{"aws:CurrentTime", "2027-06-01T00:00:00Z"}};
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "implicitDeny");
    body["context"] = {{"aws:CurrentTime", "soon"}};
    EXPECT_EQ(world.authorize(World::root(), body).json["error"], "ValidationError");
}

TEST_F(Authorize, KnowsTagsOfUsersAndRolesAsResources) {
    world.make_user("bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*",)"
                           R"("Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/app":"shop"}}}})");
    world.make_user("eve");
    Json body = question(World::arn("user/bob"), "iam:GetUser");
    body["resource"] = World::arn("user/eve");
    body["context"] = {{"aws:ResourceTag/app", "bank"}};
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "implicitDeny");
    world.iam("TagUser",
              {{"UserName", "eve"}, {"Tags.member.1.Key", "app"}, {"Tags.member.1.Value", "shop"}});
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "allowed");
}

TEST_F(Authorize, SeesAcrossAccounts) {
    world.make_user("bob", allow("s3:*"));
    Json body = question(World::arn("user/bob"));
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "allowed");
    body["resource_account"] = "210987654321";
    const Told denied = world.authorize(World::root(), body);
    EXPECT_EQ(denied.json["decision"], "implicitDeny");
    EXPECT_EQ(denied.json["decided_by"], "resource");
    body["resource_account"] = "other";
    EXPECT_EQ(world.authorize(World::root(), body).status, 400);
}

TEST_F(Authorize, FollowsChangesAtOnce) {
    world.make_user("bob", allow("s3:ListBucket"));
    const Json body = question(World::arn("user/bob"));
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "allowed");
    world.iam("UpdateUser", {{"UserName", "bob"}, {"NewUserName", "robert"}});
    EXPECT_EQ(world.authorize(World::root(), body).json["error"], "NoSuchEntity");
    EXPECT_EQ(world.authorize(World::root(), question(World::arn("user/robert"))).json["decision"],
              "allowed");
    world.iam("CreateUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.authorize(World::root(), body).json["decision"], "implicitDeny");
    world.iam("DeleteUser", {{"UserName", "bob"}});
    EXPECT_EQ(world.authorize(World::root(), body).json["error"], "NoSuchEntity");
}

TEST_F(Authorize, ExplainsToWhomThatIsAllowed) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    Json body = question(World::arn("user/bob"), "s3:DeleteBucket");
    body["explain"] = true;
    const Told told = world.authorize(World::root(), body);
    ASSERT_EQ(told.status, 200);
    EXPECT_EQ(told.json["explanation"]["decision"], "implicitDeny");
    EXPECT_EQ(told.json["explanation"]["action"], "s3:DeleteBucket");
    EXPECT_EQ(told.json["explanation"]["message"], told.json["message"]);
    EXPECT_FALSE(told.json["explanation"]["remedies"].empty());

    const Who bob =
        world.make_user("rob", allow("s3:ListBucket"));  // What policies say is not everybody's to read.
    const Told refused =
        world.authorize(bob, {{"action", "s3:ListBucket"}, {"resource", bucket}, {"explain", true}});
    EXPECT_EQ(refused.status, 403);
    EXPECT_NE(refused.json["message"].get<std::string>().find("writ:Explain"), std::string::npos);
    const Told batch = world.authorize(bob, {{"action", "s3:ListBucket"},
                                             {"resource", bucket},
                                             {"questions", {{{"explain", true}}, Json::object()}}});
    EXPECT_EQ(batch.json["answers"][0]["error"], "AccessDenied");
    EXPECT_EQ(batch.json["answers"][1]["decision"], "allowed");
}

TEST_F(Authorize, RefusesWhatIsNoQuestion) {
    world.make_user("bob", allow("*"));
    const std::string bob = R"("principal":"arn:aws:iam::123456789012:user/bob",)";
    const std::string rest = R"("action":"s3:ListBucket","resource":"arn:aws:s3:::orders")";
    const std::vector<std::string> bad{"",
                                       "[]",
                                       "{",
                                       "{" + bob + rest + "} x",
                                       "{" + bob + rest + "}" + std::string("\0{}", 3),
                                       "{" + bob + rest + R"(,"context":[]})",
                                       "{" + bob + rest + R"(,"contxt":{}})",
                                       "{" + bob + rest + R"(,"action":"s3:GetObject"})",
                                       "{" + bob + rest + R"(,"context":{"aws:SourceIp":{}}})",
                                       "{" + bob + rest + R"(,"context":{"a:b":"1","a:b":"2"}})",
                                       "{" + bob + rest + R"(,"context":{"a:b":"1","A:B":"2"}})",
                                       "{" + bob + rest + R"(,"explain":"yes"})",
                                       "{" + bob + rest + R"(,"questions":{}})",
                                       "{" + bob + R"("action":"s3","resource":"*"})",
                                       "{" + bob + R"("action":"s3:GetObject"})",
                                       "{" + bob + R"("action":"s3:GetObject","resource":"orders"})",
                                       R"({"principal":"bob",)" + rest + "}",
                                       R"({"principal":"",)" + rest + "}",
                                       R"({"principal":{"session_token":"x"},)" + rest + "}",
                                       "{" + bob + rest + ",\"context\":{\"a:b\":\"\xff\"}}",
                                       "{" + bob + rest + R"(,"context":)" + std::string(100'000, '[') + "}"};
    for (const std::string& body : bad) {
        const Told told = world.ask(World::root(), "/authorize", Json(body));
        EXPECT_EQ(told.status, 400) << body.substr(0, 200);
        EXPECT_EQ(told.json["decision"], "implicitDeny") << body.substr(0, 200);
    }
    HttpRequest form = World::json_request("/authorize", question(World::arn("user/bob")));
    form.headers[1].second = "text/plain";
    world.sign(form, World::root());
    EXPECT_EQ(world.send(form).status, 400);
}

TEST_F(Authorize, DeniesWhenTheStoreFails) {
    world.make_user("bob", allow("*"));
    const Json body = question(World::arn("user/bob"));
    for (std::uint64_t call = 1; call <= 40; ++call) {
        world.forget();
        world.faults().fail({.first = call, .count = store::Fault::all});
        const Told told = world.authorize(World::root(), body);
        const bool failed = world.faults().has_failed();
        world.faults().mend();
        if (!failed) {
            EXPECT_EQ(told.json["decision"], "allowed");
            return;
        }
        EXPECT_EQ(told.status, 500) << call;
        EXPECT_EQ(told.json["decision"], "implicitDeny") << call;
        EXPECT_FALSE(world.defect.empty()) << call;
    }
    FAIL() << "one question takes more than 40 calls of the store";
}

TEST_F(Authorize, HasOneMethodAndItsOwnPath) {
    HttpRequest get = World::bare("GET", "/authorize");
    const Told told = world.send(get);
    EXPECT_EQ(told.status, 405);
    EXPECT_EQ(told.header("Allow"), "POST");
    EXPECT_FALSE(Endpoint::serves("/"));
    EXPECT_FALSE(Endpoint::serves("/authorize/x"));
    EXPECT_TRUE(Endpoint::serves("/authorize?x=y"));
}

}  // namespace
}  // namespace writ::questions
