#include "directory/organizations/root_access.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"

namespace writ::api::iam {
namespace {

namespace organizations = directory::organizations;
using store::RootAccessFeature;

Result<Output> answer_of(const Result<organizations::RootAccess>& access) {
    if (!access) return std::unexpected(access.error());
    Output features = Output::list();
    for (const RootAccessFeature feature : access->enabled) features.add(organizations::name_of(feature));
    Output output;
    output.set("OrganizationId", access->organization_id);
    output.set("EnabledFeatures", std::move(features));
    return output;
}

}  // namespace

Result<Output> list_organizations_features(const View& account, const Call&) {
    return answer_of(organizations::get_root_access(account));
}

Result<Output> enable_root_credentials_management(Edit& account, const Call&) {
    return answer_of(organizations::enable_root_access(account, RootAccessFeature::credentials_management));
}

Result<Output> disable_root_credentials_management(Edit& account, const Call&) {
    return answer_of(organizations::disable_root_access(account, RootAccessFeature::credentials_management));
}

Result<Output> enable_root_sessions(Edit& account, const Call&) {
    return answer_of(organizations::enable_root_access(account, RootAccessFeature::sessions));
}

Result<Output> disable_root_sessions(Edit& account, const Call&) {
    return answer_of(organizations::disable_root_access(account, RootAccessFeature::sessions));
}

}  // namespace writ::api::iam
