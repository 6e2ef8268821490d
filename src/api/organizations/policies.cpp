#include "directory/organizations/policies.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"
#include "directory/organizations/arns.h"

namespace writ::api::organizations {

Result<Output> create_policy(Edit& account, const Call& call) {
    return answer(org::create_policy(account, {.type = org::policy_type_of(call.input.text("Type")),
                                               .name = std::string(call.input.text("Name")),
                                               .description = std::string(call.input.text("Description")),
                                               .content = std::string(call.input.text("Content")),
                                               .tags = tags_of(call.input)}),
                  "Policy", policy_shape);
}

Result<Output> update_policy(Edit& account, const Call& call) {
    return answer(org::update_policy(account, call.input.text("PolicyId"),
                                     {.name = optional_text(call.input, "Name"),
                                      .description = optional_text(call.input, "Description"),
                                      .content = optional_text(call.input, "Content")}),
                  "Policy", policy_shape);
}

Result<Output> describe_policy(const View& account, const Call& call) {
    return answer(org::get_policy(account, call.input.text("PolicyId")), "Policy", policy_shape);
}

Result<Output> delete_policy(Edit& account, const Call& call) {
    return done(org::delete_policy(account, call.input.text("PolicyId")));
}

Result<Output> list_policies(const View& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("Filter"));
    return answer_page(org::list_policies(account, type, page_of(call.input)), "Policies",
                       policy_summary_shape);
}

Result<Output> attach_policy(Edit& account, const Call& call) {
    return done(org::attach_policy(account, call.input.text("PolicyId"), call.input.text("TargetId")));
}

Result<Output> detach_policy(Edit& account, const Call& call) {
    return done(org::detach_policy(account, call.input.text("PolicyId"), call.input.text("TargetId")));
}

Result<Output> list_policies_for_target(const View& account, const Call& call) {
    const auto type = org::policy_type_of(call.input.text("Filter"));
    return answer_page(
        org::list_policies_of_target(account, call.input.text("TargetId"), type, page_of(call.input)),
        "Policies", policy_summary_shape);
}

Result<Output> list_targets_for_policy(const View& account, const Call& call) {
    return answer_page(org::list_targets_of_policy(account, call.input.text("PolicyId"), page_of(call.input)),
                       "Targets", policy_target_shape);
}

}  // namespace writ::api::organizations
