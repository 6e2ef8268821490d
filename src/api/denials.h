#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cases/case.h"
#include "directory/directory.h"
#include "store/store.h"

namespace writ::api {

/// Denied requests on their way into the store, where `writ why` finds them. What was in force goes along by
/// reference, so that noting costs some copies of texts; flush() writes it down. Bounded: what comes faster
/// than it can be written gets no id. Safe for concurrent use.
class Denials {
  public:
    Denials(store::Store& store, const directory::Environment& environment)
        : store_(store), environment_(environment) {}

    /// The id under which the denial will be found, 26 lower-case letters and digits; empty: no room for it.
    [[nodiscard]] std::string note(std::string account, cases::Case question);
    /// What cannot be written is lost: nobody's request depends on it.
    void flush();

  private:
    static constexpr std::size_t waiting_max = 100;
    struct Waiting {
        std::string account;
        std::string id;
        Instant denied_at{};
        cases::Case question;
    };

    store::Store& store_;
    const directory::Environment& environment_;
    std::mutex mutex_;
    std::vector<Waiting> waiting_;
};

}  // namespace writ::api
