#include "questions/internal/context.h"

#include <algorithm>
#include <string>
#include <vector>

#include "authz/resources.h"
#include "base/text.h"
#include "base/time.h"
#include "engine/request_keys.h"
#include "reference/authorization.h"

namespace writ::questions::internal {
namespace {

bool is_time_key(std::string_view key) {
    return equals_ignoring_case(key, "aws:CurrentTime") || equals_ignoring_case(key, "aws:EpochTime");
}

/// What a key holds: text, if nobody has said.
reference::ConditionKey declared(const ServiceList& services, std::string_view key) {
    if (const auto* custom = find_key(services, key)) return {key, custom->type, custom->multivalued};
    // Operators read the values of AWS's keys; a key that nobody knows holds text.
    const auto* known = reference::find_condition_key(key);
    return {key, reference::KeyType::string, known != nullptr && known->multivalued};
}

}  // namespace

QuestionContext::QuestionContext(engine::Context& common, const authz::Tags* resource_tags,
                                 const ServiceList& services, const Question& question)
    : common_(common), common_size_(common.entries().size()) {
    for (const ContextValue& value : question.context) {
        if (is_time_key(value.key)) set_time(value);
    }
    engine::Context& context = own_ ? *own_ : common_;
    if (resource_tags != nullptr) {
        authz::set_resource_tag_keys(context, question.resource, *resource_tags);
    }
    known_size_ = context.entries().size();
    for (const ContextValue& value : question.context) {
        if (!is_time_key(value.key)) add(context, services, value);
    }
}

QuestionContext::~QuestionContext() {
    common_.keep_first(common_size_);
}

void QuestionContext::add(engine::Context& context, const ServiceList& services, const ContextValue& value) {
    const engine::ContextEntry* known = context.find(value.key);
    if (known != nullptr) {
        const auto place = static_cast<std::size_t>(known - context.entries().data());
        if (place < known_size_) return;
        error_ = Error{"ValidationError", 400,
                       "The condition key " + std::string(value.key) + " occurs more than once."};
        return;
    }
    const reference::ConditionKey key = declared(services, value.key);
    for (const std::string_view text : value.values) {
        if (reference::is_of_type(key.type, text)) continue;
        error_ = Error{"ValidationError", 400,
                       "The condition key " + std::string(value.key) + " is of the type " +
                           std::string(reference::name(key.type)) + "."};
        return;
    }
    if (!value.multivalued && !key.multivalued) return context.set(value.key, value.values.front());
    const std::vector<std::string> values(value.values.begin(), value.values.end());
    context.set_list(value.key, values);
}

void QuestionContext::set_time(const ContextValue& value) {
    const bool single = !value.multivalued && equals_ignoring_case(value.key, "aws:CurrentTime");
    const auto time = single ? parse_iso8601(value.values.front()) : std::nullopt;
    if (!time) {
        error_ = Error{"ValidationError", 400,
                       "The time of a question is aws:CurrentTime, one moment in ISO 8601."};
        return;
    }
    own_.emplace(common_);
    engine::set_time_keys(*own_, *time);
}

Result<authz::SubjectPtr> subject_of(authz::Subjects& subjects, const ArnView& arn, std::string_view text) {
    const std::string_view name = arn.resource.substr(arn.resource.rfind('/') + 1);
    const bool is_user = arn.resource.starts_with("user/");
    if (!is_user && !arn.resource.starts_with("role/")) return nullptr;
    auto subject =
        is_user ? subjects.user_by_name(arn.account, name) : subjects.role_by_name(arn.account, name);
    if (subject && *subject != nullptr && (*subject)->arn != text) return nullptr;
    return subject;
}

}  // namespace writ::questions::internal
