#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/time.h"
#include "crypto/credential_fault.h"
#include "crypto/signing_key.h"

/// Signature Version 4, the receiving side (spec 7.7 and 7.8), in three steps between which the caller looks
/// up the key: parse_authorization, check_window and check_scope, verify_signature.
namespace writ::crypto {

/// "AKIA…/20261124/us-east-1/sts/aws4_request".
struct Credential {
    std::string_view access_key_id;
    std::string_view scope;  ///< All behind the access key id: "20261124/us-east-1/sts/aws4_request".
    std::string_view date, region, service, terminator;
};

/// What a request says about its signature. Views into the request, which must outlive it and stay
/// unchanged; presigned requests keep decoded text in here.
struct Authorization {
    enum class Place : std::uint8_t { header, query, form };

    Place place = Place::header;
    Credential credential;
    std::string_view signed_headers;  ///< As listed: "content-type;host;x-amz-date".
    std::string_view signature;       ///< As sent.
    std::string_view date;            ///< "20261124T042300Z".
    Instant time;                     ///< The same.
    std::optional<std::string_view> session_token;
    /// X-Amz-Expires of a presigned request as sent; empty: absent.
    std::string_view expires;

    Authorization() = default;
    Authorization(Authorization&&) noexcept = default;
    Authorization& operator=(Authorization&&) noexcept = default;
    Authorization(const Authorization&) = delete;  // Views may point into `decoded`.
    Authorization& operator=(const Authorization&) = delete;

    std::vector<std::string> decoded;  ///< Owner of what had to be decoded. A move keeps the texts in place.
};

/// Whether the request tries to sign at all, in a header or in its query string. STS has operations that are
/// called unsigned (spec 7.4).
[[nodiscard]] bool claims_signature(const HttpRequest& request) noexcept;

/// Step 1: the syntax (spec Z1, Z2, Z10) and that what must be signed is signed (Z5). Faults:
/// missing_authentication, malformed_authorization, bad_signature for an unsigned `host`.
[[nodiscard]] CredentialResult<Authorization> parse_authorization(const HttpRequest& request);
CredentialResult<Authorization> parse_authorization(HttpRequest&&) = delete;  // Would dangle.

/// What the fields of an HTML form say about its signature; S3's POST policies are signed so.
struct FormSignature {
    std::string_view algorithm, credential, date, signature;
    std::optional<std::string_view> session_token{};
};
/// Step 1 for a form, whose fields must outlive the result. It counts as expiring after the seven days that a
/// signing key is good for. Faults: malformed_authorization.
[[nodiscard]] CredentialResult<Authorization> parse_form_authorization(const FormSignature& form);

/// How a service writes path and payload into what is signed (spec Z7, Z9). The default is that of all
/// services but S3.
struct SigningForm {
    bool is_path_encoded_once = false;  ///< S3: as it is meant. Others: normalised, then encoded again.
    /// Stands where the hash of the body would; empty: that of `request.body`.
    std::string_view payload_hash;
};

/// Step 2a: the signing time lies within `window` of `now`, on both sides (spec Z4). X-Amz-Expires does not
/// count: IAM and STS ignore it, and signers of log-in proofs write 60 into it and use them for 15 minutes.
[[nodiscard]] CredentialResult<void> check_window(const Authorization& authorization, Instant now,
                                                  std::chrono::minutes window = std::chrono::minutes{15});

/// Step 2a of services that honour X-Amz-Expires (spec Z10): a presigned request is good from its signing
/// time, less `window`, until it expires, after at most seven days. Without X-Amz-Expires, and for signatures
/// in a header, as check_window.
[[nodiscard]] CredentialResult<void> check_expiry(const Authorization& authorization, Instant now,
                                                  std::chrono::minutes window = std::chrono::minutes{15});

/// Step 2b: region, service, terminator and date of the credential scope (spec 7.7 step 3, Z3), every fault
/// named in this order.
[[nodiscard]] CredentialResult<void> check_scope(const Authorization& authorization, std::string_view service,
                                                 std::span<const std::string_view> regions);

/// Step 3: the signature, compared in constant time. Allocates nothing in the usual case.
[[nodiscard]] CredentialResult<void> verify_signature(const HttpRequest& request,
                                                      const Authorization& authorization,
                                                      const SigningKey& key, const SigningForm& form = {});

/// Step 3 for a form: the signature covers `text` and nothing else. Compared in constant time.
[[nodiscard]] CredentialResult<void> verify_text_signature(std::string_view text,
                                                           const Authorization& authorization,
                                                           const SigningKey& key);

/// The first header whose name begins with "x-amz-" that is not signed, in lower case; empty: all are (spec
/// Z5, which IAM and STS hold for two of them only).
[[nodiscard]] std::string unsigned_amz_header(const HttpRequest& request, const Authorization& authorization);
/// Whether the signature covers the header of that name, given in lower case.
[[nodiscard]] bool signs_header(const Authorization& authorization, std::string_view name) noexcept;

/// The text whose hash is signed (spec Z6): for explaining a mismatch to whoever runs the server, and for
/// tests. Nothing when the query string cannot be decoded.
[[nodiscard]] std::optional<std::string> canonical_request(const HttpRequest& request,
                                                           const Authorization& authorization,
                                                           const SigningForm& form = {});

}  // namespace writ::crypto
