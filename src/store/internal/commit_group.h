#pragma once

#include <cstddef>
#include <future>
#include <vector>

#include "store/change.h"
#include "store/failure.h"

namespace writ::store {

/// Transactions that are made durable by one commit of the database (group commit): whoever ends a
/// transaction while others wait for their turn leaves the commit to them and waits for it. The members run
/// one after the other, each behind a savepoint, and see what those before them did; if the commit fails, it
/// fails for all of them. A member that is taken back was refused, perhaps because of another's work, before
/// that work was durable.
struct CommitGroup {
    static constexpr std::size_t members_max = 64;

    explicit CommitGroup(Revision begin) : revision(begin) {}

    Revision revision;            ///< After the last member that ended well.
    std::vector<Change> changes;  ///< Of all members, in order.
    std::size_t members = 0;      ///< Ended well.
    std::promise<Outcome<void>> durable;
    const std::shared_future<Outcome<void>> outcome{durable.get_future()};
};

}  // namespace writ::store
