#include "directory/credentials/server_certificates.h"

#include "crypto/access_key.h"
#include "crypto/certificate.h"
#include "directory/internal/arns.h"
#include "directory/internal/credentials/access_key_records.h"
#include "directory/internal/credentials/server_certificate_records.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"
#include "directory/internal/new_ids.h"
#include "directory/internal/paging.h"
#include "directory/internal/tagging.h"

namespace writ::directory {
namespace {

std::unexpected<Error> malformed(std::string text) {
    return fail("MalformedCertificate", 400, std::move(text));
}

Result<void> check_validity(const crypto::Certificate& certificate, Instant now) {
    if (now >= certificate.not_after()) {
        return malformed(
            "Certificate is no longer valid. The 'Not After' date restriction on the certificate has "
            "passed.");
    }
    if (now < certificate.not_before()) {
        return malformed(
            "Certificate is not yet valid. The 'Not Before' date restriction on the certificate has not "
            "passed.");
    }
    return {};
}

/// Each certificate of the chain must be the issuer of the one before, the first that of `leaf`. The index
/// that AWS tells of a first one that is not is -1.
Result<void> check_chain(const crypto::Certificate& leaf, std::string_view chain_pem) {
    if (chain_pem.empty()) return {};
    const auto chain = crypto::Certificate::chain_from_pem(chain_pem);
    if (!chain) {
        return malformed(
            "Unable to parse certificate chain. Please ensure the certificate chain is in PEM format.");
    }
    const crypto::Certificate* subject = &leaf;
    for (std::size_t i = 0; i < chain->size(); ++i) {
        if (!subject->is_issued_by((*chain)[i])) {
            return malformed(
                "Unable to validate certificate chain. The certificate chain must start with the immediate "
                "signing certificate, followed by any intermediaries in order. The index within the chain "
                "of the invalid certificate is: " +
                (i == 0 ? std::string("-1") : std::to_string(i)));
        }
        subject = &(*chain)[i];
    }
    return {};
}

ServerCertificate metadata_of(const AccountView& account, const store::ServerCertificate& record) {
    return {.certificate_id = record.certificate_id,
            .name = record.name,
            .path = record.path,
            .arn = arn_of(account, record),
            .body = {},
            .chain = {},
            .uploaded_at = record.uploaded_at,
            .expires_at = record.expires_at,
            .tags = {}};
}

Error already_exists(std::string_view name) {
    return {"EntityAlreadyExists", 409,
            "The Server Certificate with name " + std::string(name) + " already exists."};
}

Result<void> check_quota(const AccountView& account) {
    const auto used = account.records.count<store::ServerCertificate>(store::ServerCertificate::by_name,
                                                                      {.equal = {account.account_id}});
    if (!used) return std::unexpected(to_error(used.error()));
    return within(account.environment.quotas, Quota::server_certificates_per_account,
                  static_cast<std::int64_t>(*used));
}

}  // namespace

Result<CheckedCertificate> check_server_certificate(std::string_view body, const Secret& private_key,
                                                    std::string_view chain, Instant now) {
    const auto certificate = crypto::Certificate::from_pem(body);
    if (!certificate) {
        return malformed("Unable to parse certificate. Please ensure the certificate is in PEM format.");
    }
    const auto key = crypto::PrivateKey::from_pem(private_key);
    if (!key) {
        return malformed(
            "Unable to parse private key. Please ensure the private key is unencrypted, in PEM format, and "
            "of RSA or an elliptic curve.");
    }
    if (!certificate->belongs_to(*key)) {
        return fail("KeyPairMismatch", 400,
                    "The private key did not match the public key provided. Please verify the key material "
                    "and try again.");
    }
    if (auto valid = check_validity(*certificate, now); !valid) return std::unexpected(valid.error());
    if (auto fits = check_chain(*certificate, chain); !fits) return std::unexpected(fits.error());
    return CheckedCertificate{.body = std::string(trimmed(body)),
                              .chain = std::string(trimmed(chain)),
                              .private_key = private_key.copy(),
                              .expires_at = certificate->not_after()};
}

Result<ServerCertificate> upload_server_certificate(AccountEdit& account,
                                                    const NewServerCertificate& certificate,
                                                    const CheckedCertificate& checked) {
    if (auto valid = check_path(certificate.path); !valid) return std::unexpected(valid.error());
    auto id = new_id(account, crypto::IdKind::certificate);
    if (!id) return std::unexpected(std::move(id.error()));
    const store::ServerCertificate record{
        .account_id = account.account_id,
        .certificate_id = *id,
        .name = certificate.name,
        .name_folded = fold(certificate.name),
        .path = certificate.path,
        .body = checked.body,
        .chain = checked.chain,
        .sealed_key = seal_secret(account.environment, checked.private_key, *id),
        .uploaded_at = account.environment.clock.now(),
        .expires_at = checked.expires_at};
    auto inserted = unless_taken(account.writes.insert(record), store::ServerCertificate::by_name,
                                 already_exists(certificate.name));
    if (!inserted) return std::unexpected(std::move(inserted.error()));
    if (auto fits = check_quota(account); !fits) return std::unexpected(fits.error());
    auto put = put_tags(account, {.kind = TaggedKind::server_certificate, .id = *id}, certificate.tags);
    if (!put) return std::unexpected(std::move(put.error()));
    ServerCertificate answer = metadata_of(account, record);
    answer.tags = certificate.tags;
    return answer;
}

Result<ServerCertificate> get_server_certificate(const AccountView& account, std::string_view name) {
    auto record = server_certificate_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    auto tags = read_tags(account, record->certificate_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    ServerCertificate answer = metadata_of(account, *record);
    answer.body = std::move(record->body);
    answer.chain = std::move(record->chain);
    answer.tags = std::move(*tags);
    return answer;
}

Result<void> update_server_certificate(AccountEdit& account, std::string_view name,
                                       const ServerCertificateChange& change) {
    if (change.path) {
        if (auto valid = check_path(*change.path); !valid) return valid;
    }
    auto record = server_certificate_by_name(account, name);
    if (!record) return std::unexpected(std::move(record.error()));
    if (change.path) record->path = *change.path;
    if (change.name) {
        record->name = *change.name;
        record->name_folded = fold(*change.name);
    }
    return unless_taken(account.writes.update(*record), store::ServerCertificate::by_name,
                        already_exists(record->name));
}

Result<void> delete_server_certificate(AccountEdit& account, std::string_view name) {
    const auto record = server_certificate_by_name(account, name);
    if (!record) return std::unexpected(record.error());
    if (auto erased = erase_tags(account, record->certificate_id); !erased) return erased;
    return result_of(account.writes.erase(*record));
}

Result<Page<ServerCertificate>> list_server_certificates(const AccountView& account,
                                                         std::string_view path_prefix,
                                                         const PageRequest& page) {
    const IndexedList<store::ServerCertificate, ServerCertificate> certificates{
        .index = store::ServerCertificate::by_name,
        .equal = {account.account_id},
        .order = &store::ServerCertificate::name_folded,
        .keep = in_path(path_prefix),
        .convert = [&](const store::ServerCertificate& record) { return metadata_of(account, record); }};
    return page_of(account, {.operation = "ListServerCertificates", .filter = std::string(path_prefix)}, page,
                   certificates);
}

}  // namespace writ::directory
