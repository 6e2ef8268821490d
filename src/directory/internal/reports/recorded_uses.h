#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/reports/recorded_uses.h"
#include "store/records.h"

namespace writ::directory {

/// All that is known of a user or role that goes.
[[nodiscard]] Result<void> erase_recorded_uses(AccountEdit& account, std::string_view principal_id);

/// How a context lies in the store: texts behind their lengths.
[[nodiscard]] std::string pack_context(const std::vector<UseKey>& context);
/// Nothing when it was packed by nobody.
[[nodiscard]] std::optional<std::vector<UseKey>> unpack_context(std::string_view packed);

/// The resource with "*" in place of its last segment: "…:table/*", "arn:aws:s3:::docs/2026/*". One that has
/// a single segment, a bucket or a queue, stays as it is, since nothing would tell whose it is.
[[nodiscard]] std::string merged_resource(std::string_view resource);

}  // namespace writ::directory
