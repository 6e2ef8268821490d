#pragma once

#include "base/http.h"
#include "base/result.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"
#include "questions/question.h"

/// Answers of the native API.
namespace writ::questions::internal {

/// One object: decision, decided_by, and as it applies error, message, explanation.
void write_reply(JsonWriter& json, const Reply& reply);

/// That object as the whole answer, and noted for the log. A question that could not be answered has the
/// status of its error.
[[nodiscard]] HttpResponse answer_of(Exchange& exchange, const Reply& reply);

/// "error" and "message", for what is no question.
[[nodiscard]] HttpResponse error_answer(const Error& error);

/// What could not be answered is denied.
[[nodiscard]] Reply refused(Error error);

}  // namespace writ::questions::internal
