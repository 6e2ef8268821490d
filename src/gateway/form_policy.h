#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "gateway/form_reader.h"

/// POST policies: what whoever signed a form allows it to hold ("POST Policy" in the API reference of S3).
namespace writ::gateway {

/// How long the file may be.
struct FileRange {
    std::uint64_t bytes_min = 0;
    std::uint64_t bytes_max = std::numeric_limits<std::uint64_t>::max();
};

struct FormPolicy {
    struct Condition {
        std::string field;  ///< As the policy spells it, without the dollar.
        std::string value;
        bool is_prefix = false;  ///< "starts-with"; else "eq".
    };

    Instant expiration;
    std::vector<Condition> conditions;
    FileRange range;  ///< Of all "content-length-range" together.
};

/// From the text of the field "policy". InvalidPolicyDocument 400.
[[nodiscard]] Result<FormPolicy> parse_form_policy(std::string_view base64);

/// Whether the form is one that the policy allows, its variables expanded: it has not expired, every
/// condition holds, and no field is there that none is about but those that need none. `bucket` is what the
/// condition of that name is about. AccessDenied 403 in the words of S3. The range is not looked at.
[[nodiscard]] Result<void> check_form_policy(const FormPolicy& policy, const FormFields& fields,
                                             std::string_view bucket, Instant now);

/// EntityTooLarge and EntityTooSmall 400.
[[nodiscard]] Result<void> check_file_range(const FileRange& range, std::uint64_t bytes);

}  // namespace writ::gateway
