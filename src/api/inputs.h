#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/input.h"
#include "directory/tags.h"

/// Parameters as the directory wants them, for every service.
namespace writ::api {

/// The owned text of an optional parameter.
[[nodiscard]] std::optional<std::string> optional_text(const Input& input, std::string_view member);
/// A list of texts; empty when it is absent.
[[nodiscard]] std::vector<std::string> texts_of(const Input& input, std::string_view member);
/// `Tags`.
[[nodiscard]] std::vector<directory::Tag> tags_of(const Input& input);

}  // namespace writ::api
