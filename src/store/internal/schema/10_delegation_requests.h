#pragma once

namespace writ::store::sql {

inline constexpr const char* delegation_requests = R"sql(
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

}  // namespace writ::store::sql
