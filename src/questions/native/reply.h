#pragma once

#include <cstddef>

#include "base/http.h"
#include "base/result.h"
#include "questions/internal/exchange.h"
#include "questions/internal/json.h"
#include "questions/native/compact_form.h"
#include "questions/native/form.h"
#include "questions/question.h"

/// Answers of the native API.
namespace writ::questions::internal {

/// Prints one reply, or the list of them that answers many questions: decision, decided_by, and as it applies
/// error, message, explanation.
class AnswerWriter {
  public:
    explicit AnswerWriter(Form form) noexcept : form_(form) {}

    /// As many replies as `count` must follow.
    void start_answers(std::size_t count);
    void add(const Reply& reply);
    [[nodiscard]] HttpResponse finish(int status = 200);

  private:
    Form form_;
    bool is_list_ = false;
    JsonBuffer buffer_;
    JsonWriter json_{buffer_};
    CompactWriter compact_;
};

/// One reply as the whole answer, and noted for the log. A question that could not be answered has the status
/// of its error.
[[nodiscard]] HttpResponse answer_of(Exchange& exchange, const Reply& reply, Form form = Form::json);

/// "error" and "message", for what is no question.
[[nodiscard]] HttpResponse error_answer(const Error& error);

/// What could not be answered is denied.
[[nodiscard]] Reply refused(Error error);

}  // namespace writ::questions::internal
