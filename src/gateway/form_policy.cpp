#include "gateway/form_policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <ranges>
#include <rapidjson/document.h>
#include <span>

#include "base/text.h"

namespace writ::gateway {
namespace {

using Json = rapidjson::Value;
using Condition = FormPolicy::Condition;

std::unexpected<Error> invalid(std::string_view why) {
    return fail("InvalidPolicyDocument", 400, "Invalid Policy: " + std::string(why));
}
std::unexpected<Error> refused(std::string_view why) {
    return fail("AccessDenied", 403, "Invalid according to Policy: " + std::string(why));
}

std::string_view text_of(const Json& json) {
    return {json.GetString(), json.GetStringLength()};
}

/// S3 knows two escapes that JSON does not have: "\$" and "\v".
std::string as_plain_json(std::string_view text) {
    std::string json;
    json.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escape = text[i] == '\\' && i + 1 < text.size();
        if (!is_escape) {
            json += text[i];
            continue;
        }
        const char escaped = text[++i];
        if (escaped == '$') {
            json += '$';
        } else if (escaped == 'v') {
            json += "\\u000b";
        } else {
            json.append({'\\', escaped});
        }
    }
    return json;
}

std::optional<std::uint64_t> length_of(const Json& json) {
    if (json.IsUint64()) return json.GetUint64();
    if (!json.IsString()) return std::nullopt;
    const std::string_view digits = text_of(json);
    std::uint64_t length = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return length;
}

/// {"acl": "public-read"}
Result<void> add_simple(const Json& json, FormPolicy& policy) {
    if (json.MemberCount() != 1) {
        return invalid(
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
    }
    const auto& member = *json.MemberBegin();
    if (!member.value.IsString()) {
        return invalid("Invalid Simple-Condition: value must be a string.");
    }
    policy.conditions.push_back({std::string(text_of(member.name)), std::string(text_of(member.value))});
    return {};
}

/// ["content-length-range", 1, 10]
Result<void> add_range(const Json& json, FormPolicy& policy) {
    const auto least = length_of(json[1]);
    const auto most = length_of(json[2]);
    if (!least || !most) return invalid("Invalid content-length-range: a length must be a whole number.");
    policy.range.bytes_min = std::max(policy.range.bytes_min, *least);
    policy.range.bytes_max = std::min(policy.range.bytes_max, *most);
    return {};
}

/// ["starts-with", "$key", "user/"]
Result<void> add_listed(const Json& json, FormPolicy& policy) {
    constexpr rapidjson::SizeType parts = 3;
    if (json.Size() != parts || !json[0].IsString()) {
        return invalid("Invalid Condition: wrong number of arguments.");
    }
    const std::string operation = ascii_lower(text_of(json[0]));
    if (operation == "content-length-range") return add_range(json, policy);
    const bool is_prefix = operation == "starts-with";
    if (!is_prefix && operation != "eq") {
        return invalid("Invalid Condition: unknown operation '" + operation + "'.");
    }
    if (!json[1].IsString() || !json[2].IsString() || !text_of(json[1]).starts_with('$')) {
        return invalid("Invalid Condition: a field, which begins with '$', and a text are wanted.");
    }
    policy.conditions.push_back(
        {std::string(text_of(json[1]).substr(1)), std::string(text_of(json[2])), is_prefix});
    return {};
}

Result<void> add_conditions(const Json& json, FormPolicy& policy) {
    if (!json.IsArray()) return invalid("Invalid 'conditions' value: must be a List.");
    for (const Json& condition : json.GetArray()) {
        Result<void> added;
        if (condition.IsObject()) {
            added = add_simple(condition, policy);
        } else if (condition.IsArray()) {
            added = add_listed(condition, policy);
        } else {
            added = invalid("Invalid Condition: must be a List or an Object.");
        }
        if (!added) return added;
    }
    return {};
}

/// As messages show it: ["eq", "$key", "a"].
std::string shown(const Condition& condition) {
    std::string text = condition.is_prefix ? "[\"starts-with\", \"$" : "[\"eq\", \"$";
    return text.append(condition.field).append("\", \"").append(condition.value).append("\"]");
}

/// A list of content types begins with what every one of them begins with.
bool begins_all(std::string_view list, std::string_view prefix) {
    return std::ranges::all_of(list | std::views::split(','),
                               [&](const auto& part) { return std::string_view(part).starts_with(prefix); });
}

bool holds(const Condition& condition, const FormFields& fields, std::string_view bucket) {
    if (equals_ignoring_case(condition.field, "bucket")) {
        return condition.is_prefix ? bucket.starts_with(condition.value) : bucket == condition.value;
    }
    const std::string* value = find_field(fields, condition.field);
    if (value == nullptr) return false;
    if (!condition.is_prefix) return *value == condition.value;
    if (equals_ignoring_case(condition.field, "Content-Type") && value->contains(',')) {
        return begins_all(*value, condition.value);
    }
    return value->starts_with(condition.value);
}

bool needs_condition(std::string_view field) {
    constexpr auto free = std::to_array<std::string_view>({"x-amz-signature", "file", "policy", "bucket"});
    const std::string name = ascii_lower(field);
    return std::ranges::find(free, name) == free.end() && !name.starts_with("x-ignore-");
}

}  // namespace

Result<FormPolicy> parse_form_policy(std::string_view base64) {
    const auto bytes = base64_decode(base64);
    if (!bytes) return invalid("Base64 Encoding Error");
    const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (!count_scalars(text) || text.contains('\0')) return invalid("Invalid UTF-8.");
    const std::string json = as_plain_json(text);
    // Iterative: nobody shall choose how deep we go. AWS's own example has a comma behind its last condition.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseTrailingCommasFlag;
    rapidjson::Document document;
    document.Parse<flags>(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return invalid("Invalid JSON.");

    FormPolicy policy;
    bool has_expiration = false, has_conditions = false;
    for (const auto& member : document.GetObject()) {
        const std::string_view name = text_of(member.name);
        if (name == "expiration" && !has_expiration && member.value.IsString()) {
            const auto expiration = parse_iso8601(text_of(member.value));
            if (!expiration)
                return invalid("Invalid 'expiration' value: '" + std::string(text_of(member.value)) + "'");
            policy.expiration = *expiration;
            has_expiration = true;
        } else if (name == "conditions" && !has_conditions) {
            if (auto added = add_conditions(member.value, policy); !added) {
                return std::unexpected(added.error());
            }
            has_conditions = true;
        } else {
            return invalid("Unexpected: '" + std::string(name) + "'");
        }
    }
    if (!has_expiration) return invalid("Policy missing expiration.");
    if (!has_conditions) return invalid("Policy missing conditions.");
    return policy;
}

Result<void> check_form_policy(const FormPolicy& policy, const FormFields& fields, std::string_view bucket,
                               Instant now) {
    if (policy.expiration <= now) return refused("Policy expired.");
    for (const Condition& condition : policy.conditions) {
        if (!holds(condition, fields, bucket)) {
            return refused("Policy Condition failed: " + shown(condition));
        }
    }
    // Clients send the bucket along; it must be the one that the form goes to.
    const std::string* named = find_field(fields, "bucket");
    if (named != nullptr && *named != bucket) {
        return refused("Policy Condition failed: " + shown({"bucket", std::string(bucket)}));
    }
    for (const auto& [name, value] : fields) {
        const bool is_covered = std::ranges::any_of(policy.conditions, [&](const Condition& condition) {
            return equals_ignoring_case(condition.field, name);
        });
        if (!is_covered && needs_condition(name)) return refused("Extra input fields: " + name);
    }
    return {};
}

Result<void> check_file_range(const FileRange& range, std::uint64_t bytes) {
    if (bytes > range.bytes_max) {
        return fail("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
    }
    if (bytes < range.bytes_min) {
        return fail("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size");
    }
    return {};
}

}  // namespace writ::gateway
