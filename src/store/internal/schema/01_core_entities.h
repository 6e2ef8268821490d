#pragma once

namespace writ::store::sql {

inline constexpr const char* core_entities = R"sql(
create table accounts (
    account_id text not null primary key,
    created_at integer not null
) strict, without rowid;

create table users (
    account_id text not null references accounts,
    user_id text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    created_at integer not null,
    primary key (account_id, user_id)
) strict, without rowid;
create unique index users_by_name on users (account_id, name_folded);

create table groups (
    account_id text not null references accounts,
    group_id text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    created_at integer not null,
    primary key (account_id, group_id)
) strict, without rowid;
create unique index groups_by_name on groups (account_id, name_folded);

create table memberships (
    account_id text not null,
    group_id text not null,
    user_id text not null,
    user_name_folded text not null,
    primary key (account_id, user_id, group_id),
    foreign key (account_id, group_id) references groups (account_id, group_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
) strict, without rowid;
create unique index memberships_by_group on memberships (account_id, group_id, user_name_folded);

create table roles (
    account_id text not null references accounts,
    role_id text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    description text not null,
    trust_document text not null,
    max_session_s integer not null,
    created_at integer not null,
    primary key (account_id, role_id)
) strict;
create unique index roles_by_name on roles (account_id, name_folded);

create table policies (
    account_id text not null references accounts,
    policy_id text not null,
    arn text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    description text not null,
    default_version integer not null,
    last_version integer not null,
    created_at integer not null,
    updated_at integer not null,
    primary key (account_id, policy_id)
) strict, without rowid;
create unique index policies_by_name on policies (account_id, name_folded);

create table policy_versions (
    account_id text not null,
    policy_id text not null,
    version integer not null,
    document text not null,
    created_at integer not null,
    primary key (account_id, policy_id, version),
    foreign key (account_id, policy_id) references policies (account_id, policy_id)
) strict;

create table attachments (
    account_id text not null references accounts,
    principal_kind integer not null,
    principal_id text not null,
    principal_name_folded text not null,
    usage integer not null,
    policy_arn text not null,
    primary key (account_id, principal_id, usage, policy_arn)
) strict, without rowid;
create unique index attachments_by_policy
    on attachments (account_id, policy_arn, principal_kind, principal_name_folded, usage);

create table inline_policies (
    account_id text not null references accounts,
    principal_kind integer not null,
    principal_id text not null,
    name text not null,
    name_folded text not null,
    document text not null,
    counted_size integer not null,
    primary key (account_id, principal_id, name_folded)
) strict;

create table access_keys (
    account_id text not null references accounts,
    owner_id text not null,
    access_key_id text not null,
    active integer not null,
    sealed_secret blob not null,
    created_at integer not null,
    primary key (account_id, owner_id, access_key_id)
) strict, without rowid;
create unique index access_keys_by_id on access_keys (access_key_id);

create table last_uses (
    account_id text not null references accounts,
    used_id text not null,
    used_at integer not null,
    service text not null,
    region text not null,
    primary key (account_id, used_id)
) strict, without rowid;

create table tags (
    account_id text not null references accounts,
    resource_kind integer not null,
    resource_id text not null,
    key_folded text not null,
    key text not null,
    value text not null,
    primary key (account_id, resource_id, key_folded)
) strict, without rowid;

create table counters (
    account_id text not null references accounts,
    name text not null,
    value integer not null,
    primary key (account_id, name)
) strict, without rowid;

create table changes (
    revision integer not null,
    account_id text not null,
    entity_kind integer not null,
    entity_id text not null,
    primary key (revision, account_id, entity_kind, entity_id)
) strict, without rowid;
)sql";

}  // namespace writ::store::sql
