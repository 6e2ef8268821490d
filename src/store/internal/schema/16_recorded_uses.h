#pragma once

namespace writ::store::sql {

inline constexpr const char* recorded_uses = R"sql(
create table recorded_uses (
    account_id text not null references accounts,
    principal_id text not null,
    use_id text not null,
    action text not null,
    resource text not null,
    resource_account text not null,
    context blob not null,
    uses integer not null,
    first_at integer not null,
    last_at integer not null,
    is_merged integer not null,
    primary key (account_id, principal_id, use_id)
) strict, without rowid;
)sql";

}  // namespace writ::store::sql
