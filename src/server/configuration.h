#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/audit/settings.h"
#include "base/result.h"
#include "base/secret.h"
#include "directory/quotas.h"
#include "gateway/proxy.h"
#include "gateway/upstreams.h"
#include "questions/settings.h"
#include "server/address.h"
#include "server/http_listener.h"
#include "server/log.h"

/// The settings of a server. One table names them all; the keys of the file, the WRIT_… variables, the flags,
/// the help and docs/configuration.md follow from it.
namespace writ::server {

struct GatewayConfiguration {
    std::optional<Address> listen;                   ///< Nothing: there is no gateway.
    std::string tls_certificate_file, tls_key_file;  ///< Empty: clients come without TLS.
    std::vector<std::string> s3_hosts;
    std::vector<gateway::Upstream> upstreams;
    std::size_t body_bytes_max = 0;
    gateway::ProxyLimits limits;
};

struct Configuration {
    Address listen;
    std::optional<Address> metrics_listen;  ///< Nothing: no health, no metrics.
    std::filesystem::path data;
    std::string postgresql_address;  ///< Empty: records are in a SQLite file in `data`.
    std::string account_id;
    std::string region;
    std::string public_url;  ///< "https://iam.example.com"; empty: not known.
    unsigned threads = 0;    ///< 0: one a processor.
    std::string root_access_key_id;
    Secret root_secret_access_key;
    LogOptions log;
    std::chrono::days rotate_keys_after{90};  ///< 0: never by itself.
    HttpLimits limits;
    directory::Quotas quotas;
    bool denials_kept = true;
    api::audit::Settings audit;
    GatewayConfiguration gateway;
    questions::Settings questions;
};

struct Setting {
    std::string_view key;         ///< "log.level": key `level` of the table `log` in the file.
    std::string_view value_name;  ///< "HOST:PORT".
    std::string_view standard;    ///< Value when nobody gives one; empty: none.
    std::string_view meaning;
    bool secret = false;  ///< Not on the command line, where others could read it.
    Result<void> (*set)(Configuration& configuration, std::string_view value) = nullptr;

    [[nodiscard]] std::string flag() const;      ///< "--log-level".
    [[nodiscard]] std::string variable() const;  ///< "WRIT_LOG_LEVEL".
};

/// All settings in the order of the help.
[[nodiscard]] std::span<const Setting> settings() noexcept;

/// Where settings come from. What stands further up wins.
struct ConfigurationSources {
    std::vector<std::pair<const Setting*, std::string>> flags;
    std::vector<std::pair<std::string, std::string>> environment;  ///< Names with WRIT_ in front; empty
                                                                   ///< values count as not set.
    std::optional<std::filesystem::path> file;  ///< Else the variable WRIT_CONFIG names it.
};

struct LoadedConfiguration {
    Configuration configuration;
    /// WRIT_… variables that are no setting. They may be somebody else's, so they are no error.
    std::vector<std::string> warnings;
};

/// InvalidInput names the place ("writ.toml:3:1", "WRIT_LISTEN", "--listen") and what is wrong there.
[[nodiscard]] Result<LoadedConfiguration> load_configuration(const ConfigurationSources& sources);

/// The variables of this process that begin with WRIT_.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> writ_environment();

/// docs/configuration.md as the table says it must be.
[[nodiscard]] std::string configuration_page();

}  // namespace writ::server
