#pragma once

#include <span>
#include <string_view>

#include "api/call.h"
#include "api/output.h"

/// Operations that AWS has and that can mean nothing outside of AWS. They are authorized like every other,
/// and then say so.
namespace writ::api {

struct Refusal {
    std::string_view service;
    std::string_view operation;
    std::string_view code;  ///< Of an error of the operation's model, as the wire has it.
    int http_status = 400;
    std::string_view reason;  ///< As Error has it; empty: none.
    std::string_view message;
};

[[nodiscard]] std::span<const Refusal> refusals() noexcept;
/// Null: the operation does something, or is not there.
[[nodiscard]] const Refusal* find_refusal(std::string_view service, std::string_view operation) noexcept;

/// The handler of all of them. REQUIRES: the operation is in the table.
[[nodiscard]] Result<Output> refuse(const directory::AccountView& account, const Call& call);

}  // namespace writ::api
