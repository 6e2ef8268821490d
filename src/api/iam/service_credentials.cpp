#include "directory/credentials/service_credentials.h"

#include <array>
#include <string>
#include <utility>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"

namespace writ::api::iam {
namespace {

const char* status_of(const directory::ServiceCredential& credential) {
    constexpr std::array names{"Active", "Inactive", "Expired"};
    return names.at(static_cast<std::size_t>(credential.status));
}

Output metadata_shape(const directory::ServiceCredential& credential) {
    Output output;
    output.set("UserName", credential.user_name);
    output.set("Status", status_of(credential));
    output.set(credential.is_token ? "ServiceCredentialAlias" : "ServiceUserName", credential.login);
    output.set("CreateDate", credential.created_at);
    if (credential.expires_at) output.set("ExpirationDate", *credential.expires_at);
    output.set("ServiceSpecificCredentialId", credential.credential_id);
    output.set("ServiceName", credential.service);
    return output;
}

/// With the secret, told this once.
Output new_credential_shape(const directory::NewServiceCredential& made) {
    Output output = metadata_shape(made.credential);
    output.set(made.credential.is_token ? "ServiceCredentialSecret" : "ServicePassword",
               made.secret.reveal());
    return output;
}

std::string_view credential_id(const Call& call) {
    return call.input.text("ServiceSpecificCredentialId");
}

}  // namespace

Result<void> check_all_users(const Call& call) {
    if (!call.input.boolean("AllUsers").value_or(false) || !call.input.has("UserName")) return {};
    return fail("ValidationError", 400, "AllUsers and UserName exclude each other.");
}

Result<Output> create_service_specific_credential(Edit& account, const Call& call) {
    return answer(directory::create_service_credential(account, call.input.text("UserName"),
                                                       call.input.text("ServiceName"),
                                                       call.input.integer("CredentialAgeDays")),
                  "ServiceSpecificCredential", new_credential_shape);
}

Result<Output> reset_service_specific_credential(Edit& account, const Call& call) {
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return answer(directory::reset_service_credential(account, *user, credential_id(call)),
                  "ServiceSpecificCredential", new_credential_shape);
}

Result<Output> update_service_specific_credential(Edit& account, const Call& call) {
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return done(
        directory::update_service_credential(account, *user, credential_id(call), call.input.text("Status")));
}

Result<Output> delete_service_specific_credential(Edit& account, const Call& call) {
    const auto user = user_or_calling_user(call);
    if (!user) return std::unexpected(user.error());
    return done(directory::delete_service_credential(account, *user, credential_id(call)));
}

Result<Output> list_service_specific_credentials(const View& account, const Call& call) {
    directory::ServiceCredentialFilter filter{.user_name = {}, .service = call.input.text("ServiceName")};
    std::string user;
    if (!call.input.boolean("AllUsers").value_or(false)) {
        auto named = user_or_calling_user(call);
        if (!named) return std::unexpected(std::move(named.error()));
        user = std::move(*named);
        filter.user_name = user;
    }
    return answer_page(directory::list_service_credentials(account, filter, page_of(call.input)),
                       "ServiceSpecificCredentials", metadata_shape);
}

}  // namespace writ::api::iam
