#pragma once

#include <string>
#include <string_view>

#include "questions/inquiry.h"
#include "questions/internal/json.h"
#include "questions/question.h"

/// From the words of AuthZEN (subject, action, resource, context) to those of IAM. docs/authorization-api.md
/// tells the rules to users.
namespace writ::questions::internal {

/// The entities of one evaluation, as they stand in the request; null: absent.
struct Entities {
    const Json* subject = nullptr;
    const Json* action = nullptr;
    const Json* resource = nullptr;
    const Json* context = nullptr;
};

/// Those of an object, in place of `defaults` where it has them.
[[nodiscard]] Entities entities_of(const Json& object, const Entities& defaults = {});

/// Which entities must be complete; a search leaves one of them open.
enum class Open : std::uint8_t { nothing, subject, action, resource };

/// The form that AuthZEN asks for: objects, with type, id and name as strings. ValidationError 400 otherwise.
[[nodiscard]] Result<void> check_form(const Entities& entities, Open open = Open::nothing);

/// A resource in words of IAM.
struct MappedResource {
    std::string arn;      ///< Or "*"; empty when its id was left open.
    std::string service;  ///< Prefix of the service that it is of; empty: "*" tells none.
    bool bare = false;    ///< Its type was named without the prefix.
};

/// Entities to questions, for one asker. Keeps the texts that questions look at, so it must outlive them.
class Mapping {
  public:
    explicit Mapping(const Inquiry& inquiry) : inquiry_(inquiry) {}

    /// REQUIRES: check_form(entities) for all that is not open. Errors: ValidationError 400 for what has no
    /// meaning here, NotFound 404 for a type of subject or resource that is unknown.
    [[nodiscard]] Result<Question> question_of(const Entities& entities, Open open = Open::nothing);
    [[nodiscard]] Result<MappedResource> resource_of(const Json& resource, std::string_view action);

  private:
    [[nodiscard]] Result<std::string_view> principal_of(const Json& subject);
    [[nodiscard]] Result<std::string> fill(std::string_view pattern, const Json& resource) const;
    void add_properties(const Json& entity, std::string_view key_prefix, Question& question);
    void add_context(const Json& context, std::string_view service, Question& question);
    void add(std::string_view prefix, std::string_view name, const Json& value, Question& question);
    [[nodiscard]] std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    const Inquiry& inquiry_;
    Texts texts_;
};

}  // namespace writ::questions::internal
