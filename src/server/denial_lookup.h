#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "server/configuration.h"

namespace writ::server {

/// The policy cases file of a denial, by its authorization id; nothing when it is unknown or older than a
/// day. Also beside a running server, which writes denials down within a second.
[[nodiscard]] Result<std::optional<std::string>> find_denied_question(const Configuration& configuration,
                                                                      std::string_view authorization_id,
                                                                      const Clock& clock);

/// The same denial as an encoded authorization message for sts:DecodeAuthorizationMessage, which opens for 24
/// hours from now. `question` is what find_denied_question() gave.
[[nodiscard]] Result<std::string> encode_denied_question(const Configuration& configuration,
                                                         std::string_view question, const Clock& clock,
                                                         RandomSource& random);

}  // namespace writ::server
