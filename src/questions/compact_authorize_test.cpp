#include <cbor.h>
#include <map>
#include <memory>

#include "questions/internal/world_for_tests.h"
#include "writ/compact_form.h"

/// The native API in its compact form, put together and taken apart by libraries: the same questions and
/// answers as in JSON, under numbers.
namespace writ::questions {
namespace {

using Json = TestJson;

const std::string bucket = "arn:aws:s3:::orders";

/// A map with numbers for keys. Its values are CBOR.
std::string numbered(const std::vector<std::pair<int, std::string>>& members) {
    std::string bytes(1, static_cast<char>(0xA0 + members.size()));
    for (const auto& [number, value] : members) bytes.append(1, static_cast<char>(number)).append(value);
    return bytes;
}
std::string listed(const std::vector<std::string>& values) {
    std::string bytes(1, static_cast<char>(0x80 + values.size()));
    for (const std::string& value : values) bytes.append(value);
    return bytes;
}
std::string cbor(const Json& json) {
    const auto bytes = Json::to_cbor(json);
    return {bytes.begin(), bytes.end()};
}

std::string text_of(const cbor_item_t* item) {
    return {reinterpret_cast<const char*>(cbor_string_handle(item)), cbor_string_length(item)};
}

/// With the numbers as names.
Json json_of(const cbor_item_t* item) {
    if (cbor_isa_uint(item)) return cbor_get_int(item);
    if (cbor_isa_string(item)) return text_of(item);
    Json json;
    if (cbor_isa_array(item)) {
        for (std::size_t i = 0; i < cbor_array_size(item); ++i)
            json.push_back(json_of(cbor_array_handle(item)[i]));
    } else if (cbor_isa_map(item)) {
        for (std::size_t i = 0; i < cbor_map_size(item); ++i) {
            const cbor_pair& pair = cbor_map_handle(item)[i];
            json[std::to_string(cbor_get_int(pair.key))] = json_of(pair.value);
        }
    }
    return json;
}

struct Free {
    void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};

class CompactAuthorize : public testing::Test {
  protected:
    static HttpRequest request(const std::string& body) {
        HttpRequest http = World::bare("POST", "/authorize");
        http.headers.emplace_back("Content-Type", "application/cbor");
        http.body = body;
        return http;
    }
    Told send(HttpRequest http, const Who& who = World::root()) {
        world.sign(http, who);
        return unpacked(world.send(http));
    }
    static Told unpacked(Told told) {
        EXPECT_EQ(told.header("Content-Type"), "application/cbor");
        cbor_load_result result{};
        const auto* const data = reinterpret_cast<cbor_data>(told.body.data());
        const std::unique_ptr<cbor_item_t, Free> item(cbor_load(data, told.body.size(), &result));
        EXPECT_EQ(result.read, told.body.size());
        told.json = item == nullptr ? Json() : json_of(item.get());
        return told;
    }
    static std::string question(const std::string& principal, const std::string& action = "s3:ListBucket") {
        return numbered({{1, cbor(principal)}, {2, cbor(action)}, {3, cbor(bucket)}});
    }
    World world;
};

TEST_F(CompactAuthorize, AnswersOneQuestion) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    const Told allowed = send(request(question(World::arn("user/bob"))));
    EXPECT_EQ(allowed.status, 200);
    EXPECT_EQ(allowed.json, Json({{"16", 1}, {"17", "identity"}}));
    const Told denied = send(request(question(World::arn("user/bob"), "s3:DeleteBucket")));
    EXPECT_EQ(denied.status, 200);
    const Json same = world
                          .authorize(World::root(), {{"principal", World::arn("user/bob")},
                                                     {"action", "s3:DeleteBucket"},
                                                     {"resource", bucket}})
                          .json;
    EXPECT_EQ(denied.json, Json({{"16", 0}, {"17", "identity"}, {"19", same["message"]}}));
    world.iam("PutUserPolicy", {{"UserName", "bob"},
                                {"PolicyName", "d"},
                                {"PolicyDocument", R"({"Version":"2012-10-17","Statement":{"Effect":"Deny",)"
                                                   R"("Action":"*","Resource":"*"}})"}});
    EXPECT_EQ(send(request(question(World::arn("user/bob")))).json["16"], 2);
}

TEST_F(CompactAuthorize, AnswersManyQuestionsInTheirOrder) {
    const Who bob =
        world.make_user("bob", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",)"
                               R"("Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":"11"},)"
                               R"("ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}}})");
    const Json fits{{"s3:max-keys", 10.5}, {"aws:TagKeys", {"a", "b"}}};
    const Json fits_not{{"s3:max-keys", 11}, {"aws:TagKeys", {"a"}}};
    const std::string body = numbered(
        {{0, cbor(1)},
         {3, cbor(bucket)},
         {2, cbor("s3:ListBucket")},
         {7, listed({numbered({{5, cbor(fits)}}), numbered({{5, cbor(fits_not)}}),
                     numbered({{1, cbor(World::arn("user/eve"))}}),
                     numbered({{2, cbor("s3:*")}, {4, cbor("123456789012")}}), numbered({{2, cbor(1)}})})}});
    const Told told = send(request(body), bob);
    ASSERT_EQ(told.status, 200);
    const Json answers = told.json["21"];
    ASSERT_EQ(answers.size(), 5U);
    EXPECT_EQ(answers[0], Json({{"16", 1}, {"17", "identity"}}));
    EXPECT_EQ(answers[1]["16"], 0);
    EXPECT_FALSE(answers[1].contains("18"));
    EXPECT_EQ(answers[2]["18"], "AccessDenied");
    EXPECT_EQ(answers[3]["18"], "ValidationError");
    EXPECT_EQ(answers[4]["18"], "ValidationError");
}

TEST_F(CompactAuthorize, KnowsSessionsAndExplains) {
    const Who bob = world.make_user("bob", allow("*"));
    world.make_role("app", allow("s3:*"), "123456789012");
    const Who session = world.assume(bob, "app", allow("s3:GetObject"));
    const std::string body =
        numbered({{1, numbered({{8, cbor(session.access_key_id)}, {9, cbor(session.token)}})},
                  {2, cbor("s3:ListBucket")},
                  {3, cbor(bucket)},
                  {6, cbor(true)}});
    const Told told = send(request(body));
    ASSERT_EQ(told.status, 200);
    EXPECT_EQ(told.json["17"], "session");
    EXPECT_EQ(Json::parse(told.json["20"].get<std::string>())["message"], told.json["19"]);
}

TEST_F(CompactAuthorize, TellsErrorsInItsOwnForm) {
    const Told nobody = unpacked(world.send(request(question(World::arn("user/bob")))));
    EXPECT_EQ(nobody.status, 401);
    EXPECT_EQ(nobody.json["16"], 0);
    EXPECT_EQ(nobody.json["18"], "MissingAuthenticationTokenException");
    const Who eve = world.make_user("eve");
    const Told forbidden = send(request(question(World::arn("user/bob"))), eve);
    EXPECT_EQ(forbidden.status, 403);
    EXPECT_EQ(forbidden.json["18"], "AccessDenied");
    EXPECT_EQ(send(request(question(World::arn("user/bob")))).status, 404);
    const std::vector<std::string> bad{
        "",
        "{}",
        question(World::arn("user/eve")) + "x",
        question(World::arn("user/eve")).substr(0, 20),
        cbor({{"action", "s3:ListBucket"}, {"resource", bucket}}),
        numbered({{2, cbor("s3:ListBucket")}, {2, cbor("s3:GetObject")}, {3, cbor(bucket)}}),
        numbered({{2, cbor("s3:ListBucket")}, {3, cbor(bucket)}, {5, cbor(Json::array())}}),
        numbered({{2, cbor("s3:ListBucket")},
                  {3, cbor(bucket)},
                  {5,
                   "\xa2\x63"
                   "a:b\x01\x63"
                   "a:b\x02"}}),
        numbered({{2, cbor("s3:ListBucket")}, {3, cbor(bucket)}, {7, cbor("x")}}),
        numbered({{2, cbor("s3:ListBucket")}, {3, cbor(bucket)}, {8, cbor("x")}}),
    };
    for (const std::string& body : bad) {
        const Told told = send(request(body));
        EXPECT_EQ(told.status, 400) << percent_encode(body);
        EXPECT_EQ(told.json["16"], 0) << percent_encode(body);
        EXPECT_FALSE(told.json["19"].empty()) << percent_encode(body);
    }
}

TEST_F(CompactAuthorize, IsAskedForByAccept) {
    world.make_user("bob", allow("s3:ListBucket", bucket));
    HttpRequest json_wanted = request(question(World::arn("user/bob")));
    json_wanted.headers.emplace_back("Accept", "application/json");
    world.sign(json_wanted, World::root());
    EXPECT_EQ(world.send(json_wanted).json, Json({{"decision", "allowed"}, {"decided_by", "identity"}}));
    const Json body{{"principal", World::arn("user/bob")}, {"action", "s3:ListBucket"}, {"resource", bucket}};
    HttpRequest compact_wanted = World::json_request("/authorize", body);
    compact_wanted.headers.emplace_back("Accept", "application/cbor, */*;q=0.1");
    EXPECT_EQ(send(compact_wanted).json, Json({{"16", 1}, {"17", "identity"}}));
}

/// Clients that are made from the description take the numbers from there.
TEST_F(CompactAuthorize, IsDescribedByItsNumbers) {
    using compact_form::Decision;
    using compact_form::Member;
    const Json components = world.send(World::bare("GET", "/openapi.json")).json["components"];
    const std::map<std::string, Member> members{
        {"version", Member::version},
        {"principal", Member::principal},
        {"action", Member::action},
        {"resource", Member::resource},
        {"resource_account", Member::resource_account},
        {"context", Member::context},
        {"explain", Member::explain},
        {"questions", Member::questions},
        {"access_key_id", Member::access_key_id},
        {"session_token", Member::session_token},
        {"decision", Member::decision},
        {"decided_by", Member::decided_by},
        {"error", Member::error},
        {"message", Member::message},
        {"explanation", Member::explanation},
        {"answers", Member::answers},
    };
    EXPECT_EQ(components["x-member-numbers"], Json(members));
    const std::map<std::string, Decision> decisions{{"implicitDeny", Decision::implicit_deny},
                                                    {"allowed", Decision::allowed},
                                                    {"explicitDeny", Decision::explicit_deny}};
    EXPECT_EQ(components["x-decision-numbers"], Json(decisions));
}

}  // namespace
}  // namespace writ::questions
