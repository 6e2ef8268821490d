#pragma once

namespace writ::store::sql {

inline constexpr const char* organizations = R"sql(
alter table accounts add column name text;
alter table accounts add column email text;
alter table accounts add column email_folded text;
alter table accounts add column closed_at integer;
create unique index accounts_by_email on accounts (email_folded);

create table organizations (
    organization_id text not null,
    management_account_id text not null references accounts,
    root_id text not null,
    feature_set integer not null,
    created_at integer not null,
    primary key (organization_id)
) strict, without rowid;
create unique index organizations_by_management_account on organizations (management_account_id);

create table enabled_policy_types (
    organization_id text not null references organizations,
    type integer not null,
    primary key (organization_id, type)
) strict, without rowid;

create table organizational_units (
    organization_id text not null references organizations,
    unit_id text not null,
    parent_id text not null,
    name text not null,
    name_folded text not null,
    created_at integer not null,
    primary key (organization_id, unit_id)
) strict, without rowid;
create unique index organizational_units_by_parent
    on organizational_units (organization_id, parent_id, name_folded);

create table organization_members (
    account_id text not null references accounts,
    organization_id text not null references organizations,
    parent_id text not null,
    joined_method integer not null,
    joined_at integer not null,
    primary key (account_id)
) strict, without rowid;
create unique index organization_members_by_organization
    on organization_members (organization_id, account_id);
create unique index organization_members_by_parent
    on organization_members (organization_id, parent_id, account_id);

create table organization_policies (
    organization_id text not null references organizations,
    policy_id text not null,
    type integer not null,
    name text not null,
    description text not null,
    content text not null,
    revision integer not null,
    created_at integer not null,
    primary key (organization_id, policy_id)
) strict;
create unique index organization_policies_by_name on organization_policies (organization_id, type, name);

create table organization_attachments (
    organization_id text not null references organizations,
    target_id text not null,
    type integer not null,
    policy_id text not null,
    target_kind integer not null,
    primary key (organization_id, target_id, type, policy_id)
) strict, without rowid;
create unique index organization_attachments_by_policy
    on organization_attachments (organization_id, policy_id, target_id);
create unique index organization_attachments_by_type
    on organization_attachments (organization_id, type, target_id, policy_id);

create table organization_resource_policies (
    organization_id text not null references organizations,
    policy_id text not null,
    content text not null,
    primary key (organization_id)
) strict;

create table trusted_services (
    organization_id text not null references organizations,
    service_principal text not null,
    enabled_at integer not null,
    primary key (organization_id, service_principal)
) strict, without rowid;

create table delegated_administrators (
    organization_id text not null references organizations,
    account_id text not null references organization_members,
    service_principal text not null,
    enabled_at integer not null,
    primary key (organization_id, account_id, service_principal)
) strict, without rowid;
create unique index delegated_administrators_by_service
    on delegated_administrators (organization_id, service_principal, account_id);

create table account_creations (
    organization_id text not null references organizations,
    request_id text not null,
    state integer not null,
    account_name text not null,
    account_id text not null,
    failure_reason text not null,
    requested_at integer not null,
    completed_at integer,
    primary key (organization_id, request_id)
) strict, without rowid;

create table handshakes (
    handshake_id text not null,
    organization_id text not null,
    management_account_id text not null,
    account_id text not null,
    addressed_email text not null,
    parent_id text not null,
    notes text not null,
    action integer not null,
    state integer not null,
    requested_at integer not null,
    expires_at integer not null,
    primary key (handshake_id)
) strict;
create unique index handshakes_by_organization on handshakes (organization_id, handshake_id);
create unique index handshakes_by_account on handshakes (account_id, handshake_id);
)sql";

}  // namespace writ::store::sql
