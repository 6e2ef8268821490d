#include <array>

#include "gateway/services/ec2_tags.h"
#include "gateway/services/services.h"

/// Amazon EC2's most used operations; its other ones follow the general rule. Source: the actions of the
/// Service Authorization Reference. What an operation makes has no id yet: its resource is "TYPE/*".
namespace writ::gateway::internal {
namespace {

constexpr std::string_view address = "arn:{partition}:ec2:{region}:{account}:elastic-ip/{AllocationId}";
constexpr std::string_view acl = "arn:{partition}:ec2:{region}:{account}:network-acl/{NetworkAclId}";
constexpr std::string_view gateway =
    "arn:{partition}:ec2:{region}:{account}:internet-gateway/{InternetGatewayId}";
constexpr std::string_view group = "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId}";
constexpr std::string_view image = "arn:{partition}:ec2:{region}::image/{ImageId}";
constexpr std::string_view instance =
    "arn:{partition}:ec2:{region}:{account}:instance/{InstanceId,InstanceIds[]}";
constexpr std::string_view interface =
    "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}";
constexpr std::string_view key_pair = "arn:{partition}:ec2:{region}:{account}:key-pair/{KeyName}";
constexpr std::string_view nat = "arn:{partition}:ec2:{region}:{account}:natgateway/{NatGatewayId}";
constexpr std::string_view route_table = "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}";
constexpr std::string_view snapshot = "arn:{partition}:ec2:{region}::snapshot/{SnapshotId}";
constexpr std::string_view subnet = "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}";
constexpr std::string_view volume = "arn:{partition}:ec2:{region}:{account}:volume/{VolumeId}";
constexpr std::string_view vpc = "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}";

constexpr std::string_view new_acl = "arn:{partition}:ec2:{region}:{account}:network-acl/*";
constexpr std::string_view new_address = "arn:{partition}:ec2:{region}:{account}:elastic-ip/*";
constexpr std::string_view new_gateway = "arn:{partition}:ec2:{region}:{account}:internet-gateway/*";
constexpr std::string_view new_group = "arn:{partition}:ec2:{region}:{account}:security-group/*";
constexpr std::string_view new_image = "arn:{partition}:ec2:{region}::image/*";
constexpr std::string_view new_instance = "arn:{partition}:ec2:{region}:{account}:instance/*";
constexpr std::string_view new_interface = "arn:{partition}:ec2:{region}:{account}:network-interface/*";
constexpr std::string_view new_nat = "arn:{partition}:ec2:{region}:{account}:natgateway/*";
constexpr std::string_view new_route_table = "arn:{partition}:ec2:{region}:{account}:route-table/*";
constexpr std::string_view new_snapshot = "arn:{partition}:ec2:{region}::snapshot/*";
constexpr std::string_view new_subnet = "arn:{partition}:ec2:{region}:{account}:subnet/*";
constexpr std::string_view new_volume = "arn:{partition}:ec2:{region}:{account}:volume/*";
constexpr std::string_view new_vpc = "arn:{partition}:ec2:{region}:{account}:vpc/*";
constexpr std::string_view new_endpoint = "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/*";

constexpr std::string_view new_host = "arn:{partition}:ec2:{region}:{account}:dedicated-host/*";
constexpr std::string_view new_flow_log = "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/*";
constexpr std::string_view new_prefix_list = "arn:{partition}:ec2:{region}:{account}:prefix-list/*";
constexpr std::string_view new_attachment =
    "arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/*";
constexpr std::string_view new_service = "arn:{partition}:ec2:{region}:{account}:vpc-endpoint-service/*";
constexpr std::string_view transit_gateway =
    "arn:{partition}:ec2:{region}:{account}:transit-gateway/{TransitGatewayId}";
constexpr std::string_view vpn_gateway = "arn:{partition}:ec2:{region}:{account}:vpn-gateway/{GatewayId}";

constexpr auto demands = std::to_array<DemandRow>({
    {"AllocateAddress", "ec2:AllocateAddress", new_address},
    {"AllocateHosts", "ec2:AllocateHosts", new_host},
    {"AssociateAddress", "ec2:AssociateAddress", address},
    {"AssociateAddress", "ec2:AssociateAddress", instance, "InstanceId"},
    {"AssociateAddress", "ec2:AssociateAddress", interface, "NetworkInterfaceId"},
    {"AssociateIamInstanceProfile", "ec2:AssociateIamInstanceProfile", instance},
    {"AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupEgress", group},
    {"AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", group},
    {"CopyImage", "ec2:CopyImage", new_image},
    {"CopyImage", "ec2:CopyImage", new_snapshot},
    {"CopySnapshot", "ec2:CopySnapshot", new_snapshot},
    {"CreateFlowLogs", "ec2:CreateFlowLogs", new_flow_log},
    {"CreateFlowLogs", "ec2:CreateFlowLogs", "{ResourceIds[]|id}"},
    {"CreateFlowLogs", "iam:PassRole", "arn:{partition}:iam::{account}:role/{DeliverLogsPermissionArn|arn}",
     "DeliverLogsPermissionArn", "iam:PassedToService=vpc-flow-logs.amazonaws.com"},
    {"CreateFlowLogs", "iam:PassRole", "arn:{partition}:iam::{account}:role/{DeliverCrossAccountRole|arn}",
     "DeliverCrossAccountRole", "iam:PassedToService=vpc-flow-logs.amazonaws.com"},
    {"CreateImage", "ec2:CreateImage", new_image},
    {"CreateImage", "ec2:CreateImage", instance},
    {"CreateImage", "ec2:CreateImage", new_snapshot},
    {"CreateInternetGateway", "ec2:CreateInternetGateway", new_gateway},
    {"CreateKeyPair", "ec2:CreateKeyPair", key_pair},
    {"CreateManagedPrefixList", "ec2:CreateManagedPrefixList", new_prefix_list},
    {"CreateNatGateway", "ec2:CreateNatGateway", new_nat},
    {"CreateNatGateway", "ec2:CreateNatGateway", subnet, "SubnetId"},
    {"CreateNatGateway", "ec2:CreateNatGateway", address, "AllocationId"},
    {"CreateNatGateway", "ec2:CreateNatGateway", vpc, "VpcId"},
    {"CreateNetworkAcl", "ec2:CreateNetworkAcl", new_acl},
    {"CreateNetworkAcl", "ec2:CreateNetworkAcl", vpc},
    {"CreateNetworkInterface", "ec2:CreateNetworkInterface", new_interface},
    {"CreateNetworkInterface", "ec2:CreateNetworkInterface", subnet},
    {"CreateNetworkInterface", "ec2:CreateNetworkInterface",
     "arn:{partition}:ec2:{region}:{account}:security-group/{Groups[]}", "Groups[]"},
    {"CreateRouteTable", "ec2:CreateRouteTable", new_route_table},
    {"CreateRouteTable", "ec2:CreateRouteTable", vpc},
    {"CreateSecurityGroup", "ec2:CreateSecurityGroup", new_group},
    {"CreateSecurityGroup", "ec2:CreateSecurityGroup", vpc, "VpcId"},
    {"CreateSnapshot", "ec2:CreateSnapshot", new_snapshot},
    {"CreateSnapshot", "ec2:CreateSnapshot", volume},
    {"CreateSubnet", "ec2:CreateSubnet", new_subnet},
    {"CreateSubnet", "ec2:CreateSubnet", vpc},
    {"CreateTransitGatewayVpcAttachment", "ec2:CreateTransitGatewayVpcAttachment", new_attachment},
    {"CreateTransitGatewayVpcAttachment", "ec2:CreateTransitGatewayVpcAttachment", transit_gateway},
    {"CreateTransitGatewayVpcAttachment", "ec2:CreateTransitGatewayVpcAttachment", vpc},
    {"CreateTransitGatewayVpcAttachment", "ec2:CreateTransitGatewayVpcAttachment",
     "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetIds[]}"},
    {"CreateVolume", "ec2:CreateVolume", new_volume},
    {"CreateVolume", "ec2:CreateVolume", snapshot, "SnapshotId"},
    {"CreateVpc", "ec2:CreateVpc", new_vpc},
    {"CreateVpcEndpoint", "ec2:CreateVpcEndpoint", new_endpoint},
    {"CreateVpcEndpoint", "ec2:CreateVpcEndpoint", vpc},
    {"CreateVpcEndpoint", "ec2:CreateVpcEndpoint",
     "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableIds[]}", "RouteTableIds[]"},
    {"CreateVpcEndpoint", "ec2:CreateVpcEndpoint",
     "arn:{partition}:ec2:{region}:{account}:security-group/{SecurityGroupIds[]}", "SecurityGroupIds[]"},
    {"CreateVpcEndpoint", "ec2:CreateVpcEndpoint",
     "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetIds[]}", "SubnetIds[]"},
    {"CreateVpcEndpointServiceConfiguration", "ec2:CreateVpcEndpointServiceConfiguration", new_service},
    {"DeleteKeyPair", "ec2:DeleteKeyPair", key_pair},
    {"DeleteSecurityGroup", "ec2:DeleteSecurityGroup", group},
    {"DetachVolume", "ec2:DetachVolume", volume},
    {"DetachVolume", "ec2:DetachVolume", instance, "InstanceId"},
    {"DisableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", route_table},
    {"DisableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", vpn_gateway},
    {"EnableVgwRoutePropagation", "ec2:EnableVgwRoutePropagation", route_table},
    {"EnableVgwRoutePropagation", "ec2:EnableVgwRoutePropagation", vpn_gateway},
    {"ImportKeyPair", "ec2:ImportKeyPair", key_pair},
    {"ModifyInstanceCreditSpecification", "ec2:ModifyInstanceCreditSpecification",
     "arn:{partition}:ec2:{region}:{account}:instance/{InstanceCreditSpecifications[].InstanceId}"},
    {"ModifySecurityGroupRules", "ec2:ModifySecurityGroupRules", group},
    {"ModifySecurityGroupRules", "ec2:ModifySecurityGroupRules",
     "arn:{partition}:ec2:{region}:{account}:security-group-rule/{SecurityGroupRules[].SecurityGroupRuleId}"},
    {"ReleaseAddress", "ec2:ReleaseAddress", address},
    {"ReportInstanceStatus", "ec2:ReportInstanceStatus",
     "arn:{partition}:ec2:{region}:{account}:instance/{Instances[]}"},
    {"RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupEgress", group},
    {"RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", group},
    {"RunInstances", "ec2:RunInstances", new_instance},
    {"RunInstances", "ec2:RunInstances", image},
    {"RunInstances", "ec2:RunInstances", new_volume},
    {"RunInstances", "ec2:RunInstances", new_interface, "!NetworkInterfaces[].NetworkInterfaceId"},
    {"RunInstances", "ec2:RunInstances",
     "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaces[].NetworkInterfaceId}",
     "NetworkInterfaces[].NetworkInterfaceId"},
    {"RunInstances", "ec2:RunInstances",
     "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId,NetworkInterfaces[].SubnetId}",
     "SubnetId|NetworkInterfaces[].SubnetId"},
    {"RunInstances", "ec2:RunInstances", new_subnet, "!SubnetId|NetworkInterfaces[].SubnetId"},
    {"RunInstances", "ec2:RunInstances",
     "arn:{partition}:ec2:{region}:{account}:security-group/"
     "{SecurityGroupIds[],NetworkInterfaces[].Groups[]}",
     "SecurityGroupIds[]|NetworkInterfaces[].Groups[]"},
    {"RunInstances", "ec2:RunInstances", new_group, "!SecurityGroupIds[]|NetworkInterfaces[].Groups[]"},
    {"RunInstances", "ec2:RunInstances", new_group, "SecurityGroups[]"},
    {"RunInstances", "ec2:RunInstances", key_pair, "KeyName"},
    {"RunInstances", "ec2:RunInstances",
     "arn:{partition}:ec2:{region}:{account}:placement-group/{Placement.GroupName}", "Placement.GroupName"},
    {"RunInstances", "ec2:RunInstances",
     "arn:{partition}:ec2:{region}::snapshot/{BlockDeviceMappings[].Ebs.SnapshotId}",
     "BlockDeviceMappings[].Ebs.SnapshotId"},
    {"RunInstances", "ec2:RunInstances", "arn:{partition}:ec2:{region}:{account}:spot-instances-request/*",
     "InstanceMarketOptions"},
});

constexpr std::string_view tags_told =
    "for each entry of `TagSpecifications` `ec2:CreateTags` on what is made, with `ec2:CreateAction`";
constexpr std::string_view names_told =
    "refused with two names of one resource, such as `GroupId` and `GroupName`";
constexpr RuleRow tags_on_creation{"", ec2_tags_on_creation, tags_told};
constexpr auto rules = std::to_array<RuleRow>({
    {"AssociateAddress", ec2_one_name, names_told},
    {"AssociateIamInstanceProfile", ec2_passed_profile, "`iam:PassRole` on the role of the instance profile"},
    {"CreateTags", ec2_tags, "`ec2:CreateTags` on each resource, whose kind its id tells"},
    {"DeleteKeyPair", ec2_one_name, names_told},
    {"DeleteSecurityGroup", ec2_one_name, names_told},
    {"DeleteTags", ec2_tags, "`ec2:DeleteTags` on each resource, whose kind its id tells"},
    {"ReleaseAddress", ec2_one_name, names_told},
    {"RevokeSecurityGroupEgress", ec2_one_name, names_told},
    {"RevokeSecurityGroupIngress", ec2_one_name, names_told},
    {"RunInstances", ec2_run_instances,
     "`iam:PassRole` on the role of the instance profile; for each entry of `TagSpecifications` "
     "`ec2:CreateTags` on "
     "what is made, with `ec2:CreateAction`; refused with a launch template"},
});

constexpr auto types = std::to_array<TypeRow>({
    {"coip-pool", "arn:{partition}:ec2:{region}:{account}:coip-pool/{CoipPoolId,PoolId}"},
    {"declarative-policies-report",
     "arn:{partition}:ec2:{region}:{account}:declarative-policies-report/{ReportId}"},
    {"dedicated-host", "arn:{partition}:ec2:{region}:{account}:dedicated-host/{HostIds[]}"},
    {"elastic-ip", address},
    {"image", image},
    {"image-usage-report", "arn:{partition}:ec2:{region}:{account}:image-usage-report/{ReportId}"},
    {"instance", instance},
    {"internet-gateway", gateway},
    {"ipv4pool-ec2", "arn:{partition}:ec2:{region}:{account}:ipv4pool-ec2/{PoolId}"},
    {"ipv6pool-ec2", "arn:{partition}:ec2:{region}:{account}:ipv6pool-ec2/{PoolId}"},
    {"key-pair", key_pair},
    {"natgateway", nat},
    {"network-acl", acl},
    {"network-interface", interface},
    {"placement-group", "arn:{partition}:ec2:{region}:{account}:placement-group/{GroupName}"},
    {"reserved-instances",
     "arn:{partition}:ec2:{region}:{account}:reserved-instances/{ReservedInstancesIds[]}"},
    {"route-table", route_table},
    {"security-group", group},
    {"snapshot", snapshot},
    {"snapshot", "arn:{partition}:ec2:{region}::snapshot/{SourceSnapshotIds[]}"},
    {"subnet", subnet},
    {"volume", volume},
    {"vpc", vpc},
    {"vpc-block-public-access-exclusion",
     "arn:{partition}:ec2:{region}:{account}:vpc-block-public-access-exclusion/{ExclusionId}"},
    {"vpc-endpoint-service",
     "arn:{partition}:ec2:{region}:{account}:vpc-endpoint-service/{ServiceId,ServiceIds[]}"},
    {"vpc-flow-log", "arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{FlowLogId,FlowLogIds[]}"},
});

constexpr auto keys = std::to_array<KeyRow>({
    {"ec2:AvailabilityZone", "AvailabilityZone,Placement.AvailabilityZone"},
    {"ec2:ImageID", "ImageId"},
    {"ec2:InstanceMarketType", "InstanceMarketOptions.MarketType"},
    {"ec2:KeyPairName", "KeyName"},
    {"ec2:MetadataHttpEndpoint", "MetadataOptions.HttpEndpoint"},
    {"ec2:MetadataHttpPutResponseHopLimit", "MetadataOptions.HttpPutResponseHopLimit"},
    {"ec2:MetadataHttpTokens", "MetadataOptions.HttpTokens"},
    {"ec2:Tenancy", "Placement.Tenancy,InstanceTenancy"},
    {"ec2:VolumeIops", "Iops"},
    {"ec2:VolumeSize", "Size"},
    {"ec2:VolumeThroughput", "Throughput"},
});

constexpr auto readers = std::to_array<ValueReader>({{"id", ec2_arn_of_id}});

}  // namespace

const ServiceRows ec2_rows{.service = "ec2",
                           .prefix = "ec2",
                           .demands = demands,
                           .rules = rules,
                           .types = types,
                           .keys = keys,
                           .readers = readers,
                           .further_parameter = "TagSpecifications",
                           .further = &tags_on_creation};

}  // namespace writ::gateway::internal
