#include "crypto/hash.h"
#include "questions/internal/world_for_tests.h"

/// External authorization: what proxies ask, and that clients cannot choose what is asked.
namespace writ::questions {
namespace {

Settings settings_for(ProxyKind proxy) {
    Settings settings;
    settings.proxy = proxy;
    settings.rules = read_rules(
                         "GET docs.example.com /documents/{id} docs:Read arn:aws:docs:::document/{id}\n"
                         "PUT docs.example.com /documents/{id} docs:Write arn:aws:docs:::document/{id}")
                         .value();
    return settings;
}

/// A proxy of each kind, before one service.
class External : public testing::TestWithParam<ProxyKind> {
  protected:
    void SetUp() override {
        alice = world.make_user("alice", allow("docs:Read", "arn:aws:docs:::document/1"));
    }

    /// A request of a client, before it reaches the proxy.
    static HttpRequest client_request(const std::string& method, const std::string& target) {
        HttpRequest request = World::bare(method, target);
        request.headers = {{"Host", "docs.example.com"}};
        return request;
    }
    HttpRequest signed_request(const Who& who, const std::string& method, const std::string& target) const {
        HttpRequest request = client_request(method, target);
        world.sign(request, who, "execute-api");
        return request;
    }
    /// What the proxy makes of it.
    Told pass(HttpRequest request) {
        const std::string host = *find_header(request.headers, "Host");
        if (GetParam() == ProxyKind::envoy) {
            request.target.insert(0, "/external-authorization");
            return world.send(request);
        }
        const std::string prefix = GetParam() == ProxyKind::nginx ? "X-Original-" : "X-Forwarded-";
        request.headers.front().second = "127.0.0.1:7600";
        request.headers.emplace_back(prefix + "Method", request.method);
        request.headers.emplace_back(prefix + (GetParam() == ProxyKind::nginx ? "URI" : "Uri"),
                                     request.target);
        request.headers.emplace_back(prefix + "Host", host);
        request.method = "GET";
        request.target = "/external-authorization";
        return world.send(request);
    }

    World world{settings_for(GetParam())};
    Who alice;
};

INSTANTIATE_TEST_SUITE_P(EveryProxy, External,
                         testing::Values(ProxyKind::nginx, ProxyKind::forwarded, ProxyKind::envoy),
                         [](const auto& each) {
                             return each.param == ProxyKind::nginx   ? "nginx"
                                    : each.param == ProxyKind::envoy ? "envoy"
                                                                     : "forwarded";
                         });

TEST_P(External, LetsSignedRequestsPassThatAreAllowed) {
    const Told told = pass(signed_request(alice, "GET", "/documents/1?version=2"));
    EXPECT_EQ(told.status, 200);
    EXPECT_EQ(told.header("X-Writ-Principal"), World::arn("user/alice"));
}

TEST_P(External, RefusesTheOthersWithTheSentence) {
    for (const auto& [method, target] :
         std::vector<std::pair<std::string, std::string>>{{"GET", "/documents/2"},
                                                          {"PUT", "/documents/1"},
                                                          {"GET", "/other"},
                                                          {"GET", "/x/../documents/1"}}) {
        const Told told = pass(signed_request(alice, method, target));
        EXPECT_EQ(told.status, 403) << target;
        EXPECT_TRUE(told.header("X-Writ-Message").starts_with("User: arn:aws:iam::123456789012:user/alice"))
            << told.header("X-Writ-Message");
    }
    EXPECT_EQ(
        pass(signed_request(alice, "PUT", "/documents/1")).header("X-Writ-Message"),
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: docs:Write on resource: "
        "arn:aws:docs:::document/1 because no identity-based policy allows the docs:Write action");
}

TEST_P(External, AsksWhoItIs) {
    const Told nobody = pass(client_request("GET", "/documents/1"));
    EXPECT_EQ(nobody.status, 401);
    EXPECT_EQ(nobody.header("WWW-Authenticate"), "Bearer realm=\"writ\"");
    HttpRequest for_writ = client_request("GET", "/documents/1");
    world.sign(for_writ, alice, "writ");  // Of another service, whose signatures shall not be used here.
    EXPECT_EQ(pass(for_writ).status, 401);
    HttpRequest replayed = signed_request(alice, "GET", "/documents/1");
    replayed.target = "/documents/2";
    EXPECT_EQ(pass(replayed).status, 401);
}

TEST_P(External, TakesTheSignedHashOfABodyThatProxiesKeep) {
    world.iam("PutUserPolicy", {{"UserName", "alice"},
                                {"PolicyName", "p"},
                                {"PolicyDocument", allow("docs:Write", "arn:aws:docs:::document/1")}});
    HttpRequest request = client_request("PUT", "/documents/1");
    request.body = "a text";
    const std::string hash = hex_encode(crypto::sha256(request.body));
    request.headers.emplace_back("x-amz-content-sha256", hash);
    world.sign(request, alice, "execute-api");
    request.body.clear();
    EXPECT_EQ(pass(request).status, 200);
    request.headers[1].second = hex_encode(crypto::sha256("another"));
    EXPECT_EQ(pass(request).status, 401);
}

TEST_P(External, TakesBearerTokens) {
    const Told made = world.ask(alice, "/bearer-token", TestJson::object());
    HttpRequest request = client_request("GET", "/documents/1");
    request.headers.emplace_back("Authorization", "Bearer " + made.json["bearer_token"].get<std::string>());
    EXPECT_EQ(pass(request).status, 200);
    request.target = "/documents/2";
    EXPECT_EQ(pass(request).status, 403);
}

TEST_P(External, KnowsTheConnectionThatTheProxyTells) {
    world.iam(
        "PutUserPolicy",
        {{"UserName", "alice"},
         {"PolicyName", "p"},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"docs:*","Resource":"*",)"
          R"("Condition":{"IpAddress":{"aws:SourceIp":"198.51.100.7"},"Bool":{"aws:SecureTransport":"true"}}}})"}});
    const auto status = [&](const std::string& addresses, const std::string& scheme) {
        HttpRequest request = signed_request(alice, "GET", "/documents/1");
        request.headers.emplace_back("X-Forwarded-For", addresses);
        request.headers.emplace_back("X-Forwarded-Proto", scheme);
        return pass(request).status;
    };
    EXPECT_EQ(status("198.51.100.7", "https"), 200);
    EXPECT_EQ(status("10.0.0.1, 198.51.100.7", "https"), 200);
    EXPECT_EQ(status("198.51.100.7, 10.0.0.1", "https"), 403);  // The first is what the client said.
    EXPECT_EQ(status("198.51.100.7", "http"), 403);
}

TEST_P(External, DoesNotTakeTheWordOfAnotherProxy) {
    HttpRequest request = signed_request(alice, "PUT", "/documents/1");
    for (const std::string prefix : {"X-Original-", "X-Forwarded-"}) {
        if ((prefix == "X-Original-") == (GetParam() == ProxyKind::nginx)) continue;
        request.headers.emplace_back(prefix + "Method", "GET");
    }
    EXPECT_EQ(pass(request).status, 403);
    HttpRequest bare = World::bare("GET", "/external-authorization");
    world.sign(bare, alice, "execute-api");
    EXPECT_EQ(world.send(bare).status, 403);
}

TEST_P(External, RefusesWhenTheStoreFails) {
    const HttpRequest request = signed_request(alice, "GET", "/documents/1");
    for (std::uint64_t call = 1; call <= 60; ++call) {
        world.forget();
        world.faults().fail({.first = call, .count = store::Fault::all});
        const Told told = pass(request);
        const bool failed = world.faults().has_failed();
        world.faults().mend();
        if (!failed) {
            EXPECT_EQ(told.status, 200);
            return;
        }
        EXPECT_EQ(told.status, 403) << call;
    }
    FAIL() << "one request takes more than 60 calls of the store";
}

TEST(ExternalWithoutProxy, IsNobodysToAsk) {
    World world;
    HttpRequest request = World::bare("GET", "/external-authorization/documents/1");
    world.sign(request, World::root(), "execute-api");
    EXPECT_EQ(world.send(request).status, 403);
}

}  // namespace
}  // namespace writ::questions
