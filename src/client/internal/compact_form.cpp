#include "writ/compact_form.h"

#include <array>
#include <cbor.h>
#include <memory>

#include "client/internal/form.h"

namespace writ::client::internal {
namespace {

using compact_form::Member;

/// What an item begins with: at most nine bytes.
template <auto encode, class... Value>
void append(std::string& bytes, Value... value) {
    std::array<unsigned char, 9> head{};
    const std::size_t size = encode(value..., head.data(), head.size());
    bytes.append(reinterpret_cast<const char*>(head.data()), size);
}

void put(std::string& bytes, Member member) {
    append<cbor_encode_uint>(bytes, static_cast<std::uint64_t>(member));
}
void put(std::string& bytes, std::string_view text) {
    append<cbor_encode_string_start>(bytes, text.size());
    bytes.append(text);
}
void put(std::string& bytes, const std::vector<std::string>& texts) {
    append<cbor_encode_array_start>(bytes, texts.size());
    for (const std::string& text : texts) put(bytes, text);
}

void put_principal(std::string& bytes, const Question& question) {
    if (const auto* arn = std::get_if<std::string>(&question.principal)) {
        put(bytes, Member::principal);
        put(bytes, *arn);
    }
    if (const auto* session = std::get_if<Session>(&question.principal)) {
        put(bytes, Member::principal);
        append<cbor_encode_map_start>(bytes, std::size_t{2});
        put(bytes, Member::access_key_id);
        put(bytes, session->access_key_id);
        put(bytes, Member::session_token);
        put(bytes, session->session_token);
    }
}

void put(std::string& bytes, const Question& question) {
    append<cbor_encode_indef_map_start>(bytes);
    put_principal(bytes, question);
    put(bytes, Member::action);
    put(bytes, question.action);
    put(bytes, Member::resource);
    put(bytes, question.resource);
    if (!question.resource_account.empty()) {
        put(bytes, Member::resource_account);
        put(bytes, question.resource_account);
    }
    if (!question.context.empty()) {
        put(bytes, Member::context);
        append<cbor_encode_map_start>(bytes, question.context.size());
        for (const auto& [key, value] : question.context) {
            put(bytes, key);
            std::visit([&](const auto& told) { put(bytes, told); }, value);
        }
    }
    if (question.explain) {
        put(bytes, Member::explain);
        append<cbor_encode_bool>(bytes, true);
    }
    append<cbor_encode_break>(bytes);
}

std::string print_one(const Question& question) {
    std::string bytes;
    put(bytes, question);
    return bytes;
}

std::string print_many(std::span<const Question> questions) {
    std::string bytes;
    append<cbor_encode_map_start>(bytes, std::size_t{1});
    put(bytes, Member::questions);
    append<cbor_encode_array_start>(bytes, questions.size());
    for (const Question& question : questions) put(bytes, question);
    return bytes;
}

struct Free {
    void operator()(cbor_item_t* item) const noexcept { cbor_decref(&item); }
};
using Item = std::unique_ptr<cbor_item_t, Free>;

/// Null: no CBOR, or more than one item.
Item load(std::string_view body) {
    cbor_load_result result{};
    Item item(cbor_load(reinterpret_cast<cbor_data>(body.data()), body.size(), &result));
    return result.read == body.size() ? std::move(item) : Item{};
}

/// Null: there is none, or `map` is no map.
const cbor_item_t* find(const cbor_item_t* map, Member member) {
    if (map == nullptr || !cbor_isa_map(map)) return nullptr;
    for (const cbor_pair& pair : std::span(cbor_map_handle(map), cbor_map_size(map))) {
        if (cbor_isa_uint(pair.key) && cbor_get_int(pair.key) == static_cast<std::uint64_t>(member)) {
            return pair.value;
        }
    }
    return nullptr;
}

std::string text(const cbor_item_t* map, Member member) {
    const cbor_item_t* item = find(map, member);
    if (item == nullptr || !cbor_isa_string(item) || !cbor_string_is_definite(item)) return {};
    return {reinterpret_cast<const char*>(cbor_string_handle(item)), cbor_string_length(item)};
}

/// Nothing for what is no answer. Numbers that nobody knows are denials.
std::optional<Answer> answer_of(const cbor_item_t* map) {
    const cbor_item_t* decision = find(map, Member::decision);
    if (decision == nullptr) return std::nullopt;
    const std::uint64_t number = cbor_isa_uint(decision) ? cbor_get_int(decision) : 0;
    Answer answer;
    if (number == static_cast<std::uint64_t>(compact_form::Decision::allowed)) {
        answer.decision = Decision::allowed;
    }
    if (number == static_cast<std::uint64_t>(compact_form::Decision::explicit_deny)) {
        answer.decision = Decision::explicit_deny;
    }
    answer.decided_by = text(map, Member::decided_by);
    answer.message = text(map, Member::message);
    answer.error = text(map, Member::error);
    answer.explanation = text(map, Member::explanation);
    return answer;
}

std::optional<Answer> read_one(std::string_view body) {
    return answer_of(load(body).get());
}

std::optional<std::vector<Answer>> read_many(std::string_view body) {
    const Item item = load(body);
    const cbor_item_t* list = find(item.get(), Member::answers);
    if (list == nullptr || !cbor_isa_array(list)) return std::nullopt;
    std::vector<Answer> answers;
    for (const cbor_item_t* each : std::span(cbor_array_handle(list), cbor_array_size(list))) {
        answers.push_back(answer_of(each).value_or(Answer{}));
    }
    return answers;
}

std::string read_message(std::string_view body) {
    const auto answer = read_one(body);
    return answer ? answer->message : std::string(body);
}

}  // namespace

const FormRow& compact_row() noexcept {
    static constexpr FormRow row{.media_type = compact_form::media_type,
                                 .print_one = print_one,
                                 .print_many = print_many,
                                 .read_one = read_one,
                                 .read_many = read_many,
                                 .read_message = read_message};
    return row;
}

}  // namespace writ::client::internal
