#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/owners.h"
#include "directory/policies/attachments.h"

namespace writ::api::iam {

Result<Output> put_permissions_boundary(Edit& account, const Call& call) {
    return done(
        directory::put_permissions_boundary(account, owner_of(call), call.input.text("PermissionsBoundary")));
}

Result<Output> delete_permissions_boundary(Edit& account, const Call& call) {
    return done(directory::delete_permissions_boundary(account, owner_of(call)));
}

}  // namespace writ::api::iam
