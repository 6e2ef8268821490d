#include "store/internal/schema_steps.h"

#include <algorithm>
#include <array>

namespace writ::store::sql {
namespace {

// Forward only. A step that was released is never edited: what changes is a further step.
//
// Every key is led by the account (or the organization), so that the tables can be spread over machines by
// it. Tables with small rows are clustered by their primary key (without rowid); those that hold documents
// are not.
constexpr const char* core_entities = R"sql(
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

constexpr const char* aliases_and_instance_profiles = R"sql(
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

constexpr const char* passwords_and_mfa = R"sql(
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

constexpr const char* certificates_and_providers = R"sql(
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

constexpr const char* organizations = R"sql(
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

constexpr const char* tasks_uses_and_denials = R"sql(
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

constexpr const char* audit_trail = R"sql(
create table audit_events (
    occurred_at integer not null,
    event_id text not null,
    account_id text not null references accounts,
    of_change integer not null,
    caller_arn text not null,
    access_key_id text not null,
    action text not null,
    resource_arns text not null,
    error_code text not null,
    event text not null,
    primary key (occurred_at, event_id)
) strict;
create unique index audit_events_by_age on audit_events (account_id, of_change, occurred_at, event_id);
)sql";

constexpr const char* root_access = R"sql(
create table enabled_root_access (
    organization_id text not null references organizations,
    feature integer not null,
    primary key (organization_id, feature)
) strict, without rowid;

create table root_recoveries (
    account_id text not null references accounts,
    created_at integer not null,
    primary key (account_id)
) strict, without rowid;
)sql";

// What changed nothing moves into rows of many calls.
constexpr const char* audit_batches = R"sql(
drop index audit_events_by_age;
delete from audit_events where of_change = 0;
alter table audit_events drop column of_change;
create unique index audit_events_by_age on audit_events (account_id, occurred_at, event_id);

create table audit_batches (
    first_at integer not null,
    batch_id text not null,
    account_id text not null references accounts,
    events blob not null,
    primary key (first_at, batch_id)
) strict;
create unique index audit_batches_by_age on audit_batches (account_id, first_at, batch_id);
)sql";

constexpr const char* delegation_requests = R"sql(
create table delegation_requests (
    delegation_request_id text not null primary key,
    requestor_account_id text not null references accounts,
    workflow_id text not null,
    owner_account_id text not null,
    owner_arn text not null,
    approver_arn text not null,
    approver_key_id text not null,
    approver_session text not null,
    description text not null,
    request_message text not null,
    redirect_url text not null,
    notes text not null,
    rejection_reason text not null,
    template_arn text not null,
    parameters text not null,
    permission_policy text not null,
    session_seconds integer not null,
    only_send_by_owner integer not null,
    state integer not null,
    created_at integer not null,
    updated_at integer not null,
    expires_at integer not null,
    released_at integer
) strict;
create unique index delegation_requests_by_workflow on delegation_requests (requestor_account_id, workflow_id);
create unique index delegation_requests_by_expiry
    on delegation_requests (requestor_account_id, expires_at, delegation_request_id);
create unique index delegation_requests_by_owner
    on delegation_requests (owner_account_id, delegation_request_id);
)sql";

// Every column of a user beside its name, the id being part of the primary key: a page of users is read in
// one piece and not gathered from all over the table, which is clustered by ids that have no order.
constexpr const char* listed_users = R"sql(
create index users_listed on users (account_id, name_folded, name, path, created_at);
)sql";

constexpr const char* sts_preferences = R"sql(
create table sts_preferences (
    account_id text not null references accounts,
    global_token_version integer not null,
    primary key (account_id)
) strict, without rowid;
)sql";

constexpr const char* outbound_federation = R"sql(
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

constexpr const char* custom_services = R"sql(
create table custom_services (
    account_id text not null references accounts,
    prefix text not null,
    definition text not null,
    registered_at integer not null,
    primary key (account_id, prefix)
) strict;
)sql";

// What is known of resources behind a gateway. The owner of a bucket is looked up by the bucket alone.
constexpr const char* guarded_resources = R"sql(
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

constexpr const char* recorded_uses = R"sql(
create table recorded_uses (
    account_id text not null references accounts,
    principal_id text not null,
    use_id text not null,
    action text not null,
    resource text not null,
    resource_account text not null,
    context blob not null,
    uses integer not null,
    first_at integer not null,
    last_at integer not null,
    is_merged integer not null,
    primary key (account_id, principal_id, use_id)
) strict, without rowid;
)sql";

constexpr auto steps = std::to_array<const char*>(
    {core_entities, aliases_and_instance_profiles, passwords_and_mfa, certificates_and_providers,
     organizations, tasks_uses_and_denials, audit_trail, root_access, audit_batches, delegation_requests,
     listed_users, sts_preferences, outbound_federation, custom_services, guarded_resources, recorded_uses});

bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// The words of SQLite that PostgreSQL has others for. Text is bytea there: PostgreSQL's own text knows no
/// NUL and compares by a collation.
struct Word {
    std::string_view sqlite, postgresql;
};
constexpr auto words = std::to_array<Word>({{"text", "bytea"}, {"blob", "bytea"}, {"integer", "bigint"}});

std::string_view in_postgresql(std::string_view word) noexcept {
    const auto* const known = std::ranges::find(words, word, &Word::sqlite);
    return known == words.end() ? word : known->postgresql;
}

/// What only SQLite wants to know of a table.
constexpr auto storage_options = std::to_array<std::string_view>({" strict, without rowid", " strict"});

}  // namespace

std::span<const char* const> schema_steps() noexcept {
    return steps;
}

Failure outdated() {
    return {FailureKind::corrupt, {}, "this version of the program has not made its tables yet"};
}

std::string postgresql_step(std::string_view step) {
    std::string text;
    while (!step.empty()) {
        const auto* const option = std::ranges::find_if(
            storage_options, [&](std::string_view each) { return step.starts_with(each); });
        if (option != storage_options.end()) {
            step.remove_prefix(option->size());
            continue;
        }
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(step, is_word) - step.begin());
        text += end == 0 ? step.substr(0, 1) : in_postgresql(step.substr(0, end));
        step.remove_prefix(std::max<std::size_t>(end, 1));
    }
    return text;
}

}  // namespace writ::store::sql
