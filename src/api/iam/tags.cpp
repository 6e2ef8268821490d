#include "directory/tags.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "api/iam/answers.h"
#include "api/iam/handlers.h"
#include "api/iam/inputs.h"
#include "api/iam/shapes.h"

namespace writ::api::iam {
namespace {

using directory::Tagged;
using directory::TaggedKind;

/// The parameter that names what has the tags. The model of each operation on tags demands one of them.
struct TaggedParameter {
    std::string_view name;
    TaggedKind kind;
};
constexpr auto tagged_parameters = std::to_array<TaggedParameter>({
    {"UserName", TaggedKind::user},
    {"RoleName", TaggedKind::role},
    {"PolicyArn", TaggedKind::policy},
    {"SerialNumber", TaggedKind::mfa_device},
    {"ServerCertificateName", TaggedKind::server_certificate},
    {"OpenIDConnectProviderArn", TaggedKind::oidc_provider},
    {"SAMLProviderArn", TaggedKind::saml_provider},
    {"InstanceProfileName", TaggedKind::instance_profile},
});

Tagged tagged(const Call& call) {
    const auto* const found = std::ranges::find_if(
        tagged_parameters, [&](const TaggedParameter& parameter) { return call.input.has(parameter.name); });
    assert(found != tagged_parameters.end());
    return {found->kind, call.input.text(found->name)};
}

}  // namespace

Result<Output> tag(Edit& account, const Call& call) {
    return done(directory::tag(account, tagged(call), tags_of(call.input)));
}

Result<Output> untag(Edit& account, const Call& call) {
    return done(directory::untag(account, tagged(call), texts_of(call.input, "TagKeys")));
}

Result<Output> list_tags(const View& account, const Call& call) {
    return answer_page(directory::list_tags(account, tagged(call), page_of(call.input)), "Tags", tag_shape);
}

}  // namespace writ::api::iam
