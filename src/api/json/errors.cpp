#include "api/json/errors.h"

#include <algorithm>
#include <array>

namespace writ::api::json {
namespace {

struct Wording {
    std::string_view service;
    std::string_view code;  ///< In the words of the frame.
    std::string_view told;
    int http_status;
};
constexpr auto wordings = std::to_array<Wording>({
    {"organizations", "AccessDenied", "AccessDeniedException", 400},
    {"organizations", "ConcurrentModification", "ConcurrentModificationException", 400},
    {"organizations", "ServiceFailure", "ServiceException", 500},
    {"organizations", "ValidationError", "InvalidInputException", 400},
});

struct Sentence {
    std::string_view reason;
    std::string_view message;
};
/// What InvalidInputException says about a parameter that does not fit the model.
constexpr auto sentences = std::to_array<Sentence>({
    {"INPUT_REQUIRED", "You must include a value for all required parameters."},
    {"INVALID_ENUM", "You specified an invalid value."},
    {"INVALID_NEXT_TOKEN",
     "Get the value for the NextToken parameter from the response to a previous call of the operation."},
    {"INVALID_PATTERN", "You provided a value that does not match the required pattern."},
    {"MAX_LENGTH_EXCEEDED", "You provided a string parameter that is longer than allowed."},
    {"MAX_VALUE_EXCEEDED", "You provided a numeric parameter that has a larger value than allowed."},
    {"MIN_LENGTH_EXCEEDED", "You provided a string parameter that is shorter than allowed."},
    {"MIN_VALUE_EXCEEDED", "You provided a numeric parameter that has a smaller value than allowed."},
});

}  // namespace

Error in_words_of(const reference::ApiService& service, const Error& error) {
    const auto row = std::ranges::find_if(wordings, [&](const Wording& wording) {
        return wording.service == service.name && wording.code == error.code;
    });
    if (row == wordings.end()) return error;
    Error told{std::string(row->told), row->http_status, error.message, error.reason};
    const auto* sentence = std::ranges::find(sentences, error.reason, &Sentence::reason);
    if (sentence != sentences.end()) told.message = sentence->message;
    return told;
}

}  // namespace writ::api::json
