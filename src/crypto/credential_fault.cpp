#include "crypto/credential_fault.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>

namespace writ::crypto {
namespace {

struct Answer {
    int http_status;
    std::string_view code;
    std::string_view message{};  // Empty: that of the fault.
};
struct Row {
    CredentialFault fault;
    std::string_view message;  // Empty: depends on the request.
    Answer query, json, s3;
};

// Spec 7.7.
constexpr std::string_view signature_code = "SignatureDoesNotMatch";
constexpr std::string_view signature_exception = "InvalidSignatureException";
constexpr std::string_view unsigned_text = "There were headers present in the request which were not signed";
constexpr auto rows = std::to_array<Row>({
    {CredentialFault::missing_authentication,
     "Request is missing Authentication Token",
     {403, "MissingAuthenticationToken"},
     {400, "MissingAuthenticationTokenException"},
     {403, "AccessDenied", "Access Denied"}},
    {CredentialFault::malformed_authorization,
     {},
     {400, "IncompleteSignature"},
     {400, "IncompleteSignatureException"},
     {400, "AuthorizationHeaderMalformed"}},
    {CredentialFault::wrong_scope,
     {},
     {403, signature_code},
     {400, signature_exception},
     {400, "AuthorizationHeaderMalformed"}},
    {CredentialFault::outside_time_window,
     {},
     {403, signature_code},
     {400, signature_exception},
     {403, "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large."}},
    {CredentialFault::invalid_token,
     "The security token included in the request is invalid.",
     {403, "InvalidClientTokenId"},
     {400, "UnrecognizedClientException"},
     {403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."}},
    {CredentialFault::expired_token,
     "The security token included in the request is expired",
     {403, "ExpiredToken"},
     {400, "ExpiredTokenException"},
     {400, "ExpiredToken", "The provided token has expired."}},
    {CredentialFault::bad_signature,
     "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
     "Access Key and signing method. Consult the service documentation for details.",
     {403, signature_code},
     {400, signature_exception},
     {403, signature_code,
      "The request signature we calculated does not match the signature you provided. Check your key and "
      "signing method."}},
    {CredentialFault::presigned_expired,
     {},
     {403, signature_code},
     {400, signature_exception},
     {403, "AccessDenied", "Request has expired"}},
    {CredentialFault::unsigned_headers,
     unsigned_text,
     {403, signature_code},
     {400, signature_exception},
     {403, "AccessDenied"}},
});

/// EC2 tells a caller whom it does not recognise nothing else (spec 7.7).
constexpr Answer ec2_failure{401, "AuthFailure",
                             "AWS was not able to validate the provided access credentials"};

const Answer& answer_of(const Row& row, CredentialDialect dialect) {
    switch (dialect) {
        case CredentialDialect::json:
        case CredentialDialect::rest:
            return row.json;
        case CredentialDialect::s3:
            return row.s3;
        case CredentialDialect::ec2:
            return row.fault == CredentialFault::invalid_token || row.fault == CredentialFault::bad_signature
                       ? ec2_failure
                       : row.query;
        default:
            return row.query;
    }
}

const Row& row_of(CredentialFault fault) {
    const auto* row = std::ranges::find(rows, fault, &Row::fault);
    assert(row != rows.end());
    return *row;
}

}  // namespace

CredentialError credential_error(CredentialFault fault) {
    const Row& row = row_of(fault);
    assert(!row.message.empty());
    return {fault, std::string(row.message)};
}

Error to_error(const CredentialError& error, CredentialDialect dialect) {
    const Answer& answer = answer_of(row_of(error.fault), dialect);
    // REST services use the codes of the JSON services with the status of their own protocol.
    const int status = dialect == CredentialDialect::rest ? 403 : answer.http_status;
    return {std::string(answer.code), status,
            answer.message.empty() ? error.message : std::string(answer.message)};
}

}  // namespace writ::crypto
