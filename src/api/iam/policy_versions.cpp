#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"
#include "directory/policies/policies.h"

namespace writ::api::iam {
namespace {

Output without_document(const directory::PolicyVersion& version) {
    directory::PolicyVersion told = version;
    told.document.clear();
    return policy_version_shape(told);
}

}  // namespace

Result<Output> create_policy_version(Edit& account, const Call& call) {
    return answer(directory::create_policy_version(account, call.input.text("PolicyArn"),
                                                   call.input.text("PolicyDocument"),
                                                   call.input.boolean("SetAsDefault").value_or(false)),
                  "PolicyVersion", without_document);
}

Result<Output> get_policy_version(const View& account, const Call& call) {
    return answer(
        directory::get_policy_version(account, call.input.text("PolicyArn"), call.input.text("VersionId")),
        "PolicyVersion", policy_version_shape);
}

Result<Output> delete_policy_version(Edit& account, const Call& call) {
    return done(directory::delete_policy_version(account, call.input.text("PolicyArn"),
                                                 call.input.text("VersionId")));
}

Result<Output> list_policy_versions(const View& account, const Call& call) {
    return answer_page(
        directory::list_policy_versions(account, call.input.text("PolicyArn"), page_of(call.input)),
        "Versions", policy_version_shape);
}

Result<Output> set_default_policy_version(Edit& account, const Call& call) {
    return done(directory::set_default_policy_version(account, call.input.text("PolicyArn"),
                                                      call.input.text("VersionId")));
}

}  // namespace writ::api::iam
