#pragma once

namespace writ::store::sql {

inline constexpr const char* sts_preferences = R"sql(
create table sts_preferences (
    account_id text not null references accounts,
    global_token_version integer not null,
    primary key (account_id)
) strict, without rowid;
)sql";

}  // namespace writ::store::sql
