#pragma once

namespace writ::store::sql {

inline constexpr const char* tasks_uses_and_denials = R"sql(
create table tasks (
    account_id text not null references accounts,
    task_id text not null,
    kind integer not null,
    caller_id text not null,
    subject text not null,
    made_at integer not null,
    by_action integer not null,
    content text not null,
    primary key (account_id, task_id)
) strict, without rowid;
create unique index tasks_by_age on tasks (account_id, kind, made_at, task_id);

create table service_uses (
    account_id text not null references accounts,
    principal_id text not null,
    service text not null,
    action text not null,
    used_at integer not null,
    region text not null,
    primary key (account_id, principal_id, service, action)
) strict, without rowid;

create table reported_accesses (
    account_id text not null,
    task_id text not null,
    service text not null,
    action text not null,
    entity_id text not null,
    entity_arn text not null,
    used_at integer,
    region text not null,
    entities integer not null,
    primary key (account_id, task_id, service, action, entity_id),
    foreign key (account_id, task_id) references tasks (account_id, task_id)
) strict, without rowid;

create table denials (
    account_id text not null references accounts,
    denial_id text not null primary key,
    denied_at integer not null,
    question text not null
) strict, without rowid;
create unique index denials_by_age on denials (account_id, denied_at, denial_id);
)sql";

}  // namespace writ::store::sql
