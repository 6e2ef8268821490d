#pragma once

namespace writ::store::sql {

inline constexpr const char* custom_services = R"sql(
create table custom_services (
    account_id text not null references accounts,
    prefix text not null,
    definition text not null,
    registered_at integer not null,
    primary key (account_id, prefix)
) strict;
)sql";

}  // namespace writ::store::sql
