#pragma once

#include <string_view>

#include "authz/caller.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"
#include "questions/question.h"

/// AuthZEN's HTTPS binding: what every endpoint of it has in common.
namespace writ::questions::internal {

/// A request whose asker is known and whose body is one JSON object. Texts of `document` lie in `body`.
struct AuthzenCall {
    authz::Caller asker;
    ServiceListPtr services;
    std::string body;
    SmallDocument document;
};
/// Errors: 400, 401, 403 or 500, for authzen_error().
[[nodiscard]] Result<void> read_call(Exchange& exchange, AuthzenCall& call);

/// An error is a status and a sentence.
[[nodiscard]] HttpResponse authzen_error(Exchange& exchange, const Error& error);

/// Whether an error is about the whole request, and not the answer to one question. Who is not there may do
/// nothing: that is a denial.
[[nodiscard]] bool is_of_request(const Error& error) noexcept;

/// "decision", and for a denial the reason as "context"; an object of its own.
void write_decision(JsonWriter& json, const Reply& reply);

}  // namespace writ::questions::internal
