#include "directory/internal/failures.h"

#include <string>

namespace writ::directory {

Error to_error(const store::Failure& failure) {
    return {.code = "ServiceFailure",
            .http_status = 500,
            .message = "The request processing has failed because of an unknown error, exception or failure.",
            .defect = std::string(store::name(failure.kind)) + ": " + failure.detail,
            .may_retry = failure.kind == store::FailureKind::retry};
}

Result<void> unless_taken(const store::Outcome<void>& outcome, const store::Index& index, Error taken) {
    if (outcome) return {};
    const store::Failure& failure = outcome.error();
    if (failure.kind == store::FailureKind::duplicate && failure.constraint == index.name) {
        return std::unexpected(std::move(taken));
    }
    return std::unexpected(to_error(failure));
}

}  // namespace writ::directory
