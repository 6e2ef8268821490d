#include "gateway/internal/proxy/stream.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>
#include <vector>

namespace writ::gateway::internal {
namespace {

constexpr asio::use_awaitable_t<Executor> awaited{};

}  // namespace

Awaitable<bool> Stream::accept_tls(asio::ssl::context& context) {
    tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, context);
    Code code;
    co_await tls_->async_handshake(asio::ssl::stream_base::server, asio::redirect_error(awaited, code));
    co_return !code;
}

Awaitable<bool> Stream::connect_tls(asio::ssl::context& context, const std::string& host) {
    tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, context);
    Code code;
    tls_->set_verify_callback(asio::ssl::host_name_verification(host), code);
    if (code) co_return false;
    asio::ip::make_address(host, code);
    const bool is_name = static_cast<bool>(code);  // Addresses are no server names (RFC 6066).
    if (is_name && SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str()) != 1) co_return false;
    code = {};
    co_await tls_->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(awaited, code));
    co_return !code;
}

Awaitable<std::size_t> Stream::read_some(asio::mutable_buffer into, Code& code) {
    if (tls_ != nullptr) co_return co_await tls_->async_read_some(into, asio::redirect_error(awaited, code));
    co_return co_await socket_.async_read_some(into, asio::redirect_error(awaited, code));
}

Awaitable<void> Stream::write(std::string_view bytes, Code& code) {
    const auto buffer = asio::buffer(bytes);
    if (tls_ != nullptr) {
        co_await asio::async_write(*tls_, buffer, asio::redirect_error(awaited, code));
    } else {
        co_await asio::async_write(socket_, buffer, asio::redirect_error(awaited, code));
    }
}

Awaitable<void> Stream::write(std::span<const std::string_view> pieces, Code& code) {
    if (tls_ != nullptr) {  // A record for each piece would cost more than putting them together.
        std::string together;
        for (const std::string_view piece : pieces) together.append(piece);
        co_return co_await write(together, code);
    }
    std::vector<asio::const_buffer> buffers;
    buffers.reserve(pieces.size());
    for (const std::string_view piece : pieces) buffers.push_back(asio::buffer(piece));
    const std::span<const asio::const_buffer> sequence(buffers);  // Is copied; the buffers are not.
    co_await asio::async_write(socket_, sequence, asio::redirect_error(awaited, code));
}

Awaitable<void> Stream::end() {
    Code code;
    if (tls_ != nullptr) co_await tls_->async_shutdown(asio::redirect_error(awaited, code));
    socket_.shutdown(tcp::socket::shutdown_send, code);
}

void Stream::close() {
    Code ignored;
    socket_.close(ignored);
}

void Stream::abort() {
    Code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

}  // namespace writ::gateway::internal
