#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace writ::store {

/// Number of the last committed change. Grows by one with each transaction that changed an entity; 0 is the
/// empty store.
using Revision = std::int64_t;

/// What a row belongs to. Written to disk: never renumber.
enum class EntityKind : std::uint8_t {
    none = 0,  ///< Rows that no decision depends on: counters, dates of last use.
    account = 1,
    user = 2,
    group = 3,
    role = 4,
    policy = 5,
    access_key = 6,
    instance_profile = 7,
    organization = 8,  ///< With its units, policies and attachments; members are accounts.
    resource = 9,      ///< Of a service behind a gateway: what is known of it.
};

/// The entity that a row is part of: an inline policy of a user is part of the user.
struct Entity {
    EntityKind kind = EntityKind::none;
    std::string account_id;
    std::string id;  ///< Unique id (AIDA…), access key id, the account, or the ARN of a resource.

    auto operator<=>(const Entity&) const = default;
};

/// One line of the feed that compiled state follows.
struct Change {
    Revision revision = 0;
    Entity entity;
};

/// How long lines of the feed stay: as long as they belong to one of the last `kept` revisions. Those of
/// older ones go a while later, some at a time. Who has missed more must read everything anew.
struct FeedRetention {
    Revision kept = 65'536;
    Revision dropped_every = 1'024;  ///< Revisions.
};

/// Called after each commit that changed entities, in the order of revisions and never twice at once, before
/// commit() returns; for commits of other processes on the same database soon afterwards, by a thread of the
/// store. Each entity appears once, in the order of Entity. No entity at all: lines of the feed were dropped
/// before this process has read them, so that anything may have changed. Must not throw, nor begin a
/// transaction.
using ChangeListener = std::function<void(const std::vector<Change>&)>;

}  // namespace writ::store
