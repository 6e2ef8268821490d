#pragma once

#include <cstdint>
#include <string_view>

#include "base/http.h"
#include "base/result.h"
#include "crypto/credential_fault.h"
#include "reference/request_model.h"

/// What the gateway itself answers, in the words and the shape of the service that was meant (spec 6.3).
namespace writ::gateway {

enum class ErrorShape : std::uint8_t {
    s3,
    query,
    ec2,
    json,  ///< JSON 1.0 and 1.1.
    rest_json,
    rest_xml,  ///< Other than S3.
    cbor
};

/// Who is answered, as far as it is known.
struct ErrorDialect {
    ErrorShape shape = ErrorShape::rest_json;
    const reference::RequestService* service = nullptr;  ///< Null: unknown.
};

[[nodiscard]] ErrorDialect dialect_of(const reference::RequestService& service,
                                      reference::WireProtocol protocol);
/// For requests that could not be recognised: by what their head looks like.
[[nodiscard]] ErrorDialect guess_dialect(const HttpRequest& head, std::string_view signing_name);

/// How the codes of credential faults are worded there.
[[nodiscard]] crypto::CredentialDialect credential_dialect(const ErrorDialect& dialect) noexcept;

/// The code and status of a denial there, with the sentence of spec 6.1 as its message; of EC2 with N10's
/// words around it.
[[nodiscard]] Error denial(const ErrorDialect& dialect, std::string_view sentence);

/// The answer. A HEAD request gets no body. Never throws but for lack of memory.
[[nodiscard]] HttpResponse print_error(const ErrorDialect& dialect, const Error& error,
                                       const HttpRequest& request);

}  // namespace writ::gateway
