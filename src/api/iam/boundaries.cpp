#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/owners.h"
#include "directory/attachments.h"

namespace writ::api::iam {

Result<Output> put_user_permissions_boundary(Edit& account, const Call& call) {
    return done(
        directory::put_permissions_boundary(account, user_of(call), call.input.text("PermissionsBoundary")));
}

Result<Output> put_role_permissions_boundary(Edit& account, const Call& call) {
    return done(
        directory::put_permissions_boundary(account, role_of(call), call.input.text("PermissionsBoundary")));
}

Result<Output> delete_user_permissions_boundary(Edit& account, const Call& call) {
    return done(directory::delete_permissions_boundary(account, user_of(call)));
}

Result<Output> delete_role_permissions_boundary(Edit& account, const Call& call) {
    return done(directory::delete_permissions_boundary(account, role_of(call)));
}

}  // namespace writ::api::iam
