#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "choices.h"
#include "crypto/sigv4_signer.h"

/// What clients send: requests to S3 that are signed as they should be and then spoilt, and such that no
/// client would make.
namespace writ::raw_http {

struct Sent {
    std::string mark;                   ///< In the header User-Agent, which is signed.
    bool is_head = false;               ///< As it was signed.
    std::optional<std::string> body{};  ///< What may arrive at most, where a hash or chunk signatures tell.
};

/// One connection: the requests in their order, and their bytes.
struct Stream {
    std::vector<Sent> requests;
    std::string bytes;
    std::size_t piece_bytes = 0;  ///< They are sent in pieces of that size; 0: at once.
};

struct Signer {
    crypto::SigningCredentials credentials;
    Instant now;
    std::string_view host;  ///< Of the gateway.
};

/// Connections that are open at the same time. `number` makes the marks unlike those of other plays.
[[nodiscard]] std::vector<Stream> make_play(differential::Choices& choices, const Signer& signer,
                                            std::uint64_t number);

}  // namespace writ::raw_http
