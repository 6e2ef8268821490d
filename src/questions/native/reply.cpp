#include "questions/native/reply.h"

#include <utility>

#include "engine/decide.h"

namespace writ::questions::internal {
namespace {

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

}  // namespace

void AnswerWriter::start_answers(std::size_t count) {
    is_list_ = true;
    if (form_ == Form::compact) return compact_.start_answers(count);
    json_.StartObject();
    write_key(json_, "answers");
    json_.StartArray();
}

void AnswerWriter::add(const Reply& reply) {
    form_ == Form::compact ? compact_.add(reply) : write_reply(json_, reply);
}

HttpResponse AnswerWriter::finish(int status) {
    if (form_ == Form::compact) {
        return answer_with(compact_form::media_type, compact_.written(), status);
    }
    if (is_list_) {
        json_.EndArray();
        json_.EndObject();
    }
    return json_answer(written(buffer_), status);
}

Reply refused(Error error) {
    Reply reply;
    reply.message = error.message;
    reply.error = std::move(error);
    return reply;
}

HttpResponse answer_of(Exchange& exchange, const Reply& reply, Form form) {
    AnswerWriter answer(form);
    answer.add(reply);
    exchange.record.decision =
        engine::name(reply.error ? engine::Verdict::implicit_deny : reply.decision.verdict);
    if (!reply.error) return answer.finish();
    note_error(exchange, *reply.error);
    HttpResponse response = answer.finish(reply.error->http_status);
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
