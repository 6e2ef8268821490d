#pragma once

#include <span>
#include <string>
#include <string_view>

/// Guesses what a misspelt name was meant to be.
namespace writ {

/// The candidate that the word most likely means: equal but for case, or at most a third of its letters away.
/// Empty when none is near. Words of more than 64 bytes are near to nothing.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// " Did you mean X?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace writ
