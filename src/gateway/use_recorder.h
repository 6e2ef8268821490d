#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/time.h"
#include "directory/reports/recorded_uses.h"
#include "gateway/guard.h"
#include "store/store.h"

namespace writ::gateway {

/// What users and roles use of the upstreams that record it, kept off the way of requests: noting adds up in
/// memory, flush() writes. What is noted and not flushed is lost when the process ends. Memory is bounded:
/// beyond it uses are counted and nothing else. Safe for concurrent use.
class UseRecorder {
  public:
    /// Both must outlive it.
    UseRecorder(store::Store& store, const directory::Environment& environment)
        : store_(store), environment_(environment) {}

    /// A request that was answered with `status`. It counts as use when it passed and the service did not
    /// refuse it: any status below 500 but 401 and 403, for who asked for what is not there (404) or broke a
    /// condition (412) needed the permission all the same. Root and anonymous callers need none.
    void note(const HttpRequest& request, const GuardRecord& record, int status, Instant now);
    /// A store that cannot be written leaves the rest for the next call.
    void flush();

  private:
    static constexpr std::size_t waiting_max = 50'000;

    struct Use {
        std::string action, resource, resource_account;
        std::vector<directory::UseKey> context;
        auto operator<=>(const Use&) const = default;
    };
    struct Times {
        std::int64_t uses = 0;
        Instant first_at{}, last_at{};
    };
    struct Waiting {
        std::map<Use, Times> uses;
        std::int64_t lost = 0;
    };
    /// By account and id of the principal.
    using ByPrincipal = std::map<std::pair<std::string, std::string>, Waiting>;

    void add(Waiting& waiting, Use use, const Times& times);
    [[nodiscard]] bool write(const ByPrincipal& noted);

    store::Store& store_;
    const directory::Environment& environment_;
    std::mutex mutex_;
    ByPrincipal waiting_;
    std::size_t waiting_uses_ = 0;
};

}  // namespace writ::gateway
