// recognize_vectors: reads requests that a client's serializer made, one JSON object a line (see
// serialize.py), and says which of them the gateway reads otherwise. Exit code 1 if there are any.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "gateway/parameters.h"
#include "gateway/recognize.h"

namespace {

using namespace writ;
using namespace writ::gateway;
using Json = nlohmann::json;

std::string decoded(const Json& text) {
    const auto bytes = base64_decode(text.get_ref<const std::string&>());
    return bytes ? std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()) : std::string{};
}

HttpRequest request_of(const Json& vector) {
    HttpRequest request;
    request.method = vector["method"];
    request.target = vector["target"];
    for (const Json& header : vector["headers"]) request.headers.emplace_back(header[0], header[1]);
    request.body = decoded(vector["body"]);
    return request;
}

Result<RecognizedRequest> recognized(const HttpRequest& request, const std::string& signing_name) {
    HttpRequest head = request;
    head.body.clear();
    auto found = recognize(head, signing_name, {});
    return found ? recognize_with_body(request, std::move(*found)) : found;
}

/// Several models answer under one signing name and one endpoint; they have some operations in common.
bool is_twin(const reference::RequestService& service, const std::string& id) {
    const auto* expected = reference::find_request_service(id);
    return expected != nullptr && service.signing_name == expected->signing_name &&
           service.endpoint_prefix == expected->endpoint_prefix;
}

/// S3 has operations of which an older and a newer form are the same request.
bool is_renamed(const reference::RequestOperation& operation, const std::string& service,
                const std::string& name) {
    const auto* older = reference::find_request_operation(*reference::find_request_service(service), name);
    return older->deprecated && !operation.deprecated && older->http_method == operation.http_method &&
           older->request_uri == operation.request_uri;
}

std::string read_otherwise(const Json& vector, const HttpRequest& request, const RecognizedRequest& found) {
    const auto parameters = read_parameters(found, request);
    if (!parameters) return parameters.error().message;
    for (const Json& expected : vector["expected"]) {
        const std::string path = expected[0];
        if (expected[1].is_null() ? !parameters->has(path) : Json(parameters->all(path)) != expected[1])
            return path + " is " + Json(parameters->all(path)).dump() + ", not " + expected[1].dump();
    }
    return {};
}

/// At the endpoint of AWS: the very operation, and all its parameters.
std::string wrong_at_endpoint(const Json& vector, std::size_t& twins) {
    const HttpRequest request = request_of(vector);
    const auto found = recognized(request, vector["signing_name"]);
    if (!found) return found.error().code + ": " + found.error().message;
    if (is_renamed(*found->operation, vector["service"], vector["operation"])) return {};
    if (found->operation->name != vector["operation"].get<std::string>())
        return "recognized as " + std::string(found->service->id) + ":" + std::string(found->operation->name);
    if (found->service->id == vector["service"].get<std::string>())
        return read_otherwise(vector, request, *found);
    ++twins;
    return is_twin(*found->service, vector["service"]) ? "" : "of " + std::string(found->service->id);
}

/// At a host that says nothing: the same, unless models of one signing name need the host to be told apart.
std::string wrong_elsewhere(const Json& vector, std::size_t& ambiguous) {
    HttpRequest request = request_of(vector);
    request.headers.front().second = "localhost:8080";
    const auto found = recognized(request, vector["signing_name"]);
    if (found && found->operation->name == vector["operation"].get<std::string>()) return {};
    if (found && is_renamed(*found->operation, vector["service"], vector["operation"])) return {};
    const std::string signing_name = vector["signing_name"];
    if (reference::request_services_signed_as(signing_name).size() == 1)
        return "away from its endpoint: " +
               (found ? std::string(found->operation->name) : found.error().message);
    ++ambiguous;
    return found ? "away from its endpoint: " + std::string(found->operation->name)
                 : (found.error().code == "AmbiguousRequest" ? "" : found.error().message);
}

}  // namespace

int main() {
    std::size_t total = 0, wrong = 0, twins = 0, ambiguous = 0;
    for (std::string line; std::getline(std::cin, line); ++total) {
        const Json vector = Json::parse(line);
        std::string why = wrong_at_endpoint(vector, twins);
        if (why.empty()) why = wrong_elsewhere(vector, ambiguous);
        if (why.empty()) continue;
        ++wrong;
        std::cout << vector["service"].get<std::string>() << ' ' << vector["operation"].get<std::string>()
                  << ' ' << vector["protocol"].get<std::string>() << ": " << why << '\n';
    }
    std::cout << total << " requests, " << wrong << " read otherwise; " << twins
              << " are also of another model, " << ambiguous << " need their host\n";
    return wrong == 0 && total != 0 ? 0 : 1;
}
