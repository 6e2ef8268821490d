#pragma once

namespace writ::store::sql {

inline constexpr const char* certificates_and_providers = R"sql(
create table signing_certificates (
    account_id text not null references accounts,
    owner_id text not null,
    certificate_id text not null,
    body text not null,
    active integer not null,
    uploaded_at integer not null,
    primary key (account_id, certificate_id)
) strict;
create unique index signing_certificates_by_owner
    on signing_certificates (account_id, owner_id, certificate_id);

create table server_certificates (
    account_id text not null references accounts,
    certificate_id text not null,
    name text not null,
    name_folded text not null,
    path text not null,
    body text not null,
    chain text not null,
    sealed_key blob not null,
    uploaded_at integer not null,
    expires_at integer not null,
    primary key (account_id, certificate_id)
) strict;
create unique index server_certificates_by_name on server_certificates (account_id, name_folded);

create table ssh_public_keys (
    account_id text not null,
    user_id text not null,
    key_id text not null,
    fingerprint text not null,
    body text not null,
    active integer not null,
    uploaded_at integer not null,
    primary key (account_id, user_id, key_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
) strict, without rowid;
create unique index ssh_public_keys_by_fingerprint on ssh_public_keys (account_id, user_id, fingerprint);

create table service_credentials (
    account_id text not null,
    user_id text not null,
    credential_id text not null,
    service text not null,
    login text not null,
    secret_digest blob not null,
    active integer not null,
    created_at integer not null,
    expires_at integer,
    primary key (account_id, credential_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
) strict, without rowid;
create unique index service_credentials_by_user on service_credentials (account_id, user_id, credential_id);
create unique index service_credentials_by_login on service_credentials (account_id, service, login);

create table oidc_providers (
    account_id text not null references accounts,
    url text not null,
    created_at integer not null,
    primary key (account_id, url)
) strict, without rowid;

create table oidc_values (
    account_id text not null,
    url text not null,
    kind integer not null,
    position integer not null,
    value text not null,
    primary key (account_id, url, kind, position),
    foreign key (account_id, url) references oidc_providers (account_id, url)
) strict, without rowid;

create table saml_providers (
    account_id text not null references accounts,
    name text not null,
    uuid text not null,
    metadata text not null,
    encryption_required integer not null,
    created_at integer not null,
    updated_at integer not null,
    primary key (account_id, name)
) strict;

create table saml_private_keys (
    account_id text not null references accounts,
    provider_uuid text not null,
    key_id text not null,
    sealed_key blob not null,
    added_at integer not null,
    primary key (account_id, provider_uuid, key_id)
) strict;
)sql";

}  // namespace writ::store::sql
