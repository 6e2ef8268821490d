#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "cases/case.h"
#include "crypto/sealing.h"

/// Encoded authorization messages: why a request was denied, for those only who may decode it (spec 6.4).
namespace writ::api {

/// The JSON of spec N12 about a denied question.
[[nodiscard]] std::string describe_denial(const cases::Case& question);

/// Seals the text for the account in base64, which goes where AWS prints "Encoded authorization failure
/// message". It opens for 24 hours.
[[nodiscard]] std::string encode_authorization_message(const crypto::SealingKeys& keys,
                                                       std::string_view account, std::string_view description,
                                                       Instant now, RandomSource& random);
/// Nothing for another account's message, one that is too old, and any other text.
[[nodiscard]] std::optional<std::string> decode_authorization_message(const crypto::SealingKeys& keys,
                                                                      std::string_view account,
                                                                      std::string_view encoded, Instant now);

}  // namespace writ::api
