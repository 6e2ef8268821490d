// sign_request HOST:PORT ACCESS-KEY-ID SECRET: prints a Lua script that makes wrk send one signed
// GetCallerIdentity again and again. The signature is good for 15 minutes.
#include <cstdio>
#include <string>

#include "base/time.h"
#include "crypto/sigv4_signer.h"

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    writ::HttpRequest request;
    request.method = "POST";
    request.target = "/";
    request.headers = {{"Host", argv[1]},
                       {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = "Action=GetCallerIdentity&Version=2011-06-15";
    writ::crypto::sign(request, {argv[2], writ::Secret(argv[3]), ""}, "us-east-1", "sts",
                       writ::SystemClock().now());
    std::printf("wrk.method = \"POST\"\nwrk.body = \"%s\"\n", request.body.c_str());
    for (const auto& [name, value] : request.headers) {
        std::printf("wrk.headers[\"%s\"] = \"%s\"\n", name.c_str(), value.c_str());
    }
}
