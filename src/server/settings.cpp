#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/arn.h"
#include "base/suggest.h"
#include "directory/accounts/accounts.h"
#include "server/configuration.h"
#include "server/internal/gateway_settings.h"

// The table of settings.
namespace writ::server {
namespace {

std::unexpected<Error> refuse(std::string why) {
    return fail("InvalidInput", 400, std::move(why));
}

template <class Number>
Result<Number> number(std::string_view text, Number least, Number most) {
    Number value{};
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < least || value > most)
        return refuse(fmt::format("'{}' is not a whole number from {} to {}.", text, least, most));
    return value;
}

template <class Target>
Result<void> set_number(Target& target, std::string_view text, Target least, Target most) {
    const auto value = number<Target>(text, least, most);
    if (!value) return std::unexpected(value.error());
    target = *value;
    return {};
}

Result<void> set_seconds(std::chrono::milliseconds& target, std::string_view text) {
    constexpr int day_s = 86'400;
    const auto seconds = number<int>(text, 1, day_s);
    if (!seconds) return std::unexpected(seconds.error());
    target = std::chrono::seconds(*seconds);
    return {};
}

Result<void> set_rotation(Configuration& configuration, std::string_view text) {
    constexpr int century_days = 36'500;
    const auto days = number<int>(text, 0, century_days);
    if (!days) return std::unexpected(days.error());
    configuration.rotate_keys_after = std::chrono::days(*days);
    return {};
}

Result<void> set_address(Address& target, std::string_view text) {
    auto address = parse_address(text);
    if (!address) return std::unexpected(address.error());
    target = std::move(*address);
    return {};
}

Result<void> set_metrics_address(Configuration& configuration, std::string_view text) {
    if (text == "off") {
        configuration.metrics_listen.reset();
        return {};
    }
    return set_address(configuration.metrics_listen.emplace(), text);
}

Result<void> set_account_id(Configuration& configuration, std::string_view text) {
    if (!is_account_id(text)) return refuse(fmt::format("'{}' is not twelve digits.", text));
    configuration.account_id = text;
    return {};
}

Result<void> set_region(Configuration& configuration, std::string_view text) {
    const bool usable = !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!usable) return refuse(fmt::format("'{}' is not the name of a region such as us-east-1.", text));
    configuration.region = text;
    return {};
}

Result<void> set_public_url(Configuration& configuration, std::string_view text) {
    const bool is_url = text.starts_with("https://") || text.starts_with("http://");
    if (!text.empty() && (!is_url || text.ends_with('/') || text.find_first_of("?# ") != text.npos)) {
        return refuse(fmt::format("'{}' is not a URL such as https://iam.example.com.", text));
    }
    configuration.public_url = text;
    return {};
}

Result<void> set_data(Configuration& configuration, std::string_view text) {
    if (text.empty()) return refuse("the data directory needs a name.");
    configuration.data = text;
    return {};
}

Result<void> set_database(Configuration& configuration, std::string_view text) {
    if (text == "sqlite") {
        configuration.postgresql_address.clear();
        return {};
    }
    if (!text.starts_with("postgresql://") && !text.starts_with("postgres://")) {
        return refuse(  // Without repeating it: it may hold a password.
            "it is no database; there is 'sqlite', and 'postgresql://USER@HOST/DATABASE'.");
    }
    configuration.postgresql_address = text;
    return {};
}

Result<void> set_log_level(Configuration& configuration, std::string_view text) {
    if (text == "info")
        configuration.log.level = LogLevel::info;
    else if (text == "warning")
        configuration.log.level = LogLevel::warning;
    else if (text == "error")
        configuration.log.level = LogLevel::error;
    else
        return refuse(fmt::format("'{}' is not info, warning or error.", text));
    return {};
}

Result<void> set_log_format(Configuration& configuration, std::string_view text) {
    if (text == "json")
        configuration.log.format = LogFormat::json;
    else if (text == "text")
        configuration.log.format = LogFormat::text;
    else
        return refuse(fmt::format("'{}' is not json or text.", text));
    return {};
}

Result<void> set_flag(bool& flag, std::string_view text) {
    if (text != "on" && text != "off") return refuse(fmt::format("'{}' is not on or off.", text));
    flag = text == "on";
    return {};
}

Result<void> set_audit_events(Configuration& configuration, std::string_view text) {
    using api::audit::Events;
    if (text == "all")
        configuration.audit.events = Events::all;
    else if (text == "write")
        configuration.audit.events = Events::write;
    else if (text == "none")
        configuration.audit.events = Events::none;
    else
        return refuse(fmt::format("'{}' is not all, write or none.", text));
    return {};
}

Result<void> set_audit_age(Configuration& configuration, std::string_view text) {
    constexpr int century_days = 36'500;
    const auto days = number<int>(text, 1, century_days);
    if (!days) return std::unexpected(days.error());
    configuration.audit.retention.age_max = std::chrono::days(*days);
    return {};
}

Result<void> set_quota(directory::Quotas& quotas, std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return refuse(fmt::format("'{}' is not QUOTA=NUMBER.", text));
    const std::string_view key = text.substr(0, equals);
    constexpr std::int64_t most = 1'000'000'000;
    const auto limit = number<std::int64_t>(text.substr(equals + 1), 0, most);
    if (!limit) return std::unexpected(limit.error());
    if (quotas.set(key, *limit)) return {};
    std::vector<std::string_view> known;
    for (const auto& fact : directory::quota_facts()) known.push_back(fact.key);
    return refuse(fmt::format("'{}' is not a quota.{}", key, did_you_mean(key, known)));
}

Result<void> set_quotas(Configuration& configuration, std::string_view text) {
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        if (auto done = set_quota(configuration.quotas, one); !done) return done;
    }
    return {};
}

Result<void> set_proxy(Configuration& configuration, std::string_view text) {
    using questions::ProxyKind;
    struct Word {
        std::string_view word;
        ProxyKind kind;
    };
    constexpr auto words = std::to_array<Word>({{"off", ProxyKind::none},
                                                {"nginx", ProxyKind::nginx},
                                                {"forwarded", ProxyKind::forwarded},
                                                {"envoy", ProxyKind::envoy}});
    const auto* const found = std::ranges::find(words, text, &Word::word);
    if (found == words.end()) return refuse(fmt::format("'{}' is not off, nginx, forwarded or envoy.", text));
    configuration.questions.proxy = found->kind;
    return {};
}

Result<void> set_rules(Configuration& configuration, std::string_view text) {
    auto rules = questions::read_rules(text);
    if (!rules) return refuse(rules.error().message);
    configuration.questions.rules = std::move(*rules);
    return {};
}

constexpr auto table = std::to_array<Setting>({
    {"listen", "HOST:PORT", "127.0.0.1:7600",
     "Where the AWS APIs are served. Port 0 picks a free one, which the last line at start tells.", false,
     [](Configuration& c, std::string_view t) { return set_address(c.listen, t); }},
    {"metrics_listen", "HOST:PORT", "127.0.0.1:7601",
     "Where /health and /metrics are served, to whoever asks; 'off' serves them nowhere.", false,
     set_metrics_address},
    {"data", "DIRECTORY", "writ-data",
     "Where records and keys are kept. Made when it is missing, readable by its owner only.", false,
     set_data},
    {"database", "ADDRESS", "sqlite",
     "What records are kept in: 'sqlite', a file in the data directory; or the address "
     "postgresql://USER@HOST/DATABASE of a PostgreSQL server, which several Writs may share. Its password "
     "belongs "
     "into a .pgpass file or the variable PGPASSWORD.",
     false, set_database},
    {"account_id", "DIGITS", "123456789012", "The account that is served; made at the first start.", false,
     set_account_id},
    {"region", "NAME", "us-east-1",
     "The region that clients sign for. ARNs are of its partition: aws-cn for cn-north-1, aws-us-gov for "
     "us-gov-west-1, and so on.",
     false, set_region},
    {"public_url", "URL", "",
     "The URL by which others reach this server, such as https://iam.example.com, for those whom it tells to "
     "come there: the issuers of outbound identity federation and the authorization APIs are below it. "
     "Without "
     "it that of each request.",
     false, set_public_url},
    {"threads", "NUMBER", "0", "Threads that answer requests; 0 means one a processor.", false,
     [](Configuration& c, std::string_view t) { return set_number(c.threads, t, 0U, 1'024U); }},
    {"root.access_key_id", "ID", "",
     "Access key of the root user, set at each start. Without it one is made at the first start and printed "
     "once.",
     false,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.root_access_key_id = t;
         return {};
     }},
    {"root.secret_access_key", "SECRET", "", "Its secret. Not on the command line, where others can read it.",
     true,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.root_secret_access_key = Secret(t);
         return {};
     }},
    {"log.level", "LEVEL", "info", "info (with a line a request), warning or error.", false, set_log_level},
    {"log.format", "FORMAT", "json", "json, or text for name=value.", false, set_log_format},
    {"log.file", "FILE", "", "Where the log goes; without it to stderr.", false,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.log.file = t;
         return {};
     }},
    {"log.file_bytes_max", "BYTES", "104857600",
     "A log file of that size becomes FILE.1 and a new one begins.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.log.file_bytes_max, t, std::size_t{4'096}, std::size_t{1} << 40U);
     }},
    {"log.files_max", "NUMBER", "5", "How many full log files are kept.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.log.files_max, t, std::size_t{1}, std::size_t{1'000});
     }},
    {"keys.rotate_after_days", "DAYS", "90",
     "Age at which the newest key of the key file is followed by a new one; 0: only 'writ keys rotate' adds "
     "one.",
     false, set_rotation},
    {"limits.connections_max", "NUMBER", "10000", "Open connections; one more is closed at once.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.limits.connections_max, t, std::size_t{1}, std::size_t{1'000'000});
     }},
    {"limits.header_bytes_max", "BYTES", "65536", "Size of the headers of a request.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.limits.header_bytes_max, t, std::size_t{1'024}, std::size_t{1} << 24U);
     }},
    {"limits.body_bytes_max", "BYTES", "10000000", "Size of the body of a request.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.limits.body_bytes_max, t, std::size_t{1'024}, std::size_t{1} << 30U);
     }},
    {"limits.bodies_bytes_max", "BYTES", "268435456",
     "Memory for the bodies of all requests under way together, where they have more than 64 KiB each; a "
     "request "
     "that finds no room is answered 503 ServiceUnavailable.",
     false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.limits.bodies_bytes_max, t, std::size_t{1'024}, std::size_t{1} << 40U);
     }},
    {"limits.request_timeout_s", "SECONDS", "30", "For a request to arrive completely.", false,
     [](Configuration& c, std::string_view t) { return set_seconds(c.limits.request_timeout, t); }},
    {"limits.write_timeout_s", "SECONDS", "30", "For an answer to be taken.", false,
     [](Configuration& c, std::string_view t) { return set_seconds(c.limits.write_timeout, t); }},
    {"limits.idle_timeout_s", "SECONDS", "120", "Between two requests of a connection.", false,
     [](Configuration& c, std::string_view t) { return set_seconds(c.limits.idle_timeout, t); }},
    {"limits.drain_timeout_s", "SECONDS", "10", "For requests that have begun when the server is stopped.",
     false, [](Configuration& c, std::string_view t) { return set_seconds(c.limits.drain_timeout, t); }},
    {"denials", "on/off", "on",
     "Whether denials are kept for a day and tell the id under which 'writ why' explains them.", false,
     [](Configuration& c, std::string_view t) { return set_flag(c.denials_kept, t); }},
    {"audit.events", "WHICH", "all",
     "Which calls 'writ audit' tells about: all; write, those that are not read-only, also when they were "
     "denied; or none.",
     false, set_audit_events},
    {"audit.age_days_max", "DAYS", "90", "Older events of calls are dropped.", false, set_audit_age},
    {"audit.bytes_max", "BYTES", "1073741824",
     "Space for the events of each account, half of it for changes and half for the other calls; the oldest "
     "are dropped.",
     false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.audit.retention.bytes_max, t, std::int64_t{1} << 20U, std::int64_t{1} << 50U);
     }},
    {"audit.waiting_max", "NUMBER", "20000",
     "Events of calls without changes that may wait in memory to be written; more are dropped and counted.",
     false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.audit.waiting_max, t, std::size_t{100}, std::size_t{10'000'000});
     }},
    {"gateway.listen", "HOST:PORT", "off",
     "Where the gateway takes requests for the services that it guards; 'off': there is none. See "
     "gateway.md.",
     false, internal::set_gateway_listen},
    {"gateway.upstream", "NAME=VALUE,…", "",
     "A service behind the gateway, and where it is; several with ';' between them. In the file a table "
     "[[gateway.upstream]] for each. See gateway.md.",
     false, internal::add_upstreams},
    {"gateway.tls_certificate", "FILE", "",
     "Certificate chain of the gateway as PEM; with it clients come over TLS.", false,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.gateway.tls_certificate_file = t;
         return {};
     }},
    {"gateway.tls_key", "FILE", "", "Key of that certificate as PEM.", false,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.gateway.tls_key_file = t;
         return {};
     }},
    {"gateway.s3_hosts", "NAME,…", "",
     "Host names of the gateway before which clients put the name of a bucket: bucket.s3.example.com.", false,
     internal::set_s3_hosts},
    {"gateway.body_bytes_max", "BYTES", "16777216",
     "Size of a body that is read before the decision; uploads to S3 are not.", false,
     [](Configuration& c, std::string_view t) {
         return set_number(c.gateway.body_bytes_max, t, std::size_t{1'024}, std::size_t{1} << 30U);
     }},
    {"gateway.answer_timeout_s", "SECONDS", "120", "For a service behind the gateway to begin its answer.",
     false,
     [](Configuration& c, std::string_view t) { return set_seconds(c.gateway.limits.answer_timeout, t); }},
    {"gateway.stall_timeout_s", "SECONDS", "30",
     "Without progress in a body that passes through the gateway.", false,
     [](Configuration& c, std::string_view t) { return set_seconds(c.gateway.limits.stall_timeout, t); }},
    {"external_authorization.proxy", "KIND", "off",
     "Which proxy asks at /external-authorization: nginx; forwarded for Traefik and Caddy; envoy; or off.",
     false, set_proxy},
    {"external_authorization.service", "NAME", "execute-api",
     "The service that clients of the proxy sign their requests for.", false,
     [](Configuration& c, std::string_view t) -> Result<void> {
         c.questions.proxy_service = t;
         return {};
     }},
    {"external_authorization.rules", "RULE", "",
     "What requests need: METHODS HOST PATH ACTION RESOURCE, the first that fits; in the file a list, "
     "elsewhere a rule "
     "a line.",
     false, set_rules},
    {"quotas", "QUOTA=NUMBER,…", "", "Quotas other than those of AWS; in the file a table.", false,
     set_quotas},
});

}  // namespace

std::span<const Setting> settings() noexcept {
    return table;
}

}  // namespace writ::server
