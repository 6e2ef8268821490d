#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <exception>
#include <utility>

#include "gateway/internal/proxy/session.h"
#include "gateway/internal/proxy/wire_text.h"

// The side of the upstream: what was allowed out, its answer back.
namespace writ::gateway::internal {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t read_bytes = std::size_t{64} * 1024;
constexpr asio::use_awaitable_t<Executor> awaited{};

/// Asking again for the same does no harm.
bool may_be_asked_again(const Passage& passage) {
    return !passage.body && (passage.request.method == "GET" || passage.request.method == "HEAD");
}

}  // namespace

Awaitable<bool> Session::forward(Passage& passage) {
    const Upstream& upstream = *passage.upstream;
    if (passage.body && !passage.body->is_length_known()) {
        const Sent gathered = co_await gather(*passage.body, passage.request.body);
        if (gathered != Sent::whole) co_return co_await give_up(gathered);
        passage.body.reset();
    }
    bool may_reuse = true;
    for (;;) {
        const bool connected = co_await connect(upstream, may_reuse);
        if (!connected) co_return co_await fail_upstream(upstream);
        const Sent sent = co_await send(passage);
        if (sent == Sent::client_gone || sent == Sent::refused) co_return co_await give_up(sent);
        const bool has_head = co_await read_upstream_head();
        if (has_head && passage.form && head_.status < 300)
            co_return co_await answer_form(passage, *passage.form);
        if (has_head) co_return co_await send_answer(passage, sent == Sent::whole);
        const bool was_stale = link_.is_reused && link_.buffer.size() == 0 && !has_upstream_expired_;
        if (!was_stale || !may_be_asked_again(passage)) {
            record_.is_change_missed = passage.observation != nullptr;  // It may have been carried out.
            co_return co_await fail_upstream(upstream);
        }
        may_reuse = false;
    }
}

/// The upstream has got a part of a request. There are servers that keep a part, whatever length was
/// announced, when a connection ends in order.
void Session::break_off() {
    if (link_.stream == nullptr) return;  // It has got nothing yet.
    link_.stream->abort();
    link_.stream.reset();
}

/// What the upstream has got, if anything, is not the whole.
Awaitable<bool> Session::give_up(Sent sent) {
    break_off();
    if (sent == Sent::client_gone) {
        note(0);
        co_return false;
    }
    HttpResponse refused = Guard::refuse(request_, *refusal_);
    co_return co_await answer(std::move(refused));
}

/// All of a body whose length only its end tells.
Awaitable<Session::Sent> Session::gather(BodyPassage& body, std::string& whole) {
    const bool told = co_await go_on();
    if (!told) co_return Sent::client_gone;
    do {
        waits_for_upstream_ = false;
        wait_at_most(limits_.stall_timeout);
        const bool is_read = co_await read_piece();
        if (!is_read) co_return Sent::client_gone;
        Result<void> passed = body.take(parser_->piece, whole);
        if (passed && parser_->is_done()) passed = body.finish(whole);
        if (passed && !share_.grow_to(whole.capacity())) {
            passed = fail("ServiceUnavailable", 503, "Please reduce your request rate.");
        }
        if (!passed) {
            refusal_ = passed.error();
            co_return Sent::refused;
        }
    } while (!parser_->is_done());
    co_return Sent::whole;
}

Awaitable<bool> Session::connect(const Upstream& upstream, bool may_reuse) {
    link_.buffer.clear();
    link_.stream = may_reuse ? worker_.links.take(upstream) : nullptr;
    link_.is_reused = link_.stream != nullptr;
    if (link_.is_reused) co_return true;
    waits_for_upstream_ = true;
    wait_at_most(limits_.connect_timeout);
    const bool is_open = co_await open(upstream);
    const auto tls = worker_.shared.client_tls.find(&upstream);
    if (!is_open || tls == worker_.shared.client_tls.end()) co_return is_open;
    co_return co_await link_.stream->connect_tls(*tls->second, upstream.host);
}

Awaitable<bool> Session::open(const Upstream& upstream) {
    Code code;
    std::vector<tcp::endpoint> endpoints;
    const auto address = asio::ip::make_address(upstream.host, code);
    if (!code) {
        endpoints.emplace_back(address, upstream.port);
    } else {
        code = {};
        asio::ip::basic_resolver<tcp, Executor> resolver(worker_.context.get_executor());
        const std::string port = std::to_string(upstream.port);
        const auto found =
            co_await resolver.async_resolve(upstream.host, port, asio::redirect_error(awaited, code));
        if (code) co_return false;
        for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    }
    link_.stream = std::make_unique<Stream>(Socket(worker_.context.get_executor()));
    Socket& socket = link_.stream->socket();
    co_await asio::async_connect(socket, endpoints, asio::redirect_error(awaited, code));
    if (code) co_return false;
    socket.set_option(tcp::no_delay(true), code);
    co_return true;
}

Awaitable<bool> Session::write_upstream(std::span<const std::string_view> pieces) {
    waits_for_upstream_ = true;
    wait_at_most(limits_.stall_timeout);
    Code code;
    co_await link_.stream->write(pieces, code);
    co_return !code;
}

Awaitable<Session::Sent> Session::send(Passage& passage) {
    const std::uint64_t length = passage.body ? passage.body->upstream_bytes() : passage.request.body.size();
    wire_.clear();
    append_request_head(passage.request, length, true, wire_);
    if (passage.body) co_return co_await send_body(*passage.body);
    const std::array<std::string_view, 2> pieces{wire_, passage.request.body};
    const bool written = co_await write_upstream(pieces);
    co_return written ? Sent::whole : Sent::upstream_gone;
}

/// Piece by piece: there is never more of the body here than a piece. The head waits in `wire_`.
Awaitable<Session::Sent> Session::send_body(BodyPassage& body) {
    waits_for_upstream_ = false;
    const bool told = co_await go_on();
    if (!told) co_return Sent::client_gone;
    BodyPassage::Pieces pieces{wire_};
    for (;;) {
        waits_for_upstream_ = false;
        wait_at_most(limits_.stall_timeout);
        const bool is_read = co_await read_piece();
        if (!is_read) co_return Sent::client_gone;
        Result<void> passed = body.take(parser_->piece, pieces);
        if (passed && parser_->is_done()) passed = body.finish(pieces);
        if (!passed) {
            refusal_ = passed.error();
            co_return Sent::refused;
        }
        if (!pieces.empty()) {
            const bool written = co_await write_upstream(pieces);
            if (!written) co_return Sent::upstream_gone;
            pieces.clear();
        }
        if (parser_->is_done()) co_return Sent::whole;
    }
}

/// The head of the answer, past those that are only on the way to it. False: there is none.
Awaitable<bool> Session::read_upstream_head() {
    const WireLimits wire_limits{static_cast<std::uint32_t>(limits_.header_bytes_max), limits_.headers_max};
    waits_for_upstream_ = true;
    wait_at_most(limits_.answer_timeout);
    for (;;) {
        answer_parser_ = std::make_unique<ResponseParser>(head_, wire_limits);
        answer_parser_->skip(request_.method == "HEAD");
        bool has_bytes = link_.buffer.size() > 0;
        while (!answer_parser_->is_header_done()) {
            Code code;
            if (has_bytes) {
                const auto data = link_.buffer.data();
                const std::size_t used = answer_parser_->put(data, code);
                const std::string_view head(static_cast<const char*>(data.data()), used);
                if (has_folded_line(head)) co_return false;
                link_.buffer.consume(used);
                if (code && code != http::error::need_more) co_return false;
                if (answer_parser_->is_header_done()) break;
            }
            code = {};
            const auto free = link_.buffer.prepare(read_bytes);
            const std::size_t got = co_await link_.stream->read_some(free, code);
            if (code) co_return false;
            link_.buffer.commit(got);
            has_bytes = true;
        }
        if (head_.status == 101) co_return false;  // Nobody has asked for another protocol.
        if (head_.status >= 200) co_return true;
    }
}

/// Takes out of the buffer what there is of the body. False: it is no HTTP.
bool Session::parse_upstream_body() {
    answer_parser_->piece.clear();
    while (link_.buffer.size() > 0 && !answer_parser_->is_done()) {
        Code code;
        link_.buffer.consume(answer_parser_->put(link_.buffer.data(), code));
        if (code == http::error::need_more) return true;
        if (code) return false;
    }
    return true;
}

Awaitable<bool> Session::send_answer(const Passage& passage, bool is_request_whole) {
    const ResponseParser& parser = *answer_parser_;
    const bool has_body = !parser.is_done();
    AnswerFraming framing;
    framing.keep_alive = is_request_whole && may_keep_alive();
    const auto length = parser.content_length();
    if (length && head_.status != 204) framing.length = *length;
    framing.is_chunked = has_body && !framing.length;
    wire_.clear();
    append_response_head(head_.status, head_.reason, head_.headers, framing, wire_);
    bool is_sound = parse_upstream_body();
    if (is_sound && passage.observation) is_sound = co_await observe(*passage.observation);
    while (is_sound) {
        if (framing.is_chunked) {
            append_chunk(parser.piece, wire_);
            if (parser.is_done()) wire_.append(last_chunk);
        } else {
            wire_.append(parser.piece);
        }
        if (!wire_.empty()) {
            const bool written = co_await write_client(wire_);
            wire_.clear();
            if (!written) break;
        }
        if (parser.is_done()) {
            if (parser.keep_alive() && is_request_whole && link_.buffer.size() == 0) {
                worker_.links.give_back(*passage.upstream, std::move(link_.stream));
            } else if (!is_request_whole) {
                break_off();
            }
            link_.stream.reset();
            note(head_.status);
            co_return framing.keep_alive;
        }
        is_sound = co_await read_upstream_body();
    }
    // The client has a part of the answer, and must see that it is only a part, however it was delimited.
    link_.stream.reset();
    note(0);
    client_.abort();
    co_return false;
}

void Session::note_unobserved(const Observation& observation, std::string_view why) {
    record_.is_change_missed = true;
    record_.defect = "what " + std::string(observation.operation()) + " has changed is not known here: ";
    record_.defect += why;
}

void Session::tell_observed(const Observation& observation, std::string_view body) {
    try {
        const auto seen = worker_.shared.options.on_observed(observation, head_.headers, body);
        if (seen) return;
        note_unobserved(observation,
                        seen.error().defect.empty() ? seen.error().message : seen.error().defect);
    } catch (const std::exception& bug) {
        worker_.shared.options.on_defect(bug.what());
        note_unobserved(observation, bug.what());
    }
}

/// What has changed is in force before the client hears of it. False: the body, which this had to see whole,
/// has broken off; else all of it that was read is the piece that follows.
Awaitable<bool> Session::observe(const Observation& observation) {
    if (head_.status < 200 || head_.status >= 300) co_return true;
    const std::size_t bytes_max = observation.answer_bytes_max();
    std::string body = std::exchange(answer_parser_->piece, {});
    bool has_room = true;
    while (bytes_max > 0 && has_room && !answer_parser_->is_done()) {
        const bool is_sound = co_await read_upstream_body();
        if (!is_sound) {
            note_unobserved(observation, "the answer has broken off");
            co_return false;
        }
        body.append(answer_parser_->piece);
        has_room = body.size() <= bytes_max && share_.grow_to(body.capacity());
    }
    if (bytes_max > 0 && (!has_room || body.size() > bytes_max)) {
        note_unobserved(observation, "the answer is too large");
    } else {
        tell_observed(observation, body);
    }
    answer_parser_->piece = std::move(body);
    share_.give_back();
    co_return true;
}

/// The answer that the form asks for, instead of that to the PUT, which has told all in its head.
Awaitable<bool> Session::answer_form(const Passage& passage, const FormAnswer& form) {
    HttpResponse response = print_form_answer(form, head_.headers, request_.request_id);
    bool is_sound = parse_upstream_body();
    if (is_sound && passage.observation) is_sound = co_await observe(*passage.observation);
    const bool is_over = is_sound && answer_parser_->is_done() && link_.buffer.size() == 0;
    if (is_over && answer_parser_->keep_alive()) {
        worker_.links.give_back(*passage.upstream, std::move(link_.stream));
    }
    link_.stream.reset();
    co_return co_await answer(std::move(response));
}

/// Waits for more of the body, and takes it out of the buffer. False: it has broken off.
Awaitable<bool> Session::read_upstream_body() {
    waits_for_upstream_ = true;
    wait_at_most(limits_.stall_timeout);
    Code code;
    const auto free = link_.buffer.prepare(read_bytes);
    const std::size_t got = co_await link_.stream->read_some(free, code);
    if (code == asio::error::eof ||
        code == asio::ssl::error::stream_truncated) {  // Ends the body where nothing else does.
        answer_parser_->piece.clear();
        Code ended;
        answer_parser_->put_eof(ended);
        co_return !ended && answer_parser_->is_done();
    }
    if (code) co_return false;
    link_.buffer.commit(got);
    co_return parse_upstream_body();
}

/// The upstream could not be reached, did not answer in time, or not in HTTP.
Awaitable<bool> Session::fail_upstream(const Upstream& upstream) {
    link_.stream.reset();
    const Error error =
        has_upstream_expired_
            ? Error{"GatewayTimeout", 504, "The service behind the gateway did not answer in time."}
            : Error{"ServiceUnavailable", 503, "The service behind the gateway cannot be reached."};
    record_.error_code = error.code;
    record_.error_message = error.message;
    record_.defect =
        "the upstream " + upstream.authority +
        (has_upstream_expired_ ? " did not answer in time" : " cannot be reached or answers no HTTP");
    HttpResponse response = Guard::refuse(request_, error);
    co_return co_await answer(std::move(response));
}

}  // namespace writ::gateway::internal
