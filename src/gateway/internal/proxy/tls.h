#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "base/result.h"
#include "gateway/upstreams.h"

// Included by the files with sockets only.
namespace writ::gateway::internal {

/// TLS 1.2 and 1.3 with the certificate chain and the key of PEM files. InvalidInput says which file is
/// wrong.
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> make_server_tls(
    const std::string& certificate_file, const std::string& key_file);

/// For an upstream behind https://: its certificate must be of an authority that the system trusts, or of
/// those in its `ca_file`.
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> make_client_tls(const Upstream& upstream);

}  // namespace writ::gateway::internal
