#include "directory/credentials/access_keys.h"

#include <utility>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {

Result<Output> create_access_key(Edit& account, const Call& call) {
    const auto made = directory::create_access_key(account, key_owner(call));
    if (!made) return std::unexpected(made.error());
    Output key = access_key_shape(made->key);
    key.set("SecretAccessKey", made->secret.reveal());
    Output output;
    output.set("AccessKey", std::move(key));
    return output;
}

Result<Output> update_access_key(Edit& account, const Call& call) {
    return done(directory::update_access_key(account, key_owner(call), call.input.text("AccessKeyId"),
                                             call.input.text("Status")));
}

Result<Output> delete_access_key(Edit& account, const Call& call) {
    return done(directory::delete_access_key(account, key_owner(call), call.input.text("AccessKeyId")));
}

Result<Output> list_access_keys(const View& account, const Call& call) {
    return answer_page(directory::list_access_keys(account, key_owner(call), page_of(call.input)),
                       "AccessKeyMetadata", access_key_shape);
}

Result<Output> get_access_key_last_used(const View& account, const Call& call) {
    const auto last = directory::get_access_key_last_used(account, call.input.text("AccessKeyId"));
    if (!last) return std::unexpected(last.error());
    Output use;
    if (const auto& used_at = last->used_at; used_at.has_value()) use.set("LastUsedDate", *used_at);
    use.set("ServiceName", last->service);
    use.set("Region", last->region);
    Output output;
    if (!last->user_name.empty()) output.set("UserName", last->user_name);
    output.set("AccessKeyLastUsed", std::move(use));
    return output;
}

}  // namespace writ::api::iam
