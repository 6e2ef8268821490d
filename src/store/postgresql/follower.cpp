#include "store/postgresql/follower.h"

#include <cerrno>
#include <cstring>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

#include "store/postgresql/session.h"

namespace writ::store::postgresql {
namespace {

constexpr const char* listen = "listen writ_changes";
constexpr int look_anyway_ms = 5'000;  // Should a notification ever get lost.
constexpr int try_again_ms = 250;

Outcome<void> catch_up(Session& session, Publisher& publisher) {
    const auto changes = session.changes_since(publisher.known(), sql::all_changes);
    if (!changes) return std::unexpected(changes.error());
    publisher.publish(*changes);
    return {};
}

}  // namespace

Outcome<std::unique_ptr<Follower>> Follower::start(const std::string& address, Publisher& publisher) {
    auto connection = Connection::open(address);
    if (!connection) return std::unexpected(std::move(connection.error()));
    if (auto listening = connection->run(listen); !listening)
        return std::unexpected(std::move(listening.error()));
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    if (wake < 0) return std::unexpected(Failure{FailureKind::unavailable, {}, std::strerror(errno)});
    return std::unique_ptr<Follower>(new Follower(std::move(*connection), wake, publisher));
}

Follower::Follower(Connection connection, int wake_descriptor, Publisher& publisher)
    : publisher_(publisher),
      wake_descriptor_(wake_descriptor),
      thread_([this, connection = std::move(connection)](const std::stop_token& stop) mutable {
          follow(std::move(connection), stop);
      }) {}

Follower::~Follower() {
    thread_.request_stop();
    const std::uint64_t one = 1;
    (void)!::write(wake_descriptor_, &one, sizeof one);
    thread_.join();
    ::close(wake_descriptor_);
}

void Follower::follow(Connection first, const std::stop_token& stop) {
    Session session(std::move(first));
    Connection& connection = session.connection();
    bool listening = true;
    while (!stop.stop_requested()) {
        if (listening && connection.is_alive() && catch_up(session, publisher_)) {
            (void)connection.wait_for_notification(wake_descriptor_, look_anyway_ms);
            continue;
        }
        (void)connection.wait_for_notification(wake_descriptor_, try_again_ms);
        if (!connection.is_alive()) {
            listening = false;
            if (!session.reopen()) continue;
        }
        if (!listening) listening = connection.run(listen).has_value();
    }
}

}  // namespace writ::store::postgresql
