#include "api/json_error.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace writ::api {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(Writer& writer, std::string_view key, std::string_view value) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

}  // namespace

HttpResponse print_json_error(reference::Protocol protocol, const Error& error) {
    const bool rest = protocol == reference::Protocol::rest_json;
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    writer.StartObject();
    if (!rest) write(writer, "__type", error.code);
    write(writer, rest ? "message" : "Message", error.message);
    writer.EndObject();

    HttpResponse response;
    response.status = error.http_status;
    response.body.assign(buffer.GetString(), buffer.GetSize());
    response.headers.emplace_back("Content-Type", rest ? "application/json" : "application/x-amz-json-1.1");
    if (rest) response.headers.emplace_back("x-amzn-ErrorType", error.code);
    return response;
}

}  // namespace writ::api
