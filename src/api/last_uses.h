#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/call.h"

namespace writ::api {

/// When access keys and roles were used last (spec 8.7), kept off the way of requests: noting costs a
/// look-up, the store is written by flush(). The first use of each 15 minutes counts. What is noted and not
/// flushed is lost when the process ends. Safe for concurrent use.
class LastUses {
  public:
    explicit LastUses(Surroundings& at) : at_(at) {}

    /// The caller was recognised; whether it was allowed anything does not matter.
    void note(const authz::Caller& caller, std::string_view service, Instant now);
    /// A store that cannot be written leaves the rest for the next call.
    void flush();

  private:
    struct Use {
        std::string account;
        std::string used_id;  ///< Access key id, or role id.
        bool role = false;
        std::string service;
    };
    static constexpr std::chrono::minutes window{15};
    [[nodiscard]] std::vector<Use> take_due();
    [[nodiscard]] bool write(const std::vector<Use>& uses);

    Surroundings& at_;
    std::mutex mutex_;
    std::unordered_map<std::string, Instant> noted_;  ///< By used id; forgotten when its window is over.
    std::vector<Use> waiting_;
};

}  // namespace writ::api
