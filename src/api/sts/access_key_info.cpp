#include "api/sts/handlers.h"
#include "crypto/access_key.h"

namespace writ::api::sts {
namespace {

/// Ids that Writ made hold their account; a root key that was chosen by its owner need not (spec S16).
Result<std::optional<std::string>> account_of(const Call& call, std::string_view access_key_id) {
    const auto key = call.at.subjects.access_key(access_key_id);
    if (!key) return std::unexpected(key.error());
    if (*key != nullptr) return (*key)->account;
    const auto kind = crypto::kind_of_id(access_key_id);
    const bool is_key = kind == crypto::IdKind::access_key || kind == crypto::IdKind::temporary_access_key;
    return is_key ? crypto::account_of_id(access_key_id) : std::nullopt;
}

}  // namespace

/// Spec 7.4: whether the key exists, and is active, is not told.
Result<Output> get_access_key_info(const Call& call, const Target&) {
    const std::string_view access_key_id = call.input.text("AccessKeyId");
    const auto account = account_of(call, access_key_id);
    if (!account) return std::unexpected(account.error());
    if (!*account) {  // [I]
        return fail("ValidationError", 400,
                    "The access key id " + std::string(access_key_id) + " is invalid.");
    }
    Output output;
    output.set("Account", **account);
    return output;
}

}  // namespace writ::api::sts
