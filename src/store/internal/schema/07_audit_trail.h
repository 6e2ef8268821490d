#pragma once

namespace writ::store::sql {

inline constexpr const char* audit_trail = R"sql(
create table audit_events (
    occurred_at integer not null,
    event_id text not null,
    account_id text not null references accounts,
    of_change integer not null,
    caller_arn text not null,
    access_key_id text not null,
    action text not null,
    resource_arns text not null,
    error_code text not null,
    event text not null,
    primary key (occurred_at, event_id)
) strict;
create unique index audit_events_by_age on audit_events (account_id, of_change, occurred_at, event_id);
)sql";

}  // namespace writ::store::sql
