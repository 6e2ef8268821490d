#pragma once

#include <string>

#include "strict_http.h"

/// What the policy of the test allows, in other words and by other code than the gateway's.
namespace writ::raw_http {

/// The permissions of the only user: the policy whose meaning complaint_about() knows.
inline constexpr const char* permissions = R"({"Version":"2012-10-17","Statement":[
  {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::docs/public/*"},
  {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::docs"}]})";

/// What the gateway says that it has allowed.
struct Allowed {
    std::string mark;
    std::string operation;  ///< "GetObject".
    std::string resource;   ///< ARN of the last thing that was asked for.
};

/// Why the request, as it has reached the service, is none that the policy allows, or not the one that was
/// allowed; empty: it is.
[[nodiscard]] std::string complaint_about(const Message& received, const Allowed& allowed);

}  // namespace writ::raw_http
