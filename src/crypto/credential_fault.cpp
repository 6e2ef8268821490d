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
};
struct Row {
    CredentialFault fault;
    Answer query;
    Answer json;
    std::string_view message;  // Empty: depends on the request.
};

// Spec 7.7.
constexpr std::string_view signature_code = "SignatureDoesNotMatch";
constexpr std::string_view signature_exception = "InvalidSignatureException";
constexpr auto rows = std::to_array<Row>({
    {CredentialFault::missing_authentication,
     {403, "MissingAuthenticationToken"},
     {400, "MissingAuthenticationTokenException"},
     "Request is missing Authentication Token"},
    {CredentialFault::malformed_authorization,
     {400, "IncompleteSignature"},
     {400, "IncompleteSignatureException"},
     {}},
    {CredentialFault::wrong_scope, {403, signature_code}, {400, signature_exception}, {}},
    {CredentialFault::outside_time_window, {403, signature_code}, {400, signature_exception}, {}},
    {CredentialFault::invalid_token,
     {403, "InvalidClientTokenId"},
     {400, "UnrecognizedClientException"},
     "The security token included in the request is invalid."},
    {CredentialFault::expired_token,
     {403, "ExpiredToken"},
     {400, "ExpiredTokenException"},
     "The security token included in the request is expired"},
    {CredentialFault::bad_signature,
     {403, signature_code},
     {400, signature_exception},
     "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
     "Access Key and signing method. Consult the service documentation for details."},
});

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
    const Row& row = row_of(error.fault);
    const Answer& answer = dialect == CredentialDialect::query ? row.query : row.json;
    return {std::string(answer.code), answer.http_status, error.message};
}

}  // namespace writ::crypto
