#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace writ::store {

/// Why a store could not do what it was asked. The rules above it turn these into answers.
enum class FailureKind : std::uint8_t {
    duplicate,    ///< A unique index has this key already; `constraint` names the index.
    foreign_key,  ///< Another row points here, or the row pointed at does not exist.
    not_found,    ///< update or erase met no row of that primary key.
    retry,        ///< Somebody else was faster; the same transaction may be run again from its beginning.
    unavailable,  ///< Disk full, file gone, connection lost. Retrying later may help.
    corrupt,      ///< What is stored cannot be understood. Retrying does not help.
};

struct Failure {
    FailureKind kind = FailureKind::unavailable;
    std::string constraint;  ///< duplicate: name of the index, for example "users_by_name".
    std::string detail;      ///< For the log. Never holds values of rows.
};

template <class T>
using Outcome = std::expected<T, Failure>;

/// "duplicate", "foreign_key" … for logs.
[[nodiscard]] constexpr const char* name(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::duplicate:
            return "duplicate";
        case FailureKind::foreign_key:
            return "foreign_key";
        case FailureKind::not_found:
            return "not_found";
        case FailureKind::retry:
            return "retry";
        case FailureKind::unavailable:
            return "unavailable";
        case FailureKind::corrupt:
            return "corrupt";
    }
    return "unknown";
}

}  // namespace writ::store
