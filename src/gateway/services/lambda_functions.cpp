#include "gateway/services/lambda_functions.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/arn.h"
#include "gateway/internal/mapping/resource_template.h"

namespace writ::gateway::internal {
namespace {

struct FunctionName {
    std::string_view region, account, name, qualifier;  ///< Without an ARN no region; perhaps no account.
};

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '$' || c == '.';
    });
}

/// Behind "function:", or a name alone.
std::optional<FunctionName> name_and_qualifier(std::string_view text) {
    FunctionName function;
    const auto colon = text.find(':');
    function.name = text.substr(0, colon);
    if (colon != std::string_view::npos) function.qualifier = text.substr(colon + 1);
    if (!is_plain(function.name)) return std::nullopt;
    if (colon != std::string_view::npos && !is_plain(function.qualifier)) return std::nullopt;
    return function;
}

std::optional<FunctionName> parse_function(std::string_view text) {
    constexpr std::string_view kind = "function:";
    std::string_view account, region;
    if (const auto arn = parse_arn(text)) {
        if (arn->service != "lambda") return std::nullopt;
        region = arn->region;
        account = arn->account;
        text = arn->resource;
        if (!text.starts_with(kind)) return std::nullopt;
    } else if (const auto begin = text.find(":function:"); begin == 12) {
        account = text.substr(0, begin);
        text.remove_prefix(begin + 1);
    }
    const bool has_kind = text.starts_with(kind);
    if (has_kind) text.remove_prefix(kind.size());
    auto function = name_and_qualifier(text);
    if (function) {
        function->account = account;
        function->region = region;
    }
    return function;
}

std::string arn_of(const FunctionName& function, std::string_view qualifier, const MappingCall& call) {
    MappingPlace place = call.place;
    if (!function.account.empty()) place.account = function.account;
    if (!function.region.empty()) place.region = function.region;
    return arn_in(place, "lambda",
                  fmt::format("function:{}{}{}", function.name, qualifier.empty() ? "" : ":", qualifier));
}

bool takes_qualifier(const MappingCall& call) {
    const auto* input = call.operation.input;
    return input != nullptr && std::ranges::find(input->members, "Qualifier",
                                                 &reference::RequestMember::name) != input->members.end();
}

Result<FunctionName> read_function(std::string_view name, const MappingCall& call) {
    if (name.starts_with("arn:"))
        if (auto why = misplaced_arn(name, call.place); !why.empty()) return cannot_map(call, why);
    const auto function = parse_function(name);
    if (!function) return cannot_map(call, fmt::format("{} does not name a function", name));
    return *function;
}

}  // namespace

Result<std::string> lambda_function_arn(std::string_view name, const MappingCall& call) {
    const auto function = read_function(name, call);
    if (!function) return std::unexpected(function.error());
    if (!takes_qualifier(call)) return arn_of(*function, {}, call);
    const std::string given = call.parameters.first("Qualifier").value_or("");
    if (!given.empty() && !is_plain(given)) return cannot_map(call, fmt::format("{} is no qualifier", given));
    if (!given.empty() && !function->qualifier.empty() && function->qualifier != given) {
        return cannot_map(call, "it names two qualifiers");
    }
    return arn_of(*function, given.empty() ? function->qualifier : std::string_view(given), call);
}

Result<std::string> lambda_named_function_arn(std::string_view name, const MappingCall& call) {
    const auto function = read_function(name, call);
    if (!function) return std::unexpected(function.error());
    return arn_of(*function, function->qualifier, call);
}

/// An event source mapping that exists has a function that its UUID does not tell.
Result<void> lambda_function_key(const MappingCall& call, MappedDemand& demand) {
    const auto name = call.parameters.first("FunctionName");
    if (!name || call.parameters.has("UUID")) {
        demand.untold_keys.emplace_back("lambda:FunctionArn");
        return {};
    }
    auto arn = lambda_named_function_arn(*name, call);
    if (!arn) return std::unexpected(std::move(arn.error()));
    demand.keys.push_back({"lambda:FunctionArn", {std::move(*arn)}, false});
    return {};
}

/// What is removed was given to a principal that the request does not tell.
Result<void> lambda_principal_key(const MappingCall& call, MappedDemand& demand) {
    if (auto principal = call.parameters.first("Principal")) {
        demand.keys.push_back({"lambda:Principal", {std::move(*principal)}, false});
    } else {
        demand.untold_keys.emplace_back("lambda:Principal");
    }
    return {};
}

Result<void> lambda_url_auth_key(const MappingCall& call, MappedDemand& demand) {
    for (const char* path : {"AuthType", "FunctionUrlAuthType"})
        if (auto type = call.parameters.first(path)) {
            demand.keys.push_back({"lambda:FunctionUrlAuthType", {std::move(*type)}, false});
            return {};
        }
    const bool exists =
        call.operation.name.ends_with("FunctionUrlConfig") || call.operation.name == "RemovePermission";
    if (exists) demand.untold_keys.emplace_back("lambda:FunctionUrlAuthType");
    return {};
}

/// Subnets belong to a VPC that they do not name.
Result<void> lambda_vpc_key(const MappingCall& call, MappedDemand& demand) {
    if (call.parameters.first("VpcConfig.SubnetIds[]")) demand.untold_keys.emplace_back("lambda:VpcIds");
    return {};
}

}  // namespace writ::gateway::internal
