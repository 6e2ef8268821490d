#include <nlohmann/json.hpp>

#include "cli/policy_check.h"

namespace writ::cli {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const policy::Position& at) {
    return {{"line", at.line}, {"column", at.column}};
}

Json json_of(const Finding& finding) {
    return {{"severity", finding.severity == Severity::error ? "error" : "note"},
            {"code", finding.code},
            {"message", finding.message},
            {"hint", finding.hint},
            {"start", json_of(finding.span.begin)},
            {"end", json_of(finding.span.end)}};
}

}  // namespace

std::string to_json(const Input& input, const CheckReport& report, const CheckOptions& options) {
    Json json;
    json["file"] = input.name;
    json["policy_type"] = word_of(options.type);
    json["valid"] = report.count(Severity::error) == 0;
    json["characters"] = report.characters;
    json["characters_max"] = report.quota == nullptr ? Json(nullptr) : Json(report.quota->characters_max);
    json["findings"] = Json::array();
    for (const Finding& finding : report.findings) json["findings"].push_back(json_of(finding));
    // A file may hold any bytes; what is no UTF-8 is replaced, never thrown at.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace writ::cli
