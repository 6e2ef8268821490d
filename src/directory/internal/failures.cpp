#include "directory/internal/failures.h"

namespace writ::directory {

Error to_error(const store::Failure&) {
    return {"ServiceFailure", 500,
            "The request processing has failed because of an unknown error, exception or failure."};
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
