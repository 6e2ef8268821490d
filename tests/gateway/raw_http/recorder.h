#pragma once

#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "socket.h"
#include "strict_http.h"

namespace writ::raw_http {

/// A service that writes down each whole request and answers with the mark that it carries. Anything that is
/// no strict HTTP is a complaint, and the end of its connection.
class Recorder {
  public:
    static constexpr const char* mark_header = "user-agent";

    Recorder();
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    [[nodiscard]] std::uint16_t port() const { return listener_.port(); }
    /// What has come since the last call: whole requests and complaints.
    void take(std::vector<Message>& requests, std::vector<std::string>& complaints);

  private:
    void accept();
    void serve(const Connection& connection);

    Listener listener_;
    std::mutex mutex_;
    std::vector<Message> requests_;
    std::vector<std::string> complaints_;
    struct Served {
        std::atomic<bool> has_ended = false;
        std::jthread thread;
    };
    std::list<Served> served_;  ///< Of the accepting thread.
    std::jthread thread_;       // Ends before those that it starts.
};

}  // namespace writ::raw_http
