#pragma once

#include <string>
#include <string_view>

#include "directory/directory.h"
#include "questions/internal/exchange.h"

/// What the calls share that change what an account has told Writ: its services, its resources.
namespace writ::questions::internal {

using Answer = Result<HttpResponse>;

/// AccessDenied 403 unless the caller may perform the action on that ARN, or "*".
[[nodiscard]] Result<void> check_may(Exchange& exchange, const authz::Caller& caller, std::string_view action,
                                     std::string_view resource);
/// Who calls, when he may perform the action on the resource.
[[nodiscard]] Result<authz::Caller> caller_who_may(Exchange& exchange, std::string_view action,
                                                   std::string_view resource);

/// One change of the account of the caller, committed when it succeeds.
template <class Change>
[[nodiscard]] Result<void> change_account(const Exchange& exchange, const authz::Caller& caller,
                                          const Change& change) {
    auto transaction = exchange.at.store.write();
    if (!transaction) return std::unexpected(directory::to_error(transaction.error()));
    directory::AccountEdit account(**transaction, caller.principal->account, exchange.at.environment);
    if (auto changed = change(account); !changed) return changed;
    if (auto done = (*transaction)->commit(); !done)
        return std::unexpected(directory::to_error(done.error()));
    return {};
}

/// One look at it.
template <class Look>
[[nodiscard]] auto look_at_account(const Exchange& exchange, const authz::Caller& caller, const Look& look)
    -> decltype(look(std::declval<const directory::AccountView&>())) {
    auto reader = exchange.at.store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    return look(directory::AccountView{**reader, caller.principal->account, exchange.at.environment});
}

/// The value of a parameter of the query, decoded; nothing: it is not there, or no text.
[[nodiscard]] std::optional<std::string> query_parameter(const HttpRequest& http, std::string_view name);

/// The answer, or the error as one.
[[nodiscard]] HttpResponse answered(Exchange& exchange, Answer answer);

}  // namespace writ::questions::internal
