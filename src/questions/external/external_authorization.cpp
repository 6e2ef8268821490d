#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "crypto/sigv4.h"
#include "questions/inquiry.h"
#include "questions/internal/exchange.h"

/// External authorization for proxies: 200 lets a request pass, 401 and 403 do not. Proxies know no other
/// status.
namespace writ::questions::internal {
namespace {

constexpr std::string_view own_path = "/external-authorization";

std::string_view header_of(const HttpRequest& http, std::string_view name) {
    const std::string* value = find_header(http.headers, name);
    return value == nullptr ? std::string_view{} : std::string_view(*value);
}

/// Of a header that the proxy sets in place of the client's; empty also when it stands twice, for the first
/// one may be the client's.
std::string_view told_by_proxy(const HttpRequest& http, std::string_view name) {
    const auto is_it = [&](const auto& header) { return equals_ignoring_case(header.first, name); };
    return std::ranges::count_if(http.headers, is_it) == 1 ? header_of(http, name) : std::string_view{};
}

/// Of a header to which every proxy adds: what the last one has added.
std::string_view last_of_list(const HttpRequest& http, std::string_view name) {
    std::string_view last;
    for (const auto& [key, value] : http.headers) {
        if (equals_ignoring_case(key, name)) last = value;
    }
    return trimmed(last.substr(last.rfind(',') + 1));
}

struct Told {
    ProxyKind proxy;
    std::string_view method, target, host;  ///< Headers.
};
constexpr auto told_in = std::to_array<Told>({
    {ProxyKind::nginx, "X-Original-Method", "X-Original-URI", "X-Original-Host"},
    {ProxyKind::forwarded, "X-Forwarded-Method", "X-Forwarded-Uri", "X-Forwarded-Host"},
});

/// The request that the proxy holds back, without its body, which proxies do not send. Nothing: it is not
/// told.
std::optional<HttpRequest> original_request(const Exchange& exchange) {
    HttpRequest original = exchange.http;
    original.body.clear();
    if (exchange.settings.proxy == ProxyKind::envoy) {
        original.target.erase(0, own_path.size());
        if (!original.target.starts_with('/')) return std::nullopt;
        return original;
    }
    const auto* const row = std::ranges::find(told_in, exchange.settings.proxy, &Told::proxy);
    if (row == told_in.end() || exchange.http.target != own_path) return std::nullopt;
    original.method = told_by_proxy(exchange.http, row->method);
    original.target = told_by_proxy(exchange.http, row->target);
    const std::string host(told_by_proxy(exchange.http, row->host));
    if (original.method.empty() || original.target.empty() || host.empty()) return std::nullopt;
    for (auto& [name, value] : original.headers) {
        if (equals_ignoring_case(name, "Host")) value = host;
    }
    return original;
}

/// The hash of the body that the client has signed. The body itself is not seen here: who wants it compared
/// lets the service behind compare it. Empty: none was told, for a request without body.
std::string_view signed_payload_hash(const HttpRequest& original) {
    if (!crypto::claims_signature(original)) return {};
    const auto authorization = crypto::parse_authorization(original);
    constexpr std::string_view name = "x-amz-content-sha256";
    if (!authorization || !crypto::signs_header(*authorization, name)) return {};
    return header_of(original, name);
}

/// By a signature of the client on the request that it sent, or by a bearer token.
Result<authz::Caller> identify_client(Exchange& exchange, const HttpRequest& original) {
    Exchange of_client{.http = original,
                       .shared = exchange.shared,
                       .at = exchange.at,
                       .authenticator = exchange.authenticator,
                       .services = exchange.services,
                       .settings = exchange.settings,
                       .record = exchange.record};
    return identify(of_client, {.service = exchange.settings.proxy_service,
                                .payload_hash = signed_payload_hash(original)});
}

/// What the proxy says of the connection of its client.
std::vector<ContextValue> context_of(const HttpRequest& http) {
    std::vector<ContextValue> context;
    const auto add = [&](std::string_view key, std::string_view value) {
        if (!value.empty()) context.push_back({.key = key, .values = {value}, .multivalued = false});
    };
    add("aws:SourceIp", last_of_list(http, "X-Forwarded-For"));  // That which the proxy saw.
    const std::string_view scheme = last_of_list(http, "X-Forwarded-Proto");
    if (!scheme.empty()) add("aws:SecureTransport", scheme == "https" ? "true" : "false");
    add("aws:UserAgent", header_of(http, "User-Agent"));
    add("aws:Referer", header_of(http, "Referer"));
    return context;
}

/// A sentence fits into a header when it has no bytes beyond the printable ones.
std::string header_text(std::string_view text) {
    std::string safe(text);
    for (char& c : safe) {
        if (c < ' ' || c > '~') c = '?';
    }
    return safe;
}

HttpResponse refuse(Exchange& exchange, int status, std::string_view code, std::string_view sentence) {
    exchange.record.error_code = code;
    HttpResponse response{.status = status,
                          .headers = {{"Content-Type", "text/plain; charset=utf-8"},
                                      {"Cache-Control", "no-store"},
                                      {"X-Writ-Message", header_text(sentence)}},
                          .body = std::string(sentence)};
    if (status == 401) add_challenge(response);
    return response;
}

HttpResponse refuse(Exchange& exchange, const Error& error) {
    note_error(exchange, error);
    return refuse(exchange, error.http_status == 401 ? 401 : 403, error.code, error.message);
}

}  // namespace

HttpResponse external_authorization(Exchange& exchange) {
    const auto original = original_request(exchange);
    if (!original) {
        return refuse(exchange, 403, "ValidationError",
                      "The proxy does not tell which request it asks about, or none may ask.");
    }
    const auto client = identify_client(exchange, *original);
    if (!client) return refuse(exchange, client.error());
    const std::string_view host = header_of(*original, "Host");
    const auto needed = find_needed(exchange.settings.rules, original->method, host, original->target);
    if (!needed) {
        return refuse(
            exchange, 403, "AccessDenied",
            "User: " + client->principal->arn + " is not authorized: no rule says what this request needs.");
    }
    auto services = exchange.services.of(client->principal->account);
    if (!services) return refuse(exchange, services.error());
    Inquiry inquiry(exchange.at, exchange.authenticator, *client, std::move(*services), exchange.http);
    Question question;
    question.action = needed->action;
    question.resource = needed->resource;
    question.context = context_of(exchange.http);
    const Reply reply = inquiry.answer(question);
    exchange.record.decision = engine::name(reply.decision.verdict);
    if (reply.error) return refuse(exchange, *reply.error);
    if (!reply.allowed()) return refuse(exchange, 403, "AccessDenied", reply.message);
    return {
        .status = 200,
        .headers = {{"Cache-Control", "no-store"}, {"X-Writ-Principal", header_text(client->principal->arn)}},
        .body = {}};
}

}  // namespace writ::questions::internal
