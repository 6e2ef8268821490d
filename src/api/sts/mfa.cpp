#include "api/sts/mfa.h"

namespace writ::api::sts {

Result<void> check_mfa(const Input& input) {
    const bool serial = input.has("SerialNumber");
    const bool code = input.has("TokenCode");
    if (!serial && !code) return {};
    if (serial != code) {
        return fail("AccessDenied", 403,
                    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass "
                    "code.");
    }
    return fail(
        "AccessDenied", 403,
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
        "number is valid and associated with this user.");
}

}  // namespace writ::api::sts
