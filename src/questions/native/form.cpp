#include "questions/native/form.h"

#include <array>
#include <charconv>
#include <string_view>

#include "base/text.h"
#include "questions/internal/exchange.h"
#include "writ/compact_form.h"

namespace writ::questions::internal {
namespace {

std::optional<Form> form_of(std::string_view media_type) noexcept {
    if (equals_ignoring_case(media_type, "application/json")) return Form::json;
    if (equals_ignoring_case(media_type, compact_form::media_type)) return Form::compact;
    return std::nullopt;
}

/// Cuts off what stands before the separator.
std::string_view take_until(std::string_view& text, char separator) noexcept {
    const std::size_t end = text.find(separator);
    const std::string_view taken = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return trimmed(taken);
}

/// The weight q among the parameters of a media range (RFC 9110, 12.4.2): 1 if none is told or it is none.
double weight_of(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        std::string_view value = take_until(parameters, ';');
        if (!equals_ignoring_case(take_until(value, '='), "q")) continue;
        double weight = 1;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), weight);
        return read.ec == std::errc{} ? weight : 1;
    }
    return 1;
}

}  // namespace

std::optional<Form> request_form(const HttpRequest& http) noexcept {
    return form_of(content_type(http));
}

Form answer_form(const HttpRequest& http) noexcept {
    std::optional<Form> best;
    double best_weight = 0;
    for (const auto& [name, value] : http.headers) {
        if (!equals_ignoring_case(name, "Accept")) continue;
        std::string_view ranges = value;
        while (!ranges.empty()) {
            std::string_view range = take_until(ranges, ',');
            const auto form = form_of(take_until(range, ';'));
            const double weight = weight_of(range);
            if (!form || weight <= best_weight) continue;
            best = form;
            best_weight = weight;
        }
    }
    return best.value_or(request_form(http).value_or(Form::json));
}

}  // namespace writ::questions::internal
