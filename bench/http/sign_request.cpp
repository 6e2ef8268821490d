// sign_request HOST:PORT ACCESS-KEY-ID SECRET [SERVICE TARGET CONTENT-TYPE BODY]: prints a Lua script that
// makes wrk send one signed POST again and again, a GetCallerIdentity unless told otherwise. The signature is
// good for 15 minutes.
#include <cstdio>
#include <string>

#include "base/time.h"
#include "crypto/sigv4_signer.h"

namespace {

/// As Lua and JSON both read it.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 && argc != 8) return 2;
    const bool is_told = argc == 8;
    writ::HttpRequest request;
    request.method = "POST";
    request.target = is_told ? argv[5] : "/";
    request.headers = {
        {"Host", argv[1]},
        {"Content-Type", is_told ? argv[6] : "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = is_told ? argv[7] : "Action=GetCallerIdentity&Version=2011-06-15";
    writ::crypto::sign(request, {argv[2], writ::Secret(argv[3]), ""}, "us-east-1", is_told ? argv[4] : "sts",
                       writ::SystemClock().now());
    std::printf("wrk.method = \"POST\"\nwrk.body = %s\n", quoted(request.body).c_str());
    for (const auto& [name, value] : request.headers) {
        std::printf("wrk.headers[\"%s\"] = %s\n", name.c_str(), quoted(value).c_str());
    }
}
