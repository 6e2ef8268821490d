#include "server/http_listener.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <fmt/format.h>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/body_budget.h"
#include "base/request_ids.h"
#include "server/internal/http_date.h"
#include "server/internal/request_parser.h"

// The only file with sockets in it. Beast costs some 15 seconds of compile time wherever it is included.
namespace writ::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Socket = tcp::socket::rebind_executor<asio::io_context::executor_type>::other;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t read_bytes = std::size_t{8} * 1024;
constexpr std::size_t body_read_bytes = std::size_t{64} * 1024;
constexpr std::size_t kept_wire_bytes_max = std::size_t{64} * 1024;  // Of an answer, for the next.
constexpr milliseconds linger_timeout{2'000};
constexpr milliseconds accept_pause{100};  // When there is no descriptor left for another connection.

struct Shared {
    HttpLimits limits;
    HttpListener::Handler handler;
    HttpListener::OnDefect on_defect;
    HttpListener::OnRefusal on_refusal;
    HttpListener::Handler busy;
    const Clock& clock;
    RandomSource& random;
    BodyBudget bodies;
    std::atomic<std::size_t> connections{0};
};

class Session;

// One thread, its connections, and what they share without locks.
class Worker {
  public:
    explicit Worker(Shared& common)
        : shared(common), ids(common.random), keep_running_(context.get_executor()), sweep_timer_(context) {
        const HttpLimits& limits = common.limits;
        const milliseconds least =
            std::min({limits.request_timeout, limits.write_timeout, limits.idle_timeout});
        sweep_period_ = std::clamp(least / 4, milliseconds{10}, milliseconds{1'000});
    }

    void add(Session* session) {
        if (sessions_.empty()) sweep_later();
        sessions_.insert(session);
    }
    void remove(Session* session) {
        sessions_.erase(session);
        if (sessions_.empty()) sweep_timer_.cancel();
    }
    void drain();

    asio::io_context context{1};
    Shared& shared;
    RequestIds ids;
    internal::HttpDate date;
    bool draining = false;

  private:
    // One timer for all connections instead of one for each read and write.
    void sweep_later() {
        sweep_timer_.expires_after(sweep_period_);
        sweep_timer_.async_wait([this](Code code) {
            if (code) return;
            sweep();
            if (!sessions_.empty()) sweep_later();
        });
    }
    void sweep();

    asio::executor_work_guard<asio::io_context::executor_type> keep_running_;
    asio::steady_timer sweep_timer_;
    milliseconds sweep_period_{};
    Steady::time_point drain_deadline_ = Steady::time_point::max();
    std::unordered_set<Session*> sessions_;
};

http::status status_of(Code code) {
    if (code == http::error::body_limit) return http::status::payload_too_large;
    if (code == http::error::header_limit || code == http::error::buffer_overflow) {
        return http::status::request_header_fields_too_large;
    }
    return http::status::bad_request;
}

// One connection. Kept alive by the operation that is under way; there is never more than one.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Worker& worker, Socket socket)
        : worker_(worker), socket_(std::move(socket)), share_(worker.shared.bodies) {
        ++worker_.shared.connections;
        worker_.add(this);
    }
    ~Session() {
        worker_.remove(this);
        --worker_.shared.connections;
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start() {
        Code ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
        const auto peer = socket_.remote_endpoint(ignored);
        if (!ignored) request_.peer_address = peer.address().to_string();
        begin_request();
    }
    [[nodiscard]] bool waits_for_request() const { return phase_ == Phase::idle; }
    [[nodiscard]] Steady::time_point deadline() const { return deadline_; }
    void close() {
        Code ignored;
        socket_.close(ignored);  // Ends the operation that is under way, and with it the session.
    }

  private:
    enum class Phase : std::uint8_t { idle, reading, writing, lingering };

    void enter(Phase phase, milliseconds timeout) {
        phase_ = phase;
        deadline_ = Steady::now() + timeout;
    }

    void begin_request() {
        const HttpLimits& limits = worker_.shared.limits;
        parser_.emplace(request_, limits.headers_max);
        parser_->header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        parser_->body_limit(limits.body_bytes_max);
        parser_->eager(true);
        continued_ = false;
        if (buffer_.size() == 0) {
            enter(Phase::idle, limits.idle_timeout);
            read();
        } else {  // Pipelined.
            enter(Phase::reading, limits.request_timeout);
            parse();
        }
    }

    void read() {
        const std::size_t bytes = parser_->is_header_done() ? body_read_bytes : read_bytes;
        socket_.async_read_some(
            buffer_.prepare(bytes), [self = shared_from_this()](Code code, std::size_t bytes_read) {
                if (code) return;  // Closed, by either side: nothing to answer any more.
                self->buffer_.commit(bytes_read);
                if (self->phase_ == Phase::idle)
                    self->enter(Phase::reading, self->worker_.shared.limits.request_timeout);
                self->parse();
            });
    }

    void parse() {
        Code code;
        buffer_.consume(parser_->put(buffer_.data(), code));
        if (code && code != http::error::need_more) return refuse(status_of(code));
        if (!share_.grow_to(request_.body.capacity())) return refuse_for_now();
        if (parser_->is_done()) return answer();
        if (parser_->is_header_done() && parser_->expects_continue() && !continued_) return send_continue();
        read();
    }

    void send_continue() {
        continued_ = true;
        auto go_on = std::make_shared<http::response<http::empty_body>>(http::status::continue_, 11);
        http::async_write(socket_, *go_on, [self = shared_from_this(), go_on](Code code, std::size_t) {
            if (!code) self->read();
        });
    }

    void answer() {
        request_.request_id = worker_.ids.next();
        HttpResponse answered;
        try {
            answered = worker_.shared.handler(request_);
        } catch (const std::exception& bug) {
            answered = HttpResponse{};
            answered.status = 500;
            worker_.shared.on_defect(bug.what());
        }
        take(std::move(answered));
        write(parser_->keep_alive() && !worker_.draining);
    }

    void take(HttpResponse answered) {
        forget_body();
        response_.clear();
        response_.result(static_cast<unsigned>(answered.status));
        for (const auto& [name, value] : answered.headers) response_.insert(name, value);
        response_.set("x-amzn-RequestId", request_.request_id);
        response_.body() = std::move(answered.body);
    }

    // The rest of the body is not waited for.
    void refuse_for_now() {
        request_.request_id = worker_.ids.next();
        HttpResponse answered = worker_.shared.busy(request_);
        worker_.shared.on_refusal(answered.status, request_.peer_address);
        take(std::move(answered));
        lingers_ = true;
        write(false);
    }

    // A connection whose answer is on its way, or that waits for its next request, holds no memory of a large
    // one.
    void forget_body() {
        if (request_.body.capacity() > BodyBudget::small_bytes_max) request_.body = std::string();
        share_.give_back();
    }

    // Without a body, and no way back into the stream: what follows may be anything.
    void refuse(http::status status) {
        worker_.shared.on_refusal(static_cast<int>(status), request_.peer_address);
        forget_body();
        response_.clear();
        response_.body().clear();
        response_.result(status);
        lingers_ = true;
        write(false);
    }

    void write(bool keep_alive) {
        enter(Phase::writing, worker_.shared.limits.write_timeout);
        response_.version(11);
        response_.set(http::field::server, "writ");
        response_.set(http::field::date, worker_.date.at(worker_.shared.clock.now()));
        response_.keep_alive(keep_alive);
        response_.prepare_payload();
        if (request_.method == "HEAD") response_.body().clear();  // Its length stays.
        serialize();
        asio::async_write(socket_, asio::buffer(wire_),
                          [self = shared_from_this(), keep_alive](Code code, std::size_t) {
                              if (code) return;
                              if (self->wire_.capacity() > kept_wire_bytes_max) self->wire_ = {};
                              if (keep_alive && !self->worker_.draining) return self->begin_request();
                              self->finish();
                          });
    }

    // As one piece: Beast hands the kernel some twenty, which cost more than to copy them.
    void serialize() {
        wire_.clear();
        http::response_serializer<http::string_body> serializer(response_);
        serializer.split(true);
        Code code;
        serializer.next(code, [this](Code&, const auto& pieces) {
            for (const asio::const_buffer piece : beast::buffers_range_ref(pieces))
                wire_.append(static_cast<const char*>(piece.data()), piece.size());
        });
        wire_.append(response_.body());
        response_.body() = {};
    }

    // Closing with unread input would reset the connection and destroy the answer on its way.
    void finish() {
        Code ignored;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
        if (!lingers_) return;
        enter(Phase::lingering, linger_timeout);
        discard();
    }
    void discard() {
        buffer_.clear();
        socket_.async_read_some(buffer_.prepare(body_read_bytes),
                                [self = shared_from_this()](Code code, std::size_t) {
                                    if (!code) self->discard();
                                });
    }

    Worker& worker_;
    Socket socket_;
    beast::flat_buffer buffer_;
    HttpRequest request_;
    BodyBudget::Share share_;
    std::optional<internal::RequestParser> parser_;
    http::response<http::string_body> response_;
    std::string wire_;  // The response as it is sent.
    Steady::time_point deadline_ = Steady::time_point::max();
    Phase phase_ = Phase::idle;
    bool continued_ = false;
    bool lingers_ = false;
};

void Worker::sweep() {
    const Steady::time_point now = Steady::now();
    for (Session* session : sessions_) {
        if (now >= session->deadline() || now >= drain_deadline_) session->close();
    }
}

void Worker::drain() {
    draining = true;
    drain_deadline_ = Steady::now() + shared.limits.drain_timeout;
    for (Session* session : sessions_) {
        if (session->waits_for_request()) session->close();
    }
    keep_running_.reset();
}

Result<tcp::endpoint> resolve(const Address& address) {
    asio::io_context context;
    tcp::resolver resolver(context);
    Code code;
    const auto found =
        resolver.resolve(address.host, std::to_string(address.port), tcp::resolver::passive, code);
    if (code || found.empty()) {
        return fail("InvalidInput", 400,
                    fmt::format("Cannot listen on {}: {}.", address.text(), code.message()));
    }
    return found.begin()->endpoint();
}

std::vector<std::unique_ptr<Worker>> make_workers(Shared& shared, unsigned threads) {
    std::vector<std::unique_ptr<Worker>> workers(std::max(1U, threads));
    for (auto& worker : workers) worker = std::make_unique<Worker>(shared);
    return workers;
}

}  // namespace

struct HttpListener::Parts {
    Parts(Options& options, const Clock& clock, RandomSource& random)
        : shared{options.limits,
                 std::move(options.handler),
                 std::move(options.on_defect),
                 std::move(options.on_refusal),
                 std::move(options.busy),
                 clock,
                 random,
                 BodyBudget(options.limits.bodies_bytes_max)},
          workers(make_workers(shared, options.threads)) {}

    Result<void> listen(const Address& wanted) {
        const auto endpoint = resolve(wanted);
        if (!endpoint) return std::unexpected(endpoint.error());
        Code code;
        const auto check = [&](auto&& step) {
            if (!code) step();
        };
        check([&] { acceptor.open(endpoint->protocol(), code); });
        check([&] { acceptor.set_option(tcp::acceptor::reuse_address(true), code); });
        check([&] { acceptor.bind(*endpoint, code); });
        check([&] { acceptor.listen(asio::socket_base::max_listen_connections, code); });
        if (code) {
            return fail("InvalidInput", 400,
                        fmt::format("Cannot listen on {}: {}.", wanted.text(), code.message()));
        }
        const auto local = acceptor.local_endpoint(code);
        address = {local.address().to_string(), local.port()};
        return {};
    }

    // Connections go to the workers in turn.
    void accept() {
        Worker& worker = *workers[next_worker++ % workers.size()];
        acceptor.async_accept(worker.context, [this, &worker](Code code, Socket socket) {
            if (code == asio::error::operation_aborted || !acceptor.is_open()) return;
            if (code) return accept_after_pause();
            if (shared.connections < shared.limits.connections_max) {
                asio::post(worker.context, [&worker, socket = std::move(socket)]() mutable {
                    if (!worker.draining) std::make_shared<Session>(worker, std::move(socket))->start();
                });
            }
            accept();
        });
    }
    void accept_after_pause() {
        pause.expires_after(accept_pause);
        pause.async_wait([this](Code code) {
            if (!code) accept();
        });
    }

    void run() {
        accept();
        for (auto& worker : workers) threads.emplace_back([&worker = *worker] { worker.context.run(); });
    }

    void drain() {
        if (threads.empty()) return;
        asio::post(workers.front()->context, [this] {
            Code ignored;
            acceptor.close(ignored);
            pause.cancel();
        });
        for (auto& worker : workers) {
            asio::post(worker->context, [&worker = *worker] { worker.drain(); });
        }
        threads.clear();  // Joins.
    }

    Shared shared;
    std::vector<std::unique_ptr<Worker>> workers;
    tcp::acceptor acceptor{workers.front()->context};
    asio::steady_timer pause{workers.front()->context};
    Address address;
    std::size_t next_worker = 0;
    std::vector<std::jthread> threads;
};

HttpListener::HttpListener(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HttpListener::~HttpListener() {
    drain();
}

Result<std::unique_ptr<HttpListener>> HttpListener::start(Options options, const Clock& clock,
                                                          RandomSource& random) {
    const Address wanted = options.address;
    auto parts = std::make_unique<Parts>(options, clock, random);
    if (const auto listening = parts->listen(wanted); !listening) return std::unexpected(listening.error());
    parts->run();
    return std::unique_ptr<HttpListener>(new HttpListener(std::move(parts)));
}

const Address& HttpListener::address() const noexcept {
    return parts_->address;
}
std::size_t HttpListener::connections() const noexcept {
    return parts_->shared.connections;
}
void HttpListener::drain() {
    parts_->drain();
}

}  // namespace writ::server
