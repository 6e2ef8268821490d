#include "api/iam/inputs.h"

namespace writ::api::iam {

std::string path_or_root(const Input& input, std::string_view member) {
    return std::string(input.maybe_text(member).value_or("/"));
}

directory::PageRequest page_of(const Input& input) {
    directory::PageRequest page{.marker = optional_text(input, "Marker")};
    if (const auto items = input.integer("MaxItems")) page.items_max = static_cast<std::size_t>(*items);
    return page;
}

std::optional<bool> usage_filter(const Input& input) {
    const auto usage = input.maybe_text("PolicyUsageFilter");
    if (!usage) return std::nullopt;
    return *usage == "PermissionsBoundary";
}

directory::KeyOwner key_owner(const Call& call) {
    if (call.input.has("UserName")) return {.user_name = call.input.text("UserName")};
    if (call.caller.subject == nullptr) return {};
    return {.user_name = call.caller.subject->name};
}

Result<std::string> user_or_calling_user(const Call& call) {
    const directory::KeyOwner owner = key_owner(call);
    if (owner.user_name) return std::string(*owner.user_name);
    return fail("ValidationError", 400, "Must specify userName when calling with non-User credentials");
}

directory::KeyOwner mfa_owner(const Call& call) {
    if (call.caller.is_root() && call.input.text("UserName") == call.account()) return {};
    return key_owner(call);
}

}  // namespace writ::api::iam
