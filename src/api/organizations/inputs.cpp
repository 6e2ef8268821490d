#include "api/organizations/inputs.h"

#include "directory/organizations/arns.h"

namespace writ::api::organizations {

std::vector<directory::Tag> tags_of(const Input& input) {
    std::vector<directory::Tag> tags;
    for (const Input& tag : input.list("Tags")) {
        tags.push_back({std::string(tag.text("Key")), std::string(tag.text("Value"))});
    }
    return tags;
}

directory::PageRequest page_of(const Input& input) {
    constexpr std::size_t items_standard = 20;
    directory::PageRequest page{.marker = optional_text(input, "NextToken"), .items_max = items_standard};
    if (const auto items = input.integer("MaxResults")) page.items_max = static_cast<std::size_t>(*items);
    return page;
}

std::optional<std::string> optional_text(const Input& input, std::string_view member) {
    const auto text = input.maybe_text(member);
    if (!text) return std::nullopt;
    return std::string(*text);
}

Result<store::OrganizationPolicyType> policy_type(const Input& input, std::string_view member) {
    const auto type = directory::organizations::policy_type_of(input.text(member));
    if (type) return *type;
    return fail("PolicyTypeNotAvailableForOrganizationException", 400,
                "You can't use the specified policy type: only SERVICE_CONTROL_POLICY and "
                "RESOURCE_CONTROL_POLICY are available here.");
}

}  // namespace writ::api::organizations
