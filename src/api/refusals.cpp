#include "api/refusals.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace writ::api {
namespace {

constexpr std::string_view no_bills =
    "This server keeps no bills, so there is no responsibility for them that could be transferred.";

constexpr std::string_view no_role_templates =
    "Role templates are published by services of AWS. None of them exists on this server.";
constexpr std::string_view no_identity_propagation =
    "Trusted identity propagation lets services of AWS act for users whom IAM Identity Center knows. Neither "
    "is on this server, so a provider has no context provider and no instance that could be changed.";

constexpr Refusal transfer(std::string_view operation) {
    return {"organizations", operation, "UnsupportedAPIEndpointException", 400, "", no_bills};
}

constexpr auto rows = std::to_array<Refusal>({
    {"iam", "AcquireRole", "NoSuchEntity", 404, "", no_role_templates},
    {"iam", "GetRoleTemplateVersion", "NoSuchEntity", 404, "", no_role_templates},
    {"iam", "UpdateOpenIDConnectProvider", "InvalidInput", 400, "", no_identity_propagation},
    {"organizations", "CreateGovCloudAccount", "ConstraintViolationException", 400,
     "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED",
     "Accounts in AWS GovCloud (US) exist in AWS only: all accounts of this server are in one partition."},
    transfer("DescribeResponsibilityTransfer"),
    transfer("InviteOrganizationToTransferResponsibility"),
    transfer("ListInboundResponsibilityTransfers"),
    transfer("ListOutboundResponsibilityTransfers"),
    transfer("TerminateResponsibilityTransfer"),
    transfer("UpdateResponsibilityTransfer"),
});

}  // namespace

std::span<const Refusal> refusals() noexcept {
    return rows;
}

const Refusal* find_refusal(std::string_view service, std::string_view operation) noexcept {
    const auto* row = std::ranges::find_if(rows, [&](const Refusal& refusal) {
        return refusal.service == service && refusal.operation == operation;
    });
    return row == rows.end() ? nullptr : row;
}

Result<Output> refuse(const directory::AccountView&, const Call& call) {
    const Refusal* refusal = find_refusal(call.service.name, call.model.name);
    assert(refusal != nullptr);
    return std::unexpected(Error{std::string(refusal->code), refusal->http_status,
                                 std::string(refusal->message), std::string(refusal->reason)});
}

}  // namespace writ::api
