#include "engine/internal/explanation/remedy_statement.h"

#include "engine/internal/explanation/json_string.h"
#include "engine/internal/explanation/naming.h"

namespace writ::engine {
namespace {

std::string principal_entry(std::string_view type, std::string_view value) {
    return std::string("{\"").append(type).append("\":").append(json_string(value)).append("}");
}

// A role rather than one of its sessions: the next session has another name.
std::string principal_json(const Principal& caller) {
    switch (caller.kind) {
        case PrincipalKind::anonymous:
            return "\"*\"";
        case PrincipalKind::service:
            return principal_entry("Service", caller_name(caller));
        case PrincipalKind::federated:
            return principal_entry("Federated", caller.arn);
        case PrincipalKind::role_session:
            return principal_entry("AWS", caller.role_arn.empty() ? caller.arn : caller.role_arn);
        case PrincipalKind::root:
        case PrincipalKind::user:
        case PrincipalKind::federated_user:
            break;
    }
    return principal_entry("AWS", caller.arn);
}

// The resource as a pattern that matches nothing else (spec M2). IAM has no names with wildcards: there they
// belong to the pattern on which list calls are authorised (?6). What is no ARN only "*" matches (R9).
std::string pattern_of(const Request& request) {
    if (!request.resource_is_arn()) return "*";
    const std::string_view tail = request.resource_part(5);
    std::string pattern(request.resource().substr(0, request.resource().size() - tail.size()));
    const bool wildcards_are_meant = request.folded_service() == "iam";
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const char c = tail[i];
        const bool wildcard = (c == '*' || c == '?') && !wildcards_are_meant;
        if (wildcard || tail.substr(i).starts_with("${")) {
            pattern.append("${").append(1, c).append("}");
        } else {
            pattern.push_back(c);
        }
    }
    return pattern;
}

}  // namespace

std::string allowing_statement(Layer layer, const Request& request) {
    constexpr std::string_view everyone = "\"*\"";
    if (layer == Layer::rcp) return R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})";
    std::string json(R"({"Effect":"Allow")");
    // Gateway endpoints take no other principal (spec T6).
    if (layer == Layer::endpoint) json.append(R"(,"Principal":)").append(everyone);
    if (layer == Layer::resource || layer == Layer::trust)
        json.append(R"(,"Principal":)").append(principal_json(request.principal()));
    json.append(R"(,"Action":)").append(json_string(documented_action(request)));
    if (layer != Layer::trust) json.append(R"(,"Resource":)").append(json_string(pattern_of(request)));
    return json + '}';
}

GrantClass grant_by_name(const Principal& caller) noexcept {
    const bool by_role = caller.kind == PrincipalKind::role_session && !caller.role_arn.empty();
    return by_role ? GrantClass::limited : GrantClass::direct;
}

}  // namespace writ::engine
