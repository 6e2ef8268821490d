#include "api/authorization_message.h"

#include <algorithm>

#include "api/sts/handlers.h"
#include "cases/read.h"
#include "directory/reports/denials.h"

namespace writ::api::sts {
namespace {

/// The id that ends the sentence of a denial stands for its message.
bool is_authorization_id(std::string_view text) {
    constexpr std::size_t characters = 26;
    return text.size() == characters &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); });
}

Result<std::optional<std::string>> kept_message(const Call& call, std::string_view id) {
    call.at.denials.flush();  // It may be of this second.
    auto reader = call.at.store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    const auto denial = directory::find_denial(**reader, call.at.environment.clock, id);
    if (!denial) return std::unexpected(denial.error());
    if (!*denial || (*denial)->account_id != call.account()) return std::nullopt;
    const auto questions = cases::read_text((*denial)->question, std::string(id), {});
    if (!questions || questions->empty()) return std::nullopt;
    return describe_denial(questions->front());
}

Result<std::optional<std::string>> decoded(const Call& call) {
    const std::string_view encoded = call.input.text("EncodedMessage");
    if (is_authorization_id(encoded)) return kept_message(call, encoded);
    return api::decode_authorization_message(call.at.environment.sealing, call.account(), encoded, call.now);
}

}  // namespace

Result<Output> decode_authorization_message(const Call& call, const Target&) {
    auto message = decoded(call);
    if (!message) return std::unexpected(std::move(message.error()));
    if (!*message) return fail("InvalidAuthorizationMessageException", 400, "Message is not valid");  // N11.
    Output output;
    output.set("DecodedMessage", std::move(**message));
    return output;
}

}  // namespace writ::api::sts
