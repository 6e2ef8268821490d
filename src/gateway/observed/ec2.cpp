#include <fmt/format.h>

#include "gateway/observed/observed_rows.h"

/// Amazon EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/
///
/// Ids are never used again, so nothing is forgotten when a resource goes.
namespace writ::gateway {
namespace {

/// What an operation makes, and where its answer tells the ids.
struct MadeRow {
    std::string_view operation, kind, ids;
    bool of_account = true;  ///< ARNs of images and snapshots have no account.
};
constexpr auto made_rows = std::to_array<MadeRow>({
    {"AllocateAddress", "elastic-ip", "allocationId"},
    {"CreateImage", "image", "imageId", false},
    {"CreateInternetGateway", "internet-gateway", "internetGateway.internetGatewayId"},
    {"CreateLaunchTemplate", "launch-template", "launchTemplate.launchTemplateId"},
    {"CreateNatGateway", "natgateway", "natGateway.natGatewayId"},
    {"CreateNetworkAcl", "network-acl", "networkAcl.networkAclId"},
    {"CreateNetworkInterface", "network-interface", "networkInterface.networkInterfaceId"},
    {"CreateRouteTable", "route-table", "routeTable.routeTableId"},
    {"CreateSecurityGroup", "security-group", "groupId"},
    {"CreateSnapshot", "snapshot", "snapshotId", false},
    {"CreateSubnet", "subnet", "subnet.subnetId"},
    {"CreateVolume", "volume", "volumeId"},
    {"CreateVpc", "vpc", "vpc.vpcId"},
    {"CreateVpcEndpoint", "vpc-endpoint", "vpcEndpoint.vpcEndpointId"},
    {"RunInstances", "instance", "instancesSet.item.instanceId"},
    {"RunInstances", "volume", "instancesSet.item.blockDeviceMapping.item.ebs.volumeId"},
    {"RunInstances", "network-interface", "instancesSet.item.networkInterfaceSet.item.networkInterfaceId"},
});

internal::RequestTags tags_at(const ObservedRequest& request, std::string path) {
    internal::TagPlaces places;
    places.entries.push_back({std::move(path), "Key", "Value"});
    return internal::read_tags(places, request.parameters);
}

TagPairs tags_for(const ObservedRequest& request, std::string_view kind) {
    const std::size_t count = internal::element_count(request.parameters, "TagSpecifications");
    for (std::size_t i = 0; i < count; ++i) {
        if (request.parameters.first(fmt::format("TagSpecifications[{}].ResourceType", i)) != kind) continue;
        return tags_at(request, fmt::format("TagSpecifications[{}].Tags", i)).tags;
    }
    return {};
}

bool gives_tags(const ObservedRequest& request) {
    return request.parameters.has("TagSpecifications[]");
}

void tag_what_was_made(const ObservedRequest& request, const Answer& answer, ResourceChanges& changes) {
    for (const MadeRow& row : made_rows) {
        if (row.operation != request.operation->name) continue;
        const TagPairs tags = tags_for(request, row.kind);
        if (tags.empty()) continue;
        for (const Answer* id : answer.at(row.ids)) {
            const std::string_view account = row.of_account ? std::string_view(request.account) : "";
            add_change(request, changes,
                       SetTags{fmt::format("arn:{}:ec2:{}:{}:{}/{}", request.partition, request.region,
                                           account, row.kind, id->text()),
                               tags});
        }
    }
}

Result<void> create_tags(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    const auto tags = tags_at(request, std::string(path)).tags;
    for (const auto& resource : request.resources) {
        add_change(request, changes, SetTags{resource.arn, tags});
    }
    return {};
}

/// A tag that is named with a value goes only where it has that value; without tags all go.
Result<void> delete_tags(const ObservedRequest& request, std::string_view path, ResourceChanges& changes) {
    RemoveTags removed;
    const std::size_t count = internal::element_count(request.parameters, path);
    for (std::size_t i = 0; i < count; ++i) {
        auto key = request.parameters.first(fmt::format("{}[{}].Key", path, i));
        auto value = request.parameters.first(fmt::format("{}[{}].Value", path, i));
        if (key && value) removed.exact.emplace_back(std::move(*key), std::move(*value));
        if (key && !value) removed.keys.push_back(std::move(*key));
    }
    for (const auto& [arn, account] : request.resources) {
        removed.arn = arn;
        if (count == 0) {
            add_change(request, changes, SetTags{arn, {}, true});
        } else {
            add_change(request, changes, removed);
        }
    }
    return {};
}

constexpr auto rows = std::to_array<ObservedRow>({
    {"AllocateAddress", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateImage", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateInternetGateway", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateLaunchTemplate", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateNatGateway", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateNetworkAcl", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateNetworkInterface", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateRouteTable", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateSecurityGroup", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateSnapshot", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateSubnet", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateTags", create_tags, "Tags"},
    {"CreateVolume", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateVpc", nullptr, {}, tag_what_was_made, gives_tags},
    {"CreateVpcEndpoint", nullptr, {}, tag_what_was_made, gives_tags},
    {"DeleteTags", delete_tags, "Tags"},
    {"RunInstances", nullptr, {}, tag_what_was_made, gives_tags},
});

}  // namespace

constinit const ObservedService observed_ec2{"ec2", rows};

}  // namespace writ::gateway
