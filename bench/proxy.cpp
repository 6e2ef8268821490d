// proxy_bench: what guarding costs beside the same proxy that passes everything on: CPU of a small call,
// throughput of a large answer and of uploads. Client, proxy and service are threads of this process; only
// the proxy's CPU counts.
#include "gateway/proxy.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "bench/measure.h"
#include "bench/resident_memory.h"
#include "crypto/hash.h"
#include "crypto/sealing.h"
#include "crypto/session_token.h"
#include "crypto/sigv4_signer.h"
#include "directory/accounts/accounts.h"
#include "directory/credentials/access_keys.h"
#include "directory/policies/inline_policies.h"
#include "directory/principals/users.h"
#include "gateway/guard.h"
#include "store/temporary_store.h"

namespace {

using namespace writ;
using namespace writ::bench;
using Steady = std::chrono::steady_clock;

constexpr std::string_view account_id = "123456789012", region = "us-east-1";
constexpr std::size_t large_bytes = std::size_t{64} << 20U;
constexpr std::string_view policy =
    R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem"],
       "Resource":"arn:aws:dynamodb:us-east-1:123456789012:table/orders"},
      {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::docs/*"}]})";

[[noreturn]] void give_up(std::string_view why) {
    fmt::print(stderr, "bench: {}\n", why);
    std::exit(1);
}

double cpu_ns(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// A blocking connection.
class Wire {
  public:
    explicit Wire(int descriptor) : descriptor_(descriptor) {}
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire() { ::close(descriptor_); }

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) give_up("a connection has ended");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Sends from `bytes` what goes without waiting, and takes it away. False: nothing goes.
    bool send_some(std::string_view& bytes) const {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
        return sent > 0;
    }
    /// Reads a message and forgets it; its head, or nothing when the connection has ended.
    std::string take_message() {
        std::string head;
        std::size_t end = 0;
        while ((end = head.find("\r\n\r\n")) == std::string::npos) {
            const std::size_t got = read();
            if (got == 0) return {};
            head.append(buffer_.data(), got);
        }
        const std::size_t at = head.find("Content-Length: ");
        const std::size_t length = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
        std::size_t body = head.size() - end - 4;
        while (body < length) {
            const std::size_t got = read();
            if (got == 0) return {};
            body += got;
        }
        return head.substr(0, end);
    }

  private:
    std::size_t read() {
        const auto got = ::recv(descriptor_, buffer_.data(), buffer_.size(), 0);
        return got <= 0 ? 0 : static_cast<std::size_t>(got);
    }
    int descriptor_;
    std::array<char, 262144> buffer_{};
};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Answers every request with the same body, one connection after the other.
class Service {
  public:
    Service() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 16) != 0) {
            give_up("the service cannot listen");
        }
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::jthread([this] { serve(); });
        pthread_getcpuclockid(thread_.native_handle(), &clock);
    }
    ~Service() { ::shutdown(listener_, SHUT_RDWR); }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    std::uint16_t port = 0;
    clockid_t clock{};

  private:
    void serve() {
        const std::string small = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        const std::string large = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", large_bytes) +
                                  std::string(large_bytes, 'x');
        for (int descriptor = 0; (descriptor = ::accept(listener_, nullptr, nullptr)) >= 0;) {
            Wire wire(descriptor);
            for (std::string head; !(head = wire.take_message()).empty();) {
                wire.send(head.starts_with("GET ") ? large : small);
            }
        }
        ::close(listener_);
    }
    int listener_;
    std::jthread thread_;
};

/// A new account with one user, and what a guard lives on.
struct World {
    explicit World(std::uint16_t service_port) {
        auto transaction = store->write();
        directory::AccountEdit account(**transaction, std::string(account_id), environment);
        auto made = directory::ensure_account(account.writes, environment, account_id, nullptr);
        auto user = directory::create_user(account, {.name = "ada"});
        auto put = directory::put_inline_policy(account, {directory::OwnerKind::user, "ada"}, "p", policy);
        auto key = directory::create_access_key(account, {"ada"});
        if (!made || !user || !put || !key || !(*transaction)->commit()) give_up("the account is not made");
        credentials = {key->key.access_key_id, key->secret.copy(), ""};
        const std::string upstream =
            fmt::format("service=s3,service=dynamodb,url=http://127.0.0.1:{}", service_port);
        upstreams.push_back(
            gateway::read_upstream(upstream, [](const std::string&) { return std::nullopt; }).value());
        guard = std::make_unique<gateway::Guard>(gateway::GuardConfig{.account_id = std::string(account_id),
                                                                      .region = std::string(region),
                                                                      .s3_hosts = {},
                                                                      .upstreams = upstreams},
                                                 gateway::GuardServices{subjects, tokens, clock, {}});
    }

    SystemClock clock;
    SystemRandom random;
    std::array<crypto::RingKey, 1> ring{{{1, clock.now(), Secret(std::string(32, 'k'))}}};
    crypto::SealingKeys keys = crypto::SealingKeys::of(ring);
    store::TemporaryStore store;
    directory::Environment environment{.clock = clock, .random = random, .sealing = keys, .quotas = {}};
    authz::Subjects subjects{*store, environment};
    crypto::SessionTokens tokens{keys};
    crypto::SigningCredentials credentials;
    std::vector<gateway::Upstream> upstreams;
    std::unique_ptr<gateway::Guard> guard;
};

/// Passes everything on as it comes.
gateway::Judgement pass(const World& world, const HttpRequest& request) {
    gateway::Passage passage{&world.upstreams.front(), {}, {}};
    passage.request.method = request.method;
    passage.request.target = request.target;
    for (const auto& [name, value] : request.headers) {
        if (!equals_ignoring_case(name, "content-length")) passage.request.headers.emplace_back(name, value);
    }
    if (const std::string* length = find_header(request.headers, "content-length")) {
        passage.body = gateway::BodyPassage::unverified(std::stoull(*length));
    }
    return {std::move(passage), {}};
}

std::string text_of(const HttpRequest& request, std::size_t length) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : request.headers) text += name + ": " + value + "\r\n";
    return text + fmt::format("Content-Length: {}\r\n\r\n", length) + request.body;
}

HttpRequest s3_request(const World& world, std::string_view method, std::string_view payload,
                       HttpHeaders headers = {}) {
    HttpRequest request;
    request.method = method;
    request.target = "/docs/large";
    request.headers = std::move(headers);
    request.headers.emplace_back("Host", "127.0.0.1:7700");
    request.headers.emplace_back("x-amz-content-sha256", payload);
    crypto::sign(request, world.credentials, region, "s3", world.clock.now(),
                 {.is_path_encoded_once = true, .payload_hash = payload});
    return request;
}

HttpRequest small_request(const World& world) {
    HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", "127.0.0.1:7700"},
                       {"X-Amz-Target", "DynamoDB_20120810.GetItem"},
                       {"Content-Type", "application/x-amz-json-1.0"},
                       {"User-Agent", "Boto3/1.44.8 md/Botocore#1.44.8"},
                       {"Accept-Encoding", "identity"}};
    request.body = R"({"TableName":"orders","Key":{"id":{"S":"0c1a77de-5e5f-4b0c-8d3e-3f6c1b6c1b6c"}}})";
    crypto::sign(request, world.credentials, region, "dynamodb", world.clock.now());
    return request;
}

/// The judgement of a small call alone, without sockets: first of its head, then with its body.
void bench_judgement(World& world) {
    HttpRequest request = small_request(world);
    request.headers.emplace_back("Content-Length", std::to_string(request.body.size()));
    request.peer_address = "127.0.0.1";
    request.request_id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    const std::string body = request.body;
    print_row("proxy/judgement of the small POST", measure([&](std::size_t) {
                  request.body.clear();
                  const auto wanted = world.guard->judge(request, false);
                  request.body = body;
                  const auto judged = std::get<gateway::BodyWanted>(wanted.outcome).go_on();
                  if (!std::holds_alternative<gateway::Passage>(judged.outcome)) give_up("not allowed");
              }));
}

/// 64 MiB in signed chunks of 64 KiB.
std::string chunked_upload(const World& world) {
    constexpr std::size_t chunk_bytes = 65'536;
    constexpr std::string_view kind = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    const HttpRequest head =
        s3_request(world, "PUT", kind, {{"x-amz-decoded-content-length", std::to_string(large_bytes)}});
    const auto authorization = crypto::parse_authorization(head);
    const crypto::SigningKey key(world.credentials.secret_access_key, authorization->credential.date, region,
                                 "s3");
    const std::string data(chunk_bytes, 'x');
    const std::string nothing = hex_encode(crypto::sha256(""));
    std::string previous(authorization->signature), body;
    body.reserve(large_bytes + large_bytes / 256);
    const auto add = [&](std::string_view chunk) {
        previous = hex_encode(key.sign(fmt::format("AWS4-HMAC-SHA256-PAYLOAD\n{}\n{}\n{}\n{}\n{}",
                                                   authorization->date, authorization->credential.scope,
                                                   previous, nothing, hex_encode(crypto::sha256(chunk)))));
        body += fmt::format("{:x};chunk-signature={}\r\n{}\r\n", chunk.size(), previous, chunk);
    };
    for (std::size_t done = 0; done < large_bytes; done += chunk_bytes) add(data);
    add("");
    return text_of(head, body.size()) + body;
}

std::unique_ptr<Wire> connect_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        give_up("the proxy does not listen");
    }
    return std::make_unique<Wire>(descriptor);
}

class Bench {
  public:
    Bench(World& world, const Service& service, gateway::Proxy::Judge judge) : service_(service) {
        gateway::Proxy::Options options;
        options.threads = 1;
        options.limits.drain_timeout = std::chrono::milliseconds(100);
        options.judge = std::move(judge);
        options.upstreams = world.upstreams;
        proxy_ = gateway::Proxy::start(std::move(options), world.random).value();
        wire_ = connect_to(proxy_->port());
    }
    [[nodiscard]] std::uint16_t port() const { return proxy_->port(); }
    void call(const std::string& request) {
        wire_->send(request);
        if (!wire_->take_message().starts_with("HTTP/1.1 200")) give_up("a call was not answered");
    }
    /// CPU of the proxy alone, for each call.
    double cpu_of(const std::string& request, std::size_t calls) {
        const auto spent = [&] {
            return cpu_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns(CLOCK_THREAD_CPUTIME_ID) -
                   cpu_ns(service_.clock);
        };
        const double before = spent();
        for (std::size_t i = 0; i < calls; ++i) call(request);
        return (spent() - before) / static_cast<double>(calls);
    }

  private:
    const Service& service_;
    std::unique_ptr<gateway::Proxy> proxy_;
    std::unique_ptr<Wire> wire_;
};

/// MiB of the process for each upload that stands because its service takes no more.
double memory_of_a_standing_upload(std::uint16_t port, std::string_view upload) {
    constexpr int uploads = 16;  // As many wait for the service to accept them.
    constexpr auto patience = std::chrono::milliseconds(300);
    const double before = resident_mib();
    std::vector<std::unique_ptr<Wire>> wires;
    std::vector<std::string_view> rest(uploads, upload);
    for (int i = 0; i < uploads; ++i) wires.push_back(connect_to(port));
    for (auto last = Steady::now(); Steady::now() - last < patience;) {
        bool goes = false;
        for (std::size_t i = 0; i < wires.size(); ++i) goes |= wires[i]->send_some(rest[i]);
        if (goes) {
            last = Steady::now();
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    return (resident_mib() - before) / uploads;
}

template <class Run>
void print_best(std::string_view name, std::string_view unit, Run run) {
    std::vector<double> samples;
    for (int round = 0; round < 7; ++round) samples.push_back(run());
    std::ranges::sort(samples);
    print_row(name, samples[samples.size() / 2], samples.front(), unit);
}

}  // namespace

int main() {
    const Service service;
    World world(service.port);
    const HttpRequest small_one = small_request(world);
    const std::string small = text_of(small_one, small_one.body.size());

    const std::string get = text_of(s3_request(world, "GET", hex_encode(crypto::sha256(""))), 0);

    const std::string plain =
        text_of(s3_request(world, "PUT", "UNSIGNED-PAYLOAD"), large_bytes) + std::string(large_bytes, 'x');
    {
        Bench bare(world, service, [&](HttpRequest& request, bool) { return pass(world, request); });
        print_best("proxy/small POST, proxy alone", "ns", [&] { return bare.cpu_of(small, 5'000); });
        print_best("proxy/GET of 64 MiB, proxy alone", "ns", [&] { return bare.cpu_of(get, 4); });
        print_best("proxy/PUT of 64 MiB, proxy alone", "ns", [&] { return bare.cpu_of(plain, 4); });
    }

    bench_judgement(world);
    Bench guarded(world, service, [&](HttpRequest& request, bool is_body_there) {
        return world.guard->judge(request, is_body_there);
    });
    print_best("proxy/small POST", "ns", [&] { return guarded.cpu_of(small, 5'000); });
    print_best("proxy/GET of 64 MiB", "ns", [&] { return guarded.cpu_of(get, 4); });
    print_best("proxy/PUT of 64 MiB", "ns", [&] { return guarded.cpu_of(plain, 4); });
    const std::string chunked = chunked_upload(world);
    print_best("proxy/PUT of 64 MiB in signed chunks", "ns", [&] { return guarded.cpu_of(chunked, 4); });
    const double memory = memory_of_a_standing_upload(guarded.port(), chunked);
    print_row("proxy/memory of a standing upload", memory, memory, "MiB");
    const std::string data(large_bytes, 'x');
    print_best("proxy/SHA-256 of 64 MiB", "ns", [&] {
        const double before = cpu_ns(CLOCK_THREAD_CPUTIME_ID);
        keep(crypto::sha256(data));
        return cpu_ns(CLOCK_THREAD_CPUTIME_ID) - before;
    });
    return 0;
}
