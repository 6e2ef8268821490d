#include "questions/authzen/answers.h"

#include <utility>

namespace writ::questions::internal {

Result<void> read_call(Exchange& exchange, AuthzenCall& call) {
    auto asker = identify(exchange);
    if (!asker) return std::unexpected(std::move(asker.error()));
    call.asker = std::move(*asker);
    if (auto type = check_json_type(exchange.http); !type) return type;
    call.body = exchange.http.body;
    if (auto parsed = parse_object(call.body, *call.document); !parsed) return parsed;
    if (auto unique = check_unique(*call.document); !unique) return unique;
    auto services = exchange.services.of(call.asker.principal->account);
    if (!services) return std::unexpected(std::move(services.error()));
    call.services = std::move(*services);
    return {};
}

HttpResponse authzen_error(Exchange& exchange, const Error& error) {
    note_error(exchange, error);
    // Those that the binding knows.
    const int status = error.http_status == 401 || error.http_status == 403 ? error.http_status
                       : error.http_status >= 500                           ? 500
                                                                            : 400;
    HttpResponse response{
        .status = status,
        .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
        .body = error.message};
    if (response.status == 401) add_challenge(response);
    return response;
}

bool is_of_request(const Error& error) noexcept {
    return error.http_status != 404;
}

void write_decision(JsonWriter& json, const Reply& reply) {
    json.StartObject();
    write_key(json, "decision");
    json.Bool(reply.allowed());
    if (!reply.allowed()) {
        write_key(json, "context");
        json.StartObject();
        if (reply.error) {
            write_key(json, "error");
            json.StartObject();
            write_key(json, "status");
            json.Int(reply.error->http_status);
            write_text(json, "message", reply.error->message);
            json.EndObject();
        } else {
            write_text(json, "reason", reply.message);
        }
        json.EndObject();
    }
    json.EndObject();
}

}  // namespace writ::questions::internal
