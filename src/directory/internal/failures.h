#pragma once

#include <string_view>
#include <utility>

#include "base/result.h"
#include "directory/directory.h"
#include "store/failure.h"
#include "store/schema.h"

/// What the store says, in the words of the API. Every Result of the directory passes through here when the
/// store is asked.
namespace writ::directory {

template <class T>
[[nodiscard]] Result<T> result_of(store::Outcome<T> outcome) {
    if (!outcome) return std::unexpected(to_error(outcome.error()));
    if constexpr (std::is_void_v<T>) {
        return {};
    } else {
        return std::move(*outcome);
    }
}

/// The outcome of a write that the unique `index` may refuse: `taken` then. Whether a name is free is decided
/// by the index alone, never by looking first.
[[nodiscard]] Result<void> unless_taken(const store::Outcome<void>& outcome, const store::Index& index,
                                        Error taken);

}  // namespace writ::directory
