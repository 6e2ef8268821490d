#include "directory/organizations/units.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {

Result<Output> create_organizational_unit(Edit& account, const Call& call) {
    return answer(
        org::create_unit(account, call.input.text("ParentId"), call.input.text("Name"), tags_of(call.input)),
        "OrganizationalUnit", unit_shape);
}

Result<Output> describe_organizational_unit(const View& account, const Call& call) {
    return answer(org::get_unit(account, call.input.text("OrganizationalUnitId")), "OrganizationalUnit",
                  unit_shape);
}

/// Without a name nothing changes (spec O8).
Result<Output> update_organizational_unit(Edit& account, const Call& call) {
    const std::string_view id = call.input.text("OrganizationalUnitId");
    const auto name = call.input.maybe_text("Name");
    return answer(name ? org::rename_unit(account, id, *name) : org::get_unit(account, id),
                  "OrganizationalUnit", unit_shape);
}

Result<Output> delete_organizational_unit(Edit& account, const Call& call) {
    return done(org::delete_unit(account, call.input.text("OrganizationalUnitId")));
}

Result<Output> list_organizational_units_for_parent(const View& account, const Call& call) {
    return answer_page(org::list_units(account, call.input.text("ParentId"), page_of(call.input)),
                       "OrganizationalUnits", unit_shape);
}

Result<Output> list_children(const View& account, const Call& call) {
    const bool accounts = call.input.text("ChildType") == "ACCOUNT";
    return answer_page(
        org::list_children(account, call.input.text("ParentId"), accounts, page_of(call.input)), "Children",
        child_shape);
}

Result<Output> list_parents(const View& account, const Call& call) {
    return answer_page(org::list_parents(account, call.input.text("ChildId"), page_of(call.input)), "Parents",
                       parent_shape);
}

}  // namespace writ::api::organizations
