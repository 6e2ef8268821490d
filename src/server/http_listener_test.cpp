#include "server/http_listener.h"

#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>
#include <thread>

#include "server/internal/raw_client_for_tests.h"

namespace writ::server {
namespace {

using internal::RawClient;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

// Answers with what it was asked.
HttpResponse echo(const HttpRequest& request) {
    HttpResponse response;
    response.headers = {{"Content-Type", "text/plain"},
                        {"X-Header-Count", std::to_string(request.headers.size())}};
    response.body = request.method + " " + request.target + " [" + request.body + "] " +
                    request.peer_address + " " + request.request_id + " end";
    return response;
}

class Listening : public testing::Test {
  protected:
    HttpListener& start(HttpLimits limits = {}, HttpListener::Handler handler = echo, unsigned threads = 1) {
        HttpListener::Options options;
        options.address = {"127.0.0.1", 0};
        options.threads = threads;
        options.limits = limits;
        options.handler = std::move(handler);
        options.on_defect = [this](const std::string& what) { defect_ = what; };
        options.on_refusal = [this](int status, const std::string&) { refusals_.push_back(status); };
        options.busy = [](const HttpRequest&) {
            return HttpResponse{.status = 503, .headers = {}, .body = "busy"};
        };
        auto started = HttpListener::start(std::move(options), clock_, random_);
        if (!started) throw std::runtime_error(started.error().message);
        listener_ = std::move(*started);
        return *listener_;
    }

    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z")};
    SystemRandom random_;
    std::string defect_;
    std::vector<int> refusals_;
    std::unique_ptr<HttpListener> listener_;
};

const std::string get = "GET /one?a=1 HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(Listening, AnswersAndKeepsTheConnection) {
    start();
    RawClient client(listener_->address());
    client.send(get);
    const std::string first = client.read_until(" end");
    EXPECT_TRUE(first.starts_with("HTTP/1.1 200 OK\r\n")) << first;
    EXPECT_NE(first.find("\r\nServer: writ\r\n"), std::string::npos);
    EXPECT_NE(first.find("\r\nDate: Tue, 24 Nov 2026 04:23:00 GMT\r\n"), std::string::npos);
    EXPECT_NE(first.find("\r\nContent-Type: text/plain\r\n"), std::string::npos);
    EXPECT_NE(first.find("GET /one?a=1 [] 127.0.0.1 "), std::string::npos);
    const std::string id = first.substr(first.find("x-amzn-RequestId: ") + 18, 36);
    EXPECT_NE(first.find(" " + id + " end"), std::string::npos);
    EXPECT_EQ(id[14], '4');

    client.send("POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    const std::string second = client.read_until(" end");
    EXPECT_NE(second.find("POST /two [hello]"), std::string::npos);
    EXPECT_EQ(second.find(id), std::string::npos);
    EXPECT_EQ(listener_->connections(), 1U);
}

TEST_F(Listening, AnswersPipelinedRequestsInOrder) {
    start();
    RawClient client(listener_->address());
    std::string many;
    for (int i = 0; i < 50; ++i) {
        many += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab";
    }
    client.send(many);
    const std::string answers = client.read_until(" end", 50);
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find("POST /" + std::to_string(i) + " [ab]", at);
        ASSERT_NE(at, std::string::npos) << i;
    }
}

TEST_F(Listening, ReadsRequestsThatComeByteByByte) {
    start();
    RawClient client(listener_->address());
    for (const char c :
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") {
        if (c != '\0') client.send({&c, 1});
    }
    EXPECT_NE(client.read_until(" end").find("POST / [abcde]"), std::string::npos);
}

TEST_F(Listening, ClosesWhenAskedTo) {
    start();
    RawClient client(listener_->address());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_NE(client.read_to_end().find("\r\nConnection: close\r\n"), std::string::npos);
    EXPECT_TRUE(client.is_closed());
    RawClient old(listener_->address());
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_NE(old.read_to_end().find(" end"), std::string::npos);
}

TEST_F(Listening, TellsClientsThatWaitToGoOn) {
    start();
    RawClient client(listener_->address());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 Continue\r\n"));
    client.send("hello");
    EXPECT_NE(client.read_until(" end").find("[hello]"), std::string::npos);
}

TEST_F(Listening, SendsNoBodyForHead) {
    start();
    RawClient client(listener_->address());
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = client.read_to_end();
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
    EXPECT_EQ(answer.find("Content-Length: 0"), std::string::npos);
}

// Spec Q1: up to 10,000,000 bytes; more is 413 without a body.
TEST_F(Listening, HoldsTheBodyLimit) {
    start();
    const std::string limit(10'000'000, 'x');
    RawClient client(listener_->address());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n" + limit);
    EXPECT_GT(client.read_until(" end").size(), limit.size());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000001\r\n\r\n" + limit + "x");
    const std::string refused = client.read_to_end();
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 413 Payload Too Large\r\n")) << refused.substr(0, 80);
    EXPECT_TRUE(refused.ends_with("\r\n\r\n"));
    EXPECT_NE(refused.find("Content-Length: 0\r\n"), std::string::npos);
    EXPECT_NE(refused.find("Connection: close\r\n"), std::string::npos);
}

TEST_F(Listening, HoldsTheBodyLimitOfChunkedBodies) {
    HttpLimits limits;
    limits.body_bytes_max = 100;
    start(limits);
    RawClient client(listener_->address());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n" +
                std::string(100, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n");
    EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 413 "));
}

std::string head_of_body(std::size_t bytes) {
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

TEST_F(Listening, BoundsWhatAllBodiesTakeTogether) {
    HttpLimits limits;
    limits.bodies_bytes_max = 1'500'000;
    start(limits);
    const std::string body(900'000, 'x');
    RawClient first(listener_->address()), second(listener_->address()), small(listener_->address());
    first.send(head_of_body(body.size()) + body.substr(1));  // Takes 1 MiB, and keeps it.
    small.send(head_of_body(5) + "hello");
    EXPECT_NE(small.read_until(" end").find("[hello]"), std::string::npos);
    second.send(head_of_body(body.size()) + body);
    const std::string refused = second.read_to_end();
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 503 ")) << refused.substr(0, 80);
    EXPECT_NE(refused.find("x-amzn-RequestId: "), std::string::npos);
    EXPECT_NE(refused.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(refused.ends_with("busy"));
    EXPECT_EQ(refusals_, std::vector{503});

    first.send("x");
    EXPECT_GT(first.read_until(" end").size(), body.size());
    RawClient third(
        listener_->address());  // What the first had is free, though its connection waits for more.
    third.send(head_of_body(body.size()) + body);
    EXPECT_GT(third.read_until(" end").size(), body.size());
    first.send(head_of_body(body.size()) + body);
    EXPECT_GT(first.read_until(" end").size(), body.size());
}

TEST_F(Listening, GivesBackWhatBodiesTookThatNeverCame) {
    HttpLimits limits;
    limits.bodies_bytes_max = 1'500'000;
    limits.request_timeout = 200ms;
    start(limits);
    const std::string body(900'000, 'x');
    for (int i = 0; i < 3; ++i) {
        RawClient slow(listener_->address());
        slow.send(head_of_body(body.size()) + body.substr(1));
        EXPECT_TRUE(slow.is_closed());
    }
    RawClient client(listener_->address());
    client.send(head_of_body(body.size()) + body);
    EXPECT_GT(client.read_until(" end").size(), body.size());
}

TEST_F(Listening, HoldsTheHeaderLimits) {
    start();
    RawClient long_one(listener_->address());
    long_one.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(60'000, 'x') + "\r\n\r\n");
    EXPECT_NE(long_one.read_until(" end").find("200 OK"), std::string::npos);
    long_one.send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(70'000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(long_one.read_to_end().starts_with("HTTP/1.1 431 "));

    RawClient many(listener_->address());
    std::string request = "GET / HTTP/1.1\r\n";
    for (int i = 0; i < 200; ++i) request += "X-A: b\r\n";
    many.send(request + "\r\n");
    EXPECT_NE(many.read_until(" end").find("X-Header-Count: 200"), std::string::npos);
    many.send(request + "X-A: b\r\n\r\n");
    EXPECT_TRUE(many.read_to_end().starts_with("HTTP/1.1 431 "));
}

TEST_F(Listening, RefusesWhatIsNotHttp) {
    start();
    for (const std::string text :
         {"\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
          "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"}) {
        RawClient client(listener_->address());
        client.send(text + "\r\n\r\n");
        const std::string answer = client.read_to_end();
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << text << answer;
        EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    }
}

TEST_F(Listening, DoesNotWaitForSlowClients) {
    HttpLimits limits;
    limits.request_timeout = 200ms;
    limits.idle_timeout = 60s;
    start(limits);
    RawClient slow(listener_->address());
    slow.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Le");
    RawClient patient(listener_->address());  // Has not begun a request, and so may wait.
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(slow.is_closed());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    patient.send(get);
    EXPECT_NE(patient.read_until(" end"), "");
}

TEST_F(Listening, ClosesIdleConnections) {
    HttpLimits limits;
    limits.idle_timeout = 200ms;
    start(limits);
    RawClient client(listener_->address());
    client.send(get);
    EXPECT_NE(client.read_until(" end"), "");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(Listening, AnswersBugsOfTheHandler) {
    start({}, [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("a bug"); });
    RawClient client(listener_->address());
    client.send(get);
    const std::string answer = client.read_until("\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 "));
    EXPECT_EQ(defect_, "a bug");
}

TEST_F(Listening, BoundsTheNumberOfConnections) {
    HttpLimits limits;
    limits.connections_max = 2;
    start(limits);
    RawClient one(listener_->address()), two(listener_->address());
    one.send(get);
    two.send(get);
    EXPECT_NE(one.read_until(" end"), "");
    EXPECT_NE(two.read_until(" end"), "");
    RawClient three(listener_->address());
    EXPECT_TRUE(three.is_closed());
    one.send(get);
    EXPECT_NE(one.read_until(" end"), "");
}

TEST_F(Listening, DrainsWhatHasBegunAndClosesTheRest) {
    std::atomic<bool> entered = false;
    start(
        {},
        [&](const HttpRequest& request) {
            entered = true;
            std::this_thread::sleep_for(200ms);
            return echo(request);
        },
        2);
    RawClient idle(listener_->address());
    RawClient busy(listener_->address());
    busy.send(get);
    while (!entered) std::this_thread::yield();
    const Address address = listener_->address();
    listener_->drain();
    const std::string answer = busy.read_to_end();
    EXPECT_NE(answer.find(" end"), std::string::npos) << answer;
    EXPECT_TRUE(idle.is_closed());
    EXPECT_EQ(listener_->connections(), 0U);
    EXPECT_FALSE(RawClient(address).connected());
}

TEST_F(Listening, DrainsWithinItsTime) {
    HttpLimits limits;
    limits.drain_timeout = 300ms;
    limits.request_timeout = 60s;
    limits.idle_timeout = 1s;
    start(limits);
    RawClient stuck(listener_->address());
    stuck.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
    RawClient witness(listener_->address());
    witness.send(get);
    EXPECT_NE(witness.read_until(" end"), "");  // By now the listener knows of the other one.
    const auto begin = std::chrono::steady_clock::now();
    listener_->drain();
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, 250ms);
    EXPECT_LT(took, 2s);
}

TEST_F(Listening, ServesManyConnectionsOnSeveralThreads) {
    start({}, echo, 4);
    std::atomic<int> answered = 0;
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 8; ++i) {
            clients.emplace_back([&] {
                RawClient client(listener_->address());
                for (int j = 0; j < 200; ++j) {
                    client.send(get);
                    if (!client.read_until(" end").empty()) ++answered;
                }
            });
        }
    }
    EXPECT_EQ(answered, 1600);
}

TEST_F(Listening, SaysWhyItCannotListen) {
    start();
    HttpListener::Options options;
    options.address = listener_->address();
    options.handler = echo;
    const auto second = HttpListener::start(std::move(options), clock_, random_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message,
              "Cannot listen on " + listener_->address().text() + ": Address already in use.");
}

TEST(Addresses, AreReadAndPrinted) {
    EXPECT_EQ(*parse_address("127.0.0.1:7600"), (Address{"127.0.0.1", 7600}));
    EXPECT_EQ(*parse_address("[::1]:0"), (Address{"::1", 0}));
    EXPECT_EQ(*parse_address(":7600"), (Address{"0.0.0.0", 7600}));
    EXPECT_EQ((Address{"::1", 7600}).text(), "[::1]:7600");
    EXPECT_EQ((Address{"localhost", 7600}).text(), "localhost:7600");
    for (const char* bad : {"", "7600", "localhost", "::1:7600", "a:65536", "a:-1", "a:", "a:7600x"}) {
        EXPECT_FALSE(parse_address(bad)) << bad;
    }
}

}  // namespace
}  // namespace writ::server
