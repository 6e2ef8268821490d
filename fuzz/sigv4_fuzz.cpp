#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"

// The input is a request: a line "METHOD TARGET", a line a header, an empty line, the body. Whatever it says,
// it is taken apart without harm and its signature is not believed; once we have signed it, it is.
namespace {

using namespace writ;
using namespace writ::crypto;

constexpr std::string_view region = "us-east-1", service = "sts";

std::string_view take_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return line;
}

HttpRequest read_request(std::string_view rest) {
    HttpRequest request;
    const std::string_view first = take_line(rest);
    request.method = first.substr(0, first.find(' '));
    request.target = first.substr(std::min(first.size(), request.method.size() + 1));
    while (!rest.empty()) {
        const std::string_view line = take_line(rest);
        if (line.empty()) break;
        const std::string_view name = line.substr(0, line.find(':'));
        if (!name.empty())
            request.headers.emplace_back(name, line.substr(std::min(line.size(), name.size() + 1)));
    }
    request.body = rest;
    return request;
}

void must(bool holds) {
    if (!holds) std::abort();
}

bool verifies(const HttpRequest& request, const SigningKey& key) {
    const auto authorization = parse_authorization(request);
    if (!authorization) return false;
    (void)check_window(*authorization, Instant{});
    (void)check_scope(*authorization, service, {&region, 1});
    return verify_signature(request, *authorization, key).has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const SigningKey key(Secret("secret"), "20261124", region, service);
    HttpRequest request = read_request({reinterpret_cast<const char*>(data), size});
    must(!verifies(request, key));

    for (const auto& [name, value] : request.headers) {
        const std::string lower = ascii_lower(name);
        if (lower.starts_with("x-amz-") || lower == "authorization" || lower.find(';') != std::string::npos ||
            lower.find(',') != std::string::npos || lower.find_first_of(" \t=") != std::string::npos) {
            return 0;  // Signed already, or no header that could be signed.
        }
    }
    if (claims_signature(request)) return 0;
    request.headers.emplace_back("Host", "localhost");
    const Instant now = *parse_iso8601_basic("20261124T042300Z");
    const SigningCredentials credentials{"AKIA", Secret("secret"), ""};
    sign(request, credentials, region, service, now);
    const auto authorization = parse_authorization(request);
    must(authorization.has_value());
    must(verify_signature(request, *authorization, key).has_value() ==
         canonical_request(request, *authorization).has_value());
    request.body += "x";
    must(!verifies(request, key));
    return 0;
}
