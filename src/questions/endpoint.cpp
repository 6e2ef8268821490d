#include "questions/endpoint.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "questions/internal/exchange.h"

namespace writ::questions {
namespace {

using internal::Exchange;
using internal::Handler;

enum class Reach : std::uint8_t {
    itself,
    one_below,  ///< The paths with one segment more.
    all_below,  ///< Itself, and all paths below.
};

struct Route {
    std::string_view path;
    std::string_view method;  ///< Empty: any.
    std::string_view action;  ///< In log and metrics.
    Handler handle;
    Reach reach = Reach::itself;
};

constexpr auto routes = std::to_array<Route>({
    {"/authorize", "POST", "Authorize", internal::authorize},
    {"/bearer-token", "POST", "MakeBearerToken", internal::make_bearer_token},
    {"/services", "POST", "RegisterService", internal::register_service},
    {"/services", "GET", "ListServices", internal::list_services},
    {"/services", "GET", "GetService", internal::get_service, Reach::one_below},
    {"/services", "DELETE", "DeleteService", internal::delete_service, Reach::one_below},
    {"/resource-policies", "GET", "ListResourcePolicies", internal::list_resource_policies},
    {"/resource-policy", "PUT", "PutResourcePolicy", internal::put_resource_policy},
    {"/resource-policy", "GET", "GetResourcePolicy", internal::get_resource_policy},
    {"/resource-policy", "DELETE", "DeleteResourcePolicy", internal::delete_resource_policy},
    {"/resource-tags", "PUT", "PutResourceTags", internal::put_resource_tags},
    {"/resource-tags", "GET", "GetResourceTags", internal::get_resource_tags},
    {"/access/v1/evaluation", "POST", "Evaluation", internal::evaluation},
    {"/access/v1/evaluations", "POST", "Evaluations", internal::evaluations},
    {"/access/v1/search/subject", "POST", "SearchSubjects", internal::search_subjects},
    {"/access/v1/search/resource", "POST", "SearchResources", internal::search_resources},
    {"/access/v1/search/action", "POST", "SearchActions", internal::search_actions},
    {"/openapi.json", "GET", "GetDescription", internal::openapi},
    {"/external-authorization", "", "ExternalAuthorization", internal::external_authorization,
     Reach::all_below},
    {"/.well-known/authzen-configuration", "GET", "GetMetadata", internal::metadata},
});

bool fits(const Route& route, std::string_view path) noexcept {
    if (path == route.path) return route.reach != Reach::one_below;
    if (route.reach == Reach::itself || !path.starts_with(route.path)) return false;
    const std::string_view below = path.substr(route.path.size());
    if (!below.starts_with('/')) return false;
    return route.reach == Reach::all_below ||
           (below.size() > 1 && below.find('/', 1) == std::string_view::npos);
}

bool takes(const Route& route, std::string_view method) noexcept {
    return route.method.empty() || route.method == method;
}

std::string_view path_of(std::string_view target) noexcept {
    return target.substr(0, target.find('?'));
}

/// That of the method; else any of the path, which knows no such method; null: no such path.
const Route* find_route(std::string_view target, std::string_view method) noexcept {
    const std::string_view path = path_of(target);
    const Route* found = nullptr;
    for (const Route& route : routes) {
        if (!fits(route, path)) continue;
        found = &route;
        if (takes(route, method)) break;
    }
    return found;
}

HttpResponse method_not_allowed(std::string_view target) {
    std::string methods;
    for (const Route& route : routes) {
        if (fits(route, path_of(target))) methods.append(methods.empty() ? "" : ", ").append(route.method);
    }
    return {.status = 405, .headers = {{"Allow", std::move(methods)}}, .body = {}};
}

}  // namespace

struct Endpoint::Parts {
    Parts(Settings chosen, api::Endpoint& endpoint)
        : settings(std::move(chosen)),
          shared(endpoint),
          at(shared.surroundings()),
          authenticator(at.subjects, at.tokens, at.environment.clock, at.config.partition,
                        {at.config.region, std::string(at.global_region())}),
          services(at.store, at.environment) {}

    const Settings settings;
    api::Endpoint& shared;
    api::Surroundings& at;
    authz::Authenticator authenticator;
    Services services;
};

Endpoint::Endpoint(Settings settings, api::Endpoint& shared)
    : parts_(std::make_unique<Parts>(std::move(settings), shared)) {}

Endpoint::~Endpoint() = default;

bool Endpoint::serves(std::string_view target) noexcept {
    return find_route(target, {}) != nullptr;
}

api::Answer Endpoint::handle(const HttpRequest& request) noexcept {
    api::Answer answer;
    const Route* route = find_route(request.target, request.method);
    answer.record.service = internal::signing_name;
    answer.record.action = route->action;
    Exchange exchange{.http = request,
                      .shared = parts_->shared,
                      .at = parts_->at,
                      .authenticator = parts_->authenticator,
                      .services = parts_->services,
                      .settings = parts_->settings,
                      .record = answer.record};
    try {
        answer.response =
            takes(*route, request.method) ? route->handle(exchange) : method_not_allowed(request.target);
        // Whoever numbers requests finds the answer by it.
        if (const std::string* id = find_header(request.headers, "X-Request-ID")) {
            answer.response.headers.emplace_back("X-Request-ID", *id);
        }
    } catch (const std::exception& bug) {  // Errors are values here: this is memory running out, or a bug.
        answer.response = {.status = 500, .headers = {}, .body = {}};
        answer.record.defect = bug.what();
        answer.record.error_code = "InternalFailure";
    }
    return answer;
}

}  // namespace writ::questions
