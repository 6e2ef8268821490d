#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

/// A TCP connection on loopback. For tests: whatever goes wrong looks as if the other side had closed.
namespace writ::raw_http {

class Connection {
  public:
    explicit Connection(int descriptor);
    Connection(Connection&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    [[nodiscard]] static Connection to(std::uint16_t port);

    void send(std::string_view bytes) const;
    void end() const;  ///< Nothing more is sent.
    /// Appends what has come; false: the other side has closed, or is silent for ten seconds.
    [[nodiscard]] bool read_more(std::string& into) const;

    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

class Listener {
  public:
    Listener();
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int accept() const;  ///< -1: stop() was called.
    void stop() const;

  private:
    int descriptor_;
    std::uint16_t port_ = 0;
};

}  // namespace writ::raw_http
