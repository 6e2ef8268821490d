#include "questions/internal/world_for_tests.h"

/// AuthZEN Authorization API 1.0: forms, semantics and errors as the specification tells them, and the
/// mapping of docs/authorization-api.md.
namespace writ::questions {
namespace {

using Json = TestJson;

const std::string shop = R"({
  "prefix": "shop", "title": "The shop",
  "actions": [
    {"name": "can_read", "access_level": "Read", "resource_types": ["order*"], "condition_keys": ["shop:channel"]},
    {"name": "can_refund", "access_level": "Write", "resource_types": ["order*"]},
    {"name": "Audit", "access_level": "List"}
  ],
  "resource_types": [
    {"name": "order", "arn": "arn:${Partition}:shop:${Region}:${Account}:order/${OrderId}"},
    {"name": "line", "arn": "arn:${Partition}:shop:${Region}:${Account}:order/${OrderId}/line/${LineId}"}
  ],
  "condition_keys": [
    {"name": "shop:channel", "type": "String"}, {"name": "shop:labels", "type": "String", "multivalued": true},
    {"name": "shop:amount", "type": "Numeric"}
  ]
})";

class Authzen : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(world.ask(World::root(), "/services", Json(shop)).status, 200);
        world.make_user("alice", allow("shop:can_read", order_arn("*")));
        world.make_user("bob");
    }
    static std::string order_arn(const std::string& id) {
        return "arn:aws:shop:us-east-1:123456789012:order/" + id;
    }
    static Json user(const std::string& id) { return {{"type", "user"}, {"id", id}}; }
    static Json order(const std::string& id) { return {{"type", "order"}, {"id", id}}; }
    static Json can(const std::string& action) { return {{"name", action}}; }
    static Json evaluation(const std::string& who = "alice", const std::string& what = "can_read",
                           const std::string& which = "1") {
        return {{"subject", user(who)}, {"action", can(what)}, {"resource", order(which)}};
    }
    Told post(const std::string& path, const Json& body) {
        return world.ask(World::root(), "/access/v1/" + path, body);
    }
    Told evaluate(const Json& body) { return post("evaluation", body); }
    static std::vector<bool> decisions(const Told& told) {
        std::vector<bool> list;
        for (const Json& each : told.json.value("evaluations", Json::array()))
            list.push_back(each["decision"]);
        return list;
    }
    void set_policy(const std::string& name, const std::string& document) {
        world.iam("PutUserPolicy", {{"UserName", name}, {"PolicyName", "p"}, {"PolicyDocument", document}});
    }

    World world;
};

TEST_F(Authzen, DecidesOneEvaluation) {
    const Told allowed = evaluate(evaluation());
    EXPECT_EQ(allowed.status, 200);
    EXPECT_EQ(allowed.header("Content-Type"), "application/json");
    EXPECT_EQ(allowed.json, Json({{"decision", true}}));
    const Told denied = evaluate(evaluation("bob"));
    EXPECT_EQ(denied.status, 200);
    EXPECT_EQ(denied.json["decision"], false);
    EXPECT_EQ(
        denied.json["context"]["reason"],
        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: shop:can_read on resource: " +
            order_arn("1") + " because no identity-based policy allows the shop:can_read action");
}

TEST_F(Authzen, IgnoresMembersItDoesNotKnow) {
    Json body = evaluation();
    body["extension"] = {{"a", 1}};
    body["subject"]["extension"] = true;
    EXPECT_EQ(evaluate(body).json["decision"], true);
}

TEST_F(Authzen, RefusesRequestsOutOfForm) {
    std::vector<Json> bad;
    for (const char* member : {"subject", "action", "resource"}) {
        Json without = evaluation();
        without.erase(member);
        bad.push_back(without);
        Json text = evaluation();
        text[member] = "x";
        bad.push_back(text);
    }
    const std::vector<std::pair<const char*, const char*>> required{
        {"subject", "type"}, {"subject", "id"}, {"action", "name"}, {"resource", "type"}, {"resource", "id"}};
    for (const auto& [entity, member] : required) {
        Json without = evaluation();
        without[entity].erase(member);
        bad.push_back(without);
        Json number = evaluation();
        number[entity][member] = 1;
        bad.push_back(number);
    }
    Json context = evaluation();
    context["context"] = "x";
    bad.push_back(context);
    Json properties = evaluation();
    properties["subject"]["properties"] = Json::array();
    bad.push_back(properties);
    bad.push_back(Json("[]"));
    bad.push_back(Json("{"));
    for (const Json& body : bad) {
        const Told told = evaluate(body);
        EXPECT_EQ(told.status, 400) << body;
        EXPECT_FALSE(told.body.empty()) << body;
    }
    HttpRequest plain = World::json_request("/access/v1/evaluation", evaluation());
    plain.headers[1].second = "application/x-www-form-urlencoded";
    world.sign(plain, World::root());
    EXPECT_EQ(world.send(plain).status, 400);
}

TEST_F(Authzen, TellsWhoAsksFromWhatIsAsked) {
    const Told nobody = world.send(World::json_request("/access/v1/evaluation", evaluation()));
    EXPECT_EQ(nobody.status, 401);
    EXPECT_FALSE(nobody.header("WWW-Authenticate").empty());
    const Who guard = world.make_user("guard");
    const Told forbidden = world.ask(guard, "/access/v1/evaluation", evaluation());
    EXPECT_EQ(forbidden.status, 403);
    EXPECT_NE(forbidden.body.find("writ:Authorize"), std::string::npos);
    const Told unknown = evaluate(evaluation("nobody"));
    EXPECT_EQ(unknown.status, 200);
    EXPECT_EQ(unknown.json["decision"], false);
    EXPECT_EQ(unknown.json["context"]["error"]["status"], 404);
}

TEST_F(Authzen, ReturnsTheIdOfTheRequest) {
    for (const char* path : {"/access/v1/evaluation", "/access/v1/evaluations", "/access/v1/search/action"}) {
        HttpRequest request = World::json_request(path, evaluation());
        request.headers.emplace_back("X-Request-ID", "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
        EXPECT_EQ(world.send(request).header("X-Request-ID"), "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
        world.sign(request, World::root());
        EXPECT_EQ(world.send(request).header("X-Request-ID"), "bfe9eb29-ab87-4ca3-be83-a1d5d8305716");
    }
    EXPECT_EQ(evaluate(evaluation()).header("X-Request-ID"), "");
}

TEST_F(Authzen, BehavesAsOneEvaluationWithoutAList) {
    EXPECT_EQ(post("evaluations", evaluation()).json, Json({{"decision", true}}));
    Json empty = evaluation();
    empty["evaluations"] = Json::array();
    EXPECT_EQ(post("evaluations", empty).json, Json({{"decision", true}}));
}

TEST_F(Authzen, TakesDefaultsThatEachEvaluationMayReplace) {
    const Json body{{"subject", user("alice")},
                    {"action", can("can_read")},
                    {"evaluations",
                     {{{"resource", order("1")}},
                      {{"resource", order("2")}, {"action", can("can_refund")}},
                      {{"resource", order("3")}, {"subject", user("bob")}},
                      Json::object(),
                      "x"}}};
    const Told told = post("evaluations", body);
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(decisions(told), (std::vector<bool>{true, false, false, false, false}));
    EXPECT_FALSE(told.json.contains("decision"));
    EXPECT_EQ(told.json["evaluations"][3]["context"]["error"]["status"], 400);
}

/// Whatever an entity of one evaluation says stands for the whole of it, but for what it cannot be without.
TEST_F(Authzen, TakesTypeIdAndNameFromDefaults) {
    set_policy("alice", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"shop:can_read",)"
                        R"("Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/status":"open"}}}})");
    const Json open{{"status", "open"}};
    const Json body{{"subject", user("alice")},
                    {"action", can("can_read")},
                    {"resource", {{"type", "order"}, {"id", "1"}, {"properties", open}}},
                    {"evaluations",
                     {{{"resource", {{"id", "2"}, {"properties", open}}}},
                      {{"resource", {{"properties", open}}}},
                      {{"resource", {{"id", "2"}}}},
                      {{"subject", {{"id", "bob"}}}},
                      {{"action", {{"properties", Json::object()}}}},
                      {{"action", {{"name", 1}}}}}}};
    EXPECT_EQ(decisions(post("evaluations", body)),
              (std::vector<bool>{true, true, false, false, true, false}));
}

TEST_F(Authzen, KnowsThreeSemantics) {
    set_policy("alice", allow("shop:can_read", order_arn("2")));
    Json body{{"subject", user("alice")},
              {"action", can("can_read")},
              {"evaluations",
               {{{"resource", order("1")}}, {{"resource", order("2")}}, {{"resource", order("3")}}}}};
    EXPECT_EQ(decisions(post("evaluations", body)), (std::vector<bool>{false, true, false}));
    const auto with = [&](const Json& semantic) {
        body["options"] = {{"evaluations_semantic", semantic}, {"another_option", "value"}};
        return post("evaluations", body);
    };
    EXPECT_EQ(decisions(with("execute_all")), (std::vector<bool>{false, true, false}));
    EXPECT_EQ(decisions(with("deny_on_first_deny")), (std::vector<bool>{false}));
    EXPECT_EQ(decisions(with("permit_on_first_permit")), (std::vector<bool>{false, true}));
    EXPECT_EQ(with("first").status, 400);
    EXPECT_EQ(with(1).status, 400);
    body["evaluations"] = "x";
    EXPECT_EQ(with("execute_all").status, 400);
}

TEST_F(Authzen, MapsEntitiesToPrincipalsAndArns) {
    world.make_role("clerk", allow("shop:*"));
    const std::string line = "arn:aws:shop:us-east-1:123456789012:order/1/line/2";
    set_policy("alice", allow("shop:can_read", line));
    struct Row {
        Json subject, action, resource;
        bool decision;
    };
    const std::vector<Row> rows{
        {{{"type", "role"}, {"id", "clerk"}}, can("can_read"), order("1"), true},
        {{{"type", "any"}, {"id", World::arn("role/clerk")}}, can("can_read"), order("1"), true},
        {{{"type", "root"}, {"id", "123456789012"}}, can("can_read"), order("1"), true},
        {{{"type", "device"}, {"id", "clerk"}}, can("can_read"), order("1"), false},
        {user("alice"), can("can_read"), order("1"), false},
        {user("ALICE"),
         can("shop:can_read"),
         {{"type", "x"}, {"id", line}},
         false},  // Names count with their case.
        {user("alice"), can("shop:can_read"), {{"type", "x"}, {"id", line}}, true},
        {user("alice"),
         can("can_read"),
         {{"type", "shop:line"}, {"id", "2"}, {"properties", {{"OrderId", "1"}}}},
         true},
    };
    for (const Row& row : rows) {
        const Told told =
            evaluate({{"subject", row.subject}, {"action", row.action}, {"resource", row.resource}});
        EXPECT_EQ(told.status, 200) << told.body;
        EXPECT_EQ(told.json["decision"], row.decision) << row.subject << row.resource;
    }
    EXPECT_EQ(evaluate({{"subject", user("alice")},
                        {"action", can("can_read")},
                        {"resource", {{"type", "line"}, {"id", "2"}}}})
                  .status,
              400);  // Two holes for one id.
    EXPECT_EQ(evaluate({{"subject", user("alice")},
                        {"action", can("can_read")},
                        {"resource", {{"type", "x"}, {"id", "*"}}}})
                  .status,
              400);  // No service anywhere.
}

TEST_F(Authzen, MapsPropertiesAndContextToConditionKeys) {
    const auto only_if = [&](const std::string& condition) {
        set_policy("alice", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"shop:*",)"
                            R"("Resource":"*","Condition":)" +
                                condition + "}}");
    };
    const auto decision = [&](const std::string& entity, const Json& members) {
        Json body = evaluation();
        if (entity == "context") {
            body["context"] = members;
        } else {
            body[entity]["properties"] = members;
        }
        const Told told = evaluate(body);
        return told.json["decision"] == true;
    };
    only_if(R"({"StringEquals":{"aws:PrincipalTag/department":"Sales"}})");
    EXPECT_TRUE(decision("subject", {{"department", "Sales"}, {"nested", {{"a", 1}}}}));
    EXPECT_FALSE(decision("subject", {{"department", "IT"}}));
    world.iam("TagUser",
              {{"UserName", "alice"}, {"Tags.member.1.Key", "department"}, {"Tags.member.1.Value", "IT"}});
    EXPECT_FALSE(decision("subject", {{"department", "Sales"}}));  // Writ knows better.

    only_if(R"({"IpAddress":{"aws:SourceIp":"172.217.22.0/24"}})");
    EXPECT_TRUE(decision("subject", {{"ip_address", "172.217.22.14"}}));
    EXPECT_FALSE(decision("subject", {{"ip_address", "10.0.0.1"}}));
    only_if(R"({"StringEquals":{"aws:ResourceTag/status":"public"}})");
    EXPECT_TRUE(decision("resource", {{"status", "public"}}));
    EXPECT_FALSE(decision("resource", {{"status", "secret"}}));
    only_if(R"({"StringEquals":{"shop:channel":"web"}})");
    EXPECT_TRUE(decision("action", {{"channel", "web"}}));
    EXPECT_TRUE(decision("context", {{"channel", "web"}}));
    EXPECT_TRUE(decision("context", {{"shop:channel", "web"}}));
    EXPECT_FALSE(decision("context", {{"channel", "phone"}}));
    only_if(R"({"DateLessThan":{"aws:CurrentTime":"1990-01-01T00:00:00Z"}})");
    EXPECT_TRUE(decision("context", {{"time", "1985-10-26T01:22-07:00"}}));
    EXPECT_FALSE(decision("context", Json::object()));
}

TEST_F(Authzen, HoldsKeysToTheTypesOfTheService) {
    set_policy("alice",
               R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"shop:*","Resource":"*",)"
               R"("Condition":{"NumericLessThan":{"shop:amount":"100"},)"
               R"("ForAnyValue:StringEquals":{"shop:labels":"gift"}}}})");
    Json body = evaluation();
    body["context"] = {{"amount", 99.5}, {"labels", "gift"}};
    EXPECT_EQ(evaluate(body).json["decision"], true);
    body["context"]["labels"] = {"new", "gift"};
    EXPECT_EQ(evaluate(body).json["decision"], true);
    body["context"]["amount"] = "a lot";
    const Told told = evaluate(body);
    EXPECT_EQ(told.status, 400);
    EXPECT_NE(told.body.find("shop:amount"), std::string::npos);
}

TEST_F(Authzen, FindsSubjectsThatMay) {
    world.make_user("carol", allow("shop:can_read"));
    const Json search{{"subject", {{"type", "user"}}}, {"action", can("can_read")}, {"resource", order("1")}};
    const Told all = post("search/subject", search);
    ASSERT_EQ(all.status, 200) << all.body;
    EXPECT_EQ(all.json["results"], Json::array({user("alice"), user("carol")}));
    EXPECT_EQ(all.json["page"]["next_token"], "");
    for (const Json& subject : all.json["results"]) {  // Each is one that an evaluation allows.
        EXPECT_EQ(evaluate(evaluation(subject["id"])).json["decision"], true);
    }
    Json roles = search;
    roles["subject"]["type"] = "role";
    EXPECT_EQ(post("search/subject", roles).json["results"], Json::array());
    Json groups = search;
    groups["subject"]["type"] = "group";
    EXPECT_EQ(post("search/subject", groups).json["results"], Json::array());  // Nobody is of that type.
    Json roots = search;
    roots["subject"]["type"] = "root";
    EXPECT_EQ(post("search/subject", roots).status, 400);
    // Who may ask about one finds that one.
    const Who guard = world.make_user("guard", allow("writ:Authorize", World::arn("user/carol")));
    EXPECT_EQ(world.ask(guard, "/access/v1/search/subject", search).json["results"],
              Json::array({user("carol")}));
}

TEST_F(Authzen, FindsSubjectsPageByPage) {
    world.make_user("carol", allow("shop:can_read"));
    world.make_user("dave", allow("shop:can_read"));
    Json search{{"subject", {{"type", "user"}}},
                {"action", can("can_read")},
                {"resource", order("1")},
                {"page", {{"limit", 2}}}};
    const Told first = post("search/subject", search);
    EXPECT_EQ(first.json["results"], Json::array({user("alice"), user("carol")}));
    const std::string token = first.json["page"]["next_token"];
    ASSERT_FALSE(token.empty());
    search["page"] = {{"token", token}};
    const Told second = post("search/subject", search);
    EXPECT_EQ(second.json["results"], Json::array({user("dave")}));
    EXPECT_EQ(second.json["page"]["next_token"], "");
    search["resource"] = order("2");  // Another search.
    EXPECT_EQ(post("search/subject", search).status, 400);
    search["page"] = {{"token", "x"}};
    EXPECT_EQ(post("search/subject", search).status, 400);
    search["page"] = {{"limit", -1}};
    EXPECT_EQ(post("search/subject", search).status, 400);
}

TEST_F(Authzen, FindsActionsThatASubjectMayPerform) {
    const Json search{{"subject", user("alice")}, {"resource", order("1")}};
    EXPECT_EQ(post("search/action", search).json["results"], Json::array({can("can_read")}));
    Json by_arn = search;
    by_arn["resource"] = {{"type", "shop:order"}, {"id", order_arn("1")}};
    EXPECT_EQ(post("search/action", by_arn).json["results"], Json::array({can("shop:can_read")}));
    Json aws = search;
    aws["subject"] = {{"type", "root"}, {"id", "123456789012"}};
    aws["resource"] = {{"type", "sqs:queue"}, {"id", "orders"}};
    const Told found = post("search/action", aws);
    EXPECT_THAT(found.json["results"], testing::Contains(can("sqs:SendMessage")));
    Json unknown = search;
    unknown["resource"] = {{"type", "x"}, {"id", "arn:aws:nothing:::x"}};
    EXPECT_EQ(post("search/action", unknown).status, 400);
    const Who guard = world.make_user("guard");
    EXPECT_EQ(world.ask(guard, "/access/v1/search/action", search).status, 403);
}

TEST_F(Authzen, FindsNothingForWhatIsUnknown) {
    const auto results = [&](const std::string& path, const Json& body) {
        const Told told = post(path, body);
        EXPECT_EQ(told.status, 200) << told.body;
        EXPECT_EQ(told.json["page"]["next_token"], "");
        return told.json["results"];
    };
    const Json ship{{"type", "spaceship"}, {"id", "1"}};
    EXPECT_EQ(results("search/action", {{"subject", user("nobody")}, {"resource", order("1")}}),
              Json::array());
    EXPECT_EQ(results("search/action", {{"subject", ship}, {"resource", order("1")}}), Json::array());
    EXPECT_EQ(results("search/action", {{"subject", user("alice")}, {"resource", ship}}), Json::array());
    EXPECT_EQ(
        results("search/subject", {{"subject", ship}, {"action", can("can_read")}, {"resource", order("1")}}),
        Json::array());
    EXPECT_EQ(
        results("search/subject", {{"subject", user("x")}, {"action", can("can_read")}, {"resource", ship}}),
        Json::array());
    EXPECT_EQ(results("search/resource",
                      {{"subject", user("alice")}, {"action", can("can_read")}, {"resource", ship}}),
              Json::array());
    EXPECT_EQ(
        results("search/resource",
                {{"subject", ship}, {"action", can("iam:GetUser")}, {"resource", {{"type", "iam:user"}}}}),
        Json::array());
}

TEST_F(Authzen, FindsResourcesThatWritKeeps) {
    set_policy("alice", allow("iam:GetUser", World::arn("user/b*")));
    const Json search{
        {"subject", user("alice")}, {"action", can("iam:GetUser")}, {"resource", {{"type", "iam:user"}}}};
    EXPECT_EQ(post("search/resource", search).json["results"],
              Json::array({{{"type", "iam:user"}, {"id", World::arn("user/bob")}}}));
    Json orders = search;
    orders["resource"]["type"] = "order";
    EXPECT_EQ(post("search/resource", orders).json["results"], Json::array());  // IAM has no such type.
    orders["action"] = can("can_read");
    EXPECT_EQ(post("search/resource", orders).status, 400);  // Which there are, Writ does not know.
    const Who guard = world.make_user("guard", allow("writ:*"));
    EXPECT_EQ(world.ask(guard, "/access/v1/search/resource", search).status, 403);
}

TEST_F(Authzen, TellsWhereItIs) {
    const Told told = world.send(World::bare("GET", "/.well-known/authzen-configuration"));
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.header("Content-Type"), "application/json");
    EXPECT_EQ(told.json["policy_decision_point"], "http://pdp.example.com");
    EXPECT_EQ(told.json["access_evaluation_endpoint"], "http://pdp.example.com/access/v1/evaluation");
    World configured({}, {.public_url = "https://pdp.example.org"});
    const Told behind = configured.send(World::bare("GET", "/.well-known/authzen-configuration"));
    EXPECT_EQ(behind.json["policy_decision_point"], "https://pdp.example.org");
    for (const auto& [name, url] : behind.json.items()) {
        const std::string path = url.get<std::string>().substr(std::string("https://pdp.example.org").size());
        EXPECT_TRUE(path.empty() || Endpoint::serves(path)) << name;
    }
}

TEST_F(Authzen, DeniesWhenTheStoreFails) {
    for (std::uint64_t call = 1; call <= 60; ++call) {
        world.forget();
        world.faults().fail({.first = call, .count = store::Fault::all});
        const Told told = evaluate(evaluation());
        const bool failed = world.faults().has_failed();
        world.faults().mend();
        if (!failed) {
            EXPECT_EQ(told.json["decision"], true);
            return;
        }
        EXPECT_EQ(told.status, 500) << call;
    }
    FAIL() << "one evaluation takes more than 60 calls of the store";
}

}  // namespace
}  // namespace writ::questions
