#pragma once

#include <string>

#include "directory/directory.h"
#include "store/records.h"

/// ARNs follow name and path, so they are made when asked for; only policies keep theirs.
namespace writ::directory {

[[nodiscard]] std::string arn_of(const AccountView& account, const store::User& user);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::Group& group);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::Role& role);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::ServerCertificate& certificate);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::OidcProvider& provider);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::SamlProvider& provider);
[[nodiscard]] std::string arn_of(const AccountView& account, const store::InstanceProfile& profile);

}  // namespace writ::directory
