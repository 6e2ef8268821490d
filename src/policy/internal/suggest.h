#pragma once

#include <span>
#include <string>
#include <string_view>

namespace writ::policy::internal {

/// The candidate that a misspelt word most likely means: equal but for case, or at most a third of its
/// letters away. Empty when none is near. Words of more than 64 bytes are near to nothing.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// " Did you mean X?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// The text in double quotes for a message, cut after some 60 characters.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace writ::policy::internal
