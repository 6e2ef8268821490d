#include "cli/json_line.h"

#include <nlohmann/json.hpp>

namespace writ::cli {

using Json = nlohmann::ordered_json;

std::string json_line(const JsonFields& fields) {
    Json json = Json::object();
    for (const auto& [name, value] : fields)
        std::visit([&](const auto& held) { json[std::string(name)] = held; }, value);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string spread_json(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? std::string(text) : json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace writ::cli
