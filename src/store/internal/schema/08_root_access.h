#pragma once

namespace writ::store::sql {

inline constexpr const char* root_access = R"sql(
create table enabled_root_access (
    organization_id text not null references organizations,
    feature integer not null,
    primary key (organization_id, feature)
) strict, without rowid;

create table root_recoveries (
    account_id text not null references accounts,
    created_at integer not null,
    primary key (account_id)
) strict, without rowid;
)sql";

}  // namespace writ::store::sql
