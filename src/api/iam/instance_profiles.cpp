#include "directory/principals/instance_profiles.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

std::string_view profile_name(const Call& call) {
    return call.input.text("InstanceProfileName");
}

}  // namespace

Result<Output> create_instance_profile(Edit& account, const Call& call) {
    return answer(directory::create_instance_profile(account, {.name = std::string(profile_name(call)),
                                                               .path = path_or_root(call.input, "Path"),
                                                               .tags = tags_of(call.input)}),
                  "InstanceProfile", instance_profile_shape);
}

Result<Output> get_instance_profile(const View& account, const Call& call) {
    return answer(directory::get_instance_profile(account, profile_name(call)), "InstanceProfile",
                  instance_profile_shape);
}

Result<Output> delete_instance_profile(Edit& account, const Call& call) {
    return done(directory::delete_instance_profile(account, profile_name(call)));
}

Result<Output> list_instance_profiles(const View& account, const Call& call) {
    return answer_page(directory::list_instance_profiles(account, path_or_root(call.input, "PathPrefix"),
                                                         page_of(call.input)),
                       "InstanceProfiles", instance_profile_shape);
}

Result<Output> list_instance_profiles_for_role(const View& account, const Call& call) {
    return answer_page(
        directory::list_instance_profiles_for_role(account, call.input.text("RoleName"), page_of(call.input)),
        "InstanceProfiles", instance_profile_shape);
}

Result<Output> add_role_to_instance_profile(Edit& account, const Call& call) {
    return done(
        directory::add_role_to_instance_profile(account, profile_name(call), call.input.text("RoleName")));
}

Result<Output> remove_role_from_instance_profile(Edit& account, const Call& call) {
    return done(directory::remove_role_from_instance_profile(account, profile_name(call),
                                                             call.input.text("RoleName")));
}

}  // namespace writ::api::iam
