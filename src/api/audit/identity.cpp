#include "api/audit/identity.h"

#include "base/time.h"

namespace writ::api::audit {
namespace {

using engine::Principal;
using engine::PrincipalKind;

std::string_view type_of(PrincipalKind kind) noexcept {
    switch (kind) {
        case PrincipalKind::root:
            return "Root";
        case PrincipalKind::user:
            return "IAMUser";
        case PrincipalKind::role_session:
            return "AssumedRole";
        case PrincipalKind::federated_user:
            return "FederatedUser";
        case PrincipalKind::service:
            return "AWSService";
        case PrincipalKind::federated:
        case PrincipalKind::anonymous:
            return "Unknown";
    }
    return "Unknown";
}

/// Whose permissions the session has: the role, or who asked for the federated user.
void write_issuer(Writer& writer, const authz::Caller& caller) {
    const Principal& principal = *caller.principal;
    writer.StartObject();
    if (principal.kind == PrincipalKind::role_session) {
        write(writer, "type", std::string_view("Role"));
        write(writer, "principalId", principal.id);
        write(writer, "arn", principal.role_arn);
    } else if (principal.kind == PrincipalKind::federated_user) {
        write(writer, "type", type_of(caller.subject == nullptr ? PrincipalKind::root : PrincipalKind::user));
        write(writer, "principalId", principal.issuer_id);
        write(writer, "arn", principal.issuer_arn);
    } else {
        writer.EndObject();
        return;
    }
    write(writer, "accountId", principal.account);
    if (caller.subject != nullptr) write(writer, "userName", caller.subject->name);
    writer.EndObject();
}

void write_session(Writer& writer, const authz::Caller& caller) {
    const crypto::SessionClaims& session = *caller.session;
    writer.StartObject();
    write_key(writer, "sessionIssuer");
    write_issuer(writer, caller);
    write_key(writer, "attributes");
    writer.StartObject();
    write(writer, "creationDate", format_iso8601(session.issued));
    write(writer, "mfaAuthenticated", std::string_view(session.mfa_time ? "true" : "false"));
    writer.EndObject();
    if (!session.source_identity.empty()) write(writer, "sourceIdentity", session.source_identity);
    if (caller.principal->assumed_root) write(writer, "assumedRoot", std::string_view("true"));
    writer.EndObject();
}

/// The account that acts with delegated credentials (the guide's page on CloudTrail and delegation).
void write_delegate(Writer& writer, const crypto::SessionClaims& session) {
    if (session.delegate_account.empty()) return;
    write_key(writer, "invokedByDelegate");
    writer.StartObject();
    write(writer, "accountId", session.delegate_account);
    writer.EndObject();
}

}  // namespace

void write_identity(Writer& writer, const authz::Caller& caller) {
    const Principal& principal = *caller.principal;
    writer.StartObject();
    write(writer, "type", type_of(principal.kind));
    write(writer, "principalId", caller.user_id());
    write(writer, "arn", principal.arn);
    write(writer, "accountId", principal.account);
    write(writer, "accessKeyId", caller.access_key_id);
    if (principal.kind == PrincipalKind::user && caller.subject != nullptr) {
        write(writer, "userName", caller.subject->name);
    }
    if (caller.session != nullptr) {
        write_key(writer, "sessionContext");
        write_session(writer, caller);
        write_delegate(writer, *caller.session);
    }
    writer.EndObject();
}

void write_foreign_identity(Writer& writer, const authz::Caller& caller) {
    writer.StartObject();
    write(writer, "type", std::string_view("AWSAccount"));
    write(writer, "principalId", caller.user_id());
    write(writer, "accountId", caller.principal->account);
    writer.EndObject();
}

}  // namespace writ::api::audit
