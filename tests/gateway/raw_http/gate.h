#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "authz/subjects.h"
#include "base/random.h"
#include "base/time.h"
#include "crypto/sealing.h"
#include "directory/accounts/accounts.h"
#include "expectations.h"
#include "gateway/guard.h"
#include "gateway/proxy.h"
#include "play.h"
#include "recorder.h"
#include "store/temporary_store.h"

namespace writ::raw_http {

/// The gateway over real sockets, one user before it and a recorder behind it.
class Gate {
  public:
    Gate();
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    [[nodiscard]] Signer signer() const;
    /// Sends the streams and looks at everything that comes out at both ends. What is wrong with it, a line
    /// each; empty: nothing reached the service that was not allowed, and as it was allowed; nothing was
    /// answered twice, out of turn, or to another.
    [[nodiscard]] std::string play(const std::vector<Stream>& streams);

    [[nodiscard]] std::size_t passed() const {
        return passed_;
    }  ///< Requests that reached the service so far.

  private:
    void make_user();
    [[nodiscard]] gateway::Judgement judge(HttpRequest& request, bool is_body_there);
    [[nodiscard]] gateway::Judgement note(gateway::Judgement judgement);
    void check_received(const std::vector<Stream>& streams, std::string& complaints);

    FixedClock clock_;
    SequenceRandom random_{7};
    std::vector<crypto::RingKey> ring_;
    crypto::SealingKeys keys_;
    store::TemporaryStore store_;
    directory::Environment environment_;
    std::unique_ptr<authz::Subjects> subjects_;
    crypto::SessionTokens tokens_;
    std::string key_id_;
    Secret secret_;
    Recorder recorder_;
    std::vector<gateway::Upstream> upstreams_;
    std::unique_ptr<gateway::Guard> guard_;
    std::mutex mutex_;
    std::vector<Allowed> allowed_;
    std::size_t passed_ = 0;
    std::string host_;
    std::unique_ptr<gateway::Proxy> proxy_;
};

}  // namespace writ::raw_http
