#include "directory/organizations/organization.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {

Result<Output> create_organization(Edit& account, const Call& call) {
    const bool billing_only = call.input.text("FeatureSet") == "CONSOLIDATED_BILLING";
    return answer(org::create_organization(account, billing_only ? store::FeatureSet::consolidated_billing
                                                                 : store::FeatureSet::all),
                  "Organization", organization_shape);
}

Result<Output> delete_organization(Edit& account, const Call&) {
    return done(org::delete_organization(account));
}

Result<Output> describe_organization(const View& account, const Call&) {
    return answer(org::get_organization(account), "Organization", organization_shape);
}

Result<Output> enable_policy_type(Edit& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("PolicyType"));
    return answer(org::enable_policy_type(account, call.input.text("RootId"), type), "Root", root_shape);
}

Result<Output> disable_policy_type(Edit& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("PolicyType"));
    return answer(org::disable_policy_type(account, call.input.text("RootId"), type), "Root", root_shape);
}

Result<Output> list_roots(const View& account, const Call& call) {
    return answer_page(org::list_roots(account, page_of(call.input)), "Roots", root_shape);
}

}  // namespace writ::api::organizations
