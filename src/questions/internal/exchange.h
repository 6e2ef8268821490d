#pragma once

#include <string>
#include <string_view>

#include "api/call.h"
#include "api/endpoint.h"
#include "authz/authenticate.h"
#include "authz/caller.h"
#include "base/http.h"
#include "base/result.h"
#include "questions/endpoint.h"
#include "questions/inquiry.h"
#include "questions/services.h"

namespace writ::questions::internal {

/// One request on its way, and what answering takes. Lives as long as the request.
struct Exchange {
    const HttpRequest& http;
    api::Endpoint& shared;
    api::Surroundings& at;
    authz::Authenticator& authenticator;
    Services& services;
    const Settings& settings;
    api::RequestRecord& record;
};

using Handler = HttpResponse (*)(Exchange& exchange);

/// The service that signatures are scoped to.
inline constexpr std::string_view signing_name = "writ";

/// What a signature must be for.
struct WantedSignature {
    std::string_view service = signing_name;
    std::string_view payload_hash{};  ///< Stands for the hash of the body; empty: that of the body.
};
/// Who asks: by a signature, or by a bearer token. Notes it in the record. Errors are 401 with the code and
/// sentence of spec 7.7, or 500.
[[nodiscard]] Result<authz::Caller> identify(Exchange& exchange, const WantedSignature& wanted = {});
/// The same, by a signature only.
[[nodiscard]] Result<authz::Caller> identify_signer(Exchange& exchange, const WantedSignature& wanted = {});

/// The media type of the body without parameters; empty: none is told.
[[nodiscard]] std::string_view content_type(const HttpRequest& http) noexcept;
/// InvalidInput 400 unless the request says that its body is JSON.
[[nodiscard]] Result<void> check_json_type(const HttpRequest& http);

[[nodiscard]] HttpResponse answer_with(std::string_view media_type, std::string_view body, int status);
[[nodiscard]] inline HttpResponse json_answer(std::string_view body, int status = 200) {
    return answer_with("application/json", body, status);
}
/// Notes the error for the log, and adds what HTTP wants with its status.
void note_error(Exchange& exchange, const Error& error);
void add_challenge(HttpResponse& response);

/// POST /authorize and POST /bearer-token.
[[nodiscard]] HttpResponse authorize(Exchange& exchange);
[[nodiscard]] HttpResponse make_bearer_token(Exchange& exchange);
/// POST and GET /services, GET and DELETE /services/PREFIX.
[[nodiscard]] HttpResponse register_service(Exchange& exchange);
[[nodiscard]] HttpResponse list_services(Exchange& exchange);
[[nodiscard]] HttpResponse get_service(Exchange& exchange);
[[nodiscard]] HttpResponse delete_service(Exchange& exchange);
/// GET /resource-policies; PUT, GET and DELETE /resource-policy; PUT and GET /resource-tags.
[[nodiscard]] HttpResponse list_resource_policies(Exchange& exchange);
[[nodiscard]] HttpResponse put_resource_policy(Exchange& exchange);
[[nodiscard]] HttpResponse get_resource_policy(Exchange& exchange);
[[nodiscard]] HttpResponse delete_resource_policy(Exchange& exchange);
[[nodiscard]] HttpResponse put_resource_tags(Exchange& exchange);
[[nodiscard]] HttpResponse get_resource_tags(Exchange& exchange);

/// AuthZEN Authorization API 1.0: POST /access/v1/…, and GET /.well-known/authzen-configuration.
[[nodiscard]] HttpResponse evaluation(Exchange& exchange);
[[nodiscard]] HttpResponse evaluations(Exchange& exchange);
[[nodiscard]] HttpResponse search_subjects(Exchange& exchange);
[[nodiscard]] HttpResponse search_resources(Exchange& exchange);
[[nodiscard]] HttpResponse search_actions(Exchange& exchange);
[[nodiscard]] HttpResponse metadata(Exchange& exchange);

/// GET /openapi.json.
[[nodiscard]] HttpResponse openapi(Exchange& exchange);

/// Any method of /external-authorization and all below it.
[[nodiscard]] HttpResponse external_authorization(Exchange& exchange);

}  // namespace writ::questions::internal
