#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"
#include "gateway/strict_request.h"

// The first byte says whether the request is one to S3 and how strict paths are; then a line "METHOD TARGET"
// and a line a header. What is accepted goes on in a form that stays as it is when it is rebuilt again, that
// signs like what came, and that has nothing in it that servers read differently.
namespace {

using namespace writ;
using namespace writ::gateway;

void must(bool holds) {
    if (!holds) std::abort();
}

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
        const std::string_view name = line.substr(0, line.find(':'));
        request.headers.emplace_back(name, line.substr(std::min(line.size(), name.size() + 1)));
    }
    request.headers.emplace_back("Host", "localhost");
    return request;
}

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

/// The path as a signature covers it.
std::string canonical_path(const HttpRequest& request, bool is_s3) {
    HttpRequest bare;
    bare.method = "GET";
    bare.target = path_of(request.target);
    bare.headers = {{"Host", "localhost"}};
    const crypto::SigningForm form{.is_path_encoded_once = is_s3, .payload_hash = "UNSIGNED-PAYLOAD"};
    crypto::sign(bare, {"AKIA", Secret("secret"), ""}, "us-east-1", "s3", Instant{}, form);
    const auto authorization = crypto::parse_authorization(bare);
    must(authorization.has_value());
    const std::string text = crypto::canonical_request(bare, *authorization, form).value_or("");
    return text.substr(0, text.find('\n', 4));
}

void check_strict(std::string_view target) {
    must(is_strict_path(target));
    std::string path(path_of(target));
    must(path.find("//") == std::string::npos && path.find("%00") == std::string::npos);
    for (const std::string_view dots : {"/./", "/../"}) must((path + "/").find(dots) == std::string::npos);
    for (const char c : path) must(c > ' ' && c < '\x7f' && c != '\\' && c != '#' && c != '?');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool is_s3 = (data[0] & 1U) != 0;
    const PathRule rule = (data[0] & 2U) != 0 ? PathRule::verbatim : PathRule::strict;
    const HttpRequest request = read_request({reinterpret_cast<const char*>(data) + 1, size - 1});
    if (!check_head(request)) return 0;
    const auto rebuilt = rebuild_head(request, is_s3, rule);
    if (!rebuilt) return 0;
    must(check_head(*rebuilt).has_value());
    if (rule == PathRule::strict || !is_s3) check_strict(rebuilt->target);
    for (const auto& [name, value] : rebuilt->headers) {
        must(!name.empty() && name.find_first_of(": \t\r\n") == std::string::npos);
    }
    must(canonical_path(request, is_s3) == canonical_path(*rebuilt, is_s3) || !is_s3);
    const auto again = rebuild_head(*rebuilt, is_s3, rule);
    must(again.has_value() && again->target == rebuilt->target && again->headers == rebuilt->headers);
    return 0;
}
