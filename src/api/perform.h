#pragma once

#include "api/operation.h"

namespace writ::api {

/// Carries out a call whose parameters fit the model: rules of the row, target, authorization, then the
/// handler inside one transaction that is committed when it succeeded. A writer acts on the very target that
/// was authorized: when the target changed in between, all begins anew. What went wrong inside is noted in
/// `record.defect`; the caller learns ServiceFailure.
[[nodiscard]] Result<Output> perform(const Operation& operation, const Call& call, RequestRecord& record);

}  // namespace writ::api
