#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

// Included by the files with sockets only.
namespace writ::gateway::internal {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Code = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Socket = tcp::socket::rebind_executor<Executor>::other;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;

/// A connection, with TLS or without. For one thread; one operation at a time. References to codes and views
/// are used until the operation is done.
class Stream {
  public:
    explicit Stream(Socket socket) : socket_(std::move(socket)) {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    [[nodiscard]] Socket& socket() noexcept { return socket_; }
    [[nodiscard]] bool has_tls() const noexcept { return tls_ != nullptr; }

    /// Begins TLS as the server.
    [[nodiscard]] Awaitable<bool> accept_tls(asio::ssl::context& context);
    /// Begins TLS as the client; the certificate must be that of `host`.
    [[nodiscard]] Awaitable<bool> connect_tls(asio::ssl::context& context, const std::string& host);

    [[nodiscard]] Awaitable<std::size_t> read_some(asio::mutable_buffer into, Code& code);
    [[nodiscard]] Awaitable<void> write(std::string_view bytes, Code& code);
    /// All of them, one behind the other.
    [[nodiscard]] Awaitable<void> write(std::span<const std::string_view> pieces, Code& code);
    /// Tells the other side that nothing more comes.
    [[nodiscard]] Awaitable<void> end();
    /// Ends what is under way.
    void close();
    /// So that the other side sees that it has not got everything.
    void abort();

  private:
    Socket socket_;
    std::unique_ptr<asio::ssl::stream<Socket&>> tls_;
};

}  // namespace writ::gateway::internal
