#pragma once

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "server/address.h"

namespace writ::server::internal {

/// A TCP connection of a test: sends what it is told, byte by byte if need be.
class RawClient {
  public:
    explicit RawClient(const Address& address) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(address.port);
        ::inet_pton(AF_INET, address.host.c_str(), &to.sin_addr);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    void send(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Reads until `text` was seen `times` times; all that was read since the last call. Empty: not within
    /// five seconds, or the connection ended first.
    [[nodiscard]] std::string read_until(std::string_view text, int times = 1) {
        for (;;) {
            std::size_t end = 0;
            int seen = 0;
            for (std::size_t at = pending_.find(text); at != std::string::npos && seen < times;
                 at = pending_.find(text, end)) {
                end = at + text.size();
                ++seen;
            }
            if (seen == times) {
                std::string found = pending_.substr(0, end);
                pending_.erase(0, end);
                return found;
            }
            if (!receive()) return {};
        }
    }
    /// All until the other side closes; nothing more is expected after five seconds.
    [[nodiscard]] std::string read_to_end() {
        while (receive()) {
        }
        return std::exchange(pending_, {});
    }
    /// True once the other side has closed; waits for at most five seconds.
    [[nodiscard]] bool is_closed() {
        while (receive()) {
        }
        return closed_;
    }

  private:
    bool receive() {
        constexpr int patience_ms = 5'000;
        pollfd waiting{socket_, POLLIN, 0};
        if (closed_ || ::poll(&waiting, 1, patience_ms) != 1) return false;
        std::array<char, 65536> buffer{};
        const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
        closed_ = count <= 0;
        if (!closed_) pending_.append(buffer.data(), static_cast<std::size_t>(count));
        return !closed_;
    }

    int socket_;
    bool connected_ = false;
    bool closed_ = false;
    std::string pending_;
};

}  // namespace writ::server::internal
