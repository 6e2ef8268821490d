#include "api/discovery.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <vector>

#include "directory/federation/outbound_federation.h"

namespace writ::api {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using Keys = std::vector<directory::IssuerKey>;

constexpr std::string_view issuers = "/issuers/";
constexpr std::string_view configuration_document = "/.well-known/openid-configuration";
constexpr std::string_view keys_document = "/.well-known/jwks.json";

void write_text(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write(Writer& writer, std::string_view name, std::string_view value) {
    writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    write_text(writer, value);
}

void write_list(Writer& writer, const char* name, std::initializer_list<std::string_view> values) {
    writer.Key(name);
    writer.StartArray();
    for (const std::string_view value : values) write_text(writer, value);
    writer.EndArray();
}

std::string configuration_of(const std::string& issuer) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    write(writer, "issuer", issuer);
    write(writer, "jwks_uri", issuer + std::string(keys_document));
    write_list(writer, "response_types_supported", {"id_token"});
    write_list(writer, "subject_types_supported", {"public"});
    write_list(writer, "id_token_signing_alg_values_supported", {"ES384", "RS256"});
    writer.EndObject();
    return buffer.GetString();
}

void write_key(Writer& writer, const directory::IssuerKey& key) {
    const auto members = crypto::json_web_key(key.public_pem);
    if (!members) return;  // Not one of ours.
    writer.StartObject();
    for (const auto& [name, value] : *members) write(writer, name, value);
    write(writer, "kid", key.key_id);
    write(writer, "alg", crypto::name_of(key.algorithm));
    write(writer, "use", "sig");
    writer.EndObject();
}

std::string key_set_of(const Keys& keys) {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    writer.Key("keys");
    writer.StartArray();
    for (const directory::IssuerKey& key : keys) write_key(writer, key);
    writer.EndArray();
    writer.EndObject();
    return buffer.GetString();
}

HttpResponse document(std::string body) {
    return {.status = 200,
            .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "public, max-age=300"}},
            .body = std::move(body)};
}

HttpResponse failure(int status, std::string body) {
    return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body)};
}

Result<std::optional<Keys>> keys_of(const Surroundings& at, std::string_view issuer_id) {
    auto reader = at.store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    return directory::find_issuer_keys(**reader, issuer_id);
}

}  // namespace

std::string public_url_of(const EndpointConfig& config, const HttpRequest& request) {
    if (!config.public_url.empty()) return config.public_url;
    const std::string* host = find_header(request.headers, "Host");
    return std::string(request.tls ? "https://" : "http://") + (host == nullptr ? "localhost" : *host);
}

std::string issuer_url(const EndpointConfig& config, const HttpRequest& request, std::string_view issuer_id) {
    return public_url_of(config, request).append(issuers).append(issuer_id);
}

std::optional<HttpResponse> answer_discovery(const Surroundings& at, const HttpRequest& request) {
    std::string_view path = request.target;
    if (request.method != "GET" || !path.starts_with(issuers)) return std::nullopt;
    path = path.substr(issuers.size(), path.find('?') - issuers.size());
    const std::string_view issuer_id = path.substr(0, path.find('/'));
    const std::string_view wanted = path.substr(issuer_id.size());
    if (wanted != configuration_document && wanted != keys_document) return failure(404, "Not found.\n");
    const auto keys = keys_of(at, issuer_id);
    if (!keys) return failure(503, "The keys cannot be read at the moment.\n");
    if (!*keys) return failure(404, "There is no such issuer.\n");
    return document(wanted == keys_document ? key_set_of(**keys)
                                            : configuration_of(issuer_url(at.config, request, issuer_id)));
}

}  // namespace writ::api
