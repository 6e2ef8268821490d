#pragma once

#include <cstdint>
#include <optional>

#include "base/http.h"

/// The two forms of the native API, which a request chooses by Content-Type and Accept.
namespace writ::questions::internal {

enum class Form : std::uint8_t { json, compact };

/// What the body is; nothing: neither form.
[[nodiscard]] std::optional<Form> request_form(const HttpRequest& http) noexcept;

/// What the answer shall be: the form that Accept likes best. Where it tells none of them apart, or takes
/// neither, that of the request, else JSON: who is denied shall be told so.
[[nodiscard]] Form answer_form(const HttpRequest& http) noexcept;

}  // namespace writ::questions::internal
