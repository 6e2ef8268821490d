#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/sigv4_signer.h"
#include "gateway/mapping.h"
#include "gateway/strict_request.h"

/// The services that the gateway guards, and where they are.
namespace writ::gateway {

enum class Mode : std::uint8_t {
    enforce,  ///< What is not allowed is denied.
    observe,  ///< Everything that can be understood passes; what would have been denied is recorded.
    learn     ///< The same, and what each principal uses is recorded.
};
[[nodiscard]] constexpr bool passes_all(Mode mode) noexcept {
    return mode != Mode::enforce;
}

/// What an operation must be allowed, by configuration. Several for one operation: all of them.
struct ConfiguredOperation {
    std::string operation;  ///< "GetRestApis".
    ConfiguredDemand demand;
};

struct Upstream {
    std::vector<std::string> services;  ///< Signing names: "s3".
    std::vector<std::string> regions;   ///< Empty: every region.
    std::vector<std::string> buckets;   ///< Patterns with '*' and '?', of S3 only; empty: every bucket.
    std::string host;                   ///< Name or IP address, IPv6 without brackets.
    std::uint16_t port = 80;
    std::string authority;  ///< What goes into the Host header: "127.0.0.1:9000".
    bool tls = false;
    std::string ca_file;  ///< Authorities to trust instead of the system's; empty: those.
    Mode mode = Mode::enforce;
    bool records_use = false;  ///< Of each principal, for `writ policy generate`. Mode::learn implies it.
    std::string account;       ///< Owner of what lies there; empty: the account of the server.
    /// A bucket that is made there belongs to the account that makes it, and not to `account`.
    bool creators_own_buckets = false;
    std::string signing_region;  ///< Requests are signed for it; empty: for the region of the client.
    PathRule paths = PathRule::strict;
    std::vector<ConfiguredOperation> operations;  ///< Those that are not mapped by the tables.
    /// Nothing: requests go on without a signature.
    std::optional<crypto::SigningCredentials> credentials;
};

/// Where a secret is taken from: the value of a variable of the environment; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// One upstream from its settings, "service" = "s3" and so on, in any order; a name may stand more than once
/// where lists are allowed. InvalidInput says which setting is wrong and how. Reads the file of a secret.
[[nodiscard]] Result<Upstream> read_upstream(std::span<const std::pair<std::string, std::string>> settings,
                                             const Environment& environment);
/// The same from one text: "service=s3,url=http://127.0.0.1:9000".
[[nodiscard]] Result<Upstream> read_upstream(std::string_view text, const Environment& environment);

struct UpstreamSetting {
    std::string_view name, standard, meaning;
};
/// All settings of an upstream, for the documentation.
[[nodiscard]] std::span<const UpstreamSetting> upstream_settings() noexcept;

/// The first that serves the service in the region, and the bucket unless it is empty. An upstream of certain
/// buckets serves requests about no bucket only when there is no other. Null: nothing of it is guarded here.
[[nodiscard]] const Upstream* find_upstream(std::span<const Upstream> upstreams, std::string_view service,
                                            std::string_view region, std::string_view bucket) noexcept;

/// Whether a region that a client signs for is one to the upstream too. Where nothing tells the service the
/// region, all regions would be one place under many names, and what a policy denies in the one would be open
/// in the next; so there is one region only, `home` unless the gateway signs for another.
[[nodiscard]] bool keeps_region_apart(const Upstream& upstream, std::string_view service,
                                      std::string_view region, std::string_view home) noexcept;

}  // namespace writ::gateway
