#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crypto/sigv4.h"
#include "crypto/sigv4_signer.h"

// Requests that testdata/make_sigv4_vectors.py signed without this code.
namespace writ::crypto {
namespace {

using nlohmann::json;

const json& vectors() {
    static const json file =
        json::parse(std::ifstream(WRIT_SOURCE_DIR "/src/crypto/testdata/sigv4_vectors.json"));
    return file;
}

HttpRequest request_of(const json& row) {
    HttpRequest request;
    request.method = row.at("method");
    request.target = row.at("target");
    request.body = row.at("body");
    for (const json& header : row.at("headers")) request.headers.emplace_back(header.at(0), header.at(1));
    return request;
}

SigningKey key_of(const json& row) {
    return {Secret(vectors().at("secret_access_key").get<std::string>()), "20261124",
            row.at("region").get<std::string>(), row.at("service").get<std::string>()};
}

bool verifies(const HttpRequest& request, const SigningKey& key) {
    const auto authorization = parse_authorization(request);
    return authorization && verify_signature(request, *authorization, key);
}

class SigV4Vectors : public testing::TestWithParam<json> {};

TEST_P(SigV4Vectors, Verifies) {
    const json& row = GetParam();
    const HttpRequest request = request_of(row);
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization) << authorization.error().message;
    EXPECT_EQ(canonical_request(request, *authorization), row.at("canonical").get<std::string>());
    EXPECT_EQ(authorization->signature, row.at("signature").get<std::string>());
    EXPECT_EQ(authorization->credential.access_key_id, vectors().at("access_key_id").get<std::string>());
    EXPECT_EQ(authorization->session_token.value_or(""), row.at("token").get<std::string>());
    EXPECT_EQ(authorization->date, vectors().at("now").get<std::string>());

    const std::string region = row.at("region"), service = row.at("service");
    EXPECT_TRUE(check_scope(*authorization, service, std::vector<std::string_view>{region}));
    EXPECT_TRUE(check_window(*authorization, *parse_iso8601("2026-11-24T04:30:00Z")));
    EXPECT_TRUE(verify_signature(request, *authorization, key_of(row)));
}

// Whatever is signed cannot be changed.
TEST_P(SigV4Vectors, NoticesEveryChange) {
    const json& row = GetParam();
    const HttpRequest request = request_of(row);
    const SigningKey key = key_of(row);
    ASSERT_TRUE(verifies(request, key));

    HttpRequest changed = request;
    changed.body += "x";
    EXPECT_FALSE(verifies(changed, key));
    changed = request;
    changed.method = "PUT";
    EXPECT_FALSE(verifies(changed, key));
    changed = request;
    changed.target.insert(std::min(changed.target.find('?'), changed.target.size()), "/x");
    EXPECT_FALSE(verifies(changed, key));
    changed = request;
    changed.target += changed.target.contains('?') ? "&x=1" : "?x=1";
    EXPECT_FALSE(verifies(changed, key));

    const auto authorization = parse_authorization(request);
    const std::string signed_headers = ';' + ascii_lower(authorization->signed_headers) + ';';
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        const bool listed = signed_headers.contains(';' + ascii_lower(request.headers[i].first) + ';');
        if (!listed) continue;
        changed = request;
        changed.headers[i].second += "x";
        EXPECT_FALSE(verifies(changed, key)) << request.headers[i].first;
        changed = request;
        changed.headers.emplace_back(request.headers[i].first, "x");
        EXPECT_FALSE(verifies(changed, key)) << request.headers[i].first;
    }
    const SigningKey other(Secret("v3rySecret/WithSlash+Plus0123456789abcdf"), "20261124", "us-east-1",
                           "sts");
    EXPECT_FALSE(verifies(request, other));
}

// What our own signer makes out of the same request is what the script made.
TEST_P(SigV4Vectors, SignerAgrees) {
    const json& row = GetParam();
    HttpRequest request = request_of(row);
    const std::vector<std::string> added{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"};
    std::erase_if(request.headers,
                  [&](const auto& header) { return std::ranges::find(added, header.first) != added.end(); });
    if (row.at("id") == "header-unsigned") request.headers.resize(2);  // The signer signs every header.
    const SigningCredentials credentials{vectors().at("access_key_id"),
                                         Secret(vectors().at("secret_access_key").get<std::string>()),
                                         row.at("token")};
    const std::string region = row.at("region"), service = row.at("service");
    const Instant now = *parse_iso8601_basic(vectors().at("now").get<std::string>());
    if (row.at("presigned")) {
        const std::size_t begin = request.target.find("X-Amz-Algorithm");
        request.target.resize(begin - 1);
        presign(request, credentials, region, service, now, std::chrono::seconds{60});
    } else {
        sign(request, credentials, region, service, now);
    }
    const auto authorization = parse_authorization(request);
    ASSERT_TRUE(authorization) << authorization.error().message;
    EXPECT_EQ(authorization->signature, row.at("signature").get<std::string>());
}

INSTANTIATE_TEST_SUITE_P(All, SigV4Vectors, testing::ValuesIn(vectors().at("rows").get<std::vector<json>>()),
                         [](const auto& row) {
                             std::string name = row.param.at("id");
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace writ::crypto
