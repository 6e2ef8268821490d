#pragma once

namespace writ::store::sql {

inline constexpr const char* passwords_and_mfa = R"sql(
create table mfa_devices (
    account_id text not null references accounts,
    serial_number text not null,
    owner_id text not null,
    sealed_seed blob not null,
    created_at integer not null,
    enabled_at integer,
    drift_steps integer not null,
    pair_step integer not null,
    used_step integer not null,
    used_before integer not null,
    tries_window integer not null,
    tries integer not null,
    primary key (account_id, serial_number)
) strict, without rowid;
create index mfa_devices_by_owner on mfa_devices (account_id, owner_id, serial_number);

create table password_policies (
    account_id text not null references accounts,
    minimum_length integer not null,
    require_symbols integer not null,
    require_numbers integer not null,
    require_uppercase integer not null,
    require_lowercase integer not null,
    users_may_change integer not null,
    age_days_max integer not null,
    reuse_prevention integer not null,
    hard_expiry integer not null,
    primary key (account_id)
) strict, without rowid;

create table login_profiles (
    account_id text not null,
    user_id text not null,
    password_hash text not null,
    reset_required integer not null,
    session_s_max integer,
    created_at integer not null,
    changed_at integer not null,
    passwords_before integer not null,
    primary key (account_id, user_id),
    foreign key (account_id, user_id) references users (account_id, user_id)
) strict, without rowid;

create table former_passwords (
    account_id text not null,
    user_id text not null,
    number integer not null,
    password_hash text not null,
    primary key (account_id, user_id, number),
    foreign key (account_id, user_id) references login_profiles (account_id, user_id)
) strict, without rowid;
)sql";

}  // namespace writ::store::sql
