#include <array>
#include <optional>
#include <utility>

#include "questions/authzen/answers.h"
#include "questions/authzen/mapping.h"
#include "questions/inquiry.h"

/// The Access Evaluation and Access Evaluations APIs.
namespace writ::questions::internal {
namespace {

constexpr std::size_t evaluations_max = 1'000;

Reply refused(Error error) {
    Reply reply;
    reply.error = std::move(error);
    return reply;
}

Reply evaluate(Inquiry& inquiry, const Entities& entities) {
    if (auto fits = check_form(entities); !fits) return refused(std::move(fits.error()));
    Mapping mapping(inquiry);
    const auto question = mapping.question_of(entities);
    return question ? inquiry.answer(*question) : refused(question.error());
}

HttpResponse answer_one(Exchange& exchange, Inquiry& inquiry, const Json& document) {
    const Reply reply = evaluate(inquiry, entities_of(document));
    if (reply.error && is_of_request(*reply.error)) return authzen_error(exchange, *reply.error);
    exchange.record.decision = engine::name(reply.decision.verdict);
    JsonBuffer buffer;
    JsonWriter json(buffer);
    write_decision(json, reply);
    return json_answer(written(buffer));
}

enum class Semantic : std::uint8_t { execute_all, deny_on_first_deny, permit_on_first_permit };

Result<Semantic> semantic_of(const Json& document) {
    struct Word {
        std::string_view word;
        Semantic semantic;
    };
    constexpr auto words =
        std::to_array<Word>({{"execute_all", Semantic::execute_all},
                             {"deny_on_first_deny", Semantic::deny_on_first_deny},
                             {"permit_on_first_permit", Semantic::permit_on_first_permit}});
    const Json* options = find_member(document, "options");
    if (options == nullptr) return Semantic::execute_all;
    if (!options->IsObject()) return fail("ValidationError", 400, "The member options must be an object.");
    if (auto unique = check_unique(*options); !unique) return std::unexpected(std::move(unique.error()));
    const Json* chosen = find_member(*options, "evaluations_semantic");
    if (chosen == nullptr) return Semantic::execute_all;
    for (const Word& row : words) {
        if (chosen->IsString() && text_of(*chosen) == row.word) return row.semantic;
    }
    return fail("ValidationError", 400,
                "The evaluations_semantic is execute_all, deny_on_first_deny or permit_on_first_permit.");
}

bool is_last(Semantic semantic, bool allowed) {
    return (semantic == Semantic::deny_on_first_deny && !allowed) ||
           (semantic == Semantic::permit_on_first_permit && allowed);
}

using Pool = rapidjson::Document::AllocatorType;

/// What an entity cannot be without it takes from that of the whole request: type, id, name. All else of it
/// stands for the whole entity.
void take_missing(Json& row, const char* entity, const Json* given, Pool& pool) {
    const auto own = row.FindMember(entity);
    if (own == row.MemberEnd() || !own->value.IsObject() || given == nullptr || !given->IsObject()) return;
    for (const char* name : {"type", "id", "name"}) {
        const Json* value = find_member(*given, name);
        if (value == nullptr || own->value.HasMember(name)) continue;
        own->value.AddMember(rapidjson::StringRef(name), Json(*value, pool), pool);
    }
}

/// What is wrong with one evaluation denies that one.
Reply evaluate_row(Inquiry& inquiry, Json& row, const Entities& defaults, Pool& pool) {
    if (!row.IsObject()) return refused({"ValidationError", 400, "An evaluation must be an object."});
    if (auto unique = check_unique(row); !unique) return refused(std::move(unique.error()));
    take_missing(row, "subject", defaults.subject, pool);
    take_missing(row, "action", defaults.action, pool);
    take_missing(row, "resource", defaults.resource, pool);
    return evaluate(inquiry, entities_of(row, defaults));
}

}  // namespace

HttpResponse evaluation(Exchange& exchange) {
    AuthzenCall call;
    if (auto read = read_call(exchange, call); !read) return authzen_error(exchange, read.error());
    Inquiry inquiry(exchange.at, exchange.authenticator, call.asker, call.services, exchange.http);
    return answer_one(exchange, inquiry, *call.document);
}

HttpResponse evaluations(Exchange& exchange) {
    AuthzenCall call;
    if (auto read = read_call(exchange, call); !read) return authzen_error(exchange, read.error());
    Inquiry inquiry(exchange.at, exchange.authenticator, call.asker, call.services, exchange.http);
    const auto member = call.document->FindMember("evaluations");
    Json* rows = member == call.document->MemberEnd() ? nullptr : &member->value;
    const bool is_list = rows != nullptr && rows->IsArray();
    if (rows == nullptr || (is_list && rows->Empty())) return answer_one(exchange, inquiry, *call.document);
    if (!is_list || rows->Size() > evaluations_max) {
        return authzen_error(
            exchange,
            {"ValidationError", 400, "The member evaluations must be a list of at most 1000 evaluations."});
    }
    const auto semantic = semantic_of(*call.document);
    if (!semantic) return authzen_error(exchange, semantic.error());
    const Entities defaults = entities_of(*call.document);

    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_key(json, "evaluations");
    json.StartArray();
    for (Json& row : rows->GetArray()) {
        const Reply reply = evaluate_row(inquiry, row, defaults, call.document->GetAllocator());
        if (reply.error && !reply.error->defect.empty()) note_error(exchange, *reply.error);
        write_decision(json, reply);
        if (is_last(*semantic, reply.allowed())) break;
    }
    json.EndArray();
    json.EndObject();
    return json_answer(written(buffer));
}

}  // namespace writ::questions::internal
