#pragma once

#include <optional>
#include <string_view>

#include "directory/directory.h"
#include "store/records.h"

namespace writ::directory {

/// By name without case (spec B2); nothing when there is none.
[[nodiscard]] Result<std::optional<store::ServerCertificate>> find_server_certificate(
    const AccountView& account, std::string_view name);
/// NoSuchEntity 404: "The Server Certificate with name X cannot be found."
[[nodiscard]] Result<store::ServerCertificate> server_certificate_by_name(const AccountView& account,
                                                                          std::string_view name);

}  // namespace writ::directory
