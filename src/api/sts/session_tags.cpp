#include "api/sts/session_tags.h"

#include <algorithm>

#include "base/text.h"

namespace writ::api::sts {
namespace {

constexpr std::string_view reserved_prefix = "aws:";

std::unexpected<Error> refuse(std::string message) {
    return fail("InvalidParameterValue", 400, std::move(message));
}

/// Keys compare without case (S9).
bool contains(const std::vector<std::string>& keys, std::string_view key) {
    return std::ranges::any_of(keys,
                               [&](const std::string& other) { return equals_ignoring_case(other, key); });
}

/// Transitive keys of the calling session; empty for all others.
const std::vector<std::string>& inherited_keys(const Call& call) {
    static const std::vector<std::string> none;
    return call.caller.session == nullptr ? none : call.caller.session->transitive_tag_keys;
}

}  // namespace

Result<void> check_session_tags(const Call& call) {
    std::vector<std::string> keys;
    for (const Input& tag : call.input.list("Tags")) {
        const std::string_view key = tag.text("Key");
        if (contains(keys, key)) {
            return refuse("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        if (equals_ignoring_case(key.substr(0, reserved_prefix.size()), reserved_prefix)) {
            return refuse("Tag keys beginning with aws: are reserved for system use.");  // 7.1; text [I].
        }
        keys.emplace_back(key);
    }
    for (const Input& key : call.input.list("TransitiveTagKeys")) {
        if (!contains(keys, key.text())) {
            return refuse("The specified transitive tag key must be included in the requested tags.");
        }
    }
    for (const std::string& inherited : inherited_keys(call)) {
        if (contains(keys, inherited)) {
            return refuse(
                "One of the specified transitive tag keys can't be set because it conflicts with a "
                "transitive "
                "tag key from the calling session.");
        }
    }
    return {};
}

crypto::SessionTags session_tags(const Call& call) {
    crypto::SessionTags tags;
    if (call.caller.session != nullptr) {
        for (const auto& [key, value] : call.caller.session->tags) {
            if (contains(inherited_keys(call), key)) tags.emplace_back(key, value);
        }
    }
    for (const Input& tag : call.input.list("Tags")) tags.emplace_back(tag.text("Key"), tag.text("Value"));
    return tags;
}

std::vector<std::string> transitive_tag_keys(const Call& call) {
    std::vector<std::string> keys = inherited_keys(call);
    for (const Input& key : call.input.list("TransitiveTagKeys")) keys.push_back(key.text());
    return keys;
}

}  // namespace writ::api::sts
