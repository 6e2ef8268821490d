#pragma once

#include <expected>
#include <string>
#include <utility>

namespace writ {

/// An expected failure, told in the words of the AWS APIs. Bugs are assertions, never an Error.
struct Error {
    std::string code;       ///< As AWS spells it, for example "NoSuchEntity".
    int http_status = 400;  ///< Status of the answer in the Query protocols.
    std::string message;    ///< Complete sentence for the caller. Never holds a secret.
    std::string reason{};   ///< Word that some services add, "MIN_LENGTH_EXCEEDED"; mostly empty.
    /// What went wrong inside, for the log of the operator and never for the caller: "unavailable: disk
    /// full". Empty when nothing did. Never holds a secret.
    std::string defect{};
    /// Somebody else was faster: nothing was done, and the same from its beginning may succeed.
    bool may_retry = false;

    bool operator==(const Error&) const = default;
};

/// What a function returns that may fail for a reason outside the program.
template <class T>
using Result = std::expected<T, Error>;

/// `return fail("NoSuchEntity", 404, "…");` from any function that returns a Result.
[[nodiscard]] inline std::unexpected<Error> fail(std::string code, int http_status, std::string message) {
    return std::unexpected(Error{std::move(code), http_status, std::move(message)});
}

}  // namespace writ
