#include "api/iam/simulator/scenarios.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/arn.h"

namespace writ::api::iam::simulator {
namespace {

struct Scenario {
    std::string_view name;
    std::array<std::string_view, 6> resource_types;  ///< As ARNs spell them; unused ones are empty.
};

constexpr std::array<Scenario, 4> scenarios{{
    {"EC2-VPC-InstanceStore", {"instance", "image", "security-group", "network-interface"}},
    {"EC2-VPC-InstanceStore-Subnet", {"instance", "image", "security-group", "network-interface", "subnet"}},
    {"EC2-VPC-EBS", {"instance", "image", "security-group", "network-interface", "volume"}},
    {"EC2-VPC-EBS-Subnet", {"instance", "image", "security-group", "network-interface", "subnet", "volume"}},
}};

bool is_resource_of(const std::string& resource, std::string_view type) {
    const auto arn = parse_arn(resource);
    return arn && arn->service == "ec2" && arn->resource.substr(0, arn->resource.find('/')) == type;
}

}  // namespace

Result<void> check_scenario(const Input& input, const std::vector<std::string>& resources) {
    const auto option = input.maybe_text("ResourceHandlingOption");
    if (!option) return {};
    const auto* scenario = std::ranges::find(scenarios, *option, &Scenario::name);
    if (scenario == scenarios.end()) {
        return fail("InvalidInput", 400, "Unknown ResourceHandlingOption: " + std::string(*option));
    }
    for (const std::string_view type : scenario->resource_types) {
        const bool given = type.empty() || std::ranges::any_of(resources, [&](const std::string& resource) {
                               return is_resource_of(resource, type);
                           });
        if (given) continue;
        return fail("InvalidInput", 400,
                    "ResourceHandlingOption " + std::string(*option) + " requires a resource of type " +
                        std::string(type) + ".");
    }
    return {};
}

}  // namespace writ::api::iam::simulator
