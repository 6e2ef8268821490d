#include "api/iam/owners.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace writ::api::iam {
namespace {

using directory::OwnerKind;

struct OwnerParameter {
    std::string_view name;
    OwnerKind kind;
};
constexpr auto owner_parameters = std::to_array<OwnerParameter>({
    {"UserName", OwnerKind::user},
    {"GroupName", OwnerKind::group},
    {"RoleName", OwnerKind::role},
});

const OwnerParameter& given(const Call& call) noexcept {
    const auto* const found = std::ranges::find_if(
        owner_parameters, [&](const OwnerParameter& parameter) { return call.input.has(parameter.name); });
    assert(found != owner_parameters.end());
    return *found;
}

}  // namespace

std::string_view owner_parameter(const Call& call) noexcept {
    return given(call).name;
}

directory::PolicyOwner owner_of(const Call& call) noexcept {
    const OwnerParameter& parameter = given(call);
    return {parameter.kind, call.input.text(parameter.name)};
}

}  // namespace writ::api::iam
