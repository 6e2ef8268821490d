#pragma once

#include "api/operation.h"

namespace writ::api {

/// Carries out a call whose parameters fit the model: rules of the row, target, authorization, then the
/// handler inside one transaction that is committed when it succeeded. A writer acts on the very target that
/// was authorized: when the target changed in between, or a transaction lost against another, all begins
/// anew; ConcurrentModification when that happens again and again. What went wrong inside is the `defect` of
/// the error; the caller learns ServiceFailure.
[[nodiscard]] Result<Output> perform(const Operation& operation, const Call& call, RequestRecord& record);

}  // namespace writ::api
