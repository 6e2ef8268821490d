#include "socket.h"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace writ::raw_http {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Connection::Connection(int descriptor) : descriptor_(descriptor) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int at_once = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

Connection::~Connection() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Connection Connection::to(std::uint16_t port) {
    Connection connection(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    if (::connect(connection.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("nobody listens");
    }
    return connection;
}

void Connection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Connection::end() const {
    ::shutdown(descriptor_, SHUT_WR);
}

bool Connection::read_more(std::string& into) const {
    std::array<char, 65536> buffer{};
    const auto got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

Listener::Listener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    const bool listens = ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                         ::listen(descriptor_, 64) == 0;
    if (!listens) throw std::runtime_error("cannot listen on loopback");
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
}

Listener::~Listener() {
    ::close(descriptor_);
}

int Listener::accept() const {
    return ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
}

void Listener::stop() const {
    ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace writ::raw_http
