#pragma once

#include <string>
#include <string_view>

#include "directory/credentials/access_keys.h"
#include "directory/directory.h"
#include "directory/pages.h"

namespace writ::directory {

/// An X.509 certificate of a user or of root (spec B32).
struct SigningCertificate {
    std::string certificate_id;
    std::string user_name;  ///< Empty: root.
    std::string body;       ///< PEM, as it was uploaded.
    bool active = true;
    Instant uploaded_at{};
};

/// MalformedCertificate when it cannot be read or is not valid now; DuplicateCertificate when somebody else
/// in the account has it. The owner's own, uploaded again, stays what it was.
[[nodiscard]] Result<SigningCertificate> upload_signing_certificate(AccountEdit& account,
                                                                    const KeyOwner& owner,
                                                                    std::string_view body);
/// `status` as in update_access_key.
[[nodiscard]] Result<void> update_signing_certificate(AccountEdit& account, const KeyOwner& owner,
                                                      std::string_view certificate_id,
                                                      std::string_view status);
[[nodiscard]] Result<void> delete_signing_certificate(AccountEdit& account, const KeyOwner& owner,
                                                      std::string_view certificate_id);
[[nodiscard]] Result<Page<SigningCertificate>> list_signing_certificates(const AccountView& account,
                                                                         const KeyOwner& owner,
                                                                         const PageRequest& page);

}  // namespace writ::directory
