#include "engine/context_keys.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace writ::engine {
namespace {

void add(std::string_view key, std::vector<std::string>& keys) {
    const bool known =
        std::ranges::any_of(keys, [&](const std::string& other) { return equals_ignoring_case(other, key); });
    if (!known) keys.emplace_back(key);
}

/// "${aws:username}" and "${aws:username, 'nobody'}"; not the escapes "${*}", "${?}" and "${$}" (spec M2).
void add_variables(std::string_view text, std::vector<std::string>& keys) {
    for (std::size_t begin = text.find("${"); begin != std::string_view::npos;
         begin = text.find("${", begin)) {
        const std::size_t end = text.find('}', begin);
        if (end == std::string_view::npos) return;
        const std::string_view inside = text.substr(begin + 2, end - begin - 2);
        const std::string_view key = inside.substr(0, inside.find(','));
        if (key.size() > 1) add(key, keys);
        begin = end;
    }
}

void add_variables(std::span<const policy::Scalar> values, std::vector<std::string>& keys) {
    for (const policy::Scalar& value : values) add_variables(value.text, keys);
}

}  // namespace

void add_context_keys(const policy::Document& document, std::vector<std::string>& keys) {
    const bool has_variables = document.version() == policy::Version::v2012_10_17;
    for (const policy::Statement& statement : document.statements()) {
        if (has_variables && statement.resource) add_variables(statement.resource->patterns, keys);
        for (const policy::Condition& condition : statement.conditions) {
            add(condition.key.text, keys);
            if (has_variables) add_variables(condition.values, keys);
        }
    }
}

}  // namespace writ::engine
