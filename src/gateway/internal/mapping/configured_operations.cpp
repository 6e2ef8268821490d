#include "gateway/internal/mapping/configured_operations.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "reference/request_model.h"

namespace writ::gateway::internal {
namespace {

std::unexpected<Error> refuse(std::string why) {
    return fail("InvalidInput", 400, std::move(why));
}

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

/// The next word of `rest`, which loses it; empty: there is none.
std::string_view take_word(std::string_view& rest) {
    rest = trimmed(rest);
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    return word;
}

bool is_action(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != 0 && colon != std::string_view::npos && colon + 1 < text.size() &&
           text.find_first_of("*?", colon) == std::string_view::npos;
}

Result<void> check_operation(std::string_view name, const std::vector<std::string>& signing_names) {
    std::vector<std::string_view> known;
    for (const std::string& signing_name : signing_names) {
        for (const auto* service : reference::request_services_signed_as(signing_name)) {
            if (reference::find_request_operation(*service, name) != nullptr) return {};
            for (const auto& operation : reference::request_operations(*service))
                known.push_back(operation.name);
        }
    }
    return refuse(fmt::format("'{}' is not an operation of {}.{}", name, fmt::join(signing_names, " or "),
                              did_you_mean(name, known)));
}

}  // namespace

Result<ConfiguredOperation> read_configured_operation(std::string_view text,
                                                      const std::vector<std::string>& signing_names) {
    std::string_view rest = text;
    const std::string_view operation = take_word(rest), action = take_word(rest), resource = take_word(rest);
    if (action.empty() || !trimmed(rest).empty()) {
        return refuse(quoted(text) +
                      " is not OPERATION ACTION RESOURCE: \"GetWidget widgets:Read "
                      "arn:{partition}:widgets:{region}:{account}:widget/{WidgetName}\".");
    }
    if (!is_action(action)) return refuse(quoted(action) + " is no action: SERVICE:NAME, without wildcards.");
    if (!resource.empty() && resource != "*" && !resource.starts_with("arn:")) {
        return refuse(quoted(resource) + " is neither an ARN nor *.");
    }
    if (auto known = check_operation(operation, signing_names); !known) return std::unexpected(known.error());
    ConfiguredOperation configured{std::string(operation), {.action = std::string(action)}};
    if (!resource.empty()) configured.demand.resource = resource;
    return configured;
}

Result<std::vector<MappedDemand>> map_for(const Upstream& upstream, const reference::RequestService& service,
                                          const reference::RequestOperation& operation,
                                          const Parameters& parameters, const MappingPlace& place) {
    std::vector<MappedDemand> demands;
    for (const ConfiguredOperation& configured : upstream.operations) {
        if (configured.operation != operation.name) continue;
        auto mapped = map_as_configured(configured.demand, service, operation, parameters, place);
        if (!mapped) return mapped;
        std::ranges::move(*mapped, std::back_inserter(demands));
    }
    if (!demands.empty()) return demands;
    return map_request(service, operation, parameters, place);
}

}  // namespace writ::gateway::internal
