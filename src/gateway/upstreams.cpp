#include "gateway/upstreams.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/arn.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/wildcards.h"
#include "gateway/internal/mapping/configured_operations.h"

namespace writ::gateway {
namespace {

constexpr auto settings_known = std::to_array<UpstreamSetting>({
    {"service", "", "Signing name of a service that is there: `s3`, `dynamodb`. Several are a list."},
    {"url", "", "Where it is: `http://HOST:PORT` or `https://HOST:PORT`."},
    {"ca_file", "", "With `https://`: PEM file of the authorities to trust, instead of the system's."},
    {"region", "",
     "Region whose requests go there; a list. Without: all, but of services other than S3 only that of the "
     "server (or `signing_region`) where nothing tells them regions apart, which is without a key or with "
     "`signing_region`."},
    {"mode", "enforce",
     "`enforce`: what is not allowed is denied. `observe`: everything passes, and the log tells what would "
     "have been denied. `learn`: the same, and what each principal uses is recorded for `writ policy "
     "generate`."},
    {"record", "false", "`true`: what each principal uses is recorded, whatever the mode."},
    {"account", "", "Account that owns what lies there; that of the server when there is none."},
    {"bucket", "", "Of S3: buckets that are there, with `*` and `?`; a list; all when there is none."},
    {"new_buckets", "owner",
     "Of S3: `owner`: a bucket that is made there belongs to `account`. `creator`: it belongs to the account "
     "that makes it, "
     "for servers that refuse to make a bucket which is there already."},
    {"paths", "strict",
     "Of S3: `strict` refuses keys with empty or dot segments, which many servers read in their own way; "
     "`verbatim` "
     "passes them on, for servers that take a key as it is."},
    {"operation", "",
     "`OPERATION ACTION RESOURCE`: what an operation must be allowed, instead of what the tables say; a "
     "list. "
     "The resource is an ARN with `{partition}`, `{region}`, `{account}` and names of parameters, or `*`."},
    {"access_key_id", "",
     "The gateway signs for the upstream with this key; without, requests go on without a signature."},
    {"secret_access_key_file", "", "File with the secret of that key."},
    {"secret_access_key_variable", "", "Or the variable of the environment that holds it."},
    {"signing_region", "", "Region to sign for; that of the client when there is none."},
});

struct ModeName {
    std::string_view name;
    Mode mode;
};
constexpr auto mode_names =
    std::to_array<ModeName>({{"enforce", Mode::enforce}, {"observe", Mode::observe}, {"learn", Mode::learn}});

std::unexpected<Error> refuse(std::string why) {
    return fail("InvalidInput", 400, std::move(why));
}

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

Result<void> read_url(std::string_view url, Upstream& upstream) {
    constexpr std::string_view http = "http://", https = "https://";
    upstream.tls = url.starts_with(https);
    if (!upstream.tls && !url.starts_with(http)) {
        return refuse(quoted(url) + " is no http:// or https:// URL.");
    }
    std::string_view authority = url.substr(upstream.tls ? https.size() : http.size());
    if (authority.ends_with('/')) authority.remove_suffix(1);
    if (authority.empty() || authority.find_first_of("/?#@ ") != std::string_view::npos) {
        return refuse(quoted(url) + " is to be a host and a port only.");
    }
    upstream.authority = authority;
    upstream.port = upstream.tls ? 443 : 80;
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
        const std::string_view digits = authority.substr(colon + 1);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), upstream.port);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || upstream.port == 0) {
            return refuse(quoted(url) + " has a port that is no number from 1 to 65535.");
        }
        authority = authority.substr(0, colon);
    }
    if (authority.starts_with('[') && authority.ends_with(']')) {
        authority = authority.substr(1, authority.size() - 2);
    }
    upstream.host = authority;
    return {};
}

Result<Secret> read_secret(const std::string& file, const std::string& variable,
                           const Environment& environment) {
    if (file.empty() == variable.empty()) {
        return refuse("access_key_id needs either secret_access_key_file or secret_access_key_variable.");
    }
    std::string text;
    if (!file.empty()) {
        const std::ifstream stream(file);
        std::ostringstream content;
        if (!stream || !(content << stream.rdbuf()))
            return refuse("The file " + quoted(file) + " cannot be read.");
        text = content.str();
    } else {
        text = environment(variable).value_or("");
    }
    Secret secret(trimmed(text));
    wipe_memory(text.data(), text.size());
    if (secret.empty())
        return refuse("There is no secret in " + quoted(file.empty() ? variable : file) + ".");
    return secret;
}

/// The settings while they are collected.
struct Collected {
    Upstream upstream;
    std::vector<std::string> operations;
    std::string access_key_id, secret_file, secret_variable;
};

Result<void> set(Collected& into, std::string_view name, const std::string& value) {
    Upstream& upstream = into.upstream;
    if (name == "service") {
        upstream.services.push_back(value);
    } else if (name == "url") {
        return read_url(value, upstream);
    } else if (name == "region") {
        upstream.regions.push_back(value);
    } else if (name == "bucket") {
        upstream.buckets.push_back(value);
    } else if (name == "account") {
        if (!is_account_id(value)) return refuse(quoted(value) + " is not twelve digits.");
        upstream.account = value;
    } else if (name == "mode") {
        const auto* const known = std::ranges::find(mode_names, value, &ModeName::name);
        if (known == mode_names.end()) return refuse(quoted(value) + " is not enforce, observe or learn.");
        upstream.mode = known->mode;
    } else if (name == "record") {
        if (value != "true" && value != "false") return refuse(quoted(value) + " is not true or false.");
        upstream.records_use = value == "true";
    } else if (name == "new_buckets") {
        if (value != "owner" && value != "creator")
            return refuse(quoted(value) + " is not owner or creator.");
        upstream.creators_own_buckets = value == "creator";
    } else if (name == "paths") {
        if (value != "strict" && value != "verbatim")
            return refuse(quoted(value) + " is not strict or verbatim.");
        upstream.paths = value == "verbatim" ? PathRule::verbatim : PathRule::strict;
    } else if (name == "operation") {
        into.operations.push_back(value);
    } else if (name == "access_key_id") {
        into.access_key_id = value;
    } else if (name == "secret_access_key_file") {
        into.secret_file = value;
    } else if (name == "secret_access_key_variable") {
        into.secret_variable = value;
    } else if (name == "ca_file") {
        upstream.ca_file = value;
    } else if (name == "signing_region") {
        upstream.signing_region = value;
    } else {
        std::vector<std::string_view> known;
        known.reserve(settings_known.size());
        for (const UpstreamSetting& setting : settings_known) known.push_back(setting.name);
        return refuse(quoted(name) + " is not a setting of an upstream." + did_you_mean(name, known));
    }
    return {};
}

bool has(const std::vector<std::string>& names, std::string_view name) noexcept {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::span<const UpstreamSetting> upstream_settings() noexcept {
    return settings_known;
}

Result<Upstream> read_upstream(std::span<const std::pair<std::string, std::string>> settings,
                               const Environment& environment) {
    Collected collected;
    for (const auto& [name, value] : settings) {
        if (value.empty()) return refuse(quoted(name) + " is empty.");
        if (auto done = set(collected, name, value); !done) return std::unexpected(done.error());
    }
    Upstream& upstream = collected.upstream;
    if (upstream.services.empty()) return refuse("An upstream needs a service.");
    if (upstream.authority.empty()) return refuse("An upstream needs a url.");
    if (!upstream.buckets.empty() && (upstream.services.size() > 1 || !has(upstream.services, "s3"))) {
        return refuse("An upstream of certain buckets is of the service s3 only.");
    }
    for (const std::string& text : collected.operations) {
        auto operation = internal::read_configured_operation(text, upstream.services);
        if (!operation) return std::unexpected(operation.error());
        upstream.operations.push_back(std::move(*operation));
    }
    if (!collected.access_key_id.empty()) {
        auto secret = read_secret(collected.secret_file, collected.secret_variable, environment);
        if (!secret) return std::unexpected(secret.error());
        upstream.credentials = crypto::SigningCredentials{collected.access_key_id, std::move(*secret), ""};
    } else if (!collected.secret_file.empty() || !collected.secret_variable.empty()) {
        return refuse("A secret needs its access_key_id.");
    }
    if (upstream.mode == Mode::learn) upstream.records_use = true;
    return std::move(upstream);
}

Result<Upstream> read_upstream(std::string_view text, const Environment& environment) {
    std::vector<std::pair<std::string, std::string>> settings;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view item = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const std::size_t equals = item.find('=');
        if (equals == std::string_view::npos) return refuse(quoted(item) + " is not NAME=VALUE.");
        settings.emplace_back(trimmed(item.substr(0, equals)), trimmed(item.substr(equals + 1)));
    }
    return read_upstream(settings, environment);
}

bool keeps_region_apart(const Upstream& upstream, std::string_view service, std::string_view region,
                        std::string_view home) noexcept {
    if (service == "s3" || !upstream.regions.empty()) return true;
    if (!upstream.signing_region.empty()) return region == upstream.signing_region;
    return upstream.credentials.has_value() || region == home;
}

const Upstream* find_upstream(std::span<const Upstream> upstreams, std::string_view service,
                              std::string_view region, std::string_view bucket) noexcept {
    const Upstream* of_certain_buckets = nullptr;
    for (const Upstream& upstream : upstreams) {
        const bool is_there = upstream.regions.empty() || has(upstream.regions, region);
        if (!is_there || !has(upstream.services, service)) continue;
        if (upstream.buckets.empty()) return &upstream;
        if (bucket.empty()) {
            if (of_certain_buckets == nullptr) of_certain_buckets = &upstream;
            continue;
        }
        const auto fits = [&](const std::string& pattern) { return matches_wildcards(pattern, bucket); };
        if (std::ranges::any_of(upstream.buckets, fits)) return &upstream;
    }
    return of_certain_buckets;
}

}  // namespace writ::gateway
