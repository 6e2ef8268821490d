#include "api/organizations/inputs.h"

namespace writ::api::organizations {

directory::PageRequest page_of(const Input& input) {
    constexpr std::size_t items_standard = 20;
    directory::PageRequest page{.marker = optional_text(input, "NextToken"), .items_max = items_standard};
    if (const auto items = input.integer("MaxResults")) page.items_max = static_cast<std::size_t>(*items);
    return page;
}

}  // namespace writ::api::organizations
