#pragma once

namespace writ::store::sql {

inline constexpr const char* aliases_and_instance_profiles = R"sql(
create table account_aliases (
    account_id text not null primary key references accounts,
    alias text not null
) strict, without rowid;
create unique index account_aliases_by_alias on account_aliases (alias);

create table instance_profiles (
    account_id text not null references accounts,
    profile_id text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    role_id text not null,
    created_at integer not null,
    primary key (account_id, profile_id)
) strict, without rowid;
create unique index instance_profiles_by_name on instance_profiles (account_id, name_folded);
create unique index instance_profiles_by_role on instance_profiles (account_id, role_id, name_folded);
)sql";

}  // namespace writ::store::sql
