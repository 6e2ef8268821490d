#include <algorithm>
#include <array>
#include <utility>

#include "questions/inquiry.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"
#include "questions/native/reply.h"

/// The native API. docs/authorization-api.md describes its members, which are those of policy cases.
namespace writ::questions::internal {
namespace {

constexpr std::size_t questions_max = 1'000;

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

/// An ARN, or the session of a token.
Result<void> read_principal(const Json& value, Question& question) {
    question.principal = question.access_key_id = question.session_token = {};
    if (value.IsString()) {
        question.principal = text_of(value);
        if (question.principal.empty()) return invalid("The member principal must not be empty.");
        return {};
    }
    const bool fits = value.IsObject() && value.MemberCount() == 2;
    const Json* key = fits ? find_member(value, "access_key_id") : nullptr;
    const Json* token = fits ? find_member(value, "session_token") : nullptr;
    if (key == nullptr || token == nullptr || !key->IsString() || !token->IsString() ||
        token->GetStringLength() == 0) {
        return invalid(
            "The member principal must be an ARN, or an object with access_key_id and session_token.");
    }
    question.access_key_id = text_of(*key);
    question.session_token = text_of(*token);
    return {};
}

Result<void> read_context(const Json& value, Question& question, Texts& texts) {
    if (!value.IsObject()) return invalid("The member context must be an object.");
    if (auto unique = check_unique(value); !unique) return unique;
    question.context.clear();
    question.context.reserve(value.MemberCount());
    for (const auto& member : value.GetObject()) {
        if (member.value.IsNull()) continue;
        auto read = context_value(text_of(member.name), member.value, texts);
        if (!read) {
            return invalid("The condition key " + std::string(text_of(member.name)) +
                           " must be a string, a number, a boolean or a list of these.");
        }
        question.context.push_back(std::move(*read));
    }
    return {};
}

Result<void> read_explain(const Json& value, Question& question, Texts&) {
    if (!value.IsBool()) return invalid("The member explain must be true or false.");
    question.explain = value.GetBool();
    return {};
}

template <std::string_view Question::* member>
Result<void> read_member(const Json& value, Question& question, Texts&) {
    if (!value.IsString())
        return invalid("The members action, resource and resource_account must be strings.");
    question.*member = text_of(value);
    return {};
}

struct Member {
    std::string_view name;
    Result<void> (*read)(const Json& value, Question& question, Texts& texts);
};
constexpr auto members = std::to_array<Member>({
    {"principal",
     [](const Json& value, Question& question, Texts&) { return read_principal(value, question); }},
    {"action", read_member<&Question::action>},
    {"resource", read_member<&Question::resource>},
    {"resource_account", read_member<&Question::resource_account>},
    {"context", read_context},
    {"explain", read_explain},
});
constexpr std::string_view list_member = "questions";

/// What is told once for all questions is in `question` already. A member that nobody knows may be one that
/// was meant to forbid something, so it is no question that can be answered.
Result<void> read_question(const Json& object, bool may_have_list, Question& question, Texts& texts) {
    if (!object.IsObject()) return invalid("A question must be an object.");
    unsigned seen = 0;
    for (const auto& member : object.GetObject()) {
        const std::string_view name = text_of(member.name);
        const auto* const row = std::ranges::find(members, name, &Member::name);
        const auto place = static_cast<unsigned>(row - members.begin());
        if (row == members.end() && !(may_have_list && name == list_member)) {
            return invalid("There is no member " + std::string(name) + " of a question.");
        }
        if ((seen & (1U << place)) != 0) {
            return invalid("The member " + std::string(name) + " occurs more than once.");
        }
        seen |= 1U << place;
        if (row == members.end()) continue;
        if (auto read = row->read(member.value, question, texts); !read) return read;
    }
    return {};
}

HttpResponse answer_all(Exchange& exchange, Inquiry& inquiry, const Question& common, const Json& list,
                        Texts& texts) {
    const Form form = answer_form(exchange.http);
    if (!list.IsArray() || list.Size() > questions_max) {
        return answer_of(exchange,
                         refused({"ValidationError", 400,
                                  "The member questions must be a list of at most 1000 questions."}),
                         form);
    }
    AnswerWriter answers(form);
    answers.start_answers(list.Size());
    Question question;
    for (const Json& element : list.GetArray()) {
        question = common;
        const auto read = read_question(element, false, question, texts);
        const Reply reply = read ? inquiry.answer(question) : refused(read.error());
        if (reply.error && !reply.error->defect.empty()) note_error(exchange, *reply.error);
        answers.add(reply);
    }
    return answers.finish();
}

/// `text` is scratch that must stay as long as the document.
Result<void> read_body(const HttpRequest& http, std::string& text, rapidjson::Document& document) {
    const auto form = request_form(http);
    if (form == Form::compact) return read_compact(http.body, document);
    if (form != Form::json) {
        return fail("InvalidInput", 400,
                    "The Content-Type of the request must be application/json or application/cbor.");
    }
    text = http.body;
    return parse_object(text, document);
}

}  // namespace

HttpResponse authorize(Exchange& exchange) {
    const auto refuse = [&](const Error& error) {
        return answer_of(exchange, refused(error), answer_form(exchange.http));
    };
    const auto asker = identify(exchange);
    if (!asker) return refuse(asker.error());
    std::string text;
    SmallDocument document;
    if (auto read = read_body(exchange.http, text, *document); !read) return refuse(read.error());

    Texts texts;
    Question question;
    if (auto read = read_question(*document, true, question, texts); !read) return refuse(read.error());
    auto services = exchange.services.of(asker->principal->account);
    if (!services) return refuse(services.error());
    Inquiry inquiry(exchange.at, exchange.authenticator, *asker, std::move(*services), exchange.http);
    const Json* list = find_member(*document, list_member);
    if (list != nullptr) return answer_all(exchange, inquiry, question, *list, texts);
    return answer_of(exchange, inquiry.answer(question), answer_form(exchange.http));
}

}  // namespace writ::questions::internal
