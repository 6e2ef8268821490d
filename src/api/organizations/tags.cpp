#include "directory/organizations/tags.h"

#include "api/organizations/handlers.h"
#include "api/organizations/inputs.h"
#include "api/organizations/shapes.h"

namespace writ::api::organizations {

Result<Output> tag_resource(Edit& account, const Call& call) {
    return done(org::tag_resource(account, call.input.text("ResourceId"), tags_of(call.input)));
}

Result<Output> untag_resource(Edit& account, const Call& call) {
    return done(org::untag_resource(account, call.input.text("ResourceId"), texts_of(call.input, "TagKeys")));
}

Result<Output> list_tags_for_resource(const View& account, const Call& call) {
    return answer_page(org::list_resource_tags(account, call.input.text("ResourceId"), page_of(call.input)),
                       "Tags", tag_shape);
}

}  // namespace writ::api::organizations
