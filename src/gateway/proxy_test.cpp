#include "gateway/proxy.h"

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "gateway/internal/world_for_tests.h"
#include "gateway/observed/change_log.h"

// What tests/gateway tells about real clients and services, here in one process for the sanitizers: a raw
// client, the proxy, and a raw service.
namespace writ::gateway {
namespace {

/// A connection that sends and takes bytes. For tests: whatever goes wrong is an empty answer.
class Wire {
  public:
    explicit Wire(int descriptor) : descriptor_(descriptor) {
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    Wire(Wire&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Wire& operator=(Wire&&) = delete;
    ~Wire() { close(); }

    static Wire to(std::uint16_t port) {
        Wire wire(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const sockaddr_in address = loopback(port);
        EXPECT_EQ(::connect(wire.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
                  0);
        return wire;
    }
    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// False: the other side has closed.
    bool read_more(std::string& into) const {
        std::array<char, 65536> buffer{};
        const auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
        if (got <= 0) return false;
        into.append(buffer.data(), static_cast<std::size_t>(got));
        return true;
    }
    [[nodiscard]] std::string read_all() const {
        ::shutdown(descriptor_, SHUT_WR);
        std::string all;
        while (read_more(all)) {
        }
        return all;
    }
    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }

  private:
    int descriptor_;
};

/// Writes down what reaches it and gives one answer again and again.
class Service {
  public:
    Service() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address = Wire::loopback(0);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(listener_, 16), 0);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::jthread([this] { accept(); });
    }
    ~Service() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_ = {};
        ::close(listener_);
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    struct Seen {
        std::string head, body;
        bool is_whole = false;
    };
    std::vector<Seen> seen() {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

    std::uint16_t port = 0;
    std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    std::atomic<bool> is_silent{false};

  private:
    void accept() {
        for (;;) {
            const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor < 0) return;
            connections_.emplace_back([this, wire = Wire(descriptor)] { serve(wire); });
        }
    }
    void serve(const Wire& wire) {
        std::string waiting;
        for (;;) {
            std::size_t end = 0;
            while ((end = waiting.find("\r\n\r\n")) == std::string::npos) {
                if (!wire.read_more(waiting)) return;
            }
            Seen request{waiting.substr(0, end), waiting.substr(end + 4), false};
            const std::size_t at = request.head.find("Content-Length: ");
            const std::size_t length = at == std::string::npos ? 0 : std::stoul(request.head.substr(at + 16));
            bool is_open = true;
            while (is_open && request.body.size() < length) is_open = wire.read_more(request.body);
            request.is_whole = request.body.size() >= length;
            waiting = request.is_whole ? request.body.substr(length) : "";
            {
                const std::lock_guard lock(mutex_);
                seen_.push_back(request);
            }
            if (!request.is_whole) return;
            if (is_silent) {
                wire.read_more(waiting);
                return;
            }
            wire.send(answer);
        }
    }

    int listener_;
    std::mutex mutex_;
    std::vector<Seen> seen_;
    std::vector<std::jthread> connections_;
    std::jthread thread_;  // Ends before those that it starts.
};

class ProxyTest : public GuardWorld {
  protected:
    void SetUp() override {
        GuardWorld::SetUp();
        add_upstream("service=s3,url=http://127.0.0.1:" + std::to_string(service_.port));
        GuardServices known = services();
        known.resources = &resources_;
        known.changes = &changes_;
        guard_ = std::make_unique<Guard>(config(), known);
        Proxy::Options options;
        options.threads = 2;
        options.limits.answer_timeout = std::chrono::milliseconds(300);
        options.limits.stall_timeout = std::chrono::milliseconds(300);
        options.judge = [this](HttpRequest& made, bool is_body_there) {
            return guard_->judge(made, is_body_there);
        };
        options.upstreams = upstreams_;
        options.on_exchange = [this](const Exchange& exchange) {
            const std::lock_guard lock(mutex_);
            statuses_.push_back(exchange.status);
            has_missed_change_ = exchange.record.is_change_missed;
        };
        options.on_observed = [this](const Observation& observation, const HttpHeaders& headers,
                                     std::string_view body) -> Result<void> {
            const auto seen = observation.changes(headers, body);
            if (!seen) return std::unexpected(seen.error());
            return changes_.apply(*seen);
        };
        auto proxy = Proxy::start(std::move(options), system_random_);
        ASSERT_TRUE(proxy);
        proxy_ = std::move(*proxy);
    }
    /// One request that ada has signed, as bytes.
    std::string signed_bytes(std::string_view method, std::string_view target, HttpHeaders headers = {},
                             std::string_view payload = "UNSIGNED-PAYLOAD") {
        HttpRequest made = request(method, target, std::move(headers));
        sign_s3(made, payload);
        std::string bytes = made.method + " " + made.target + " HTTP/1.1\r\n";
        for (const auto& [name, value] : made.headers) bytes += name + ": " + value + "\r\n";
        return bytes + "\r\n";
    }
    std::string exchange(const std::string& bytes) {
        const Wire wire = Wire::to(proxy_->port());
        wire.send(bytes);
        return wire.read_all();
    }
    static int status_of(const std::string& answer) {
        return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3));
    }
    std::vector<int> statuses() {
        const std::lock_guard lock(mutex_);
        return statuses_;
    }

    authz::Resources resources_{faulty_, environment_};
    ChangeLog changes_{faulty_, environment_, resources_};
    Service service_;
    SystemRandom system_random_;
    std::unique_ptr<Guard> guard_;
    std::mutex mutex_;
    std::vector<int> statuses_;
    bool has_missed_change_ = false;
    std::unique_ptr<Proxy> proxy_;
};

TEST_F(ProxyTest, WhatIsAllowedIsPassedOnAndAnswered) {
    const std::string answer = exchange(signed_bytes("GET", "/docs/a") + signed_bytes("GET", "/docs/b"));
    EXPECT_EQ(answer,
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok"
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok");
    ASSERT_EQ(service_.seen().size(), 2U);
    EXPECT_TRUE(service_.seen()[1].head.starts_with("GET /docs/b HTTP/1.1\r\n"));
    EXPECT_EQ(statuses(), (std::vector<int>{200, 200}));
}

TEST_F(ProxyTest, WhatIsDeniedNeverArrives) {
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/secret/a"))), 403);
    EXPECT_EQ(status_of(exchange("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n")), 400);
    EXPECT_EQ(status_of(exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n")), 505);
    EXPECT_EQ(status_of(exchange("nonsense\r\n\r\n")), 400);
    EXPECT_EQ(status_of(exchange("GET / HTTP/1.1\r\nHost: a\r\nA: " + std::string(70'000, 'a') + "\r\n\r\n")),
              431);
    EXPECT_TRUE(service_.seen().empty());
}

TEST_F(ProxyTest, BodiesPassPieceByPiece) {
    const std::string body(1'000'000, 'b');
    const std::string hash = hex_encode(crypto::sha256(body));
    const HttpHeaders length{{"Content-Length", std::to_string(body.size())}};
    EXPECT_EQ(status_of(exchange(signed_bytes("PUT", "/docs/a", length, hash) + body)), 200);
    ASSERT_EQ(service_.seen().size(), 1U);
    EXPECT_EQ(service_.seen()[0].body, body);

    std::string other = body;
    other.back() = 'c';
    EXPECT_EQ(status_of(exchange(signed_bytes("PUT", "/docs/a", length, hash) + other)), 400);
    for (const Service::Seen& seen : service_.seen()) EXPECT_TRUE(!seen.is_whole || seen.body == body);
}

TEST_F(ProxyTest, ALargeAnswerPasses) {
    const std::string body(3'000'000, 'x');
    service_.answer = "HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + body;
    const std::string answer = exchange(signed_bytes("GET", "/docs/a"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + body));
    EXPECT_EQ(exchange(signed_bytes("HEAD", "/docs/a")).size(), 68U);
}

TEST_F(ProxyTest, ASilentServiceIsNotWaitedForForever) {
    service_.is_silent = true;
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 504);
}

TEST_F(ProxyTest, AClientThatGoesTakesItsUploadAlong) {
    {
        Wire wire = Wire::to(proxy_->port());
        wire.send(signed_bytes("PUT", "/docs/a", {{"Content-Length", "1000000"}}) + std::string(1'000, 'a'));
        wire.close();
    }
    while (service_.seen().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_FALSE(service_.seen()[0].is_whole);
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 200);
}

TEST_F(ProxyTest, DrainsWhileClientsWait) {
    const Wire idle = Wire::to(proxy_->port());
    idle.send(signed_bytes("GET", "/docs/a"));
    std::string answer;
    while (!answer.ends_with("ok") && idle.read_more(answer)) {
    }
    proxy_->drain();
    EXPECT_EQ(proxy_->connections(), 0U);
    EXPECT_EQ(idle.read_all(), "");
}

/// What passes and changes policies and tags. Of docs/a the tag x=1 is known.
class ObservingProxyTest : public ProxyTest {
  protected:
    void SetUp() override {
        ProxyTest::SetUp();
        auto transaction = store_->write();
        ASSERT_TRUE(transaction);
        directory::AccountEdit account(**transaction, std::string(account_id), environment_);
        ASSERT_TRUE(directory::put_inline_policy(
            account, {directory::OwnerKind::user, "ada"}, "all",
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})"));
        ASSERT_TRUE(directory::set_resource_tags(account, "arn:aws:s3:::docs/a", {{"x", "1"}}, true));
        ASSERT_TRUE((*transaction)->commit());
    }
    std::string put_policy(std::string_view policy) {
        const HttpHeaders length{{"Content-Length", std::to_string(policy.size())}};
        return exchange(signed_bytes("PUT", "/docs?policy", length) + std::string(policy));
    }
    std::string copy() {
        return exchange(
            signed_bytes("PUT", "/docs/b", {{"Content-Length", "0"}, {"x-amz-copy-source", "docs/a"}}));
    }
    authz::Tags tags_of_copy() {
        const auto found = resources_.find(account_id, "arn:aws:s3:::docs/b");
        EXPECT_TRUE(found);
        return found ? (*found)->tags : authz::Tags{};
    }
    bool has_missed_change() {
        const std::lock_guard lock(mutex_);
        return has_missed_change_;
    }
};

constexpr std::string_view denies_reading =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)"
    R"("Resource":"arn:aws:s3:::docs/*"}]})";

TEST_F(ObservingProxyTest, AChangeIsInForceWhenTheCallReturns) {
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 200);
    EXPECT_EQ(status_of(put_policy(denies_reading)), 200);
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 403);
    EXPECT_EQ(service_.seen().size(), 2U);
    EXPECT_FALSE(has_missed_change());
}

TEST_F(ObservingProxyTest, WhatTheServiceRefusesChangesNothing) {
    for (const char* refusal :
         {"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n"}) {
        service_.answer = refusal;
        EXPECT_NE(status_of(put_policy(denies_reading)), 200);
    }
    service_.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 200);
}

TEST_F(ObservingProxyTest, APolicyThatCannotBeReadNeverArrives) {
    EXPECT_EQ(status_of(put_policy("{}")), 400);
    EXPECT_TRUE(service_.seen().empty());
}

TEST_F(ObservingProxyTest, AnAnswerThatIsReadPassesAsItIs) {
    service_.answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\n<Copy\r\n16\r\nObjectResult><ETag/></\r\n11\r\nCopyObjectResult>\r\n0\r\n\r\n";
    const std::string answer = copy();
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n2c\r\n<CopyObjectResult><ETag/></CopyObjectResult>\r\n0\r\n\r\n"))
        << answer;
    EXPECT_EQ(tags_of_copy(), (authz::Tags{{"x", "1"}}));
    EXPECT_FALSE(has_missed_change());
}

TEST_F(ObservingProxyTest, AnErrorWithAGoodStatusChangesNothing) {
    service_.answer = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<Error></Error>";
    EXPECT_EQ(status_of(copy()), 200);
    EXPECT_TRUE(tags_of_copy().empty());
}

TEST_F(ObservingProxyTest, AnAnswerThatBreaksOffTeachesNothing) {
    service_.answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<CopyObjectResult/>";
    EXPECT_EQ(copy(), "");
    EXPECT_TRUE(tags_of_copy().empty());
    EXPECT_TRUE(has_missed_change());
}

TEST_F(ObservingProxyTest, NobodyKnowsWhatASilentServiceHasDone) {
    service_.is_silent = true;
    EXPECT_EQ(status_of(put_policy(denies_reading)), 504);
    EXPECT_TRUE(has_missed_change());
}

TEST_F(ObservingProxyTest, AnAnswerThatIsTooLargePassesAndTeachesNothing) {
    const std::string body = "<CopyObjectResult>" + std::string(2'000'000, ' ') + "</CopyObjectResult>";
    service_.answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    EXPECT_TRUE(copy().ends_with("\r\n\r\n" + body));
    EXPECT_TRUE(tags_of_copy().empty());
    EXPECT_TRUE(has_missed_change());
}

TEST_F(ObservingProxyTest, AChangeThatCannotBeWrittenIsToldToTheLogAndDeniesUntilItIs) {
    // Everything that the decision needs is kept by now, so only the change fails.
    EXPECT_EQ(status_of(put_policy(denies_reading)), 200);
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 403);
    constexpr std::string_view allows =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
        R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::docs/*"}]})";
    faulty_.fail({.first = 1, .count = store::Fault::all});
    EXPECT_EQ(status_of(put_policy(allows)), 200);
    EXPECT_TRUE(has_missed_change());
    faulty_.mend();
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 403);
    changes_.retry();
    EXPECT_EQ(status_of(exchange(signed_bytes("GET", "/docs/a"))), 200);
}

}  // namespace
}  // namespace writ::gateway
