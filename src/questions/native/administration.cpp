#include "questions/native/administration.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "questions/native/reply.h"

namespace writ::questions::internal {

Result<void> check_may(Exchange& exchange, const authz::Caller& caller, std::string_view action,
                       std::string_view resource) {
    Inquiry inquiry(exchange.at, exchange.authenticator, caller, nullptr, exchange.http);
    return inquiry.check_asker_may(action, resource);
}

Result<authz::Caller> caller_who_may(Exchange& exchange, std::string_view action, std::string_view resource) {
    auto caller = identify(exchange);
    if (!caller) return caller;
    if (auto may = check_may(exchange, *caller, action, resource); !may) {
        return std::unexpected(std::move(may.error()));
    }
    return caller;
}

std::optional<std::string> query_parameter(const HttpRequest& http, std::string_view name) {
    const std::size_t mark = http.target.find('?');
    if (mark == std::string::npos) return std::nullopt;
    std::string_view rest = std::string_view(http.target).substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return percent_decode(pair.substr(equals + 1));
        }
    }
    return std::nullopt;
}

HttpResponse answered(Exchange& exchange, Answer answer) {
    if (answer) return std::move(*answer);
    note_error(exchange, answer.error());
    return error_answer(answer.error());
}

}  // namespace writ::questions::internal
