#include "authz/caller.h"

namespace writ::authz {

std::string Caller::user_id() const {
    switch (principal->kind) {
        case engine::PrincipalKind::role_session:
            return principal->id + ":" + session->session_name;
        case engine::PrincipalKind::federated_user:
            return principal->account + ":" + session->session_name;
        case engine::PrincipalKind::root:
            return principal->account;
        default:
            return principal->id;
    }
}

}  // namespace writ::authz
