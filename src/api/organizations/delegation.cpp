#include "directory/organizations/delegation.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {

Result<Output> enable_aws_service_access(Edit& account, const Call& call) {
    return done(org::enable_service_access(account, call.input.text("ServicePrincipal")));
}

Result<Output> disable_aws_service_access(Edit& account, const Call& call) {
    return done(org::disable_service_access(account, call.input.text("ServicePrincipal")));
}

Result<Output> list_aws_service_access_for_organization(const View& account, const Call& call) {
    return answer_page(org::list_service_access(account, page_of(call.input)), "EnabledServicePrincipals",
                       trusted_service_shape);
}

Result<Output> register_delegated_administrator(Edit& account, const Call& call) {
    return done(org::register_administrator(account, call.input.text("AccountId"),
                                            call.input.text("ServicePrincipal")));
}

Result<Output> deregister_delegated_administrator(Edit& account, const Call& call) {
    return done(org::deregister_administrator(account, call.input.text("AccountId"),
                                              call.input.text("ServicePrincipal")));
}

Result<Output> list_delegated_administrators(const View& account, const Call& call) {
    return answer_page(
        org::list_administrators(account, call.input.text("ServicePrincipal"), page_of(call.input)),
        "DelegatedAdministrators", administrator_shape);
}

Result<Output> list_delegated_services_for_account(const View& account, const Call& call) {
    return answer_page(org::list_services_of(account, call.input.text("AccountId"), page_of(call.input)),
                       "DelegatedServices", delegated_service_shape);
}

Result<Output> put_resource_policy(Edit& account, const Call& call) {
    return answer(org::put_resource_policy(account, call.input.text("Content"), tags_of(call.input)),
                  "ResourcePolicy", resource_policy_shape);
}

Result<Output> describe_resource_policy(const View& account, const Call&) {
    return answer(org::get_resource_policy(account), "ResourcePolicy", resource_policy_shape);
}

Result<Output> delete_resource_policy(Edit& account, const Call&) {
    return done(org::delete_resource_policy(account));
}

}  // namespace writ::api::organizations
