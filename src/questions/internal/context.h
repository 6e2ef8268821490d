#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "authz/subject.h"
#include "authz/subjects.h"
#include "base/arn.h"
#include "base/result.h"
#include "engine/context.h"
#include "questions/question.h"
#include "questions/services.h"

namespace writ::questions::internal {

/// The condition context of one question: what holds for its principal, and what the question says. The keys
/// that Writ knows itself stay as they are, but for the time, which a question may choose. What was added
/// goes again when this ends, so that a question costs no copy of what all have in common.
class QuestionContext {
  public:
    /// `common` must outlive it and not be used meanwhile. `resource_tags`: those of the resource that is
    /// asked about, which a question does not change; null: those are for the question to tell. `services`
    /// say what their keys hold.
    QuestionContext(engine::Context& common, const authz::Tags* resource_tags, const ServiceList& services,
                    const Question& question);
    ~QuestionContext();
    QuestionContext(const QuestionContext&) = delete;
    QuestionContext& operator=(const QuestionContext&) = delete;

    /// What is wrong with what the question says.
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
    [[nodiscard]] const engine::Context& get() const noexcept { return own_ ? *own_ : common_; }

  private:
    void add(engine::Context& context, const ServiceList& services, const ContextValue& value);
    void set_time(const ContextValue& value);

    engine::Context& common_;
    const std::size_t common_size_;
    std::size_t known_size_ = 0;          ///< What Writ knows itself stands before what the question tells.
    std::optional<engine::Context> own_;  ///< Where a common key changes.
    std::optional<Error> error_;
};

/// The user or role of this Writ that a resource is; null: it is none.
[[nodiscard]] Result<authz::SubjectPtr> subject_of(authz::Subjects& subjects, const ArnView& arn,
                                                   std::string_view text);

}  // namespace writ::questions::internal
