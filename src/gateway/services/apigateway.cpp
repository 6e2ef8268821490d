#include <array>

#include "gateway/services/apigateway_paths.h"
#include "gateway/services/services.h"

/// Amazon API Gateway, REST APIs and those of version 2. Source: "API operations defined by Amazon API
/// Gateway Management" and "… Management V2" in the Service Authorization Reference. Nearly all operations
/// authorize the method of the request on its path.
namespace writ::gateway::internal {
namespace {

constexpr std::string_view told =
    "`apigateway:` and the method, on the path of the request; `iam:PassRole` on the role among its "
    "credentials; "
    "with tags `apigateway:PUT` on the tags of what is made";
constexpr std::string_view told_domain =
    "`apigateway:` and the method, on the path of the request; with certificates for mutual TLS "
    "`apigateway:AddCertificateToDomain` and `apigateway:RemoveCertificateFromDomain`; with policies "
    "`apigateway:UpdateDomainNamePolicy` and `apigateway:UpdateDomainNameManagementPolicy`; with tags "
    "`apigateway:PUT` on the tags of what is made";
constexpr std::string_view told_policy =
    "`apigateway:` and the method, on the path of the request; with a policy "
    "`apigateway:UpdateRestApiPolicy`; "
    "with tags `apigateway:PUT` on the tags of what is made";
constexpr std::string_view told_import = "denied: which roles its definition passes is not known here";

constexpr RuleRow by_path{"", apigateway_by_path, told};

constexpr auto rest_demands = std::to_array<DemandRow>({
    {"RejectDomainNameAccessAssociation", "apigateway:RejectAccessAssociation", "{domainNameArn|arn}"},
});
constexpr auto rest_rules = std::to_array<RuleRow>({
    {"CreateDomainName", apigateway_domain, told_domain},
    {"CreateDomainNameAccessAssociation", apigateway_access_association,
     "`apigateway:POST` on the path of the request and `apigateway:CreateAccessAssociation` on "
     "`domainNameArn`"},
    {"CreateRestApi", apigateway_rest_api, told_policy},
    {"DeleteDomainName", apigateway_domain, told_domain},
    {"ImportRestApi", apigateway_import, told_import},
    {"PutRestApi", apigateway_import, told_import},
    {"UpdateDomainName", apigateway_domain, told_domain},
    {"UpdateRestApi", apigateway_rest_api, told_policy},
});

constexpr std::string_view portal = "arn:{partition}:apigateway:{region}:{account}:/portals/*";
constexpr std::string_view portal_product = "arn:{partition}:apigateway:{region}:{account}:/portalproducts/*";
constexpr std::string_view routing_rule =
    "arn:{partition}:apigateway:{region}:{account}:/domainnames/{DomainName}/routingrules/{RoutingRuleId}";
constexpr std::string_view routing_rules =
    "arn:{partition}:apigateway:{region}:{account}:/domainnames/{DomainName}/routingrules/*";

constexpr auto demands = std::to_array<DemandRow>({
    {"CreatePortal", "apigateway:CreatePortal", portal},
    {"CreatePortal", "apigateway:GetPortalProduct", "{IncludedPortalProductArns[]|arn}",
     "IncludedPortalProductArns[]"},
    {"CreatePortalProduct", "apigateway:CreatePortalProduct", portal_product},
    {"CreateRoutingRule", "apigateway:CreateRoutingRule", routing_rules},
    {"ListPortalProducts", "apigateway:ListPortalProducts", portal_product},
    {"ListPortals", "apigateway:ListPortals", portal},
    {"ListRoutingRules", "apigateway:ListRoutingRules", routing_rules},
    {"PutRoutingRule", "apigateway:UpdateRoutingRule", routing_rule},
    {"UpdatePortal", "apigateway:UpdatePortal",
     "arn:{partition}:apigateway:{region}:{account}:/portals/{PortalId}"},
    {"UpdatePortal", "apigateway:GetPortalProduct", "{IncludedPortalProductArns[]|arn}",
     "IncludedPortalProductArns[]"},
});
constexpr auto rules = std::to_array<RuleRow>({
    {"CreateDomainName", apigateway_domain, told_domain},
    {"DeleteDomainName", apigateway_domain, told_domain},
    {"ImportApi", apigateway_import, told_import},
    {"ReimportApi", apigateway_import, told_import},
    {"UpdateDomainName", apigateway_domain, told_domain},
});

}  // namespace

const ServiceRows apigateway_rows{.service = "apigateway",
                                  .prefix = "apigateway",
                                  .demands = rest_demands,
                                  .rules = rest_rules,
                                  .otherwise = &by_path};
const ServiceRows apigateway_v2_rows{.service = "apigatewayv2",
                                     .prefix = "apigateway",
                                     .demands = demands,
                                     .rules = rules,
                                     .otherwise = &by_path};

}  // namespace writ::gateway::internal
