#include "gateway/internal/proxy/session.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>
#include <exception>
#include <utility>

#include "gateway/internal/proxy/wire_text.h"

// The side of the client: requests in, answers out.
namespace writ::gateway::internal {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t head_read_bytes = std::size_t{8} * 1024;
constexpr std::size_t body_read_bytes = std::size_t{256} * 1024;
constexpr milliseconds linger_timeout{2'000};

int status_of(Code code) {
    const bool is_too_large = code == http::error::header_limit || code == http::error::buffer_overflow;
    return is_too_large ? 431 : 400;
}

/// Some clients take a status line without a reason for none (RFC 9112 lets a server leave it out).
std::string_view reason_of(int status) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    return {reason.data(), reason.size()};
}

Awaitable<void> keep_until_done(std::shared_ptr<Session> session) {
    co_await session->run();
}

}  // namespace

void serve(Worker& worker, Socket socket) {
    auto session = std::make_shared<Session>(worker, std::move(socket));
    asio::co_spawn(worker.context, keep_until_done(std::move(session)), asio::detached);
}

Session::Session(Worker& worker, Socket socket)
    : worker_(worker),
      limits_(worker.shared.options.limits),
      client_(std::move(socket)),
      share_(worker.shared.bodies) {
    ++worker_.shared.connections;
    worker_.add(this);
}

Session::~Session() {
    worker_.remove(this);
    --worker_.shared.connections;
}

void Session::close() {
    client_.close();
    if (link_.stream) link_.stream->abort();
}

void Session::expire() {
    if (!waits_for_upstream_) return close();
    has_upstream_expired_ = true;
    deadline_ = Steady::time_point::max();
    if (link_.stream) link_.stream->abort();
}

bool Session::may_keep_alive() const {
    return parser_->is_done() && parser_->keep_alive() && !worker_.draining;
}

void Session::note(int status) {
    const auto latency = std::chrono::duration_cast<std::chrono::nanoseconds>(Steady::now() - began_);
    worker_.shared.options.on_exchange({request_, record_, status, latency});
}

Awaitable<void> Session::run() {
    Code ignored;
    client_.socket().set_option(tcp::no_delay(true), ignored);
    const auto peer = client_.socket().remote_endpoint(ignored);
    if (!ignored) request_.peer_address = peer.address().to_string();
    if (asio::ssl::context* tls = worker_.shared.server_tls.get(); tls != nullptr) {
        wait_at_most(limits_.request_timeout);
        const bool is_secure = co_await client_.accept_tls(*tls);
        if (!is_secure) co_return;
        request_.tls = true;
    }
    bool goes_on = true;
    while (goes_on) goes_on = co_await exchange();
    link_.stream.reset();
    co_await hang_up();
}

/// One request and its answer; false: it was the last one of the connection.
Awaitable<bool> Session::exchange() {
    const bool has_head = co_await read_head();
    if (!has_head) co_return false;
    const auto guarded = [this](const auto& judge) -> std::optional<Judgement> {
        try {
            return judge();
        } catch (const std::exception& bug) {
            worker_.shared.options.on_defect(bug.what());
            return std::nullopt;
        }
    };
    const auto judge = [this, &guarded](bool is_body_there) {
        return guarded([&] { return worker_.shared.options.judge(request_, is_body_there); });
    };
    std::optional<Judgement> judgement = judge(false);
    if (judgement && std::holds_alternative<BodyWanted>(judgement->outcome)) {
        const BodyWanted wanted = std::move(std::get<BodyWanted>(judgement->outcome));
        bool has_body = false;
        if (wanted.form != nullptr) {
            has_body = co_await read_form(*wanted.form);
        } else {
            has_body = co_await read_body(wanted.bytes_max);
        }
        if (!has_body && !refusal_) co_return false;  // The client is gone.
        if (!has_body) {
            HttpResponse refused = Guard::refuse(request_, *refusal_);
            co_return co_await answer(std::move(refused));
        }
        judgement = wanted.go_on ? guarded(wanted.go_on) : judge(true);
        if (judgement && std::holds_alternative<BodyWanted>(judgement->outcome)) judgement.reset();
        request_.body = std::string();
    }
    if (!judgement) {
        co_await refuse(500);
        co_return false;
    }
    record_ = std::move(judgement->record);
    if (auto* response = std::get_if<HttpResponse>(&judgement->outcome)) {
        HttpResponse denied = std::move(*response);
        co_return co_await answer(std::move(denied));
    }
    Passage passage = std::move(std::get<Passage>(judgement->outcome));
    const bool goes_on = co_await forward(passage);
    share_.give_back();  // The body, if it was read, was in memory until now.
    co_return goes_on;
}

Awaitable<bool> Session::read_head() {
    const WireLimits wire_limits{static_cast<std::uint32_t>(limits_.header_bytes_max), limits_.headers_max};
    parser_ = std::make_unique<RequestParser>(request_, wire_limits);
    record_ = {};
    refusal_.reset();
    is_continued_ = has_upstream_expired_ = waits_for_upstream_ = false;
    is_idle_ = buffer_.size() == 0;
    wait_at_most(is_idle_ ? limits_.idle_timeout : limits_.request_timeout);
    began_ = Steady::now();
    Code code = http::error::need_more;
    for (bool has_bytes = !is_idle_;; has_bytes = true) {
        if (has_bytes) {
            const auto data = buffer_.data();
            const std::size_t used = parser_->put(data, code);
            const std::string_view head(static_cast<const char*>(data.data()), used);
            if (has_folded_line(head)) code = http::error::bad_value;
            buffer_.consume(used);
            if (code && code != http::error::need_more) {
                co_await refuse(status_of(code));
                co_return false;
            }
            if (parser_->is_header_done()) break;
        }
        Code read_code;
        const auto free = buffer_.prepare(head_read_bytes);
        const std::size_t got = co_await client_.read_some(free, read_code);
        if (read_code) co_return false;
        buffer_.commit(got);
        if (std::exchange(is_idle_, false)) {
            began_ = Steady::now();
            wait_at_most(limits_.request_timeout);
        }
    }
    if (parser_->version() != 11) {
        co_await refuse(505);
        co_return false;
    }
    request_.request_id = worker_.ids.next();
    co_return true;
}

/// Who waits to be told before it sends a body is told now.
Awaitable<bool> Session::go_on() {
    if (is_continued_ || parser_->is_done()) co_return true;
    is_continued_ = true;
    const std::string* expect = find_header(request_.headers, "expect");
    if (expect == nullptr || !equals_ignoring_case(*expect, "100-continue")) co_return true;
    co_return co_await write_client(internal::go_on);
}

/// The next piece of the body is in the parser, and good until the next call, or the body has ended. False:
/// the client is gone, or what it sends is no HTTP.
Awaitable<bool> Session::read_piece() {
    parser_->piece = {};
    bool has_bytes = buffer_.size() > 0;
    while (parser_->piece.empty() && !parser_->is_done()) {
        if (has_bytes) {
            Code code;
            buffer_.consume(parser_->put(buffer_.data(), code));
            if (code && code != http::error::need_more) co_return false;
            has_bytes = !code && buffer_.size() > 0;
            continue;
        }
        Code read_code;
        const std::uint64_t left = parser_->content_length_remaining().value_or(body_read_bytes);
        const auto free = buffer_.prepare(
            static_cast<std::size_t>(std::clamp<std::uint64_t>(left, head_read_bytes, body_read_bytes)));
        const std::size_t got = co_await client_.read_some(free, read_code);
        if (read_code) co_return false;
        buffer_.commit(got);
        has_bytes = true;
    }
    co_return true;
}

/// The whole body into the request. False with a refusal: there is too much of it; without: the client is
/// gone.
Awaitable<bool> Session::read_body(std::size_t bytes_max) {
    const auto too_large = [this] {
        refusal_ =
            Error{"RequestEntityTooLarge", 413, "The body of the request is too large for the gateway."};
    };
    const auto announced = parser_->content_length();
    if (announced && *announced > bytes_max) {
        too_large();
        co_return false;
    }
    const bool told = co_await go_on();
    if (!told) co_return false;
    while (!parser_->is_done()) {
        const bool is_read = co_await read_piece();
        if (!is_read) co_return false;
        request_.body.append(parser_->piece);
        if (request_.body.size() > bytes_max) {
            too_large();
            co_return false;
        }
        if (!share_.grow_to(request_.body.capacity())) {
            refusal_ = Error{"ServiceUnavailable", 503, "Please reduce your request rate."};
            co_return false;
        }
    }
    co_return true;
}

/// As much of the body as a form needs to be at its file. What is wrong with it the guard says. False: the
/// client is gone.
Awaitable<bool> Session::read_form(FormReader& form) {
    const bool told = co_await go_on();
    if (!told) co_return false;
    std::string file;
    while (!form.is_at_file() && !parser_->is_done()) {
        const bool is_read = co_await read_piece();
        if (!is_read) co_return false;
        request_.body.append(parser_->piece);
        if (!form.take(parser_->piece, file)) break;
    }
    co_return true;
}

Awaitable<bool> Session::write_client(std::string_view bytes) {
    waits_for_upstream_ = false;
    wait_at_most(limits_.stall_timeout);
    Code code;
    co_await client_.write(bytes, code);
    co_return !code;
}

Awaitable<bool> Session::answer(HttpResponse response) {
    request_.body = std::string();
    share_.give_back();
    if (record_.error_code.empty() && refusal_) {
        record_.error_code = refusal_->code;
        record_.error_message = refusal_->message;
    }
    const bool keep_alive = may_keep_alive();
    wire_.clear();
    append_response_head(response.status, reason_of(response.status), response.headers,
                         {.length = response.body.size(), .is_chunked = false, .keep_alive = keep_alive},
                         wire_);
    wire_.append(response.body);
    const bool written = co_await write_client(wire_);
    note(written ? response.status : 0);
    co_return written&& keep_alive;
}

/// On the level of HTTP: without a body, and no way back into the stream, for what follows may be anything.
Awaitable<void> Session::refuse(int status) {
    worker_.shared.options.on_refusal(status, request_.peer_address);
    wire_.clear();
    append_response_head(status, reason_of(status), {},
                         {.length = 0, .is_chunked = false, .keep_alive = false}, wire_);
    co_await write_client(wire_);
}

/// Closing with unread input would reset the connection and destroy the answer on its way.
Awaitable<void> Session::hang_up() {
    waits_for_upstream_ = false;
    wait_at_most(linger_timeout);
    co_await client_.end();
    Code code;
    while (!code) {
        buffer_.clear();
        const auto free = buffer_.prepare(head_read_bytes);
        co_await client_.read_some(free, code);
    }
}

}  // namespace writ::gateway::internal
