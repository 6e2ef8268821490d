#pragma once

namespace writ::store::sql {

// What changed nothing moves into rows of many calls.
inline constexpr const char* audit_batches = R"sql(
drop index audit_events_by_age;
delete from audit_events where of_change = 0;
alter table audit_events drop column of_change;
create unique index audit_events_by_age on audit_events (account_id, occurred_at, event_id);

create table audit_batches (
    first_at integer not null,
    batch_id text not null,
    account_id text not null references accounts,
    events blob not null,
    primary key (first_at, batch_id)
) strict;
create unique index audit_batches_by_age on audit_batches (account_id, first_at, batch_id);
)sql";

}  // namespace writ::store::sql
