#include <utility>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "questions/bearer_token.h"
#include "questions/internal/exchange.h"

namespace writ::questions::internal {
namespace {

using Dialect = crypto::CredentialDialect;

/// Who is not recognised is 401 here, whatever status AWS has for the code.
Error unrecognised(Error error) {
    if (error.http_status < 500) error.http_status = 401;
    return error;
}

std::unexpected<Error> unrecognised(const crypto::CredentialError& error) {
    return std::unexpected(unrecognised(crypto::to_error(error, Dialect::json)));
}

Result<authz::Caller> noted(Exchange& exchange, Result<authz::Caller> caller) {
    if (!caller) return std::unexpected(unrecognised(std::move(caller.error())));
    exchange.record.account = caller->principal->account;
    exchange.record.caller_arn = caller->principal->arn;
    exchange.shared.note_use(*caller, signing_name);
    return caller;
}

/// Behind "Bearer "; nothing: the request has another kind of authorization, or none.
std::optional<std::string_view> bearer_of(const HttpRequest& http) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string* header = find_header(http.headers, "Authorization");
    if (header == nullptr || header->size() < scheme.size()) return std::nullopt;
    if (!equals_ignoring_case(std::string_view(*header).substr(0, scheme.size()), scheme))
        return std::nullopt;
    return trimmed(std::string_view(*header).substr(scheme.size()));
}

Result<authz::Caller> of_bearer(Exchange& exchange, std::string_view token) {
    const auto claims =
        open_bearer_token(exchange.at.environment.sealing, token, exchange.at.environment.clock.now());
    if (!claims) return unrecognised(crypto::credential_error(crypto::CredentialFault::invalid_token));
    exchange.record.access_key_id = claims->access_key_id;
    const auto session =
        claims->session_token.empty() ? std::nullopt : std::optional<std::string_view>(claims->session_token);
    return noted(exchange, exchange.authenticator.recognise(claims->access_key_id, session));
}

}  // namespace

Result<authz::Caller> identify_signer(Exchange& exchange, const WantedSignature& wanted) {
    const auto authorization = crypto::parse_authorization(exchange.http);
    if (!authorization) return unrecognised(authorization.error());
    exchange.record.access_key_id = authorization->credential.access_key_id;
    auto verified = exchange.authenticator.verify(exchange.http, *authorization,
                                                  {.service = wanted.service,
                                                   .dialect = Dialect::json,
                                                   .regions = {},
                                                   .form = {.payload_hash = wanted.payload_hash}});
    if (!verified) return std::unexpected(unrecognised(std::move(verified.error().error)));
    return noted(exchange, std::move(verified->caller));
}

Result<authz::Caller> identify(Exchange& exchange, const WantedSignature& wanted) {
    if (const auto token = bearer_of(exchange.http)) return of_bearer(exchange, *token);
    if (!crypto::claims_signature(exchange.http)) {
        return unrecognised(crypto::credential_error(crypto::CredentialFault::missing_authentication));
    }
    return identify_signer(exchange, wanted);
}

std::string_view content_type(const HttpRequest& http) noexcept {
    const std::string* header = find_header(http.headers, "Content-Type");
    if (header == nullptr) return {};
    return trimmed(std::string_view(*header).substr(0, header->find(';')));
}

Result<void> check_json_type(const HttpRequest& http) {
    if (equals_ignoring_case(content_type(http), "application/json")) return {};
    return fail("InvalidInput", 400, "The Content-Type of the request must be application/json.");
}

HttpResponse answer_with(std::string_view media_type, std::string_view body, int status) {
    return {.status = status,
            .headers = {{"Content-Type", std::string(media_type)}, {"Cache-Control", "no-store"}},
            .body = std::string(body)};
}

void note_error(Exchange& exchange, const Error& error) {
    exchange.record.error_code = error.code;
    if (!error.defect.empty()) exchange.record.defect = error.defect;
}

void add_challenge(HttpResponse& response) {
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"writ\"");
}

}  // namespace writ::questions::internal
