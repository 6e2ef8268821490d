#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"

namespace writ::directory {

/// A certificate for servers to use (spec B32). Its key never leaves through the API.
struct ServerCertificate {
    std::string certificate_id;  ///< ASCA…
    std::string name;
    std::string path;
    std::string arn;
    std::string body;   ///< PEM, without a line end.
    std::string chain;  ///< The same; empty: none.
    Instant uploaded_at{};
    Instant expires_at{};
    std::vector<Tag> tags;
};

/// A certificate that is what it should be.
struct CheckedCertificate {
    std::string body;
    std::string chain;
    Secret private_key;
    Instant expires_at{};
};
/// Reads all three parts, and the signatures of the chain: the immediate issuer first, then each the issuer
/// of the one before. Touches no store; a long chain takes a while. Errors: MalformedCertificate, also when
/// it is not valid at `now`; KeyPairMismatch.
[[nodiscard]] Result<CheckedCertificate> check_server_certificate(std::string_view body,
                                                                  const Secret& private_key,
                                                                  std::string_view chain, Instant now);

struct NewServerCertificate {
    std::string name{};
    std::string path = "/";
    std::vector<Tag> tags{};
};
[[nodiscard]] Result<ServerCertificate> upload_server_certificate(AccountEdit& account,
                                                                  const NewServerCertificate& certificate,
                                                                  const CheckedCertificate& checked);
[[nodiscard]] Result<ServerCertificate> get_server_certificate(const AccountView& account,
                                                               std::string_view name);

/// What is left out stays.
struct ServerCertificateChange {
    std::optional<std::string> name{};
    std::optional<std::string> path{};
};
/// Id and tags stay, the ARN follows.
[[nodiscard]] Result<void> update_server_certificate(AccountEdit& account, std::string_view name,
                                                     const ServerCertificateChange& change);
[[nodiscard]] Result<void> delete_server_certificate(AccountEdit& account, std::string_view name);
/// Without bodies and tags.
[[nodiscard]] Result<Page<ServerCertificate>> list_server_certificates(const AccountView& account,
                                                                       std::string_view path_prefix,
                                                                       const PageRequest& page);

}  // namespace writ::directory
