#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

/// What recognising and reading a request may answer; see recognize.h and parameters.h.
namespace writ::gateway::internal {

[[nodiscard]] inline std::unexpected<Error> malformed(std::string message) {
    return fail("MalformedRequest", 400, std::move(message));
}
[[nodiscard]] inline std::unexpected<Error> ambiguous(std::string message) {
    return fail("AmbiguousRequest", 400, std::move(message));
}
[[nodiscard]] inline std::unexpected<Error> unknown_operation(std::string message) {
    return fail("UnknownOperation", 400, std::move(message));
}
[[nodiscard]] inline std::unexpected<Error> unknown_service(std::string message) {
    return fail("UnknownService", 400, std::move(message));
}
[[nodiscard]] inline std::unexpected<Error> unreadable(std::string message) {
    return fail("SerializationException", 400, std::move(message));
}
[[nodiscard]] inline std::unexpected<Error> too_large(std::string message) {
    return fail("RequestEntityTooLarge", 413, std::move(message));
}

/// A name that a client sent, in a message: quoted, and cut where it is long.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace writ::gateway::internal
