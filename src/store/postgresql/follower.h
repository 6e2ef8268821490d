#pragma once

#include <memory>
#include <string>
#include <thread>

#include "store/internal/publisher.h"
#include "store/postgresql/connection.h"

namespace writ::store::postgresql {

/// What a transaction with changes does before it commits, so that the followers of all nodes wake up.
inline constexpr const char* notify = "notify writ_changes";

/// A thread with a connection of its own that publishes what other processes commit: at once when the server
/// tells, else within a few seconds. Connects again when the connection is lost, and then catches up.
class Follower {
  public:
    /// `publisher` must outlive this.
    [[nodiscard]] static Outcome<std::unique_ptr<Follower>> start(const std::string& address,
                                                                  Publisher& publisher);
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;
    ~Follower();

  private:
    Follower(Connection connection, int wake_descriptor, Publisher& publisher);
    void follow(Connection first, const std::stop_token& stop);

    Publisher& publisher_;
    int wake_descriptor_;
    std::jthread thread_;
};

}  // namespace writ::store::postgresql
