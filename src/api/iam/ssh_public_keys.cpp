#include "directory/credentials/ssh_public_keys.h"

#include <string>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"

namespace writ::api::iam {
namespace {

Output key_shape(const directory::SshPublicKey& key) {
    Output output;
    output.set("UserName", key.user_name);
    output.set("SSHPublicKeyId", key.key_id);
    output.set("Fingerprint", key.fingerprint);
    output.set("SSHPublicKeyBody", key.body);
    output.set("Status", key.active ? "Active" : "Inactive");
    output.set("UploadDate", key.uploaded_at);
    return output;
}

Output metadata_shape(const directory::SshPublicKey& key) {
    Output output;
    output.set("UserName", key.user_name);
    output.set("SSHPublicKeyId", key.key_id);
    output.set("Status", key.active ? "Active" : "Inactive");
    output.set("UploadDate", key.uploaded_at);
    return output;
}

directory::SshKeyEncoding encoding_of(const Call& call) {
    return call.input.text("Encoding") == "PEM" ? directory::SshKeyEncoding::pem
                                                : directory::SshKeyEncoding::ssh;
}

}  // namespace

Result<Output> upload_ssh_public_key(Edit& account, const Call& call) {
    return answer(directory::upload_ssh_public_key(account, call.input.text("UserName"),
                                                   call.input.text("SSHPublicKeyBody")),
                  "SSHPublicKey", key_shape);
}

Result<Output> get_ssh_public_key(const View& account, const Call& call) {
    return answer(directory::get_ssh_public_key(account, call.input.text("UserName"),
                                                call.input.text("SSHPublicKeyId"), encoding_of(call)),
                  "SSHPublicKey", key_shape);
}

Result<Output> update_ssh_public_key(Edit& account, const Call& call) {
    return done(directory::update_ssh_public_key(
        account, call.input.text("UserName"), call.input.text("SSHPublicKeyId"), call.input.text("Status")));
}

Result<Output> delete_ssh_public_key(Edit& account, const Call& call) {
    return done(directory::delete_ssh_public_key(account, call.input.text("UserName"),
                                                 call.input.text("SSHPublicKeyId")));
}

Result<Output> list_ssh_public_keys(const View& account, const Call& call) {
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return answer_page(directory::list_ssh_public_keys(account, *user, page_of(call.input)), "SSHPublicKeys",
                       metadata_shape);
}

}  // namespace writ::api::iam
