#pragma once

namespace writ::store::sql {

inline constexpr const char* outbound_federation = R"sql(
create table outbound_federations (
    account_id text not null references accounts,
    issuer_id text not null,
    enabled integer not null,
    created_at integer not null,
    primary key (account_id)
) strict, without rowid;
create unique index outbound_federations_by_issuer on outbound_federations (issuer_id);

create table outbound_keys (
    account_id text not null references outbound_federations,
    key_id text not null,
    algorithm integer not null,
    public_key text not null,
    sealed_private_key blob not null,
    created_at integer not null,
    primary key (account_id, key_id)
) strict;
)sql";

}  // namespace writ::store::sql
