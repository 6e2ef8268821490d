#include <algorithm>
#include <chrono>

#include "crypto/sigv4.h"
#include "questions/bearer_token.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"
#include "questions/native/reply.h"

namespace writ::questions::internal {
namespace {

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

constexpr std::chrono::seconds lifetime_standard{3'600}, lifetime_least{60}, lifetime_most{43'200};

Result<std::chrono::seconds> read_lifetime(const HttpRequest& http) {
    if (http.body.empty()) return lifetime_standard;
    if (auto type = check_json_type(http); !type) return std::unexpected(type.error());
    std::string body = http.body;
    rapidjson::Document document;
    if (auto parsed = parse_object(body, document); !parsed) return std::unexpected(parsed.error());
    if (document.MemberCount() == 0) return lifetime_standard;
    const Json* lifetime = find_member(document, "lifetime_s");
    if (lifetime == nullptr || document.MemberCount() != 1 || !lifetime->IsInt64()) {
        return invalid("The one member is lifetime_s, a number of seconds.");
    }
    const std::chrono::seconds seconds(lifetime->GetInt64());
    if (seconds < lifetime_least || seconds > lifetime_most) {
        return invalid("A bearer token lives from 60 to 43200 seconds.");
    }
    return seconds;
}

}  // namespace

/// Only who signs gets one, so that a token cannot live on by itself.
HttpResponse make_bearer_token(Exchange& exchange) {
    const auto asker = identify_signer(exchange);
    if (!asker) return answer_of(exchange, refused(asker.error()));
    const auto lifetime = read_lifetime(exchange.http);
    if (!lifetime) return answer_of(exchange, refused(lifetime.error()));
    BearerClaims claims{.access_key_id = asker->access_key_id,
                        .session_token = {},
                        .expires = exchange.at.environment.clock.now() + *lifetime};
    if (asker->session != nullptr) {
        // The signature was verified with it, so that it is there.
        const auto authorization = crypto::parse_authorization(exchange.http);
        if (authorization && authorization->session_token)
            claims.session_token = *authorization->session_token;
        claims.expires = std::min(claims.expires, asker->session->expires);
    }
    const auto& environment = exchange.at.environment;
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_text(json, "bearer_token", issue_bearer_token(environment.sealing, claims, environment.random));
    write_text(json, "expires", format_iso8601(claims.expires));
    json.EndObject();
    return json_answer(written(buffer));
}

}  // namespace writ::questions::internal
