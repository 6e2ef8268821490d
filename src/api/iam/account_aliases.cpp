#include "directory/accounts/account_aliases.h"

#include <optional>
#include <string>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"

namespace writ::api::iam {

Result<Output> create_account_alias(Edit& account, const Call& call) {
    return done(directory::create_account_alias(account, call.input.text("AccountAlias")));
}

Result<Output> delete_account_alias(Edit& account, const Call& call) {
    return done(directory::delete_account_alias(account, call.input.text("AccountAlias")));
}

Result<Output> list_account_aliases(const View& account, const Call& call) {
    const auto found = directory::account_alias(account);
    if (!found) return std::unexpected(found.error());
    const std::optional<std::string>& alias = *found;
    const auto slice =
        directory::slice_of(account, "ListAccountAliases", "", alias ? 1 : 0, page_of(call.input));
    if (!slice) return std::unexpected(slice.error());
    Output aliases = Output::list();
    if (alias && slice->begin < slice->end) aliases.add(*alias);
    Output output;
    output.set("AccountAliases", std::move(aliases));
    output.set("IsTruncated", false);
    return output;
}

}  // namespace writ::api::iam
