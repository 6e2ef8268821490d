#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "cases/case.h"
#include "embed/failure.h"
#include "engine/context.h"
#include "engine/request.h"

namespace writ::embed {

/// What is behind a writ_request handle: a case without policies, and the engine's request made from it. If
/// an exception leaves a change, there is no request any more.
class Question {
  public:
    explicit Question(Instant now) { question_.time = now; }
    Question(const Question&) = delete;  // The request points into it.
    Question& operator=(const Question&) = delete;

    /// `principal` as people write it; the failure says what is wrong with it.
    [[nodiscard]] std::optional<Failure> set_caller(std::string_view principal);
    void set_target(std::string_view action, std::string_view resource);
    void set_time(Instant time);
    [[nodiscard]] std::optional<Failure> set_fact(writ_fact fact, std::string_view value);
    /// Context keys win over what is derived; `removed` ones too.
    void set_context(cases::ContextValue value);

    /// Null when the last change failed.
    [[nodiscard]] const engine::Request* request() const noexcept { return request_ ? &*request_ : nullptr; }
    [[nodiscard]] const cases::Case& question() const noexcept { return question_; }

  private:
    void rebuild();

    cases::Case question_;
    engine::Context context_;
    std::optional<engine::Request> request_;
};

}  // namespace writ::embed
