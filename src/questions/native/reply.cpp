#include "questions/native/reply.h"

#include <utility>

#include "engine/decide.h"

namespace writ::questions::internal {

void write_reply(JsonWriter& json, const Reply& reply) {
    const bool failed = reply.error.has_value();
    const engine::Decision decision = failed ? engine::Decision{} : reply.decision;
    json.StartObject();
    write_text(json, "decision", engine::name(decision.verdict));
    write_text(json, "decided_by", engine::name(decision.decided_by));
    if (failed) write_text(json, "error", reply.error->code);
    if (!reply.message.empty()) write_text(json, "message", reply.message);
    if (!reply.explanation.empty()) {
        write_key(json, "explanation");
        json.RawValue(reply.explanation.data(), reply.explanation.size(), rapidjson::kObjectType);
    }
    json.EndObject();
}

Reply refused(Error error) {
    Reply reply;
    reply.message = error.message;
    reply.error = std::move(error);
    return reply;
}

HttpResponse answer_of(Exchange& exchange, const Reply& reply) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    write_reply(json, reply);
    exchange.record.decision =
        engine::name(reply.error ? engine::Verdict::implicit_deny : reply.decision.verdict);
    if (!reply.error) return json_answer(written(buffer));
    note_error(exchange, *reply.error);
    HttpResponse response = json_answer(written(buffer), reply.error->http_status);
    if (response.status == 401) add_challenge(response);
    return response;
}

HttpResponse error_answer(const Error& error) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_text(json, "error", error.code);
    write_text(json, "message", error.message);
    json.EndObject();
    HttpResponse response = json_answer(written(buffer), error.http_status);
    if (response.status == 401) add_challenge(response);
    return response;
}

}  // namespace writ::questions::internal
