#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "crypto/sigv4.h"

/// The canonical request of SigV4 (spec Z6 to Z9).
namespace writ::crypto::internal {

/// Appends it to `out`. `signed_headers` are names with ';' between them, in any order and case. False when
/// the query string holds a '%' without two hexadecimal digits behind it: then nothing that was signed can be
/// meant.
[[nodiscard]] bool append_canonical_request(const HttpRequest& request, std::string_view signed_headers,
                                            const SigningForm& form, std::string& out);

/// The path with empty, "." and ".." segments taken out (spec Z7), not yet encoded.
[[nodiscard]] std::string normalised_path(std::string_view path);

/// "AWS4-HMAC-SHA256", date, scope and the hash of the canonical request, on four lines.
void append_string_to_sign(std::string_view date, std::string_view scope, std::string_view canonical_request,
                           std::string& out);

}  // namespace writ::crypto::internal
