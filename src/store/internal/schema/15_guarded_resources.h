#pragma once

namespace writ::store::sql {

// What is known of resources behind a gateway. The owner of a bucket is looked up by the bucket alone.
inline constexpr const char* guarded_resources = R"sql(
create table resource_policies (
    account_id text not null references accounts,
    resource_arn text not null,
    document text not null,
    set_at integer not null,
    primary key (account_id, resource_arn)
) strict;

create table resource_tags (
    account_id text not null references accounts,
    resource_arn text not null,
    tag_key text not null,
    tag_value text not null,
    primary key (account_id, resource_arn, tag_key)
) strict, without rowid;

create table resource_facts (
    account_id text not null references accounts,
    kind integer not null,
    name text not null,
    value text not null,
    expires_at integer,
    primary key (account_id, kind, name)
) strict, without rowid;
create unique index resource_facts_by_kind on resource_facts (kind, name, account_id);
create unique index resource_facts_by_expiry on resource_facts (account_id, expires_at, kind, name);
)sql";

}  // namespace writ::store::sql
