#include "api/sts/handlers.h"

namespace writ::api::sts {

Result<Output> get_caller_identity(const Call& call, const Target&) {
    Output output;
    output.set("Arn", call.caller.principal->arn);
    output.set("UserId", call.caller.user_id());
    output.set("Account", call.account());
    return output;
}

}  // namespace writ::api::sts
