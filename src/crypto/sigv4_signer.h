#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/secret.h"
#include "base/time.h"
#include "crypto/sigv4.h"

/// Signature Version 4, the sending side.
namespace writ::crypto {

struct SigningCredentials {
    std::string access_key_id;
    Secret secret_access_key;
    std::string session_token;  ///< Empty: long-term credentials.
};

/// Adds X-Amz-Date, X-Amz-Security-Token where there is a token, and Authorization. Signs every header that
/// is there by then. REQUIRES: a Host header.
void sign(HttpRequest& request, const SigningCredentials& credentials, std::string_view region,
          std::string_view service, Instant now, const SigningForm& form = {});

/// Adds the X-Amz-… parameters to the query of the target. Signs every header that is there, Host at least.
void presign(HttpRequest& request, const SigningCredentials& credentials, std::string_view region,
             std::string_view service, Instant now, std::chrono::seconds expires,
             const SigningForm& form = {});

}  // namespace writ::crypto
