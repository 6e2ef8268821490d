#include "directory/tags.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

using directory::Tagged;
using directory::TaggedKind;

Tagged tagged_user(const Call& call) {
    return {TaggedKind::user, call.input.text("UserName")};
}

Tagged tagged_role(const Call& call) {
    return {TaggedKind::role, call.input.text("RoleName")};
}

Tagged tagged_policy(const Call& call) {
    return {TaggedKind::policy, call.input.text("PolicyArn")};
}

Tagged tagged_mfa_device(const Call& call) {
    return {TaggedKind::mfa_device, call.input.text("SerialNumber")};
}

Result<Output> list(const View& account, const Tagged& tagged, const Call& call) {
    return answer_page(directory::list_tags(account, tagged, page_of(call.input)), "Tags", tag_shape);
}

}  // namespace

Result<Output> tag_user(Edit& account, const Call& call) {
    return done(directory::tag(account, tagged_user(call), tags_of(call.input)));
}

Result<Output> tag_role(Edit& account, const Call& call) {
    return done(directory::tag(account, tagged_role(call), tags_of(call.input)));
}

Result<Output> tag_policy(Edit& account, const Call& call) {
    return done(directory::tag(account, tagged_policy(call), tags_of(call.input)));
}

Result<Output> tag_mfa_device(Edit& account, const Call& call) {
    return done(directory::tag(account, tagged_mfa_device(call), tags_of(call.input)));
}

Result<Output> untag_user(Edit& account, const Call& call) {
    return done(directory::untag(account, tagged_user(call), tag_keys_of(call.input)));
}

Result<Output> untag_role(Edit& account, const Call& call) {
    return done(directory::untag(account, tagged_role(call), tag_keys_of(call.input)));
}

Result<Output> untag_policy(Edit& account, const Call& call) {
    return done(directory::untag(account, tagged_policy(call), tag_keys_of(call.input)));
}

Result<Output> untag_mfa_device(Edit& account, const Call& call) {
    return done(directory::untag(account, tagged_mfa_device(call), tag_keys_of(call.input)));
}

Result<Output> list_user_tags(const View& account, const Call& call) {
    return list(account, tagged_user(call), call);
}

Result<Output> list_role_tags(const View& account, const Call& call) {
    return list(account, tagged_role(call), call);
}

Result<Output> list_policy_tags(const View& account, const Call& call) {
    return list(account, tagged_policy(call), call);
}

Result<Output> list_mfa_device_tags(const View& account, const Call& call) {
    return list(account, tagged_mfa_device(call), call);
}

}  // namespace writ::api::iam
