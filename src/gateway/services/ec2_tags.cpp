#include "gateway/services/ec2_tags.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/internal/mapping/request_tags.h"
#include "gateway/internal/mapping/resource_template.h"

namespace writ::gateway::internal {
namespace {

struct IdKind {
    std::string_view begin, kind;
    bool of_account = true;  ///< ARNs of images and snapshots have no account.
};

constexpr auto id_kinds = std::to_array<IdKind>({
    {"acl-", "network-acl"},
    {"ami-", "image", false},
    {"cgw-", "customer-gateway"},
    {"dopt-", "dhcp-options"},
    {"eigw-", "egress-only-internet-gateway"},
    {"eipalloc-", "elastic-ip"},
    {"eni-", "network-interface"},
    {"fl-", "vpc-flow-log"},
    {"i-", "instance"},
    {"igw-", "internet-gateway"},
    {"lt-", "launch-template"},
    {"nat-", "natgateway"},
    {"pcx-", "vpc-peering-connection"},
    {"pl-", "prefix-list"},
    {"rtb-", "route-table"},
    {"sg-", "security-group"},
    {"sgr-", "security-group-rule"},
    {"sir-", "spot-instances-request"},
    {"snap-", "snapshot", false},
    {"subnet-", "subnet"},
    {"tgw-", "transit-gateway"},
    {"tgw-attach-", "transit-gateway-attachment"},
    {"tgw-rtb-", "transit-gateway-route-table"},
    {"vgw-", "vpn-gateway"},
    {"vol-", "volume"},
    {"vpc-", "vpc"},
    {"vpce-", "vpc-endpoint"},
    {"vpce-svc-", "vpc-endpoint-service"},
    {"vpn-", "vpn-connection"},
});

std::string arn_of_kind(const MappingCall& call, std::string_view kind, std::string_view id) {
    const auto row = std::ranges::find(id_kinds, kind, &IdKind::kind);
    MappingPlace place = call.place;
    if (row != id_kinds.end() && !row->of_account) place.account = {};
    return arn_in(place, "ec2", fmt::format("{}/{}", kind, id));
}

/// By the longest beginning: "tgw-attach-1" is no transit gateway.
Result<std::string> arn_of_id(const MappingCall& call, std::string_view id) {
    const IdKind* found = nullptr;
    for (const IdKind& row : id_kinds)
        if (id.starts_with(row.begin) && (found == nullptr || row.begin.size() > found->begin.size()))
            found = &row;
    if (found == nullptr) return cannot_map(call, fmt::format("it is not known what {} is", id));
    return arn_of_kind(call, found->kind, id);
}

void add_tag_keys(MappedDemand& demand, const RequestTags& tags) {
    for (const auto& [key, value] : tags.tags)
        demand.keys.push_back({"aws:RequestTag/" + key, {value}, false});
    if (!tags.keys.empty()) demand.keys.push_back({"aws:TagKeys", tags.keys, true});
}

RequestTags tags_at(const MappingCall& call, std::string path) {
    TagPlaces places;
    places.entries.push_back({std::move(path), "Key", "Value"});
    return read_tags(places, call.parameters);
}

}  // namespace

Result<void> ec2_one_name(const MappingCall& call, Demands&) {
    struct Pair {
        std::string_view id, other;
    };
    static constexpr auto pairs = std::to_array<Pair>(
        {{"GroupId", "GroupName"}, {"AllocationId", "PublicIp"}, {"KeyName", "KeyPairId"}});
    for (const auto& [id, other] : pairs) {
        if (!call.parameters.has(id) || !call.parameters.has(other)) continue;
        return cannot_map(call, fmt::format("{} and {} may name two resources", id, other));
    }
    return {};
}

Result<std::string> ec2_arn_of_id(std::string_view id, const MappingCall& call) {
    return arn_of_id(call, id);
}

Result<void> ec2_tags_on_creation(const MappingCall& call, Demands& demands) {
    if (auto named = ec2_one_name(call, demands); !named) return named;
    const auto count = count_elements(call, "TagSpecifications");
    if (!count) return std::unexpected(count.error());
    for (std::size_t i = 0; i < *count; ++i) {
        const auto kind = call.parameters.first(fmt::format("TagSpecifications[{}].ResourceType", i));
        if (!kind) return cannot_map(call, "it does not tell what its tags are for");
        const auto tags = tags_at(call, fmt::format("TagSpecifications[{}].Tags", i));
        if (tags.keys.size() > request_keys_max) return cannot_map(call, "it has too many tags");
        const std::string made = arn_of_kind(call, *kind, "*");
        for (MappedDemand& demand : demands)
            if (demand.resource == made && demand.action != "ec2:CreateTags") add_tag_keys(demand, tags);
        MappedDemand tagging{.action = "ec2:CreateTags", .resource = made};
        tagging.keys.push_back({"ec2:CreateAction", {std::string(call.operation.name)}, false});
        add_tag_keys(tagging, tags);
        demands.push_back(std::move(tagging));
    }
    return {};
}

Result<void> ec2_tags(const MappingCall& call, Demands& demands) {
    const auto tags = tags_at(call, "Tags");
    if (tags.keys.size() > request_keys_max) return cannot_map(call, "it has too many tags");
    const bool sets = call.operation.name == "CreateTags";
    if (auto count = count_elements(call, "Resources"); !count) return std::unexpected(count.error());
    for (const std::string& id : call.parameters.all("Resources[]")) {
        auto arn = arn_of_id(call, id);
        if (!arn) return std::unexpected(std::move(arn.error()));
        MappedDemand demand{.action = sets ? "ec2:CreateTags" : "ec2:DeleteTags",
                            .resource = std::move(*arn)};
        if (sets) {
            add_tag_keys(demand, tags);
        } else if (!tags.keys.empty()) {
            demand.keys.push_back({"aws:TagKeys", tags.keys, true});
        }
        demands.push_back(std::move(demand));
    }
    return {};
}

Result<void> ec2_passed_profile(const MappingCall& call, Demands& demands) {
    if (!call.parameters.has("IamInstanceProfile")) return {};
    std::string arn = call.parameters.first("IamInstanceProfile.Arn").value_or("");
    const auto name = call.parameters.first("IamInstanceProfile.Name");
    if (arn.empty() && name) {
        arn = fmt::format("arn:{}:iam::{}:instance-profile/{}", call.place.partition, call.place.account,
                          *name);
    } else if (name) {
        return cannot_map(call, "it names an instance profile twice");
    }
    auto role = call.place.facts != nullptr ? call.place.facts->role_of_instance_profile(arn) : std::nullopt;
    if (!role) return cannot_map(call, fmt::format("the role of {} is not known here", arn));
    demands.push_back({.action = "iam:PassRole",
                       .resource = std::move(*role),
                       .keys = {{"iam:PassedToService", {"ec2.amazonaws.com"}, false}}});
    return {};
}

Result<void> ec2_run_instances(const MappingCall& call, Demands& demands) {
    if (call.parameters.has("LaunchTemplate")) {
        return cannot_map(call, "what its launch template holds is not known here");
    }
    if (auto passed = ec2_passed_profile(call, demands); !passed) return passed;
    return ec2_tags_on_creation(call, demands);
}

}  // namespace writ::gateway::internal
