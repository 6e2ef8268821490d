#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "directory/reports/audit_events.h"
#include "store/schema.h"

/// How many events lie in one row.
namespace writ::directory {

/// Bytes of `event` before they are compressed.
[[nodiscard]] std::size_t unpacked_size_of(const AuditEvent& event) noexcept;
[[nodiscard]] store::Bytes pack(std::span<const AuditEvent> events);
/// All but `account_id`. ServiceFailure when the bytes are damaged.
[[nodiscard]] Result<std::vector<AuditEvent>> unpack(const store::Bytes& bytes);

/// The ARNs one a line, and back.
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

}  // namespace writ::directory
