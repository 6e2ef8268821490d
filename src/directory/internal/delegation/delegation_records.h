#pragma once

#include <optional>
#include <string_view>

#include "directory/delegation/delegation_requests.h"
#include "store/records.h"

namespace writ::directory {

/// Expired by time, whatever was written.
[[nodiscard]] store::DelegationState state_of(const store::DelegationRequest& record, Instant now) noexcept;

/// How long a request stays in a state.
[[nodiscard]] std::chrono::days lifetime_in(store::DelegationState state) noexcept;

[[nodiscard]] Result<std::optional<store::DelegationRequest>> find_delegation_record(
    const AccountView& account, std::string_view id);

/// The account owns the request, or may claim it.
[[nodiscard]] bool is_for(const store::DelegationRequest& record, std::string_view account_id) noexcept;

[[nodiscard]] std::unexpected<Error> no_such_delegation_request(std::string_view id);

/// A line for each parameter: "list" or "string", its name and its values, between tabs. The model lets
/// neither into names and values.
[[nodiscard]] std::string written(const std::vector<policy::TemplateParameter>& parameters);
[[nodiscard]] std::vector<policy::TemplateParameter> read_parameters(std::string_view text);

}  // namespace writ::directory
