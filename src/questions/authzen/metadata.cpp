#include <array>

#include "api/discovery.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"

/// Policy Decision Point metadata: whom nobody knows may read it too.
namespace writ::questions::internal {
namespace {

struct Parameter {
    std::string_view name;
    std::string_view path;
};
constexpr auto parameters = std::to_array<Parameter>({
    {"policy_decision_point", ""},
    {"access_evaluation_endpoint", "/access/v1/evaluation"},
    {"access_evaluations_endpoint", "/access/v1/evaluations"},
    {"search_subject_endpoint", "/access/v1/search/subject"},
    {"search_resource_endpoint", "/access/v1/search/resource"},
    {"search_action_endpoint", "/access/v1/search/action"},
});

}  // namespace

HttpResponse metadata(Exchange& exchange) {
    const std::string base = api::public_url_of(exchange.at.config, exchange.http);
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    for (const Parameter& parameter : parameters) {
        write_text(json, parameter.name, base + std::string(parameter.path));
    }
    json.EndObject();
    HttpResponse response = json_answer(written(buffer));
    response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "max-age=300"}};
    return response;
}

}  // namespace writ::questions::internal
