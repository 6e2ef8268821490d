#include "directory/accounts/sts_preferences.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"

namespace writ::api::iam {

Result<Output> set_security_token_service_preferences(Edit& account, const Call& call) {
    const bool second = call.input.text("GlobalEndpointTokenVersion") == "v2Token";
    return done(directory::set_global_token_version(account, second ? 2 : 1));
}

}  // namespace writ::api::iam
