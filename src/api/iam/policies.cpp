#include "directory/policies/policies.h"

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

directory::PolicyScope scope_of(const Input& input) {
    const std::string_view scope = input.text("Scope");
    if (scope == "AWS") return directory::PolicyScope::aws;
    if (scope == "Local") return directory::PolicyScope::local;
    return directory::PolicyScope::all;
}

}  // namespace

Result<Output> create_policy(Edit& account, const Call& call) {
    return answer(
        directory::create_policy(account, {.name = std::string(call.input.text("PolicyName")),
                                           .path = path_or_root(call.input, "Path"),
                                           .document = std::string(call.input.text("PolicyDocument")),
                                           .description = std::string(call.input.text("Description")),
                                           .tags = tags_of(call.input)}),
        "Policy", policy_shape);
}

Result<Output> get_policy(const View& account, const Call& call) {
    return answer(directory::get_policy(account, call.input.text("PolicyArn")), "Policy", policy_shape);
}

Result<Output> delete_policy(Edit& account, const Call& call) {
    return done(directory::delete_policy(account, call.input.text("PolicyArn")));
}

Result<Output> list_policies(const View& account, const Call& call) {
    const directory::PolicyFilter filter{.scope = scope_of(call.input),
                                         .only_attached = call.input.boolean("OnlyAttached").value_or(false),
                                         .path_prefix = path_or_root(call.input, "PathPrefix"),
                                         .used_as_boundary = usage_filter(call.input)};
    return answer_page(directory::list_policies(account, filter, page_of(call.input)), "Policies",
                       policy_shape);
}

}  // namespace writ::api::iam
