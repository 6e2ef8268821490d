#include "gateway/internal/proxy/tls.h"

#include <openssl/ssl.h>

namespace writ::gateway::internal {
namespace {

namespace ssl = boost::asio::ssl;
using Code = boost::system::error_code;

std::unexpected<Error> refuse(const std::string& what, const std::string& file, const Code& code) {
    return fail("InvalidInput", 400, what + " '" + file + "' cannot be used: " + code.message() + ".");
}

std::unique_ptr<ssl::context> make_context(ssl::context::method method) {
    auto context = std::make_unique<ssl::context>(method);
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                         ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
    return context;
}

}  // namespace

Result<std::unique_ptr<ssl::context>> make_server_tls(const std::string& certificate_file,
                                                      const std::string& key_file) {
    auto context = make_context(ssl::context::tls_server);
    Code code;
    context->use_certificate_chain_file(certificate_file, code);
    if (code) return refuse("The certificate", certificate_file, code);
    context->use_private_key_file(key_file, ssl::context::pem, code);
    if (code) return refuse("The key", key_file, code);
    return context;
}

Result<std::unique_ptr<ssl::context>> make_client_tls(const Upstream& upstream) {
    auto context = make_context(ssl::context::tls_client);
    Code code;
    context->set_verify_mode(ssl::verify_peer, code);
    if (upstream.ca_file.empty()) {
        context->set_default_verify_paths(code);
    } else {
        context->load_verify_file(upstream.ca_file, code);
    }
    if (code) return refuse("The file of authorities", upstream.ca_file, code);
    return context;
}

}  // namespace writ::gateway::internal
