#pragma once

#include <optional>
#include <span>
#include <string>

#include "advice/least_privilege.h"
#include "advice/verify.h"
#include "server/use_lookup.h"

/// What `writ policy generate` tells.
namespace writ::cli {

struct GeneratedReport {
    std::string principal;  ///< ARN.
    std::span<const directory::RecordedUse> uses;
    std::int64_t lost = 0;  ///< Uses of which nothing more is known.
    advice::GeneratedPolicy policy;
    std::optional<advice::Verification> verification;
};

/// "12 uses of 3 actions on 2 resources from … to …".
[[nodiscard]] std::string summary_of(const GeneratedReport& report);
/// What was asked and what came of it, in sentences.
[[nodiscard]] std::string told(const advice::Verification& verification);
/// The documents for people, or each on one line.
[[nodiscard]] std::string documents_as_text(const advice::GeneratedPolicy& policy, bool compact);
/// One JSON object on one line, with its end.
[[nodiscard]] std::string to_json(const GeneratedReport& report);

}  // namespace writ::cli
