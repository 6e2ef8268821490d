#include "directory/credentials/signing_certificates.h"

#include "crypto/certificate.h"
#include "directory/internal/credentials/credential_owners.h"
#include "directory/internal/credentials/credential_status.h"
#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "store/records.h"

namespace writ::directory {
namespace {

SigningCertificate answer_of(const CredentialOwner& owner, const store::SigningCertificate& record) {
    return {.certificate_id = record.certificate_id,
            .user_name = owner.user_name,
            .body = record.body,
            .active = record.active,
            .uploaded_at = record.uploaded_at};
}

Result<crypto::Certificate> parse(std::string_view body, Instant now) {
    auto certificate = crypto::Certificate::from_pem(body);
    const bool valid = certificate && certificate->not_before() <= now && now < certificate->not_after();
    if (valid) return std::move(*certificate);
    std::string text = "Certificate ";
    text.append(body).append(certificate ? " is expired or not valid yet." : " is malformed.");
    return fail("MalformedCertificate", 400, std::move(text));
}

Result<std::optional<store::SigningCertificate>> find(const AccountView& account,
                                                      std::string_view certificate_id) {
    return result_of(account.records.find<store::SigningCertificate>(store::SigningCertificate::by_id,
                                                                     {account.account_id, certificate_id}));
}

/// A certificate of that owner. That of anybody else is not found.
Result<store::SigningCertificate> find_of(const AccountView& account, const KeyOwner& owner,
                                          std::string_view certificate_id) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    auto found = find(account, certificate_id);
    if (!found) return std::unexpected(std::move(found.error()));
    auto& record = *found;
    if (record.has_value() && record->owner_id == found_owner->id) return std::move(*record);
    return fail("NoSuchEntity", 404,
                "The Certificate with id " + std::string(certificate_id) + " cannot be found.");
}

Result<void> check_quota(const AccountView& account, std::string_view owner_id) {
    const auto used = account.records.count<store::SigningCertificate>(
        store::SigningCertificate::by_owner, {.equal = {account.account_id, owner_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::certificates_per_user, static_cast<std::int64_t>(*used));
}

/// The certificate is there already: whose is it?
Result<SigningCertificate> uploaded_before(const AccountView& account, const CredentialOwner& owner,
                                           std::string_view certificate_id) {
    const auto found = find(account, certificate_id);
    if (!found) return std::unexpected(found.error());
    const auto& present = *found;
    if (present.has_value() && present->owner_id == owner.id) return answer_of(owner, *present);
    return fail("DuplicateCertificate", 409, "Duplicate certificate uploaded.");
}

}  // namespace

Result<SigningCertificate> upload_signing_certificate(AccountEdit& account, const KeyOwner& owner,
                                                      std::string_view body) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    const Instant now = account.environment.clock.now();
    const auto certificate = parse(body, now);
    if (!certificate) return std::unexpected(certificate.error());
    const store::SigningCertificate record{.account_id = account.account_id,
                                           .owner_id = found_owner->id,
                                           .certificate_id = certificate->thumbprint(),
                                           .body = std::string(body),
                                           .active = true,
                                           .uploaded_at = now};
    const auto inserted = account.writes.insert(record);
    if (!inserted && inserted.error().kind == store::FailureKind::duplicate) {
        return uploaded_before(account, *found_owner, record.certificate_id);
    }
    if (!inserted) return std::unexpected(to_error(inserted.error()));
    if (auto fits = check_quota(account, found_owner->id); !fits) {
        return std::unexpected(std::move(fits.error()));
    }
    return answer_of(*found_owner, record);
}

Result<void> update_signing_certificate(AccountEdit& account, const KeyOwner& owner,
                                        std::string_view certificate_id, std::string_view status) {
    const auto active = is_active(status);
    if (!active) return std::unexpected(active.error());
    auto record = find_of(account, owner, certificate_id);
    if (!record) return std::unexpected(std::move(record.error()));
    record->active = *active;
    return result_of(account.writes.update(*record));
}

Result<void> delete_signing_certificate(AccountEdit& account, const KeyOwner& owner,
                                        std::string_view certificate_id) {
    const auto record = find_of(account, owner, certificate_id);
    if (!record) return std::unexpected(record.error());
    return result_of(account.writes.erase(*record));
}

Result<Page<SigningCertificate>> list_signing_certificates(const AccountView& account, const KeyOwner& owner,
                                                           const PageRequest& page) {
    const auto found_owner = find_credential_owner(account, owner);
    if (!found_owner) return std::unexpected(found_owner.error());
    const IndexedList<store::SigningCertificate, SigningCertificate> certificates{
        .index = store::SigningCertificate::by_owner,
        .equal = {account.account_id, found_owner->id},
        .order = &store::SigningCertificate::certificate_id,
        .keep = all_rows,
        .convert = [&](const store::SigningCertificate& record) { return answer_of(*found_owner, record); }};
    return page_of(account, {.operation = "ListSigningCertificates", .filter = found_owner->id}, page,
                   certificates);
}

}  // namespace writ::directory
