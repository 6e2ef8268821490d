#pragma once

#include <new>
#include <optional>
#include <string>

#include "policy/document.h"
#include "writ/engine.h"

/// How failures leave the library: as numbers and texts, never as exceptions.
namespace writ::embed {

struct Failure {
    writ_status status = WRIT_INTERNAL_ERROR;
    std::string message;
    std::optional<policy::Position> at;
};

/// Fills in `error` unless it is null. Returns failure.status.
writ_status report(writ_error* error, const Failure& failure) noexcept;

/// Calls work(), which returns nothing or a Failure, and turns what it throws into a status.
template <class Work>
writ_status guarded(writ_error* error, const Work& work) noexcept {
    try {
        const std::optional<Failure> failure = work();
        return failure ? report(error, *failure) : WRIT_OK;
    } catch (const std::bad_alloc&) {
        return report(error, {WRIT_OUT_OF_MEMORY, {}, {}});
    } catch (...) {
        return report(error, {});
    }
}

/// The failure of an argument that is null or otherwise impossible.
[[nodiscard]] inline Failure invalid(std::string message) {
    return {WRIT_INVALID_ARGUMENT, std::move(message), {}};
}

}  // namespace writ::embed
